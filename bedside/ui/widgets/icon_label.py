"""Owns a line of text with an icon before it, which never stands without its words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import fonts, icons, theme
from bedside.ui.lettering import Run, draw_text


class IconLabel(QWidget):
    """An icon of 16 px and 12 px text in ink2; hidden while it has no text."""

    def __init__(self, icon: str, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._text = icon, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show these words, or nothing at all."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The words that are shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as icon and words."""
        return QSize(round(fonts.width_of(self._text, 12)) + 24, 24)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon and the words."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        icons.draw_icon(painter, QRectF(0, room.center().y() - 8, 16, 16), look, self._icon, "ink2")
        draw_text(painter, room.adjusted(22, 0, 0, 0), look, Run(self._text, 12, 400, "ink2"))
        painter.end()
