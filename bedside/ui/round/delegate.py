"""Owns how a cell of the round sheet is painted: the patient, a box with the last value beside it, the state."""

from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bedside.chart.formats import short_date_text, time_text
from bedside.chart.moments import At
from bedside.ui import theme
from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.entry_grid.paint import draw_box, draw_not_done, draw_typed_flag, draw_value, last_words
from bedside.ui.forms.typed_moment import TypedMoment
from bedside.ui.forms.typed_number import TypedNumber
from bedside.ui.lettering import LEFT, Run, draw_text
from bedside.ui.painting import draw_sign
from bedside.ui.paragraph import block_height, draw_block
from bedside.ui.round.model import PATIENT, Index, RoundModel
from bedside.ui.round.rows import RoundRow

MARGIN, GAP, SIGN_ROOM = 24, 10, 24
BOX_WIDTH, BOX_HEIGHT, LAST_LEFT, MOMENT_GAP = 62, 28, 67, 10


def box_in(cell: QRect, typed: Typed) -> QRect:
    """Where the box lies in its cell."""
    width = cell.width() - MOMENT_GAP if isinstance(typed, TypedMoment) else BOX_WIDTH
    return QRect(cell.left(), cell.top() + (cell.height() - 1 - BOX_HEIGHT) // 2, width, BOX_HEIGHT)


class RoundDelegate(QStyledItemDelegate):
    """Paints from the model; heights are the rows' own, so that what is asked under a row stays free."""

    def __init__(self, model: RoundModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.heights: list[int] = []
        self.current = (-1, -1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, number, column = theme.current(), index.row(), index.column()
        row, room = self._model.rows[number], QRectF(option.rect)
        if number < len(self.heights):
            room.setHeight(self.heights[number])
        painter.save()
        painter.setClipRect(room)
        painter.fillRect(room, look.colour("actiontint" if number == self.current[0] else "sheet"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        typed = self._model.typed(number, column)
        if typed is not None:
            self._draw_typed(painter, room, look, (row, typed))
        elif column == PATIENT:
            _draw_middle(painter, room.adjusted(MARGIN, 0, -GAP, 0), look, row)
        else:
            self._draw_state(painter, room, look, row)
        if (number, column) == self.current and (typed is None or not row.is_open):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("action"), 2))
            painter.drawRect(room.adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw_typed(self, painter: QPainter, room: QRectF, look: theme.Theme, what: tuple[RoundRow, Typed]) -> None:
        row, typed = what
        box = QRectF(box_in(room.toRect(), typed))
        if row.is_open:
            short = moment_words(typed.at, row.line.as_of) if isinstance(typed, TypedMoment) and typed.at else ""
            draw_box(painter, box, look, typed, short)
        else:
            _draw_stored(painter, box, look, typed, row.line.as_of)
        if isinstance(typed, TypedNumber):
            self._draw_last(painter, room, look, typed)
            if row.is_open:
                draw_typed_flag(painter, QPointF(box.left() + 6, round(box.center().y()) - 5), look, typed)

    def _draw_last(self, painter: QPainter, room: QRectF, look: theme.Theme, typed: TypedNumber) -> None:
        value, day = last_words(typed.last, self._model.rows[0].line.as_of.year)
        top = round(room.center().y()) - 16
        for words, offset in ((value, 0), (day, 15)):
            place = QRectF(room.left() + LAST_LEFT, top + offset, room.width() - LAST_LEFT, 15)
            draw_text(painter, place, look, Run(words, 12, 400, "ink2"))

    @staticmethod
    def _draw_state(painter: QPainter, room: QRectF, look: theme.Theme, row: RoundRow) -> None:
        lines = row.state_lines()
        left, width = room.left() + GAP, room.width() - 2 * GAP - SIGN_ROOM
        top = round(room.center().y() - block_height(lines, width) / 2)
        if row.sign is not None:
            draw_sign(painter, QRectF(left, top + 1, 16, 16), look, row.sign)
        draw_block(painter, (left + SIGN_ROOM, top), width, look, lines)


def _draw_middle(painter: QPainter, room: QRectF, look: theme.Theme, row: RoundRow) -> None:
    lines = row.patient_lines()
    top = round(room.center().y() - block_height(lines, room.width()) / 2)
    draw_block(painter, (room.left(), top), room.width(), look, lines)


def moment_words(at: At, today: date) -> str:
    """The time of a moment of today, its date before it where it was another day."""
    clock = "" if at.instant is None else time_text(at.instant)
    return clock if at.day == today and clock else f"{short_date_text(at.day)} {clock}".rstrip()


def _draw_stored(painter: QPainter, box: QRectF, look: theme.Theme, typed: Typed, today: date) -> None:
    """What was stored, without the frame that says one can type here."""
    if isinstance(typed, TypedMoment):
        words = moment_words(typed.at, today) if typed.at is not None else typed.text
        draw_text(painter, box.adjusted(0, 0, 30, 0), look, Run(words, 13, 400, "ink2"), align=LEFT)
    elif typed.not_done:
        draw_not_done(painter, box, look)
    elif typed.text:
        draw_value(painter, box.adjusted(-4, 0, 4, 0), look, typed.text, typed.flag())
