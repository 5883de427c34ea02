"""Turns the rows that the service derives into the words of the board."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from bedside.chart.enums import CareState, Sex
from bedside.chart.formats import label, title
from bedside.service.board import TAG_WORDS, days_from_planned
from bedside.service.board_grade import GradeNow
from bedside.service.board_listed import ListedRow
from bedside.ui.board.lines import BoardLine, Grade, Move


class News(NamedTuple):
    """What is new to the person, by MRN: how many entries of a patient, or a patient never opened (True: who came)."""

    unseen: Mapping[str, int] = MappingProxyType({})
    unopened: Mapping[str, bool] = MappingProxyType({})


NOTHING_NEW = News()
SEX_WORDS = {sex: title(sex) for sex in Sex} | {Sex.UNKNOWN: "Sex not known"}
UNOPENED = {True: "new patient", False: "new to you"}


def lines_of(
    rows: Iterable[ListedRow], as_of: date, news: News = NOTHING_NEW, stale: frozenset[str] = frozenset()
) -> list[BoardLine]:
    """The rows in words as of a date, with what is new to the person and what is being worked out again, by MRN."""
    return [line_of(row, as_of, news, stale=row.mrn in stale) for row in rows]


def line_of(row: ListedRow, as_of: date, news: News = NOTHING_NEW, *, stale: bool = False) -> BoardLine:
    """One row in words: before an infusion the day counts towards the planned one, until that has passed."""
    planned = row.day0 is None and row.planned_infusion is not None
    day0 = row.planned_infusion if planned else row.day0
    return BoardLine(
        mrn=row.mrn,
        family=row.family_name,
        given=row.given_name,
        birth=row.birth_date,
        sex=SEX_WORDS[row.sex],
        phase=row.phase,
        as_of=as_of,
        tag=TAG_WORDS[row.tag] if row.tag is not None else "",
        day=days_from_planned(day0, as_of) if planned and day0 is not None else row.day,
        day0=day0,
        day0_planned=planned,
        product="" if row.product is None else label(row.product),
        product_state=row.product_state or "",
        risk=row.risk_class,
        provisional=row.provisional,
        low_reachable=row.low_reachable,
        moved=None if row.moved is None else Move(row.moved.before, row.moved.on),
        crs=_grade(row.crs),
        icans=_grade(row.icans),
        last=row.last_entry or "",
        unseen=news.unseen.get(row.mrn, 0),
        unopened=UNOPENED[news.unopened[row.mrn]] if row.mrn in news.unopened else "",
        stale=stale,
        next_due=row.next_due,
        overdue=row.late,
        more_overdue=row.more_late,
        blockers=row.blockers,
        conflicts=row.conflicts,
        headline=row.headline,
        gone="" if row.state is CareState.ACTIVE else label(row.state),
    )


def _grade(grade: GradeNow | None) -> Grade | None:
    return None if grade is None else Grade(grade.worst, grade.moved, grade.serious, grade.at_least)
