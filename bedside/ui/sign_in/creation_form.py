"""Owns the first start: creating a store with a name and a passphrase typed twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.sign_in.form import SignInForm


class CreationForm(SignInForm):
    """Emits the name and the passphrase once both boxes agree; how strong it must be is for the store to say."""

    submitted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Create the store",
            "There is no store on this workstation yet. It will be encrypted; only your passphrase opens it.",
            "Create the store",
            parent,
        )
        self.name = LabelledBox("Your name, as it stands beside every entry", parent=self)
        self.passphrase = LabelledBox("Passphrase", secret=True, parent=self)
        self.again = LabelledBox("Passphrase once more", secret=True, parent=self)
        for widget in (self.name, self.passphrase, self.again):
            self.fields.addWidget(widget)
        self.name.box.returnPressed.connect(self.passphrase.box.setFocus)
        self.passphrase.box.returnPressed.connect(self.again.box.setFocus)

    def take_keyboard(self) -> None:
        """Begin with the name."""
        self.name.box.setFocus()

    def submit(self) -> None:
        """Announce name and passphrase, or say what is missing or differs."""
        if self.waiting:
            return
        name, passphrase = self.name.box.text().strip(), self.passphrase.box.text()
        if not name:
            self.refuse(self.name, "No name was entered.", "Type your name; it will stand beside every entry you make.")
        elif not passphrase:
            self.refuse(self.passphrase, "No passphrase was entered.", "Type a passphrase of several words.")
        elif passphrase != self.again.box.text():
            self.refuse(self.again, "The two passphrases differ.", "Type the same passphrase in both boxes.")
            self.again.box.selectAll()
        else:
            self.wait("Creating the store …")
            self.submitted.emit(name, passphrase)

    def forget(self) -> None:
        """Empty both passphrase boxes."""
        self.resume()
        self.passphrase.box.clear()
        self.again.box.clear()
        self.clear_trouble()
