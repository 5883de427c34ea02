"""Owns that what was copied out of the window does not stay in the clipboard: it goes after half a minute."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 30


class ClipboardGuard(QObject):
    """Clears what was put there while this program had the keyboard; what came from another one is left alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours: dict[QClipboard.Mode, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._copied)
        self._clipboard.selectionChanged.connect(self._selected)

    def _copied(self) -> None:
        self._changed(QClipboard.Mode.Clipboard)

    def _selected(self) -> None:
        self._changed(QClipboard.Mode.Selection)

    def _changed(self, mode: QClipboard.Mode) -> None:
        text = self._clipboard.text(mode) if QGuiApplication.focusWindow() is not None else ""
        if text:
            self._ours[mode] = text
            self._timer.start()
        else:
            self._ours.pop(mode, None)

    def clear(self) -> None:
        """Clear it now: at the lock, and when the window closes."""
        self._timer.stop()
        for mode, text in tuple(self._ours.items()):
            if self._clipboard.text(mode) == text:
                self._clipboard.clear(mode)
        self._ours.clear()
