"""Owns the patient banner: who this is, where in the course, and the risk class, never scrolled and never covered."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import LEFT, RIGHT, Run, draw_runs, draw_text, draw_wrapped, wrapped_height
from bedside.ui.painting import CLASS_TOKENS, draw_sign
from bedside.ui.signs import CLASS_SIGNS
from bedside.ui.widgets.banner_facts import (
    CLASS_TEXT_LEFT,
    CLASS_WIDTH,
    LOWEST,
    MARGIN,
    TAG_PAD,
    BannerFacts,
    BannerLayout,
    Placed,
    lay_out,
)

STRIPE_EVERY = 16


class Banner(QWidget):
    """Full width; as high as its facts need, 72 px at least."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: BannerFacts | None = None
        self._layout = BannerLayout(LOWEST, (), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(LOWEST))

    @property
    def facts(self) -> BannerFacts | None:
        """What is shown, or None after it was cleared."""
        return self._facts

    def show_facts(self, facts: BannerFacts) -> None:
        """Show this patient."""
        self._facts = facts
        self.setAccessibleName(facts.sentence)
        self._lay_out()

    def clear(self) -> None:
        """Show nobody."""
        self._facts = None
        self.setAccessibleName("No patient")
        self.update()

    def _lay_out(self) -> None:
        if self._facts is not None:
            self._layout = lay_out(self._facts, self.width())
            self.setFixedHeight(round(self._layout.height))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the facts need."""
        return QSize(1280, round(self._layout.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the facts out anew: at another width the name may need another number of lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, stripes if the patient died, facts, phase and day, class block."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("banner"))
        if self._facts is not None:
            if self._facts.died:
                self._draw_stripes(painter, look)
            for piece in self._layout.pieces:
                self._draw_piece(painter, look, piece)
            self._draw_state(painter, look, self._facts)
            self._draw_class(painter, look, self._facts)
        painter.end()

    def _draw_stripes(self, painter: QPainter, look: theme.Theme) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.see_through("bline", 80), 2))
        step, height = round(STRIPE_EVERY * 2**0.5), self.height()
        for x in range(-height, round(self._layout.class_left), step):
            painter.drawLine(x, height, x + height, 0)
        painter.restore()

    def _draw_piece(self, painter: QPainter, look: theme.Theme, piece: Placed) -> None:
        x = piece.x
        if piece.item.framed:
            painter.setPen(QPen(look.colour("bline"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(round(x) + 0.5, round(piece.baseline) - 14.5, round(piece.item.width), 20)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(box, 3, 3)
            x += TAG_PAD
        draw_runs(painter, x, piece.baseline, look, piece.item.runs)

    def _draw_state(self, painter: QPainter, look: theme.Theme, facts: BannerFacts) -> None:
        right, middle = self._layout.class_left - MARGIN, self.height() / 2
        phase = QRectF(0, middle - (24 if facts.day else 10), right, 20)
        draw_text(painter, phase, look, Run(facts.phase, 13, 400, "bink2"), align=RIGHT)
        day = QRectF(0, middle - 7, right, 30)
        draw_text(painter, day, look, Run(facts.day, 26, 600, "bink"), align=RIGHT)

    def _draw_class(self, painter: QPainter, look: theme.Theme, facts: BannerFacts) -> None:
        token = CLASS_TOKENS[facts.risk]
        block = QRectF(self._layout.class_left, 0, CLASS_WIDTH, self.height())
        painter.fillRect(block, look.colour(f"{token}tint"))
        if look.contrast:
            painter.setPen(QPen(look.colour(token), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(block.adjusted(1, 1, -1, -1))
        room = CLASS_WIDTH - CLASS_TEXT_LEFT - 16
        note = wrapped_height(facts.class_note, room, 12) if facts.class_note else 0
        top = (self.height() - 24 - note) / 2
        draw_sign(painter, QRectF(block.left() + 20, self.height() / 2 - 11, 22, 22), look, CLASS_SIGNS[facts.risk])
        word = QRectF(block.left() + CLASS_TEXT_LEFT, top, room, 24)
        draw_text(painter, word, look, Run(facts.risk_word, 18, 600, token), align=LEFT)
        below = QRectF(word.left(), word.bottom(), room, note)
        draw_wrapped(painter, below, look, Run(facts.class_note, 12, 400, "ink2"))
