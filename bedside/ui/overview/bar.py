"""Owns the line above the timeline: which part of the course is shown, zoom, and what is trimmed or out of view."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from bedside.ui.widgets.labels import PlainLabel, WrappedLabel
from bedside.ui.widgets.segment_row import SegmentRow

BESIDE = 220
"""How wide the sentence has to be to stand beside the buttons; with less it stands below them."""


class Sentence(WrappedLabel):
    """Takes the width that the buttons leave, whatever it says: no movement of the axis lays the window out anew."""

    def sizeHint(self) -> QSize:
        """As high as its words stand."""
        return QSize(BESIDE, self.heightForWidth(max(self.width(), BESIDE)))


class CourseBar(QWidget):
    """Signals what was asked: `part_asked(place among the parts)`, `zoom_asked(1 or −1)`."""

    part_asked = Signal(int)
    zoom_asked = Signal(int)

    def __init__(self, heading: str, parts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Sentence("", 12, 400, "ink2", self)
        self.parts = SegmentRow(parts, self)
        self.parts.chosen.connect(self.part_asked)
        self._zoom = QButtonGroup(self)
        self._zoom.setExclusive(False)
        self._zoom.idClicked.connect(self._zoom_clicked)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(PlainLabel(heading, 15, 600))
        row.addSpacing(18)
        row.addWidget(self.parts)
        row.addSpacing(14)
        for place, (word, name) in enumerate((("−", "Show more time"), ("+", "Show less time"))):
            button = QToolButton(self)
            button.setText(word)
            button.setAccessibleName(name)
            button.setFixedSize(28, 26)
            self._zoom.addButton(button, place)
            row.addWidget(button)
        self._all = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._all.setContentsMargins(24, 10, 24, 6)
        self._all.setSpacing(14)
        self._all.addWidget(self._buttons)
        self._all.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence stands beside the buttons, or below them where a word a line would be left."""
        super().resizeEvent(event)
        room = self.width() - 48 - self._buttons.sizeHint().width() - 14
        beside = room >= BESIDE
        self._all.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._all.setAlignment(self._buttons, Qt.AlignmentFlag(0) if beside else Qt.AlignmentFlag.AlignLeft)
        self._all.setSpacing(14 if beside else 4)

    def show_part(self, place: int) -> None:
        """Mark the part of the course that is shown."""
        self.parts.choose(place)

    def allow(self, place: int, allowed: bool, reason: str) -> None:
        """Offer a part or say why it cannot be shown."""
        self.parts.allow(place, allowed, reason)

    def _zoom_clicked(self, place: int) -> None:
        self.zoom_asked.emit(1 if place else -1)
