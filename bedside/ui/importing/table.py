"""Owns the list of a preview: columns of fixed width, one of them taking the rest, rows of two lines."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bedside.ui import theme
from bedside.ui.importing.model import CELLS_ROLE, PreviewModel
from bedside.ui.importing.words import Cells
from bedside.ui.lettering import Run, draw_text
from bedside.ui.painting import draw_sign
from bedside.ui.paragraph import draw_line, line_height, wrap

HEAD_HEIGHT, ROW_HEIGHT, MARGIN, GAP, SIGN = 28, 46, 12, 10, 16
NARROWEST = 160


class PreviewHead(QHeaderView):
    """The heads of the columns, always in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """The word of a column between two hairlines."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        painter.fillRect(room, look.colour("sheet2"))
        for y in (room.top(), room.bottom() - 1):
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), look.colour("line"))
        word = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        draw_text(painter, room.adjusted(MARGIN if not section else 0, 0, 0, 0), look, Run(word, 12, 400, "ink2"))


class PreviewDelegate(QStyledItemDelegate):
    """Paints one cell at a time; the widest column also has the second line, the last one the sign."""

    def __init__(self, widest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._widest = widest

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tint, words, hairline, and the ring of the selected row."""
        cells = index.data(CELLS_ROLE)
        if not isinstance(cells, Cells):
            return
        look, room = theme.current(), QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(room, look.colour("actiontint"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        painter.save()
        painter.setClipRect(room)
        self._draw_words(painter, room, cells, index.column())
        painter.restore()
        if selected:
            self._draw_ring(painter, room, index)

    def _draw_words(self, painter: QPainter, room: QRectF, cells: Cells, column: int) -> None:
        look, left = theme.current(), room.left() + (0 if column else MARGIN)
        width, is_last = room.right() - left - GAP, column == len(cells.texts) - 1
        if is_last and cells.sign is not None:
            draw_sign(painter, QRectF(left, room.top() + 6, SIGN, SIGN), look, cells.sign)
            left, width = left + SIGN + 6, width - SIGN - 6
        first = Run(cells.texts[column], 13, 600 if is_last and cells.sign else 400, cells.tone if is_last else "ink")
        lines = list(wrap((first,), width)) if first.text else []
        if column == self._widest and cells.second:
            lines += wrap((Run(cells.second, 12, 400, "ink2"),), width)
        top = room.top() + 5
        for place, line in enumerate(lines[:2]):
            shown = line if place == 0 or len(lines) == 2 else (*line, Run(" …", 12, 400, "ink2"))
            draw_line(painter, left, top, look, shown)
            top += line_height(line)

    @staticmethod
    def _draw_ring(painter: QPainter, room: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        colour = theme.current().colour("action")
        painter.fillRect(QRectF(room.left(), room.top(), room.width(), 2), colour)
        painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 2), colour)
        if index.column() == 0:
            painter.fillRect(QRectF(room.left(), room.top(), 2, room.height()), colour)
        if index.column() == index.model().columnCount() - 1:
            painter.fillRect(QRectF(room.right() - 2, room.top(), 2, room.height()), colour)


class PreviewTable(QTableView):
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
        super().__init__(parent)
        self._widths = [width for _, width in heads]
        self.model_of_rows = PreviewModel([head for head, _ in heads], cells, self)
        self.setHorizontalHeader(PreviewHead(self))
        self.setModel(self.model_of_rows)
        self.setItemDelegate(PreviewDelegate(self._widths.index(0), self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setAccessibleName(name)
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

    @property
    def current(self) -> Any:
        """The selected row, None where there is none."""
        row = self.currentIndex().row()
        return self.model_of_rows.rows[row] if 0 <= row < len(self.model_of_rows.rows) else None

    def _row_moved(self) -> None:
        self.moved.emit()
