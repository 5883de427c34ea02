"""Owns the table of marrow, MRD and B cells by date."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus.flowables import Flowable

from bedside.chart.entries import LymphocyteSubset, Marrow
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.formats import date_text
from bedside.report.styles import CELL
from bedside.report.words import NOTHING, b_cell_words, blasts_words, mrd_result, mrd_words
from bedside.report.writing import Cell, Writing


@dataclass(frozen=True)
class SampleRow:
    """One line: a marrow entry, a B-cell count, or both of one date."""

    day: date
    marrow: Marrow | None
    subset: LymphocyteSubset | None


def sample_rows(writing: Writing) -> list[SampleRow]:
    """Return the lines, oldest first; several entries of one kind on one date each have their own."""
    rows = []
    for day in writing.facts.sample_days():
        marrows = [entry for entry in writing.facts.of(Marrow) if entry.at.day == day]
        subsets = [e for e in writing.facts.of(LymphocyteSubset) if e.at.day == day and b_cell_words(e)]
        for number in range(max(len(marrows), len(subsets))):
            marrow = marrows[number] if number < len(marrows) else None
            subset = subsets[number] if number < len(subsets) else None
            rows.append(SampleRow(day, marrow, subset))
    return rows


def samples_table(writing: Writing, room: float, newest: int | None = None) -> tuple[Flowable, int]:
    """Return the table of the newest lines (all when None) or words for none, and how many lines it leaves out."""
    everything = sample_rows(writing)
    if not everything:
        return writing.letters.paragraph("No marrow and no B-cell count recorded.", CELL), 0
    rows = everything if newest is None else _newest_with_marrow(everything, newest)
    methods = [m for m in MrdMethod if any(row.marrow and mrd_result(row.marrow, m) for row in rows)]
    methods = methods or [MrdMethod.FCM]
    fixed = [60.0, 35.0, 34.0, 42.0]
    each = (room - sum(fixed)) / len(methods)
    widths = [*fixed[:3], *(each for _ in methods), fixed[3]]
    head = ["Date", "Day", "Blasts", *(method.value.upper() for method in methods), "CD19⁺"]
    return writing.table(head, [_cells(writing, row, methods) for row in rows], widths), len(everything) - len(rows)


def _newest_with_marrow(rows: list[SampleRow], most: int) -> list[SampleRow]:
    """Return the newest lines, half of the places kept for lines with a marrow."""
    marrows = [number for number, row in enumerate(rows) if row.marrow is not None]
    chosen = set(marrows[-((most + 1) // 2) :])
    for number in reversed(range(len(rows))):
        if len(chosen) >= most:
            break
        chosen.add(number)
    return [rows[number] for number in sorted(chosen)]


def _cells(writing: Writing, row: SampleRow, methods: list[MrdMethod]) -> list[Cell]:
    blasts = blasts_words(row.marrow) if row.marrow else NOTHING
    return [
        date_text(row.day),
        writing.facts.day(row.day) or NOTHING,
        blasts,
        *(_mrd_cell(writing, row.marrow, method) for method in methods),
        b_cell_words(row.subset) if row.subset else NOTHING,
    ]


def _mrd_cell(writing: Writing, marrow: Marrow | None, method: MrdMethod) -> Cell:
    result = mrd_result(marrow, method) if marrow else None
    words = mrd_words(result)
    return writing.strong_cell(words) if result and result.result is MrdOutcome.POSITIVE else words
