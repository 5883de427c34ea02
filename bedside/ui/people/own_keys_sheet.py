"""Owns the sheets in which people set their own PIN and change their passphrase, behind the passphrase of now."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.service.pin_rules import PIN_DIGITS
from bedside.ui.actions import Action
from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.sign_in.pin_box import PinBox
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

SENTENCE = "It brings you back after a lock and signs your decisions. The store itself opens with the passphrase alone."


class PinSheet(View):
    """`submitted(passphrase, pin)` once the PIN was typed twice."""

    submitted = Signal(str, str)
    close_asked = Signal()

    def __init__(self, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passphrase = LabelledBox(f"Passphrase of {user}", secret=True)
        self.pin, self.again = PinBox("New PIN"), PinBox("New PIN once more")
        self.trouble = Alert("trouble")
        self.button = PushButton("Set the PIN")
        self.button.setProperty("look", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Set your PIN", 18, 600))
        column.addWidget(WrappedLabel(SENTENCE, 13, 400, "ink2"))
        column.addWidget(self.passphrase)
        for caption, box in ((f"New PIN, {PIN_DIGITS} digits", self.pin), ("The same once more", self.again)):
            column.addWidget(PlainLabel(caption, 13, 600))
            column.addWidget(box)
        column.addWidget(self.trouble)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.passphrase.box.returnPressed.connect(self.pin.setFocus)
        self.pin.filled.connect(self._to_again)
        self.again.filled.connect(self._to_button)
        self.button.clicked.connect(self.submit)
        self.setMaximumWidth(560)

    def sizeHint(self) -> QSize:
        """Everything without scrolling."""
        return QSize(560, max(430, self.minimumSizeHint().height()))

    def entered(self) -> None:
        """Begin with the passphrase."""
        self.passphrase.box.setFocus()

    def _to_again(self, _pin: str) -> None:
        self.again.setFocus()

    def _to_button(self, _pin: str) -> None:
        self.button.setFocus()

    def submit(self) -> None:
        """Announce passphrase and PIN, or say what is missing or differs."""
        if not self.passphrase.box.text() or len(self.pin.text()) < PIN_DIGITS:
            self.trouble.show_words(f"The passphrase and a PIN of {PIN_DIGITS} digits are needed.", "Type both.")
        elif self.pin.text() != self.again.text():
            self.trouble.show_words("The two PINs differ.", "Type the same PIN in both boxes.")
        else:
            self.submitted.emit(self.passphrase.box.text(), self.pin.text())

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the PIN was not set."""
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "pin"

    def actions_offered(self) -> tuple[Action, ...]:
        """Set and close."""
        return (
            Action("pin.submit", "Set the PIN", self.submit, "Ctrl+Return", hint="set the PIN"),
            Action("pin.close", "Close, change nothing", self.close_asked.emit, "Escape", hint="close"),
        )


class PassphraseSheet(View):
    """`submitted(present, new)` once the new passphrase was typed twice."""

    submitted = Signal(str, str)
    close_asked = Signal()

    def __init__(self, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.present = LabelledBox(f"Present passphrase of {user}", secret=True)
        self.new = LabelledBox("New passphrase", secret=True)
        self.again = LabelledBox("New passphrase once more", secret=True)
        self.trouble = Alert("trouble")
        self.button = PushButton("Change the passphrase")
        self.button.setProperty("look", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Change your passphrase", 18, 600))
        for widget in (self.present, self.new, self.again, self.trouble):
            column.addWidget(widget)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.present.box.returnPressed.connect(self.new.box.setFocus)
        self.new.box.returnPressed.connect(self.again.box.setFocus)
        self.again.box.returnPressed.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.setMaximumWidth(560)

    def sizeHint(self) -> QSize:
        """Everything without scrolling."""
        return QSize(560, max(380, self.minimumSizeHint().height()))

    def entered(self) -> None:
        """Begin with the passphrase of now."""
        self.present.box.setFocus()

    def submit(self) -> None:
        """Announce both passphrases, or say what is missing or differs."""
        if not self.present.box.text() or not self.new.box.text():
            self.trouble.show_words("The present and a new passphrase are needed.", "Type both.")
        elif self.new.box.text() != self.again.box.text():
            self.trouble.show_words("The two new passphrases differ.", "Type the same passphrase in both boxes.")
        else:
            self.submitted.emit(self.present.box.text(), self.new.box.text())

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the passphrase was not changed."""
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "passphrase"

    def actions_offered(self) -> tuple[Action, ...]:
        """Change and close."""
        return (
            Action("passphrase.submit", "Change the passphrase", self.submit, "Ctrl+Return", hint="change"),
            Action("passphrase.close", "Close, change nothing", self.close_asked.emit, "Escape", hint="close"),
        )
