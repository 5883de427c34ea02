"""Owns the bar at the bottom of the window: the keys of the current view at the left, a note at the right."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bedside.ui import fonts, theme
from bedside.ui.actions import Hint
from bedside.ui.lettering import RIGHT, Run, draw_key_cap, draw_text, key_cap_width

HEIGHT = 28


class KeyBar(QWidget):
    """Twenty-eight pixels on a surface; a hint that no longer fits beside the note is left to the palette."""

    def __init__(self, parent: QWidget | None = None, *, surface: str = "ground") -> None:
        super().__init__(parent)
        self._surface = surface
        self.setFixedHeight(HEIGHT)
        self._hints: tuple[Hint, ...] = ()
        self._note = ""

    def show_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show the keys of the current view."""
        self._hints = hints
        self._changed()

    def show_note(self, note: str) -> None:
        """Show the sentence at the right: last save, draft, or what the figures are."""
        self._note = note
        self._changed()

    def _changed(self) -> None:
        spoken = [f"{' '.join(hint.keys)}: {hint.word}" for hint in self._hints]
        self.setAccessibleName("Keys. " + "; ".join([*spoken, self._note]).strip("; "))
        self.update()

    @staticmethod
    def _width(hint: Hint) -> float:
        caps = sum(key_cap_width(cap) + 3 for cap in hint.keys)
        return caps + 5 + fonts.width_of(hint.word, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Caps and words from the left, the note at the right."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour(self._surface))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        room = self.width() - 16 - fonts.width_of(self._note, 12)
        left = 16.0
        for hint in self._hints:
            if left + self._width(hint) > room - 16:
                break
            left = self._draw_hint(painter, look, left, hint) + 20
        note = QRectF(0, 1, self.width() - 16, HEIGHT - 1)
        draw_text(painter, note, look, Run(self._note, 12, 400, "ink2"), align=RIGHT)
        painter.end()

    @staticmethod
    def _draw_hint(painter: QPainter, look: theme.Theme, left: float, hint: Hint) -> float:
        for cap in hint.keys:
            width = key_cap_width(cap)
            draw_key_cap(painter, QRectF(left, 5, width, 18), look, cap)
            left += width + 3
        word = Run(hint.word, 12, 400, "ink2")
        draw_text(painter, QRectF(left + 5, 1, word.width + 2, HEIGHT - 1), look, word)
        return left + 5 + word.width
