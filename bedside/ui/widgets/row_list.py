"""Owns what lists of painted rows share: the table, the heads of its columns, and how the selected row is marked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
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
from bedside.ui.lettering import Run, draw_text

Index = QModelIndex | QPersistentModelIndex


class RowTable(QTableView):
    """A table without a grid of which one whole row is selected and nothing is edited in place."""

    def __init__(self, name: str, lowest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(lowest)
        self.verticalHeader().setDefaultSectionSize(lowest)


class RowDelegate(QStyledItemDelegate):
    """Paints a row cell by cell: tint, hairline and ring are the same in every list, the words are its own."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Tint, hairline, words; the selected row has the focus ring along its whole width."""
        look, room = theme.current(), QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(room, look.colour("actiontint"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        self.draw_words(painter, room, index)
        if selected:
            draw_row_ring(painter, room, index)

    def draw_words(self, painter: QPainter, room: QRectF, index: Index) -> None:
        """Paint what stands in a cell."""
        raise NotImplementedError


class ListHead(QHeaderView):
    """The heads of the columns, always in sight; the words are those of the model."""

    def __init__(self, height: int, margin: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._margin = margin
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(height)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """The word of a column between two hairlines."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        painter.fillRect(room, look.colour("sheet2"))
        for y in (room.top(), room.bottom() - 1):
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), look.colour("line"))
        word = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        draw_text(painter, room.adjusted(0 if section else self._margin, 0, 0, 0), look, Run(word, 12, 400, "ink2"))


def draw_row_ring(painter: QPainter, room: QRectF, index: Index) -> None:
    """The part of the selected row's ring that lies in the cell of this index."""
    colour = theme.current().colour("action")
    painter.fillRect(QRectF(room.left(), room.top(), room.width(), 2), colour)
    painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 2), colour)
    if index.column() == 0:
        painter.fillRect(QRectF(room.left(), room.top(), 2, room.height()), colour)
    if index.column() == index.model().columnCount() - 1:
        painter.fillRect(QRectF(room.right() - 2, room.top(), 2, room.height()), colour)
