"""Owns how a row of the ward board is painted: one delegate for every column."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bedside.ui import theme
from bedside.ui.board.cells import GAP, MARGIN, SIGN_ROOM, STRIP_ROOM, Cell, cells_of
from bedside.ui.board.lines import Grade
from bedside.ui.board.model import LINE_ROLE
from bedside.ui.painting import (
    GRADE_HEIGHT,
    GRADE_WIDTH,
    Flag,
    draw_flag,
    draw_grade,
    draw_movement,
    draw_sign,
    draw_strip,
)
from bedside.ui.paragraph import block_height, draw_block
from bedside.ui.widgets.row_list import draw_row_ring


class BoardDelegate(QStyledItemDelegate):
    """Ground, hairline, ring of the selected row, then sign, strip and text in the middle of the cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        look = theme.current()
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look.colour("actiontint" if selected else "sheet"))
        cell = cells_of(index.data(LINE_ROLE))[index.column()]
        draw_cell(painter, rect.adjusted(0 if index.column() else MARGIN, 0, -GAP, 0), look, cell)
        if selected:
            draw_row_ring(painter, rect, index)
        else:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("line"))
        painter.restore()


def draw_cell(painter: QPainter, rect: QRectF, look: theme.Theme, cell: Cell) -> None:
    """The content of a cell, centred in its height, from the left of the rectangle."""
    if cell.graded:
        _draw_grade(painter, rect, look, cell.grade)
        return
    left, room = rect.left(), rect.width()
    top = round(rect.top() + (rect.height() - 1 - cell.height(room)) / 2)
    if cell.sign is not None:
        draw_sign(painter, QRectF(left, top + 1, 16, 16), look, cell.sign)
        left, room = left + SIGN_ROOM, room - SIGN_ROOM
    if cell.step is not None:
        draw_strip(painter, QPointF(left, top + 1), look, cell.step, room)
        top += round(STRIP_ROOM)
    bottom = draw_block(painter, (left, top), room, look, cell.paragraphs)
    for sign, line in cell.signed:
        draw_sign(painter, QRectF(left, bottom + 1, 15, 15), look, sign)
        bottom = draw_block(painter, (left + SIGN_ROOM, bottom), room - SIGN_ROOM, look, [line])
    if cell.moved:
        second = top + block_height(cell.paragraphs[:1], room)
        draw_flag(painter, QPointF(left + 1, round(second) + 3), look, Flag(high=cell.moved > 0, level=1))


def _draw_grade(painter: QPainter, rect: QRectF, look: theme.Theme, grade: Grade | None) -> None:
    box = QRectF(rect.left(), round(rect.center().y() - GRADE_HEIGHT / 2), GRADE_WIDTH, GRADE_HEIGHT)
    words = f"≥{grade.worst}" if grade is not None and grade.at_least else ""
    draw_grade(painter, box, look, None if grade is None else grade.worst, words=words)
    if grade is not None and grade.moved is not None:
        draw_movement(painter, QPointF(box.right() + 5, box.center().y() - 5), look, grade.moved)
