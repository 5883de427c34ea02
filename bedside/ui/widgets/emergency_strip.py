"""Owns the strip under the app bar that says, as long as it lasts, that somebody works with emergency access."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.ui.widgets.alert import Alert

WHAT_FOLLOWS = "Every entry says so and the audit log keeps the reason. It ends when you lock."


class EmergencyStrip(QWidget):
    """Hidden without emergency access."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alert = Alert("trouble", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.alert)
        self.hide()

    def show_reason(self, reason: str) -> None:
        """Say for which reason access was taken, "" without emergency access."""
        self.setVisible(bool(reason))
        if reason:
            self.alert.show_words(f"Emergency access: {reason}.", WHAT_FOLLOWS)
