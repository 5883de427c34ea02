"""Owns the last page: what went wrong and was read by nobody yet, before the window goes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.troubles import Trouble
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel

WIDTH = 640


class Farewell(QWidget):
    """An alert for each trouble and one button; Enter presses it. `close_asked` when it was read."""

    close_asked = Signal()

    def __init__(self, troubles: Sequence[Trouble], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alerts = [self._alert(trouble) for trouble in troubles]
        self.button = PushButton("Close the window", self)
        self.button.setProperty("look", "primary")
        self.button.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel("Before the window closes", 20, 600, "ink", self))
        for alert in self.alerts:
            column.addWidget(alert)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _alert(self, trouble: Trouble) -> Alert:
        alert = Alert("trouble", self)
        alert.show_trouble(trouble)
        alert.setMaximumWidth(WIDTH)
        return alert

    def _clicked(self) -> None:
        self.close_asked.emit()
