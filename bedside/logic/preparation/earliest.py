"""The earliest clear dates of apheresis and infusion, and what binds them (WSH-1)."""

from collections.abc import Iterable
from datetime import date

from bedside.chart.derived.washout import Earliest, WashoutEarliest
from bedside.chart.enums import Milestone
from bedside.logic.preparation.milestones import Planned, milestones
from bedside.logic.preparation.washout import administrations, contested_administrations
from bedside.logic.preparation.washout_classes import UNKNOWN_AGENT, Given
from bedside.logic.preparation.washout_judged import first_dates
from bedside.logic.scene import Scene

_NOTHING = Earliest(None, (), None, (), (), ())


def earliest(scene: Scene) -> WashoutEarliest:
    """Return the earliest dates on which every agent with an interval is clear, whatever date is planned (WSH-1).

    A date is the last day given and the minimum; None while an agent is still given, has no known last day or is
    contested. Of a milestone that took place, only what began before it counts (feuchtinger_2024, myers_2023).
    """
    therapies = scene.kinds.get("therapy", ())
    if not therapies and not scene.kinds.get("radiotherapy") and not scene.conflicts:
        return WashoutEarliest(None, None, dict.fromkeys(("apheresis", "infusion"), _NOTHING))
    administered, dated = administrations(scene), milestones(scene)
    details = {
        milestone.value: _earliest(_bearing(administered, milestone, dated.get(milestone)), milestone, scene)
        for milestone in (Milestone.APHERESIS, Milestone.INFUSION)
    }
    known = scene.knowledge.agents
    return WashoutEarliest(
        apheresis=details["apheresis"].clear,
        infusion=details["infusion"].clear,
        details=details,
        without_class=tuple(
            sorted({e.agent for e in therapies if e.agent in known and known[e.agent].washout is None})
        ),
        physiological=tuple(sorted({e.agent for e in therapies if e.physiological})),
    )


def _bearing(administered: Iterable[Given], milestone: Milestone, dated: Planned | None) -> list[Given]:
    """What bears on a milestone; of one that took place, only what began before it."""
    done = dated if dated is not None and dated.done else None
    return [h for h in administered if h.bears_on(milestone) and (done is None or done.counts(h.entry.at))]


def _earliest(bearing: Iterable[Given], milestone: Milestone, scene: Scene) -> Earliest:
    clear: dict[str, date] = {}
    preferred: dict[str, date] = {}
    undated: set[str] = set()
    still_given = {held.agent for held in contested_administrations(scene, milestone)}
    for held in bearing:
        interval, stop = held.interval(milestone), held.entry.stop
        is_known = interval is not None and interval.is_known
        if not is_known:
            undated.add(held.agent)
        if stop is None and held.name != UNKNOWN_AGENT and (is_known or not held.stop_unknown):
            still_given.add(held.agent)
        elif stop is not None and interval is not None and is_known:
            first, wished = first_dates(stop, interval, scene.knowledge)
            clear[held.agent] = max(first, clear.get(held.agent, first))
            preferred[held.agent] = max(wished, preferred.get(held.agent, wished))
    bound, by = (None, ()) if still_given else _latest(clear)
    wished_bound, wished_by = (None, ()) if still_given else _latest(preferred)
    return Earliest(bound, by, wished_bound, wished_by, tuple(sorted(still_given)), tuple(sorted(undated)))


def _latest(dates: dict[str, date]) -> tuple[date | None, tuple[str, ...]]:
    if not dates:
        return None, ()
    last = max(dates.values())
    return last, tuple(sorted(agent for agent, day in dates.items() if day == last))
