"""Owns the head of a sheet: what it is, for whom, on which day, and one sentence of help or of a draft."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.ui import fonts
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel

HEIGHT, SECOND, WIDTH = 51, 20, 812


class SheetHead(QWidget):
    """Title 20 px, the patient beside it, or below where a long name would be cut, a note and one link at the right."""

    link_pressed = Signal()

    def __init__(self, title: str, whose: str, notes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = tuple(notes)
        self.title = PlainLabel(title, 20, 600, "ink", self)
        self.whose = PlainLabel(whose, 13, 400, "ink2", self)
        self.below = PlainLabel(whose, 13, 400, "ink2", self)
        self.below.hide()
        self.note = PlainLabel("", 12, 400, "ink2", self)
        self.link = PushButton("", self)
        self.link.setProperty("look", "link")
        self.link.clicked.connect(self._clicked)
        self.link.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(self.below)
        row.addWidget(self.title)
        row.addWidget(self.whose)
        row.addStretch(1)
        row.addWidget(self.note)
        row.addWidget(self.link)
        self._fit()

    def _place_whose(self) -> None:
        """Beside the title if there is room for it and for the link, else in a line of its own."""
        parts = [self.title, self.whose, *([self.link] if self.link.text() else [])]
        fits = sum(part.sizeHint().width() for part in parts) + 12 * len(parts) <= self._room
        self.whose.setVisible(fits)
        self.below.setVisible(not fits)
        self.setFixedHeight(HEIGHT if fits else HEIGHT + SECOND)

    @property
    def _room(self) -> int:
        """What is left between the margins; before it was laid out, as much as a whole sheet leaves."""
        return (self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else WIDTH) - 2 * 24

    def _longest_that_fits(self) -> str:
        whose = 0 if self.whose.isHidden() else self.whose.sizeHint().width()
        beside = self.link.sizeHint().width() + 2 * 12 if self.link.text() else 0
        room = self._room - 2 * 12 - self.title.sizeHint().width() - whose - beside
        return next((note for note in self._notes if fonts.width_of(note, 12) < room), "")

    def show_notes(self, notes: Sequence[str] = (), link: str = "") -> None:
        """Say the first of these sentences that is not cut, with a link if there is something to press."""
        self._notes = tuple(notes)
        self.link.setText(link)
        self.link.setVisible(bool(link))
        self._fit()

    def _fit(self) -> None:
        self._place_whose()
        self.note.setText(self._longest_that_fits())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrower sheet a shorter sentence may be all that fits."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _clicked(self) -> None:
        self.link_pressed.emit()
