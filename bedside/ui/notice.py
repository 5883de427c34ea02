"""Owns the sheet that says what went wrong where no row could say it, in the words of the trouble."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import WrappedLabel

WIDTH = 640
KEPT = "What was typed before this came is kept as it was; keys that were pressed since then were not taken."


class NoticeSheet(View):
    """One alert; Esc takes it away.

    It can come while somebody types without a look at the screen. Enter does nothing to it then, so that it neither
    goes unread nor lets what is typed on arrive in the wrong box.
    """

    close_asked = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alert = Alert("trouble", self)
        self.button = KeyButton("Close", caps=("Esc",), parent=self)
        self.button.clicked.connect(self.close_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.alert)
        column.addWidget(WrappedLabel(KEPT, 12, 400, "ink2", self))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.alert.show_trouble(trouble)
        self.setMaximumWidth(WIDTH)

    def sizeHint(self) -> QSize:
        """As high as the sentences."""
        return QSize(WIDTH, self.heightForWidth(WIDTH))

    def help_name(self) -> str:
        """Help on this sheet."""
        return "notice"

    def actions_offered(self) -> tuple[Action, ...]:
        """Close."""
        return (Action("notice.close", "Close", self.close_asked.emit, "Escape", hint="close"),)
