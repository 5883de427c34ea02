"""Owns the system's dialog for a file or a folder: opened without a loop of its own, the keyboard given back after."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from bedside.ui.frame import Frame


class PathDialog(QObject):
    """`chosen(path)` when a person has chosen one that exists."""

    chosen = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._dialog: QFileDialog | None = None

    def ask_for_file(self, title: str, kinds: str) -> None:
        """Let a file be chosen; `kinds` as Qt writes filters: "Charts (*.json)"."""
        self._open(QFileDialog(self._frame, title, "", kinds), QFileDialog.FileMode.ExistingFile)

    def ask_for_folder(self, title: str) -> None:
        """Let a folder be chosen."""
        self._open(QFileDialog(self._frame, title), QFileDialog.FileMode.Directory)

    def _open(self, dialog: QFileDialog, mode: QFileDialog.FileMode) -> None:
        self._dialog = dialog
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self.chosen)
        dialog.finished.connect(self._finished)
        dialog.open()

    def _finished(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
        self._frame.take_keyboard_back()
