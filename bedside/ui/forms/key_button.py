"""Owns the push button that shows its key: a cap before or after its word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import CENTRE, LEFT, Run, draw_key_cap, draw_text, key_cap_width
from bedside.ui.painting import draw_frame

PAD, GAP = 13, 8


class KeyButton(QAbstractButton):
    """A button 32 px high with key caps, filled where it is the primary one of a form or checked.

    Enter presses it, like Space.
    """

    def __init__(
        self,
        word: str,
        *,
        lead: str = "",
        caps: tuple[str, ...] = (),
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lead, self._caps, self._primary = lead, caps, primary
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_word(word)

    def set_word(self, word: str) -> None:
        """Show another word."""
        self.setText(word)
        self.setAccessibleName(word)
        self.setAccessibleDescription("+".join(self._caps) or self._lead)
        self.updateGeometry()
        self.update()

    def set_lead(self, lead: str) -> None:
        """Show another key before the word, "" for none."""
        self._lead = lead
        self.set_word(self.text())

    @property
    def _filled(self) -> bool:
        return (self._primary or self.isChecked()) and self.isEnabled()

    def _run(self) -> Run:
        if self._filled:
            return Run(self.text(), 13, 600, "onaction")
        if self.isChecked():
            return Run(self.text(), 13, 600)
        return Run(self.text(), 13, 500, "ink" if self.isEnabled() else "ink3")

    def sizeHint(self) -> QSize:
        """Word, caps and room around them."""
        caps = sum(key_cap_width(cap) + 5 for cap in self._caps)
        lead = key_cap_width(self._lead) + GAP if self._lead else 0
        return QSize(round(self._run().width + caps + lead + 2 * PAD + (GAP - 2 if caps else 0)), 32)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, word and caps."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        filled = self._filled
        down = "actiontint" if self.isDown() and not filled else "sheet"
        draw_frame(painter, room, look, fill="action" if filled else down, edge="action" if filled else "edge")
        left = room.left() + PAD
        if self._lead:
            width = key_cap_width(self._lead)
            self._draw_cap(painter, QRectF(left, room.center().y() - 9, width, 18), look, self._lead, filled)
            left += width + GAP
        run = self._run()
        draw_text(painter, QRectF(left, 0, run.width + 4, room.height()), look, run, align=LEFT)
        left += run.width + GAP + 4
        for cap in self._caps:
            width = key_cap_width(cap)
            self._draw_cap(painter, QRectF(left, room.center().y() - 9, width, 18), look, cap, filled)
            left += width + 5
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("ink" if filled else "action"), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    @staticmethod
    def _draw_cap(painter: QPainter, rect: QRectF, look: theme.Theme, cap: str, filled: bool) -> None:
        if not filled:
            draw_key_cap(painter, rect, look, cap)
            return
        draw_frame(painter, rect, look, edge="onaction", radius=3)
        draw_text(painter, rect, look, Run(cap, 11, 500, "onaction"), align=CENTRE)
