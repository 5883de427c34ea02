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
    """An alert, and another one for each trouble that comes while it is there; Esc takes them away.

    It can come while somebody types without a look at the screen. Enter does nothing to it then, so that it neither
    goes unread nor lets what is typed on arrive in the wrong box.
    """

    close_asked = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alerts: list[Alert] = []
        self.button = KeyButton("Close", caps=("Esc",), parent=self)
        self.button.clicked.connect(self.close_asked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(WrappedLabel(KEPT, 12, 400, "ink2", self))
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.add(trouble)
        self.setMaximumWidth(WIDTH)

    @property
    def alert(self) -> Alert:
        """The first alert."""
        return self.alerts[0]

    def add(self, trouble: Trouble) -> None:
        """Say this too."""
        alert = Alert("trouble", self)
        alert.show_trouble(trouble)
        self._column.insertWidget(len(self.alerts), alert)
        self.alerts.append(alert)
        self.changed.emit()

    def sizeHint(self) -> QSize:
        """As high as the sentences."""
        return QSize(WIDTH, self.heightForWidth(WIDTH))

    def help_name(self) -> str:
        """Help on this sheet."""
        return "notice"

    def actions_offered(self) -> tuple[Action, ...]:
        """Close."""
        return (Action("notice.close", "Close", self.close_asked.emit, "Escape", hint="close"),)
