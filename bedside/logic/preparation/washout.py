"""Wash-out (WSH-1): every agent's last dose against the planned or actual apheresis and infusion."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bedside.chart.derived.washout import Washout, WashoutStatus
from bedside.chart.entries import Radiotherapy, Therapy
from bedside.chart.enums import Milestone
from bedside.logic.preparation.milestones import Planned, milestones
from bedside.logic.preparation.washout_classes import Given, given
from bedside.logic.preparation.washout_judged import GRAVITY, Judged, first_dates, judged, preferred_days
from bedside.logic.preparation.washout_words import milestone_words, row_words
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words


def washout(scene: Scene, what_if: Mapping[Milestone, date] | None = None) -> tuple[Washout, ...]:
    """Return each agent with a wash-out class against each milestone that has a date, the gravest first (WSH-1).

    Of several administrations of an agent the gravest stands for it. `what_if` puts other dates in the place of the
    recorded ones. Without a last day: conflict while it is given, unknown when the stop is not known. An agent that the
    catalogue does not hold has no known interval and is never clear. Contested corrections leave the agent, or every
    agent before a contested milestone, unknown (feuchtinger_2024, myers_2023).
    """
    if not scene.kinds.get("therapy") and not scene.kinds.get("radiotherapy") and not scene.conflicts:
        return ()
    planned = dict(milestones(scene))
    for milestone, day in (what_if or {}).items():
        planned[milestone] = Planned(milestone, day, None, None, done=False)
    administered = administrations(scene)
    rows = [row for held in planned.values() for row in _against(administered, held, scene)]
    return tuple(sorted(rows, key=lambda row: (row.milestone, GRAVITY[row.status], row.agent, row.washout_class)))


def administrations(scene: Scene) -> list[Given]:
    """Return every administration on which a wash-out bears, in order."""
    entries = (*scene.kinds.get("therapy", ()), *scene.kinds.get("radiotherapy", ()))
    return [held for entry in entries if (held := given(entry, scene.knowledge)) is not None]


def contested_administrations(scene: Scene, milestone: Milestone) -> list[Given]:
    """Return the contested administrations that would bear on a milestone, whichever of them is chosen."""
    entries = scene.contested_of("therapy", "radiotherapy")
    found = [given(entry, scene.knowledge) for entry in entries if isinstance(entry, Therapy | Radiotherapy)]
    return [held for held in found if held is not None and held.bears_on(milestone)]


def _against(administered: Iterable[Given], planned: Planned, scene: Scene) -> list[Washout]:
    gravest: dict[tuple[str, str], Judged] = {}
    for held in administered:
        if not held.bears_on(planned.milestone) or not planned.counts(held.entry.at):
            continue
        found = judged(held, planned, scene.knowledge)
        key = (held.agent, held.name)
        if key not in gravest or found.rank <= gravest[key].rank:
            gravest[key] = found
    contested: dict[str, list[Given]] = {}
    for held in contested_administrations(scene, planned.milestone) if scene.conflicts else ():
        contested.setdefault(held.agent, []).append(held)
    when = milestone_words(planned)
    rows = [_row(found, planned, when, scene) for found in gravest.values() if found.held.agent not in contested]
    return rows + [_contested_row(contested[agent], planned) for agent in sorted(contested)]


def _row(found: Judged, planned: Planned, when: str, scene: Scene) -> Washout:
    held, interval, stop = found.held, found.interval, found.held.entry.stop
    known = interval if interval is not None and interval.is_known else None
    ahead = stop is not None and stop > scene.today
    first = preferred = None
    if stop is not None and known is not None:
        moment = None if found.hours is None else held.entry.at.instant
        first, preferred = first_dates(stop, known, scene.knowledge, moment)
    return Washout(
        agent=held.agent,
        washout_class=held.name,
        milestone=planned.milestone,
        date=planned.day,
        planned=not planned.done,
        last_day=found.last,
        interval_days=found.days,
        interval_hours=found.hours,
        unit=None if known is None else known.unit,
        minimum_days=None if known is None else known.least_days,
        preferred_days=None if known is None else preferred_days(known, found.last),
        clear_from=first,
        preferred_from=preferred,
        status=found.status,
        planned_stop=ahead,
        text=row_words(found, planned, when, ahead=ahead),
        source="bedside" if interval is None else interval.source,
        level="none" if interval is None else interval.level,
        policy=interval is None or interval.policy or (known is not None and held.is_assumed),
        evidence=_evidence(held, planned),
        differences=scene.knowledge.washout.beside(planned.milestone, held.agent, held.name),
    )


def _evidence(held: Given, planned: Planned) -> tuple[str, ...]:
    if planned.entry is not None:
        return (held.entry.id, planned.entry)
    return (held.entry.id, *(entry.id for entry in planned.contested))


def _contested_row(held: Sequence[Given], planned: Planned) -> Washout:
    """The row of an agent whose entries contest each other: neither counts until a person has chosen."""
    words = conflict_words([one.entry for one in held])
    return Washout(
        agent=held[0].agent, washout_class=held[0].name, milestone=planned.milestone, date=planned.day,
        planned=not planned.done, last_day=None, interval_days=None, interval_hours=None, unit=None, minimum_days=None,
        preferred_days=None, clear_from=None, preferred_from=None, status=WashoutStatus.UNKNOWN, planned_stop=False,
        text=words.text, source="bedside", level="none", policy=False, evidence=words.evidence,
    )  # fmt: skip
