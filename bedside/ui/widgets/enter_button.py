"""Owns the buttons that Enter presses as Space does, whatever else Enter does in the view around them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton


class EnterButton(QAbstractButton):
    """The base of rows that lead to an entry."""

    def event(self, event: QEvent) -> bool:
        """Claim Enter before the view's own key for it does."""
        return _claims(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if _is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class PushButton(QPushButton):
    """A plain button or link."""

    def event(self, event: QEvent) -> bool:
        """Claim Enter before the view's own key for it does."""
        return _claims(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if _is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


def _claims(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent) or not _is_enter(event):
        return False
    event.accept()
    return True


def _is_enter(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
