"""Owns the sheet that asks why somebody needs emergency access, and says what follows from it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

SENTENCE = (
    "You may then read charts and record entries until the next lock. The reason stands in the audit log, every entry "
    "says that it was made with emergency access, and the window says so all the time."
)


class EmergencySheet(View):
    """`submitted(reason)` once a reason was given."""

    submitted = Signal(str)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = LabelledBox("Reason")
        self.trouble = Alert("trouble")
        self.button = PushButton("Take emergency access")
        self.button.setProperty("look", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Emergency access", 18, 600))
        for widget in (WrappedLabel(SENTENCE, 13, 400, "ink2"), self.reason, self.trouble):
            column.addWidget(widget)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.reason.box.setMaxLength(500)
        self.reason.box.returnPressed.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.setMaximumWidth(560)

    def sizeHint(self) -> QSize:
        """Everything without scrolling."""
        return QSize(560, max(270, self.minimumSizeHint().height()))

    def entered(self) -> None:
        """Begin with the reason."""
        self.reason.box.setFocus()

    def submit(self) -> None:
        """Announce the reason, or say that it is missing."""
        reason = self.reason.box.text().strip()
        if reason:
            self.submitted.emit(reason)
        else:
            self.trouble.show_words("The reason is missing.", "Say what happened; it is kept.")

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why access was not given."""
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "emergency"

    def actions_offered(self) -> tuple[Action, ...]:
        """Take access and close."""
        return (
            Action("emergency.submit", "Take emergency access", self.submit, "Ctrl+Return", hint="take access"),
            Action("emergency.close", "Close, change nothing", self.close_asked.emit, "Escape", hint="close"),
        )
