"""Owns the sheet that says what went wrong where no row could say it, in the words of the trouble."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert

WIDTH = 640


class NoticeSheet(View):
    """One alert; Esc or Enter takes it away."""

    close_asked = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alert = Alert("trouble", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(self.alert)
        column.addStretch(1)
        self.alert.show_trouble(trouble)
        self.setMaximumWidth(WIDTH)

    def sizeHint(self) -> QSize:
        """As high as the sentences."""
        return QSize(WIDTH, 112)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "notice"

    def actions_offered(self) -> tuple[Action, ...]:
        """Close."""
        return (
            Action("notice.close", "Close", self.close_asked.emit, "Escape", hint="close"),
            Action("notice.enter", "Close", self.close_asked.emit, "Return"),
        )
