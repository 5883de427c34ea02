"""Owns what every part of the summary writes with: the facts, the faces, knowledge, and headings, tables and boxes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias, TypeVar

from reportlab.platypus import CondPageBreak, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Criterion
from bedside.knowledge.tables import Knowledge
from bedside.report.course_chart import CourseChart
from bedside.report.facts import Facts
from bedside.report.frame import Bookmark
from bedside.report.lettering import Lettering, Paragraph
from bedside.report.made import Made
from bedside.report.styles import (
    BOX_HEADING,
    CELL,
    CELL_PADDING,
    COLUMNS,
    DENSE,
    DENSE_PAIRS,
    HEADING,
    ITEM,
    PAIRS,
    SOFT,
    TABLE,
    Style,
)

Row = TypeVar("Row")
Cell: TypeAlias = "str | Flowable"
BOX_PADDING = 9.0
_ROOM_UNDER_A_HEADING = 64.0
_HEADING = 24.0


MOST_ROWS = (36, 24, 16, 12, 8, 5, 3)
"""How many rows a part that grows may have, for courses longer and longer."""


@dataclass(frozen=True)
class Writing:
    """The pen of one summary; `room` is the width, `height` the height of a page's text in points.

    `brevity` says how much the first page must leave to the pages after it: 0 as little as it can, to 6. `most` is how
    many rows each part that grows with the chart may have. `appendix` asks for every count and entry at the end.
    `drawn` holds the drawing of the course by how many rows its lanes may have.
    """

    facts: Facts
    letters: Lettering
    knowledge: Knowledge
    made: Made
    chart_sha256: str
    room: float
    height: float
    brevity: int = 0
    appendix: bool = False
    most: int = MOST_ROWS[0]
    drawn: dict[int, CourseChart] = field(default_factory=dict)

    def heading(self, words: str, key: str, room: float = _ROOM_UNDER_A_HEADING) -> list[Flowable]:
        """Return a heading that stands in the outline, with `room` points for what follows on its page."""
        return [CondPageBreak(room), *self.subheading(words, key)]

    def over(self, words: str, key: str, table: Table) -> list[Flowable]:
        """Return a heading with the table under it, never without the table's head and its first row."""
        table.wrap(self.room, self.height)
        room = _HEADING + sum(table._rowHeights[: table.repeatRows + 1])
        return [*self.heading(words, key, min(room, self.height)), table]

    def subheading(self, words: str, key: str) -> list[Flowable]:
        """Return a heading within a column."""
        return [Bookmark(key, words), Paragraph(self.letters.strong(words), HEADING)]

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> Table:
        """Return a table whose head repeats on every page and whose rows are never cut; texts wrap where they must."""
        body = [[self._cell(cell, room) for cell, room in zip(row, widths, strict=True)] for row in rows]
        return Table(
            [list(head), *body], colWidths=list(widths), style=TABLE, repeatRows=1, hAlign="LEFT", splitInRow=0
        )

    def pairs(self, rows: Sequence[tuple[str, Cell]], widths: tuple[float, float], style: TableStyle = PAIRS) -> Table:
        """Return a list of names and values, in small print where the style is that of dense pairs."""
        text = DENSE if style is DENSE_PAIRS else CELL
        body = [[self._cell(name, widths[0], text), self._cell(value, widths[1], text)] for name, value in rows]
        return Table(body, colWidths=list(widths), style=style, hAlign="LEFT", splitInRow=0)

    def newest(self, rows: Sequence[Row], what: str) -> tuple[Sequence[Row], list[Flowable]]:
        """Return the newest rows that a long course leaves room for, and a line on the earlier ones it leaves out."""
        left_out = len(rows) - self.most
        if left_out <= 0:
            return rows, []
        words = f"{left_out} earlier {what} left out here; the chart that this file carries holds all."
        return rows[left_out:], [self.letters.paragraph(words, SOFT)]

    def strong_cell(self, text: str) -> Paragraph:
        """Return a semi-bold cell."""
        return Paragraph(self.letters.strong(self.letters.short(text)), CELL)

    def long_cell(self, text: str) -> Paragraph:
        """Return a cell that holds the whole of a text, however long."""
        return Paragraph(self.letters.markup(text), CELL)

    def items(self, words: str, items: Sequence[str]) -> list[Flowable]:
        """Return the heading and the items of a box; the items are markup."""
        return [
            Paragraph(self.letters.strong(words), BOX_HEADING),
            *(Paragraph(item, ITEM, bulletText="–") for item in items),
        ]

    def columns(self, cells: Sequence[Any], widths: Sequence[float]) -> Table:
        """Return cells side by side without lines."""
        return Table([list(cells)], colWidths=list(widths), style=COLUMNS, hAlign="LEFT", splitInRow=0)

    def criterion_title(self, criterion: str) -> str:
        """Return the title of a criterion as knowledge words it."""
        return self.knowledge.criteria[criterion].title

    def source_words(self, key: str) -> str:
        """Return the short name of a source: "Buechner 2022"; the project's own default is named as such."""
        if key == "bedside":
            return "policy"
        reference = self.knowledge.references.get(key)
        return key if reference is None else reference.short

    def evidence_days(self, criterion: Criterion) -> list[date]:
        """Return the dates of the entries that decided a criterion, oldest first."""
        entries = self.facts.by_id
        return sorted({entries[entry].at.day for entry in criterion.evidence if entry in entries})

    def _cell(self, cell: Cell, room: float, style: Style = CELL) -> Cell:
        return self.letters.cell(cell, style, room - 2 * CELL_PADDING) if isinstance(cell, str) else cell
