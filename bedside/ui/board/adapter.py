"""Turns the rows that the service derives into the words of the board."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from bedside.chart.derived import follow_up
from bedside.chart.enums import CareState
from bedside.chart.formats import age_text, date_text, label, short_date_text, time_text, title
from bedside.chart.moments import At
from bedside.service.board import TAG_WORDS, BoardRow, GradeNow, days_from_planned, longest_late
from bedside.ui.board.lines import BoardLine, Due, Grade, Move

NOTHING_NEW: Mapping[str, int] = MappingProxyType({})


def lines_of(
    rows: Iterable[BoardRow],
    as_of: date,
    unseen: Mapping[str, int] = NOTHING_NEW,
    stale: frozenset[str] = frozenset(),
) -> list[BoardLine]:
    """The rows in words as of a date, with how much is new to the person and what is being worked out again, by MRN."""
    return [line_of(row, as_of, unseen.get(row.patient.mrn, 0), stale=row.patient.mrn in stale) for row in rows]


def line_of(row: BoardRow, as_of: date, unseen: int = 0, *, stale: bool = False) -> BoardLine:
    """One row in words: before an infusion the day counts towards the planned one, until that has passed."""
    planned = row.day0 is None and row.planned_infusion is not None
    day0 = row.planned_infusion if planned else row.day0
    patient = row.patient
    return BoardLine(
        mrn=patient.mrn,
        family=patient.family_name,
        given=patient.given_name,
        birth=patient.birth_date,
        age=age_text(patient.birth_date, as_of),
        sex=title(patient.sex) if patient.sex != "unknown" else "Sex not known",
        phase=row.phase.value,
        as_of=as_of,
        tag=TAG_WORDS[row.tag] if row.tag is not None else "",
        day=days_from_planned(day0, as_of) if planned and day0 is not None else row.day,
        day0=day0,
        day0_planned=planned,
        product="" if row.product is None else label(row.product),
        product_state=row.product_state or "",
        risk=row.risk_class.value,
        provisional=row.provisional,
        low_reachable=row.low_reachable,
        moved=None if row.moved is None else Move(row.moved.before.value, row.moved.on),
        crs=_grade(row.crs),
        icans=_grade(row.icans),
        last_entry="" if row.last_entry is None else _when(row.last_entry, as_of),
        touched=None if row.last_entry is None else row.last_entry.day,
        unseen=unseen,
        stale=stale,
        next_due=None if row.next_due is None else _due(row.next_due),
        overdue=tuple(map(_due, longest_late(row.late))),
        blockers=row.blockers,
        conflicts=row.conflicts,
        headline=row.headline,
        gone="" if row.state is CareState.ACTIVE else label(row.state),
    )


def _grade(grade: GradeNow | None) -> Grade | None:
    return None if grade is None else Grade(grade.worst, grade.moved)


def _due(item: follow_up.Due) -> Due:
    return Due(item.title, item.due, item.window_last, item.overdue_days)


def _when(at: At, as_of: date) -> str:
    """The time of an entry of today, else its date: with the year where that is another one."""
    if at.day == as_of:
        return "today" if at.instant is None else time_text(at.instant)
    return short_date_text(at.day) if at.day.year == as_of.year else date_text(at.day)
