"""Where the patient stands on the way, its stretches, and steps out of order."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from bedside.chart.assessment import ClosedBy, Phase, PhaseSpan
from bedside.chart.enums import ApprovalStatus, Intent, Milestone
from bedside.chart.formats import date_text
from bedside.knowledge.families.risk_class import Numbers
from bedside.logic.course import CourseRecord
from bedside.logic.preparation.blocks import newest_block

Kinds = Mapping[str, Sequence[Any]]
_ONE_DAY = timedelta(days=1)


class Way(NamedTuple):
    """The phase, its stretches in order, and what was out of order, in words and with the infusion it is of."""

    phase: Phase
    spans: tuple[PhaseSpan, ...]
    out_of_order: tuple[tuple[str, str], ...]


def way(kinds: Kinds, courses: Sequence[CourseRecord], first_day: date, today: date, numbers: Numbers) -> Way:
    """Return where the patient stands on `today`; `kinds` holds the live entries up to it, each kind in order.

    `first_day` is that of the first entry. An infusion that follows a course without an event between is held against
    the steps since that course's day 0.
    """
    starts: list[tuple[date, Phase]] = []
    flags: list[tuple[str, str]] = []
    opened: date | None = None
    prepared_since: date | None = None
    gap = numbers.new_block_days
    for record in courses:
        _way_to(kinds, (opened, record.facts.day0), first_day, gap, starts)
        flags += [
            (text, record.facts.before.infusion.id) for text in _order_flags(kinds, prepared_since, record.facts.day0)
        ]
        died = any(entry.at.day == record.facts.day0 for entry in kinds.get("death", ()))
        _after(record, today, numbers.early_monitoring_last, starts, died=died)
        opened = None if record.end is None else record.end.entry.at.day
        followed = record.end is not None and record.end.by is ClosedBy.NEXT_INFUSION
        prepared_since = record.facts.day0 if followed else opened
    if not courses or opened is not None:
        _way_to(kinds, (opened, None), first_day, gap, starts)
    spans = _spans(starts, today)
    return Way(spans[-1].phase if spans else Phase.REFERRAL, spans, tuple(flags))


def _between(entries: Sequence[Any], after: date | None, until: date | None) -> list[Any]:
    """The entries of one way: after the end of the course before, up to day 0."""
    return [
        entry
        for entry in entries
        if (after is None or entry.at.day > after) and (until is None or entry.at.day <= until)
    ]


def _way_to(
    kinds: Kinds, way: tuple[date | None, date | None], first_day: date, gap: int, starts: list[tuple[date, Phase]]
) -> None:
    """Add the steps from the end of the course before up to day 0: referral, apheresis, bridging, lymphodepletion."""
    after, day0 = way

    def first(kind: str, accept: Any = None) -> date | None:
        days = [e.at.day for e in _between(kinds.get(kind, ()), after, day0) if accept is None or accept(e)]
        return days[0] if days else None

    accepted = first("approval", lambda entry: entry.status is ApprovalStatus.GRANTED)
    planned = first("plan", lambda entry: entry.milestone is Milestone.APHERESIS)
    collected = first("apheresis")
    intended = first("plan", lambda entry: entry.milestone is not Milestone.HSCT)
    opened = [day for day in (first("referral"), intended, collected) if day is not None]
    depleted = [
        entry
        for entry in _between(kinds.get("therapy", ()), after, day0)
        if entry.intent is Intent.LYMPHODEPLETION and (collected is None or entry.at.day >= collected)
    ]
    if not opened and after is not None and day0 is None:
        return
    begin = min(opened, default=None if after is not None else first_day)
    known = [day for day in (accepted, planned, collected) if day is not None]
    if begin is not None:
        starts.append((begin, Phase.REFERRAL))
    if known:
        starts.append((min(known), Phase.APHERESIS))
    if collected is not None:
        starts.append((collected + _ONE_DAY, Phase.BRIDGING))
    if depleted:
        starts.append((newest_block(depleted, gap)[0].at.day, Phase.LYMPHODEPLETION))


def _after(record: CourseRecord, today: date, early_last: int, starts: list[tuple[date, Phase]], *, died: bool) -> None:
    """Add the stretches from day 0 on; who `died` on that day is not followed, though nothing later ends the course."""
    day0 = record.facts.day0
    starts.append((day0, Phase.INFUSION))
    end = day0 + _ONE_DAY if died else None if record.end is None else record.end.day
    for day, phase in ((day0 + _ONE_DAY, Phase.EARLY_MONITORING), (day0 + timedelta(early_last + 1), Phase.FOLLOW_UP)):
        if day <= today and (end is None or day < end):
            starts.append((day, phase))
    if end is not None:
        starts.append((end, Phase.CLOSED))


def _order_flags(kinds: Kinds, after: date | None, day0: date) -> list[str]:
    flags = []
    if not _between(kinds.get("apheresis", ()), after, day0):
        flags.append(f"Infusion of {date_text(day0)} without a recorded apheresis")
    therapies = _between(kinds.get("therapy", ()), after, day0)
    depleted = [entry for entry in therapies if entry.intent is Intent.LYMPHODEPLETION]
    if not depleted:
        flags.append(f"Infusion of {date_text(day0)} without recorded lymphodepletion")
    return flags


def _spans(starts: Sequence[tuple[date, Phase]], today: date) -> tuple[PhaseSpan, ...]:
    """Turn starts into stretches; a step that was overtaken on its first day leaves none."""
    ordered = [(day, phase) for day, phase in starts if day <= today]
    spans: list[PhaseSpan] = []
    for place, (day, phase) in enumerate(ordered):
        later = [other for other, _ in ordered[place + 1 :]]
        following = min(later, default=None)
        if following is not None and following <= day:
            continue
        spans.append(PhaseSpan(phase=phase, start=day, end=None if following is None else following - _ONE_DAY))
    return tuple(spans)
