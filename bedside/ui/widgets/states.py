"""Owns the three quiet states of a place: saved just now, work under way, nothing there."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_frame, draw_sign
from bedside.ui.signs import Sign
from bedside.ui.widgets.labels import PlainLabel, TextBlock


def link_button(word: str, parent: QWidget) -> QPushButton:
    """A word that is pressed, hidden while it is empty."""
    button = QPushButton(word, parent)
    button.setProperty("look", "link")
    button.setVisible(bool(word))
    return button


class SavedLine(QWidget):
    """*Saved 07:32:04* with its ringed tick, by whom and what, and a link to correct it; hidden until then."""

    link_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextBlock(self)
        self.link = link_button("Correct", self)
        self.link.clicked.connect(self._link_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 0, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_saved(self, at: str, by: str, what: str) -> None:
        """Say when, by whom and what was saved."""
        self.words.show_paragraphs([Run(f"Saved {at}", 13, 600), Run(f" by {by}: {what}")])
        self.setAccessibleName(f"Saved {at} by {by}: {what}")
        self.show()

    def _link_clicked(self) -> None:
        self.link_pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ringed tick."""
        painter = QPainter(self)
        draw_sign(painter, QRectF(0, 5, 16, 16), theme.current(), Sign.SAVED)
        painter.end()


class ProgressBar(QWidget):
    """Six pixels: how much is done, in ink."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = 0.0
        self.setFixedHeight(6)

    def show_part(self, part: float) -> None:
        """Show a part between 0 and 1."""
        self.part = min(max(part, 0.0), 1.0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The whole, and over it what is done."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        draw_frame(painter, room, look, fill="nonetint", edge="edge" if look.contrast else "", radius=3)
        if self.part:
            room.setWidth(room.width() * self.part)
            draw_frame(painter, room, look, fill="ink", radius=3)
        painter.end()


class ProgressRow(QWidget):
    """A sentence with n of m, Cancel, and the bar."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", parent=self)
        self.cancel = link_button("Cancel", self)
        self.cancel.clicked.connect(self._cancel_clicked)
        self.bar = ProgressBar(self)
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.bar)
        self.hide()

    def show_progress(self, sentence: str, done: int, of: int) -> None:
        """Say what is going on, and how far it is."""
        self.words.setText(sentence)
        self.bar.show_part(done / of if of else 0.0)
        self.setAccessibleName(sentence)
        self.show()

    def _cancel_clicked(self) -> None:
        self.cancelled.emit()


class EmptyLine(QWidget):
    """Nothing is there: one bold sentence, a reason or due date, one link."""

    link_pressed = Signal()

    def __init__(self, sentence: str, reason: str = "", link: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextBlock(self)
        self.link = link_button(link, self)
        self.link.clicked.connect(self._link_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.show_words(sentence, reason)

    def show_words(self, sentence: str, reason: str = "") -> None:
        """Say what is missing, and why or when it is due."""
        self.words.show_paragraphs([Run(sentence, 13, 600), Run(f" {reason}".rstrip(), 12, 400, "ink2")])
        self.setAccessibleName(f"{sentence} {reason}".strip())

    def _link_clicked(self) -> None:
        self.link_pressed.emit()
