"""Owns the foot of a sheet: Save and Close with their keys, what stands in the way, and the confirmation in place."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.lines import Lines
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_sign
from bedside.ui.signs import Sign
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel

HEIGHT = 64


class SignMark(QWidget):
    """One sign of 18 px beside words that say the same."""

    def __init__(self, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign alone."""
        painter = QPainter(self)
        draw_sign(painter, QRectF(self.rect()), theme.current(), self._sign)
        painter.end()


class SheetFoot(QWidget):
    """The buttons of an open form, or what was saved; an error stands above and leaves the form as it was."""

    save_pressed = Signal()
    close_pressed = Signal()
    correct_pressed = Signal()
    grade_pressed = Signal()

    def __init__(self, save_word: str = "Save", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save_word = save_word
        self.alert = Alert("trouble", self)
        self.save = KeyButton(save_word, caps=("Ctrl", "Enter"), primary=True, parent=self)
        self.close_button = KeyButton("Close, keep draft", caps=("Esc",), parent=self)
        self.draft = PlainLabel("", 12, 400, "ink2", self)
        self.obstacle = PlainLabel("", 12, 400, "ink2", self)
        self.draft.hide()
        self.obstacle.hide()
        self.saved_words = Lines(self)
        self.correct = PushButton("Correct", self)
        self.correct.setProperty("look", "link")
        self.correct.setAccessibleName("Correct what was saved")
        self.grade = PushButton("Set another grade", self)
        self.grade.setProperty("look", "link")
        self.grade.hide()
        self.done = KeyButton("Close", caps=("Esc",), parent=self)
        self._lay_out()
        self.save.clicked.connect(self._save_clicked)
        self.close_button.clicked.connect(self._close_clicked)
        self.done.clicked.connect(self._close_clicked)
        self.correct.clicked.connect(self._correct_clicked)
        self.grade.clicked.connect(self._grade_clicked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.alert)
        pages = QWidget(self)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._editing_page())
        self._pages.addWidget(self._saved_page())
        column.addWidget(pages)

    def _editing_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        notes = QVBoxLayout()
        notes.setSpacing(0)
        notes.addStretch(1)
        for label in (self.draft, self.obstacle):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            notes.addWidget(label)
        notes.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addLayout(notes)
        return page

    def _saved_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(SignMark(Sign.SAVED, page))
        row.addWidget(self.saved_words, 1)
        row.addWidget(self.grade)
        row.addWidget(self.correct)
        row.addWidget(self.done)
        return page

    def sizeHint(self) -> QSize:
        """64 px, and the alert above when there is one."""
        return QSize(400, max(HEIGHT, super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def show_draft(self, words: str) -> None:
        """Say when the draft was kept."""
        self.draft.setText(words)
        self.draft.setVisible(bool(words))

    def show_obstacle(self, words: str, *, wrong: bool = False) -> None:
        """Say what stands in the way of saving, or nothing."""
        self.obstacle.setText(words)
        self.obstacle.setVisible(bool(words))
        self.obstacle.set_tone("high" if wrong else "ink2")

    def show_saving(self, saving: bool) -> None:
        """Say that it is being stored; Save cannot be pressed meanwhile."""
        self.save.setEnabled(not saving)
        self.save.set_word("Saving" if saving else self._save_word)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why it was not stored."""
        self.alert.show_trouble(trouble)

    def show_saved(self, when: str, by: str, what: str, *, correctable: bool = True) -> None:
        """Confirm in place what was stored, when and by whom."""
        self.alert.clear()
        self.saved_words.show_lines((Run(f"Saved {when} ", 13, 600), Run(f"by {by}: {what}", 13)))
        self.correct.setVisible(correctable)
        self._pages.setCurrentIndex(1)
        self.setAccessibleName(self.saved_words.words)

    def _save_clicked(self) -> None:
        self.save_pressed.emit()

    def _close_clicked(self) -> None:
        self.close_pressed.emit()

    def _correct_clicked(self) -> None:
        self.correct_pressed.emit()

    def _grade_clicked(self) -> None:
        self.grade_pressed.emit()
