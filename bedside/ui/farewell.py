"""Owns the last page: what went wrong while the store was closed, before the window goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.troubles import Trouble
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel

WIDTH = 640


class Farewell(QWidget):
    """One alert and one button; Enter presses it. `close_asked` when it was read."""

    close_asked = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alert = Alert("trouble", self)
        self.alert.show_trouble(trouble)
        self.alert.setMaximumWidth(WIDTH)
        self.button = PushButton("Close the window", self)
        self.button.setProperty("look", "primary")
        self.button.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel("While the store was being closed", 20, 600, "ink", self))
        column.addWidget(self.alert)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _clicked(self) -> None:
        self.close_asked.emit()
