"""Owns the head of a sheet: what it is, for whom, on which day, and one sentence of help or of a draft."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bedside.ui import fonts
from bedside.ui.widgets.labels import PlainLabel

HEIGHT, WIDTH = 51, 812


class SheetHead(QWidget):
    """Title 20 px, the patient beside it, a note and at most one link at the right."""

    link_pressed = Signal()

    def __init__(self, title: str, whose: str, notes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, 20, 600, "ink", self)
        self.whose = PlainLabel(whose, 13, 400, "ink2", self)
        self.note = PlainLabel(self._longest_that_fits(notes), 12, 400, "ink2", self)
        self.link = QPushButton("", self)
        self.link.setProperty("look", "link")
        self.link.clicked.connect(self._clicked)
        self.link.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 0)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self.whose)
        row.addStretch(1)
        row.addWidget(self.note)
        row.addWidget(self.link)
        self.setFixedHeight(HEIGHT)

    def _longest_that_fits(self, notes: Sequence[str], beside: int = 0) -> str:
        room = WIDTH - 2 * 24 - 2 * 12 - self.title.sizeHint().width() - self.whose.sizeHint().width() - beside
        return next((note for note in notes if fonts.width_of(note, 12) < room), "")

    def show_notes(self, notes: Sequence[str] = (), link: str = "") -> None:
        """Say the first of these sentences that is not cut, with a link if there is something to press."""
        self.link.setText(link)
        self.link.setVisible(bool(link))
        self.note.setText(self._longest_that_fits(notes, self.link.sizeHint().width() + 2 * 12 if link else 0))

    def _clicked(self) -> None:
        self.link_pressed.emit()
