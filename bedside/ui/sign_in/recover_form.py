"""Owns coming in with the printed recovery code: the code, a name, and the new passphrase that the name gets."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.sign_in.form import SignInForm
from bedside.ui.widgets.enter_button import PushButton


class RecoverForm(SignInForm):
    """Emits code, name and new passphrase once everything is filled in; `given_up` leads back to the passphrase."""

    submitted = Signal(str, str, str)
    given_up = Signal()

    def __init__(self, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            "Use the recovery code",
            "The code that was printed when the store was made opens it without a passphrase, and gives a name a new "
            "one. A name that is not known yet becomes a lead and physician.",
            "Set the passphrase and sign in",
            parent,
        )
        self.code = LabelledBox("Recovery code, 14 groups of four", parent=self)
        self.name = LabelledBox("Name", parent=self)
        self.passphrase = LabelledBox("New passphrase", secret=True, parent=self)
        self.again = LabelledBox("New passphrase once more", secret=True, parent=self)
        self.back = PushButton("Back to the passphrase", self)
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self._back_pressed)
        boxes = (self.code, self.name, self.passphrase, self.again)
        for widget, after in pairwise(boxes):
            widget.box.returnPressed.connect(after.box.setFocus)
        for widget in boxes:
            self.fields.addWidget(widget)
        self.foot.insertWidget(1, self.back)
        self.name.box.setText(user)

    def take_keyboard(self) -> None:
        """Begin with the code."""
        self.code.box.setFocus()

    def submit(self) -> None:
        """Announce what was typed, or say what is missing or differs."""
        if self.waiting:
            return
        asked = {"The recovery code": self.code, "The name": self.name, "The new passphrase": self.passphrase}
        missing = next((what for what, widget in asked.items() if not widget.box.text().strip()), "")
        if missing:
            self.refuse(asked[missing], f"{missing} is missing.", "Fill it in, then go on.")
        elif self.passphrase.box.text() != self.again.box.text():
            self.refuse(self.again, "The two passphrases differ.", "Type the same passphrase in both boxes.")
            self.again.box.selectAll()
        else:
            self.wait("Opening the store …")
            self.submitted.emit(self.code.box.text(), self.name.box.text().strip(), self.passphrase.box.text())

    def forget(self) -> None:
        """Empty the boxes that hold a secret."""
        self.resume()
        for widget in (self.code, self.passphrase, self.again):
            widget.box.clear()
        self.clear_trouble()

    def _back_pressed(self) -> None:
        if not self.waiting:
            self.given_up.emit()
