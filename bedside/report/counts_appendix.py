"""Owns the appendix: every count and laboratory value in tables, and every other entry in a line of its own."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from bedside.chart.base import Measured, own_fields
from bedside.chart.describe import field_text, kind_title, values_text
from bedside.chart.entries import BloodCount, Chemistry, Immunoglobulin, LymphocyteSubset
from bedside.chart.formats import UNITS, at_text, label, number_text, title
from bedside.report.styles import SOFT
from bedside.report.writing import Cell, Writing

_TABLES: tuple[type[Measured], ...] = (BloodCount, LymphocyteSubset, Chemistry, Immunoglobulin)
_DATE, _DAY = 86.0, 36.0
_OTHER_SHARES = (0.17, 0.08, 0.19, 0.56)


def appendix(writing: Writing) -> list[Flowable]:
    """Return the tables of counts, then what else is in the chart, oldest first; nothing unless it was asked for."""
    if not writing.appendix:
        return []
    flowables: list[Flowable] = []
    for kind in _TABLES:
        entries = writing.facts.of(kind)
        if entries:
            flowables += _table(writing, kind, entries)
    return [*flowables, *_others(writing)]


def _table(writing: Writing, kind: type[Measured], entries: Sequence[Measured]) -> list[Flowable]:
    name = kind.model_fields["kind"].annotation.__args__[0]  # type: ignore[union-attr]
    fields = [field for field in own_fields(kind) if any(_cell(one, field) for one in entries)]
    each = (writing.room - _DATE - _DAY) / max(len(fields), 1)
    head = ["Date", "Day", *(title(field) for field in fields)]
    rows = [[at_text(one.at), writing.facts.day(one.at.day) or "–", *(_cell(one, field) or "–" for field in fields)]
            for one in entries]  # fmt: skip
    table = writing.table(head, rows, [_DATE, _DAY, *(each for _ in fields)])
    under = writing.letters.paragraph(_units(fields), SOFT)
    return [*writing.over(f"Appendix: {kind_title(name)}", f"appendix_{name}", table), under]


def _units(fields: Sequence[str]) -> str:
    units = [f"{label(field)} in {UNITS[field]}" for field in fields if UNITS.get(field)]
    return f"{'; '.join(units)}. – not reported."


def _cell(entry: Measured, field: str) -> str:
    value = getattr(entry, field)
    if value is None:
        return "not done" if field in (entry.not_done or ()) else ""
    if not isinstance(value, float):
        return field_text(entry, field, entry.kind)
    sign = (entry.censored or {}).get(field)
    return f"{sign.value if sign else ''}{number_text(value)}"


def _others(writing: Writing) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [at_text(one.at), writing.facts.day(one.at.day) or "–", kind_title(one.kind), values_text(one) or "no value"]
        for one in writing.facts.live
        if not isinstance(one, _TABLES)
    ]
    if not rows:
        return []
    widths = [writing.room * share for share in _OTHER_SHARES]
    table = writing.table(["Date", "Day", "Entry", "Values"], rows, widths)
    return writing.over("Appendix: every other entry", "appendix_entries", table)
