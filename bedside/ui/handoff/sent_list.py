"""Owns the list of what was sent before: when, by whom, to whom, and a copy of each as it was sent."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bedside.ui.paragraph import Line
from bedside.ui.widgets.labels import TextBlock


class CopyButton(QPushButton):
    """Asks for the copy of one summary: `asked(id)`."""

    asked = Signal(str)

    def __init__(self, summary: str, words: str) -> None:
        super().__init__("Save a copy as it was sent")
        self._summary = summary
        self.setProperty("look", "link")
        self.setAccessibleName(f"Save a copy as it was sent: {words}")
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        self.asked.emit(self._summary)


class SentList(QWidget):
    """`copy_asked(id)` when the copy of a summary is wanted."""

    copy_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copies: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_sent(self, lines: Sequence[Line], ids: Sequence[str]) -> None:
        """Show a line for each summary, and under it the way to its copy; without ids the lines stand alone."""
        self.clear()
        for place, line in enumerate(lines):
            text = TextBlock()
            text.show_paragraphs(line)
            self._column.addWidget(text)
            if place < len(ids):
                self._column.addWidget(self._copy(ids[place], text.accessibleName()), 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName("\n".join("".join(run.text for run in line) for line in lines))

    def _copy(self, summary: str, words: str) -> QPushButton:
        button = CopyButton(summary, words)
        button.asked.connect(self.copy_asked)
        self.copies.append(button)
        return button

    def clear(self) -> None:
        """Forget the list."""
        self.copies = []
        self.setAccessibleName("")
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
