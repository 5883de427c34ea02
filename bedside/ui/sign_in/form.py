"""Owns what the three forms of the sign-in page have in common: a head, a place for what went wrong, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.ui.sign_in.fields import COLUMN, links_row
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

if TYPE_CHECKING:  # both wait until something goes wrong, which is after the first paint
    from collections.abc import Sequence

    from bedside.ui.troubles import Trouble
    from bedside.ui.widgets.alert import Alert


class SignInForm(QWidget):
    """A column of 440 px: title, sentence, the form's fields, what went wrong, the button and a word beside it."""

    def __init__(self, title: str, sentence: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(COLUMN)
        self.title = PlainLabel(title, 24, 600, "ink", self)
        self.sentence = WrappedLabel(sentence, 14, 400, "ink2", self)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(20)
        self.foot = QHBoxLayout()
        self._trouble: Alert | None = None
        self._trouble_place = QVBoxLayout()
        self.button = PushButton(button, self)
        self.button.setProperty("look", "primary")
        self.button.setFixedHeight(36)
        self.button.clicked.connect(self.submit)
        self.beside = WrappedLabel("", 12, 400, "ink2", self)
        self.waiting = False
        self._word = button
        self._lay_out()

    def _lay_out(self) -> None:
        self.foot.setSpacing(16)
        self.foot.addWidget(self.button)
        self.foot.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addSpacing(6)
        column.addWidget(self.sentence)
        column.addSpacing(24)
        column.addLayout(self.fields)
        column.addSpacing(20)
        column.addLayout(self._trouble_place)
        column.addLayout(self.foot)

    def add_ways(self, links: Sequence[QPushButton]) -> None:
        """Offer other ways in below the button."""
        column = self.layout()
        if links and isinstance(column, QVBoxLayout):
            column.addSpacing(24)
            column.addLayout(links_row(links))

    @property
    def trouble(self) -> Alert:
        """Where it is said what went wrong, made when it is first needed."""
        if self._trouble is None:
            from bedside.ui.widgets.alert import Alert

            self._trouble = Alert("trouble", self)
            self._trouble_place.setContentsMargins(0, 0, 0, 16)
            self._trouble_place.addWidget(self._trouble)
        return self._trouble

    def clear_trouble(self) -> None:
        """Nothing went wrong, or no more."""
        if self._trouble is not None:
            self._trouble_place.setContentsMargins(0, 0, 0, 0)
            self._trouble.clear()

    def say_first(self, words: str) -> None:
        """Say what was done before the form's own sentence."""
        self.sentence.setText(f"{words}\n{self.sentence.text()}")

    def submit(self) -> None:
        """Check what was typed and announce it; each form does its own."""
        raise NotImplementedError

    def wait(self, word: str) -> None:
        """Say what is going on; while it is, the button does nothing."""
        self.waiting = True
        self.clear_trouble()
        self.beside.setText(word)

    def resume(self) -> None:
        """The wait is over."""
        self.waiting = False
        self.beside.setText("")

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong, under the boxes."""
        self.resume()
        self.trouble.show_trouble(trouble)
        self._trouble_place.setContentsMargins(0, 0, 0, 16)

    def refuse(self, field: QWidget, what_happened: str, what_to_do: str) -> None:
        """Say what is wrong with a box and put the cursor there."""
        from bedside.ui.troubles import Trouble

        self.show_trouble(Trouble(what_happened, what_to_do))
        field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the last box does what the button does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
