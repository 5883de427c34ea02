"""The earliest clear dates of apheresis and infusion, and what binds them (WSH-1)."""

from collections.abc import Iterable
from datetime import date, timedelta

from bedside.chart.derived.washout import Earliest, WashoutEarliest
from bedside.chart.entries import Therapy
from bedside.chart.enums import Milestone
from bedside.chart.moments import add_months
from bedside.knowledge.families.washout import WashoutInterval
from bedside.knowledge.tables import Knowledge
from bedside.logic.preparation.washout import administrations, interval_of
from bedside.logic.preparation.washout_classes import Given, exempt
from bedside.logic.scene import Scene


def earliest(scene: Scene) -> WashoutEarliest:
    """Return the earliest dates on which every agent with an interval is clear, whatever date is planned.

    A date is the last day given and the minimum; None while one of the agents has no stop (feuchtinger_2024,
    myers_2023). Only what was given since the end of the course before counts where a way is open.
    """
    given = administrations(scene)
    details = {
        milestone.value: _earliest(
            [held for held in given if not exempt(held, milestone) and not _after(held, milestone, scene)],
            milestone,
            scene,
        )
        for milestone in (Milestone.APHERESIS, Milestone.INFUSION)
    }
    known = scene.knowledge.agents
    without = {e.agent for e in scene.kinds.get("therapy", ()) if e.agent in known and known[e.agent].washout is None}
    return WashoutEarliest(
        apheresis=details["apheresis"].clear,
        infusion=details["infusion"].clear,
        details=details,
        without_class=tuple(sorted(without)),
    )


def _after(held: Given, milestone: Milestone, scene: Scene) -> bool:
    """Whether an administration began after the milestone was done, so that it cannot bear on it."""
    if scene.way_since is not None:
        return False
    if milestone is Milestone.INFUSION:
        return scene.day0 is not None and held.entry.at.day >= scene.day0
    collected = scene.newest("apheresis")
    return collected is not None and held.entry.at.day > collected.at.day


def _earliest(given: Iterable[Given], milestone: Milestone, scene: Scene) -> Earliest:
    clear: dict[str, date] = {}
    preferred: dict[str, date] = {}
    still_given: set[str] = {entry.agent for entry in scene.contested_of("therapy") if isinstance(entry, Therapy)}
    undated: set[str] = set()
    for held in given:
        interval = interval_of(held, milestone)
        if interval is None and held.table is not None:
            continue
        if interval is None or not (interval.minimum_days or interval.minimum_hours):
            undated.add(held.agent)
        elif held.entry.stop is None:
            still_given.add(held.agent)
        else:
            first, wished = _dates(held.entry.stop, interval, scene.knowledge)
            clear[held.agent] = max(first, clear.get(held.agent, first))
            preferred[held.agent] = max(wished, preferred.get(held.agent, wished))
    bound, by = (None, ()) if still_given else _latest(clear)
    wished_bound, wished_by = (None, ()) if still_given else _latest(preferred)
    return Earliest(bound, by, wished_bound, wished_by, tuple(sorted(still_given)), tuple(sorted(undated)))


def _dates(last: date, interval: WashoutInterval, knowledge: Knowledge) -> tuple[date, date]:
    """The first clear date after a last day, and the first preferred one."""
    if interval.minimum_hours is not None:
        first = last + timedelta(days=int(knowledge.washout.steroid_clear_days.value))
        return first, first
    first = last + timedelta(days=interval.minimum_days or 0)
    if interval.preferred_months is not None:
        return first, add_months(last, interval.preferred_months)
    return first, first if interval.preferred_days is None else last + timedelta(days=interval.preferred_days)


def _latest(dates: dict[str, date]) -> tuple[date | None, tuple[str, ...]]:
    if not dates:
        return None, ()
    last = max(dates.values())
    return last, tuple(sorted(agent for agent, day in dates.items() if day == last))
