"""Owns the bar at the bottom of the window: the keys of the current view at the left, a note at the right."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from bedside.ui import fonts, theme
from bedside.ui.actions import Hint
from bedside.ui.lettering import RIGHT, Run, draw_key_cap, draw_text, key_cap_width

HEIGHT = 28
SIDE, FROM_SEATED = 16, 24


class KeyBar(QWidget):
    """Twenty-eight pixels on a surface; a hint that no longer fits beside the note is left to the palette.

    A widget that is seated in it stands at the right while it is shown: nothing else of the window moves for it.
    """

    def __init__(self, parent: QWidget | None = None, *, surface: str = "ground") -> None:
        super().__init__(parent)
        self._surface = surface
        self.setFixedHeight(HEIGHT)
        self._hints: tuple[Hint, ...] = ()
        self._note = ""
        self._seated: QWidget | None = None

    def seat(self, widget: QWidget) -> None:
        """Give a child its place at the right."""
        self._seated = widget
        self._place_seated()

    def _place_seated(self) -> None:
        if self._seated is not None:
            width = min(self._seated.sizeHint().width(), self.width() - 2 * SIDE)
            self._seated.setGeometry(self.width() - SIDE - width, 1, width, HEIGHT - 1)
            self.update()

    def event(self, event: QEvent) -> bool:
        """What is seated comes, goes or takes another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_seated()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is seated at the right."""
        super().resizeEvent(event)
        self._place_seated()

    @property
    def _right(self) -> int:
        """Where hints and note end."""
        seated = self._seated
        return self.width() - SIDE if seated is None or seated.isHidden() else seated.x() - FROM_SEATED

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
        note = self._fitting_note()
        room = self._right - note.width
        left = float(SIDE)
        for hint in self._hints:
            if left + self._width(hint) > room - SIDE:
                break
            left = self._draw_hint(painter, look, left, hint) + 20
        draw_text(painter, QRectF(0, 1, self._right, HEIGHT - 1), look, note, align=RIGHT)
        painter.end()

    def _fitting_note(self) -> Run:
        """The note, without its end where it is too long for the bar."""
        room = self._right - SIDE
        note = Run(self._note, 12, 400, "ink2")
        if note.width <= room:
            return note
        return note._replace(
            text=QFontMetricsF(fonts.font(12, 400)).elidedText(self._note, Qt.TextElideMode.ElideRight, room)
        )

    @staticmethod
    def _draw_hint(painter: QPainter, look: theme.Theme, left: float, hint: Hint) -> float:
        for cap in hint.keys:
            width = key_cap_width(cap)
            draw_key_cap(painter, QRectF(left, 5, width, 18), look, cap)
            left += width + 3
        word = Run(hint.word, 12, 400, "ink2")
        draw_text(painter, QRectF(left + 5, 1, word.width + 2, HEIGHT - 1), look, word)
        return left + 5 + word.width
