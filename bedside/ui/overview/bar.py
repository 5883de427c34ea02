"""Owns the line above the timeline: which part of the course is shown, zoom, and what is trimmed or out of view."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from bedside.ui.widgets.labels import PlainLabel, WrappedLabel


class CourseBar(QWidget):
    """Signals what was asked: `part_asked(place among the parts)`, `zoom_asked(1 or −1)`."""

    part_asked = Signal(int)
    zoom_asked = Signal(int)

    def __init__(self, heading: str, parts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = len(parts) - 1
        self.sentence = WrappedLabel("", 12, 400, "ink2", self)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.part_asked)
        self._zoom = QButtonGroup(self)
        self._zoom.setExclusive(False)
        self._zoom.idClicked.connect(self._zoom_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 6)
        row.setSpacing(0)
        row.addWidget(PlainLabel(heading, 15, 600))
        row.addSpacing(18)
        for place, word in enumerate(parts):
            row.addWidget(self._button(word, place))
        row.addSpacing(14)
        for place, (word, name) in enumerate((("−", "Show more time"), ("+", "Show less time"))):
            button = QToolButton(self)
            button.setText(word)
            button.setAccessibleName(name)
            button.setFixedSize(28, 26)
            self._zoom.addButton(button, place)
            row.addWidget(button)
        row.addSpacing(14)
        row.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self.show_part(0)

    def _button(self, word: str, place: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(word)
        button.setCheckable(True)
        button.setProperty("look", "segment")
        button.setProperty("joined", {0: "first", self._last: "last"}.get(place, "middle"))
        button.setFixedHeight(27)
        self._group.addButton(button, place)
        return button

    def show_part(self, place: int) -> None:
        """Mark the part of the course that is shown."""
        self._group.button(place).setChecked(True)

    def allow(self, place: int, allowed: bool, reason: str) -> None:
        """Offer a part or say why it cannot be shown."""
        button = self._group.button(place)
        button.setEnabled(allowed)
        button.setToolTip("" if allowed else reason)

    def _zoom_clicked(self, place: int) -> None:
        self.zoom_asked.emit(1 if place else -1)
