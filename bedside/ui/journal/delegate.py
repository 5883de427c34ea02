"""Owns how a row of the journal is painted: text, the line through what no longer counts, the sign of a conflict."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from bedside.chart.live import EntryState
from bedside.ui import theme
from bedside.ui.journal.cells import KIND, MARGIN, PADDING, STATE, VALUES, WHEN, cells_of, text_width
from bedside.ui.journal.model import LINE_ROLE
from bedside.ui.painting import draw_sign
from bedside.ui.paragraph import Line, advance, draw_line, line_height, wrap
from bedside.ui.signs import Sign
from bedside.ui.widgets.row_list import Index, RowDelegate

_SIGNS = {EntryState.CONTESTED: Sign.CONFLICT, EntryState.HIDDEN: Sign.NOT_KNOWN}


class JournalDelegate(RowDelegate):
    """Paints one cell at a time from the line under LINE_ROLE."""

    def draw_words(self, painter: QPainter, room: QRectF, index: Index) -> None:
        """The sign of a conflict and the paragraphs, a line through what no longer counts."""
        look, line, column = theme.current(), index.data(LINE_ROLE), index.column()
        left = room.left() + (MARGIN if column == WHEN else 0)
        width = text_width(column, round(room.width()))
        if column == STATE:
            sign = _SIGNS.get(line.state)
            if sign is not None:
                draw_sign(painter, QRectF(left, room.top() + PADDING + 1, 16, 16), look, sign)
                left += 22
        top = room.top() + PADDING
        for place, paragraph in enumerate(cells_of(line)[column]):
            struck = line.struck and place == 0 and column in (WHEN, KIND, VALUES)
            for piece in wrap(paragraph, width):
                draw_line(painter, left, top, look, piece)
                if struck:
                    self._strike(painter, QPointF(left, top), look, piece)
                top += line_height(piece)

    @staticmethod
    def _strike(painter: QPainter, at: QPointF, look: theme.Theme, piece: Line) -> None:
        level = round(at.y() + line_height(piece) / 2) + 0.5
        painter.setPen(QPen(look.colour("ink2"), 1))
        painter.drawLine(QPointF(at.x(), level), QPointF(at.x() + advance(piece), level))
