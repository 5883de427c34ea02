"""Owns a status in a line of its own: the sign and its word."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_sign_word
from bedside.ui.signs import Sign

HEIGHT, SIGN_ROOM = 20, 24


class SignLabel(QWidget):
    """A sign of 16 px and its word in semibold, in the colour of a token."""

    def __init__(self, sign: Sign, word: str, token: str = "ink", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self._run = sign, Run(word, 12, 600, token)
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as sign and word."""
        return QSize(round(self._run.width) + SIGN_ROOM + 2, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign and the word."""
        painter = QPainter(self)
        draw_sign_word(painter, QRectF(self.rect()), theme.current(), self._sign, self._run)
        painter.end()
