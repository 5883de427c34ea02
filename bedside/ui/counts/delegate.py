"""Owns how a cell of the flowsheet is painted: a value with flag and marks, or a box with the last value beside it."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from bedside.ui import theme
from bedside.ui.counts.flowsheet import Result
from bedside.ui.counts.heads import AnalyteHead, is_whole
from bedside.ui.counts.model import RESULT_ROLE, FlowsheetModel, Index
from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.entry_grid.paint import (
    decimal_room,
    draw_box,
    draw_not_done,
    draw_typed_flag,
    draw_value,
    last_words,
)
from bedside.ui.forms.typed_moment import TypedMoment
from bedside.ui.lettering import Run, dashed_pen, draw_text
from bedside.ui.painting import draw_sign
from bedside.ui.signs import Sign

BOX_LEFT, BOX_WIDTH, BOX_HEIGHT = 10, 64, 24
MOMENT_WIDTH = 150
FLAG_LEFT, LAST_LEFT = 80, 106
CORNER = 8


def box_in(cell: QRect, typed: Typed) -> QRect:
    """Where the box lies in its cell."""
    width = MOMENT_WIDTH if isinstance(typed, TypedMoment) else BOX_WIDTH
    return QRect(cell.left() + BOX_LEFT, cell.top() + (cell.height() - 1 - BOX_HEIGHT) // 2, width, BOX_HEIGHT)


class FlowsheetDelegate(QStyledItemDelegate):
    """Paints from the model; `current` is the cell that has the keyboard, whose ring is drawn here."""

    def __init__(self, sheet: FlowsheetModel, head: AnalyteHead) -> None:
        super().__init__(head)
        self._sheet, self._head = sheet, head
        self.current = (-1, -1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, row, column = theme.current(), index.row(), index.column()
        room = QRectF(option.rect)
        room.setHeight(self._head.height_of(row))
        painter.save()
        painter.setClipRect(room)
        typed = self._sheet.typed_at(row, column)
        in_typed = column == self._sheet.typed_column
        painter.fillRect(room, look.colour("actiontint" if in_typed else "sheet"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        if in_typed:
            painter.fillRect(QRectF(room.left(), room.top(), 2, room.height()), look.colour("action"))
        elif self._sheet.skips_days(column):
            painter.setPen(dashed_pen(look.colour("edge"), 1.0, on=3, off=3))
            painter.drawLine(room.topLeft() + QPointF(0.5, 0), room.bottomLeft() + QPointF(0.5, 0))
        if typed is not None:
            self._draw_typed(painter, room, look, typed)
        elif is_whole(room, self._head.parentWidget()):
            self._draw_result(painter, room, look, index.data(RESULT_ROLE))
            if (row, column) == self.current:
                _draw_ring(painter, room, look)
        painter.restore()

    def _draw_result(self, painter: QPainter, room: QRectF, look: theme.Theme, result: Result | None) -> None:
        if result is None or self._sheet.sheet is None:
            return
        if result.value is None:
            draw_not_done(painter, room, look, result.text)
        else:
            places = self._sheet.sheet.places[result.analyte.key]
            draw_value(painter, room, look, result.text, result.flag, decimals=decimal_room(result.text, places))
        if result.was:
            corner = [QPointF(0, 0), QPointF(-CORNER, 0), QPointF(0, CORNER)]
            painter.setBrush(look.colour("ink2"))
            painter.setPen(QPen(look.colour("ink2"), 0))
            painter.drawPolygon(QPolygonF([room.topRight() + point for point in corner]))
        if result.contested:
            draw_sign(painter, QRectF(room.left() + 4, room.center().y() - 7, 13, 13), look, Sign.ALERT_NOT_RUN)

    def _draw_typed(self, painter: QPainter, room: QRectF, look: theme.Theme, typed: Typed) -> None:
        draw_box(painter, QRectF(box_in(room.toRect(), typed)), look, typed)
        if isinstance(typed, TypedMoment) or self._sheet.sheet is None:
            return
        draw_typed_flag(painter, QPointF(room.left() + FLAG_LEFT, round(room.center().y()) - 5), look, typed)
        value, day = last_words(typed.last, self._sheet.sheet.as_of.day.year)
        if value:
            beside = room.adjusted(LAST_LEFT, 0, 0, 0)
            both = Run(f"{value} · {day}", 12, 400, "ink2")
            if both.width <= beside.width() - 2:
                draw_text(painter, beside, look, both)
            else:
                draw_text(painter, beside.adjusted(0, 1, 0, -14), look, Run(value, 11, 400, "ink2"))
                draw_text(painter, beside.adjusted(0, 13, 0, -2), look, Run(day, 11, 400, "ink2"))


def _draw_ring(painter: QPainter, room: QRectF, look: theme.Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("action"), 2))
    painter.drawRect(room.adjusted(1, 1, -1, -2))
