"""Owns the lines under the flowsheet: the value that has the keyboard in words, or save and draft while one types."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.forms.foot import SignMark
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.lines import Paragraph
from bedside.ui.lettering import Run
from bedside.ui.signs import Sign
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import TextBlock

HEIGHT = 72


class CountsFoot(QWidget):
    """`save_pressed`, `close_pressed` and `correct_pressed` for what stands under the table."""

    save_pressed = Signal()
    close_pressed = Signal()
    correct_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(HEIGHT)
        self.words = TextBlock(self)
        self.mark = SignMark(Sign.SAVED, self)
        self.alert = Alert("trouble", self)
        self.save = KeyButton("Save", caps=("Ctrl", "Enter"), primary=True, parent=self)
        self.close_button = KeyButton("Close, keep draft", caps=("Esc",), parent=self)
        self.correct = KeyButton("Correct", caps=("Enter",), parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, stretch in ((self.mark, 0), (self.words, 1)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.save, self.close_button, self.correct):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(8)
        column.addWidget(self.alert)
        column.addLayout(row)
        self.save.clicked.connect(self._save_clicked)
        self.close_button.clicked.connect(self._close_clicked)
        self.correct.clicked.connect(self._correct_clicked)
        self.show_words()

    def show_words(self, *paragraphs: Paragraph, correctable: bool = False, saved: bool = False) -> None:
        """Say something of the value that has the keyboard, or what was saved a moment ago."""
        self._show(paragraphs, typing=False)
        self.mark.setVisible(saved)
        self.correct.setVisible(correctable)

    def show_typing(self, *paragraphs: Paragraph, saving: bool = False) -> None:
        """Offer to save, and say how many values were typed and when the draft was kept."""
        self._show(paragraphs, typing=True)
        self.save.set_word("Saving" if saving else "Save")
        self.save.setEnabled(not saving)
        self.mark.hide()
        self.correct.hide()

    def _show(self, paragraphs: tuple[Paragraph, ...], *, typing: bool) -> None:
        self.words.show_paragraphs(*(paragraphs or ((Run(""),),)))
        self.save.setVisible(typing)
        self.close_button.setVisible(typing)

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why it was not stored, or nothing."""
        if trouble is None:
            self.alert.clear()
        else:
            self.alert.show_trouble(trouble)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line above."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.current().colour("edge"))
        painter.end()

    def _save_clicked(self) -> None:
        self.save_pressed.emit()

    def _close_clicked(self) -> None:
        self.close_pressed.emit()

    def _correct_clicked(self) -> None:
        self.correct_pressed.emit()
