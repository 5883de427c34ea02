"""Turns the rows that the service derives into the words of the board."""

from collections.abc import Iterable, Mapping
from datetime import date

from bedside.chart.formats import age_text, label, title
from bedside.service.board import BoardRow, OpenItem
from bedside.ui.board.lines import BoardLine, Due, Move

TAGS = {"published": "published case", "synthetic": "synthetic"}


def lines_of(rows: Iterable[BoardRow], as_of: date, titles: Mapping[str, str]) -> list[BoardLine]:
    """The rows in words as of a date; titles are the names of the criteria by id."""
    return [line_of(row, as_of, titles) for row in rows]


def line_of(row: BoardRow, as_of: date, titles: Mapping[str, str]) -> BoardLine:
    """One row in words: before an infusion the day counts towards the planned one."""
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
        tag=TAGS[row.tag] if row.tag is not None else "",
        day=(as_of - day0).days if planned and day0 is not None else row.day,
        day0=day0,
        day0_planned=planned,
        product="" if row.product is None else label(row.product),
        risk=row.risk_class.value,
        provisional=row.provisional,
        moved=None if row.moved is None else Move(row.moved.before.value, row.moved.on),
        next_due=_due(row.next_open, as_of, titles),
        overdue=tuple(due for item in row.overdue if (due := _due(item, as_of, titles)) is not None),
        conflicts=row.conflicts,
        headline=row.headline,
    )


def _due(item: OpenItem | None, as_of: date, titles: Mapping[str, str]) -> Due | None:
    if item is None or item.due is None:
        return None
    return Due(item.criterion, titles.get(item.criterion, ""), item.due, max((as_of - item.due).days, 0))
