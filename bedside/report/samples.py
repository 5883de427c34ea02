"""Owns the table of marrow, MRD and B cells by date."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import TypeVar

from reportlab.platypus.flowables import Flowable

from bedside.chart.entries import LymphocyteSubset, Marrow
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.formats import NO_BREAK_SPACE, date_text
from bedside.report.lettering import Paragraph, held_together
from bedside.report.styles import CELL
from bedside.report.words import NOTHING, b_cell_words, blasts_words, mrd_result, mrd_words
from bedside.report.writing import Cell, Writing

Dated = TypeVar("Dated", Marrow, LymphocyteSubset)

_NARROWEST_MRD = 50.0


@dataclass(frozen=True)
class SampleRow:
    """One line: a marrow entry, a B-cell count, or both of one date."""

    day: date
    marrow: Marrow | None
    subset: LymphocyteSubset | None


def sample_rows(writing: Writing) -> list[SampleRow]:
    """Return the lines, oldest first; several entries of one kind on one date each have their own."""
    facts = writing.facts
    marrows = _by_day(facts.of(Marrow))
    subsets = _by_day([entry for entry in facts.of(LymphocyteSubset) if b_cell_words(entry)])
    return [
        SampleRow(day, marrow, subset)
        for day in facts.sample_days()
        for marrow, subset in zip_longest(marrows[day], subsets[day])
    ]


def _by_day(entries: Sequence[Dated]) -> Mapping[date, list[Dated]]:
    found: defaultdict[date, list[Dated]] = defaultdict(list)
    for entry in entries:
        found[entry.at.day].append(entry)
    return found


def samples_table(writing: Writing, room: float, newest: int | None = None) -> tuple[Flowable, int]:
    """Return the table of the newest lines (all when None) or words for none, and how many lines it leaves out."""
    everything = sample_rows(writing)
    if not everything:
        return writing.letters.paragraph("No marrow and no B-cell count recorded.", CELL), 0
    rows = everything if newest is None else _newest_with_marrow(everything, newest)
    columns = _columns(writing, rows, room)
    named = sum(column.width for column in columns)
    shared = sum(not column.width for column in columns)
    widths = [column.width or (room - named) / shared for column in columns]
    body = [[column.cell(row) for column in columns] for row in rows]
    return writing.table([column.head for column in columns], body, widths), len(everything) - len(rows)


@dataclass(frozen=True)
class _Column:
    """A column of the table; of no width: an equal part of what the others leave."""

    head: str
    cell: Callable[[SampleRow], Cell]
    width: float = 0.0


def _columns(writing: Writing, rows: list[SampleRow], room: float) -> list[_Column]:
    columns = [_Column("Date", lambda row: date_text(row.day), 59.0)]
    if writing.facts.assessment.day0 is not None:
        columns.append(_Column("Day", lambda row: writing.facts.day(row.day), 34.0))
    columns.append(_Column("Blasts", lambda row: blasts_words(row.marrow) if row.marrow else NOTHING, 31.0))
    counted = _Column("CD19⁺", lambda row: b_cell_words(row.subset) if row.subset else NOTHING, 38.0)
    last = [counted] if any(row.subset for row in rows) else []
    methods = [m for m in MrdMethod if any(row.marrow and mrd_result(row.marrow, m) for row in rows)]
    left = room - sum(column.width for column in (*columns, *last))
    if len(methods) * _NARROWEST_MRD > left:
        return [*columns, _Column("MRD", partial(_every_mrd, writing)), *last]
    asked = [_Column(one.value.upper(), partial(_mrd_cell, writing, one)) for one in methods or [MrdMethod.FCM]]
    return [*columns, *asked, *last]


def _newest_with_marrow(rows: list[SampleRow], most: int) -> list[SampleRow]:
    """Return the newest lines, half of the places kept for lines with a marrow."""
    marrows = [number for number, row in enumerate(rows) if row.marrow is not None]
    chosen = set(marrows[-((most + 1) // 2) :])
    for number in reversed(range(len(rows))):
        if len(chosen) >= most:
            break
        chosen.add(number)
    return [rows[number] for number in sorted(chosen)]


def _whole_parts(words: str) -> str:
    """The words with places to break a line only where a part ends."""
    return held_together(words).replace(f",{NO_BREAK_SPACE}", ", ")


def _mrd_cell(writing: Writing, method: MrdMethod, row: SampleRow) -> Cell:
    result = mrd_result(row.marrow, method) if row.marrow else None
    words = _whole_parts(mrd_words(result, writing.knowledge.numbers.mrd_cut_off))
    return writing.strong_cell(words) if result and result.result is MrdOutcome.POSITIVE else words


def _every_mrd(writing: Writing, row: SampleRow) -> Cell:
    results = [] if row.marrow is None else [one for m in MrdMethod if (one := mrd_result(row.marrow, m)) is not None]
    if not results:
        return NOTHING
    cut_off = writing.knowledge.numbers.mrd_cut_off
    marked = [
        writing.letters.strong(words) if result.result is MrdOutcome.POSITIVE else writing.letters.markup(words)
        for result in results
        for words in [_whole_parts(f"{result.method.value.upper()} {mrd_words(result, cut_off)}")]
    ]
    return Paragraph("<br/>".join(marked), CELL)
