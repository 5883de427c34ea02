"""Owns signing in and unlocking: a name and its passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from bedside.ui.sign_in.fields import LabelledBox, NameList
from bedside.ui.sign_in.form import SignInForm
from bedside.ui.start import StoreFacts

if TYPE_CHECKING:
    from bedside.ui.troubles import Trouble


class PassphraseForm(SignInForm):
    """Emits the name and the passphrase; the passphrase leaves the box as soon as it was announced."""

    submitted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sign in", "The store is encrypted and opens with your passphrase.", "Sign in", parent)
        self._open_to_all = ""
        self.names = NameList(self)
        self.name = LabelledBox("Name", parent=self)
        self.passphrase = LabelledBox("Passphrase", secret=True, parent=self)
        for widget in (self.names, self.name, self.passphrase):
            self.fields.addWidget(widget)
        self.names.chosen.connect(self._name_chosen)
        self.name.box.returnPressed.connect(self.passphrase.box.setFocus)

    def show_facts(self, facts: StoreFacts, *, locked: bool, user: str) -> None:
        """Offer the names that are known, or a box for one; user is chosen if it is among them."""
        known = bool(facts.users)
        self._open_to_all = facts.open_to_all
        self.passphrase.setVisible(not facts.open_to_all)
        self.names.setVisible(known)
        self.name.setVisible(not known)
        self.names.show_users(facts.users)
        self.names.choose(user)
        if user:
            self.name.box.setText(user)
        self._name_chosen(self.names.user)
        self.title.setText("Locked" if locked else "Sign in")
        if locked:
            self.sentence.setText("No patient is shown while Bedside is locked.")
        if facts.open_to_all:
            self.sentence.setText(f"{self.sentence.text()} {facts.open_to_all}")

    def take_keyboard(self) -> None:
        """Put the cursor where the next thing is typed."""
        asks_name = self.name.isVisibleTo(self) and not self.name.box.text()
        if self._open_to_all:
            self.button.setFocus()
            return
        (self.name if asks_name else self.passphrase).box.setFocus()

    def _name_chosen(self, name: str) -> None:
        self.passphrase.set_caption(f"Passphrase for {name}" if name else "Passphrase")

    @property
    def user(self) -> str:
        """The name that was chosen or typed."""
        return self.names.user or self.name.box.text().strip()

    def submit(self) -> None:
        """Announce name and passphrase, or say which of them is missing."""
        if self.waiting:
            return
        if not self.user:
            what_to_do = "Type your name as it was given when the store was set up."
            self.refuse(self.name.box, "No name was entered.", what_to_do)
        elif not self.passphrase.box.text() and not self._open_to_all:
            what_to_do = "Type your passphrase, then press Enter."
            self.refuse(self.passphrase.box, "No passphrase was entered.", what_to_do)
        else:
            self.wait("Opening the store …")
            self.submitted.emit(self.user, self.passphrase.box.text())

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong and select the passphrase, to be typed anew."""
        super().show_trouble(trouble)
        self.passphrase.box.selectAll()
        self.passphrase.box.setFocus()

    def forget(self) -> None:
        """Empty the passphrase box."""
        self.resume()
        self.passphrase.box.clear()
        self.clear_trouble()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a name also from the passphrase box."""
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
        if step is not None and self.names.isVisibleTo(self):
            self.names.choose_by(step)
        else:
            super().keyPressEvent(event)
