"""Owns the list of a preview: columns of fixed width, one of them taking the rest, rows of two lines."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from bedside.ui import theme
from bedside.ui.importing.model import CELLS_ROLE, PreviewModel
from bedside.ui.importing.words import Cells
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_sign
from bedside.ui.paragraph import draw_line, line_height, wrap
from bedside.ui.widgets.row_list import Index, ListHead, RowDelegate, RowTable

HEAD_HEIGHT, ROW_HEIGHT, LINE, MARGIN, GAP, SIGN = 28, 46, 18, 12, 10, 16
NARROWEST = 160


class PreviewDelegate(RowDelegate):
    """Paints one cell at a time; the widest column also has the second line, the last one the sign."""

    def __init__(self, widest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._widest = widest

    def draw_words(self, painter: QPainter, room: QRectF, index: Index) -> None:
        """The sign and the lines of a cell, cut at its edges."""
        painter.save()
        painter.setClipRect(room)
        self._draw_lines(painter, room, index.data(CELLS_ROLE), index.column())
        painter.restore()

    def _draw_lines(self, painter: QPainter, room: QRectF, cells: Cells, column: int) -> None:
        look, left = theme.current(), room.left() + (0 if column else MARGIN)
        width, is_last = room.right() - left - GAP, column == len(cells.texts) - 1
        if is_last and cells.sign is not None:
            draw_sign(painter, QRectF(left, room.top() + 6, SIGN, SIGN), look, cells.sign)
            left, width = left + SIGN + 6, width - SIGN - 6
        first = Run(cells.texts[column], 13, 600 if is_last and cells.sign else 400, cells.tone if is_last else "ink")
        lines = list(wrap((first,), width)) if first.text else []
        if column == self._widest and cells.second:
            lines += wrap((Run(cells.second, 12, 400, "ink2"),), width)
        top, most = room.top() + 5, max(2, int((room.height() - 10) // LINE))
        for place, line in enumerate(lines[:most], start=1):
            is_cut = place == most < len(lines)
            draw_line(painter, left, top, look, (*line, Run(" …", 12, 400, "ink2")) if is_cut else line)
            top += line_height(line)


class PreviewTable(RowTable):
    """The rows; `moved` when another one is selected. A width of 0 takes the rest of the room."""

    moved = Signal()

    def __init__(
        self,
        name: str,
        heads: Sequence[tuple[str, int]],
        cells: Callable[[Any], Cells],
        parent: QWidget | None = None,
        *,
        row_height: int = ROW_HEIGHT,
    ) -> None:
        super().__init__(name, row_height, parent)
        self._widths = [width for _, width in heads]
        self.model_of_rows = PreviewModel([head for head, _ in heads], cells, self)
        self.setHorizontalHeader(ListHead(HEAD_HEIGHT, MARGIN, self))
        self.setModel(self.model_of_rows)
        self.setItemDelegate(PreviewDelegate(self._widths.index(0), self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._row_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the widest column the rest of the width."""
        super().resizeEvent(event)
        rest = max(NARROWEST, self.viewport().width() - sum(self._widths))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width or rest)

    def show_rows(self, rows: Sequence[Any], selected: int = 0) -> None:
        """Show these rows and select one."""
        self.model_of_rows.show_rows(rows)
        if rows:
            self.selectRow(min(selected, len(rows) - 1))
        self.moved.emit()

    def give_room_for(self, column: int, texts: Iterable[str]) -> None:
        """Make every row high enough that none of these texts is cut in its column."""
        room = self._widths[column] - GAP - (0 if column else MARGIN)
        lines = max((len(wrap((Run(text, 13),), room)) for text in texts), default=0)
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, lines * LINE + 10))

    @property
    def current(self) -> Any:
        """The selected row, None where there is none."""
        row = self.currentIndex().row()
        return self.model_of_rows.rows[row] if 0 <= row < len(self.model_of_rows.rows) else None

    def _row_moved(self) -> None:
        self.moved.emit()
