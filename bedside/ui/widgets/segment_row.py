"""Owns a row of joined buttons of which one is chosen: parts of a course, kinds of a round."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from bedside.ui import fonts

HEIGHT, PAD = 27, 26


class SegmentRow(QWidget):
    """`chosen(place)` when a person chooses another word."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, word in enumerate(words):
            button = QToolButton(self)
            button.setText(word)
            button.setCheckable(True)
            button.setProperty("look", "segment")
            button.setProperty("joined", {0: "first", len(words) - 1: "last"}.get(place, "middle"))
            button.setFixedHeight(HEIGHT)
            button.setMinimumWidth(round(fonts.width_of(word, 13, 600)) + PAD)
            self._group.addButton(button, place)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choose(0)

    @property
    def place(self) -> int:
        """The place that is chosen."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Mark this word as the chosen one."""
        self._group.button(place).setChecked(True)

    def allow(self, place: int, allowed: bool, reason: str) -> None:
        """Offer a word, or say why it cannot be chosen."""
        button = self._group.button(place)
        button.setEnabled(allowed)
        button.setToolTip("" if allowed else reason)
