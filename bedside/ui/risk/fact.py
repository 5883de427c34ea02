"""Owns one line of evidence beside the criteria: read, focused, and pressed to go to the entry it rests on."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import icons, theme
from bedside.ui.painting import draw_sign
from bedside.ui.paragraph import Line, block_height, draw_block, plain
from bedside.ui.signs import Sign
from bedside.ui.widgets.enter_button import EnterButton

PAD, SIGN_ROOM, CAPTION_ROOM, CHEVRON, GAP = 4, 24, 116, 20, 8


@dataclass(frozen=True)
class Fact:
    """What is said, and the entries it rests on; a caption or a sign stands before it, `more` is shown when asked."""

    lines: tuple[Line, ...]
    evidence: tuple[str, ...] = ()
    sign: Sign | None = None
    caption: Line = ()
    more: tuple[Line, ...] = ()

    @property
    def leads_on(self) -> bool:
        """Whether pressing it does anything."""
        return bool(self.evidence or self.more)


@dataclass(frozen=True)
class Section:
    """A head with what is at the right of it, and its facts; a folded one shows its head alone until it is opened."""

    head: str
    facts: tuple[Fact, ...]
    aside: Line = ()
    folded: bool = False


class FactRow(EnterButton):
    """The caption or sign, the words, and a chevron where an entry stands behind them."""

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fact, self.explained = fact, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if fact.leads_on else Qt.FocusPolicy.NoFocus)
        if fact.evidence:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" ".join(part for part in (plain((fact.caption,)), plain(fact.lines)) if part))
        self.setAccessibleDescription("Enter goes to the entry" if fact.evidence else "")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines that stand here now."""
        return (*self.fact.lines, *self.fact.more) if self.explained else self.fact.lines

    def explain(self) -> None:
        """Show or hide what else is known of it."""
        self.explained = not self.explained and bool(self.fact.more)
        self._fit()

    def _left(self) -> float:
        return CAPTION_ROOM if self.fact.caption else SIGN_ROOM if self.fact.sign is not None else 0

    def _words_room(self, width: float) -> float:
        return max(width - 2 * GAP - self._left() - CHEVRON, 60)

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def hasHeightForWidth(self) -> bool:
        """Text breaks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the words need, and the caption beside them."""
        caption = block_height((self.fact.caption,), CAPTION_ROOM - 10) if self.fact.caption else 0
        return round(max(block_height(self.shown, self._words_room(width)), caption)) + 2 * PAD

    def sizeHint(self) -> QSize:
        """As high as needed at 320 px."""
        return QSize(320, self.heightForWidth(max(self.width(), 240)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground under the mouse, sign or caption, words, chevron, ring."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        if self.underMouse() and self.fact.leads_on:
            painter.fillRect(room, look.colour("sheet2"))
        if self.fact.sign is not None:
            draw_sign(painter, QRectF(GAP, PAD + 1, 15, 15), look, self.fact.sign)
        if self.fact.caption:
            draw_block(painter, (GAP, PAD), CAPTION_ROOM - 10, look, (self.fact.caption,))
        draw_block(painter, (GAP + self._left(), PAD), self._words_room(room.width()), look, self.shown)
        if self.fact.evidence:
            icons.draw_icon(painter, QRectF(room.width() - 17, PAD + 2, 13, 13), look, "chevron-right", "ink2")
        if self.hasFocus():
            draw_ring(painter, room, look)
        painter.end()


def draw_ring(painter: QPainter, room: QRectF, look: theme.Theme) -> None:
    """The ring of the keyboard's place, inside a row."""
    pen = QPen(look.colour("action"), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room.adjusted(1, 1, -1, -1))
