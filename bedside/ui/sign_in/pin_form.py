"""Owns coming back after a lock: a name among those who are signed in for this shift, and its PIN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.service.pin_rules import PIN_DIGITS
from bedside.ui.sign_in.fields import NameList, links_row
from bedside.ui.sign_in.form import SignInForm
from bedside.ui.sign_in.pin_box import TRIES, PinBox
from bedside.ui.start import UserLine
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from bedside.ui.troubles import Trouble


class PinForm(SignInForm):
    """Emits the name and the PIN as soon as its last digit is typed; or that somebody wants the passphrase."""

    submitted = Signal(str, str)
    passphrase_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Locked", "No patient is shown while Bedside is locked.", "Come back", parent)
        self.names = NameList(self)
        self.caption = PlainLabel("PIN", 13, 600, "ink", self)
        self.pin = PinBox("PIN", self)
        self.other = PushButton("Somebody else, or the passphrase", self)
        self.other.setProperty("look", "link")
        self.fields.addWidget(self.names)
        self.fields.addLayout(self._pin_and_note())
        self.fields.addLayout(links_row([self.other]))
        self.names.chosen.connect(self._name_chosen)
        self.pin.filled.connect(self._filled)
        self.other.clicked.connect(self._ask_passphrase)

    def _pin_and_note(self) -> QVBoxLayout:
        row, column = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.pin)
        row.addWidget(WrappedLabel(TRIES, 12, 400, "ink2", self), 1)
        column.setSpacing(8)
        column.addWidget(self.caption)
        column.addLayout(row)
        return column

    def show_users(self, users: Sequence[UserLine], user: str) -> None:
        """Offer these names; user is chosen if it is among them."""
        self.names.show_users(users)
        self.names.choose(user)
        self._name_chosen(self.names.user)

    def _name_chosen(self, name: str) -> None:
        self.caption.setText(f"PIN for {name}")
        self.pin.setAccessibleName(f"PIN for {name}, {PIN_DIGITS} digits")
        self.pin.clear()

    @property
    def user(self) -> str:
        """The name that was chosen."""
        return self.names.user

    def take_keyboard(self) -> None:
        """Begin with the PIN."""
        self.pin.setFocus()

    def _filled(self, _pin: str) -> None:
        self.submit()

    def submit(self) -> None:
        """Announce name and PIN, or say that digits are missing."""
        if self.waiting:
            return
        if len(self.pin.text()) < PIN_DIGITS:
            self.refuse(self.pin, f"A PIN has {PIN_DIGITS} digits.", "Type all of them, or use the passphrase.")
            return
        self.wait("Opening …")
        self.submitted.emit(self.user, self.pin.text())

    def _ask_passphrase(self) -> None:
        self.passphrase_asked.emit(self.user)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong and take the PIN anew."""
        super().show_trouble(trouble)
        self.pin.clear()
        self.pin.setFocus()

    def forget(self) -> None:
        """Empty the box."""
        self.resume()
        self.pin.clear()
        self.clear_trouble()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a name also from the box."""
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.names.choose_by(step)
