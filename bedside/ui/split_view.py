"""Owns the view of two columns: what runs in time at the left, words of a fixed width at the right."""

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.scrolling import scrolling

WIDE, LESS = 1360, 48


class SplitView(View):
    """`left` takes what stands at the left, then `place_side` is called.

    The right column keeps its width, less 48 px in a small window.
    """

    def __init__(self, side: QWidget, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side_width = width
        self.setMinimumSize(*SMALLEST_VIEW)
        self.left = QVBoxLayout()
        self.left.setSpacing(0)
        self.side_area = scrolling(side)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self._row.addLayout(self.left, 1)

    def place_side(self) -> None:
        """Put the right column in its place once the left one is made, so that Tab comes to it last."""
        self._row.addWidget(self.side_area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the right column its width."""
        super().resizeEvent(event)
        self.side_area.setFixedWidth(self._side_width - (0 if self.width() >= WIDE else LESS))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline between the columns."""
        painter = QPainter(self)
        painter.fillRect(self.side_area.x() - 1, 0, 1, self.height(), theme.current().colour("line"))
        painter.end()
