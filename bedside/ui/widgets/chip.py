"""Owns a status that stands beside what it is about: sign and word on their tint."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.painting import CHIP_HEIGHT, chip_width, draw_chip
from bedside.ui.signs import Sign


class Chip(QWidget):
    """Hidden until there is a status to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self.words = Sign.NOT_KNOWN, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_status(self, sign: Sign, words: str) -> None:
        """Show this status, or nothing without words."""
        self._sign, self.words = sign, words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as sign and word."""
        return QSize(round(chip_width(self.words)) + 1, round(CHIP_HEIGHT) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip."""
        painter = QPainter(self)
        draw_chip(painter, QPointF(0, 0), theme.current(), self._sign, self.words)
        painter.end()
