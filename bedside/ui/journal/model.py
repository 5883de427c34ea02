"""Owns the journal's rows as Qt's views ask for them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.ui.journal.lines import JournalLine

HEADS = ("When", "Kind", "What it says", "Recorded", "State")
Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole)


class JournalModel(QAbstractTableModel):
    """Five columns; the line itself under LINE_ROLE, its sentence as accessible text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[JournalLine, ...] = ()

    def show_lines(self, lines: Sequence[JournalLine]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def place_of(self, entry_id: str) -> int:
        """The row of an entry, −1 when it is not shown."""
        return next((row for row, line in enumerate(self.lines) if line.id == entry_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """One row for each entry."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """The columns of HEADS."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, sentence, or the line."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.when, line.title, line.values, line.recorded, line.state_words)[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section] if 0 <= section < len(HEADS) else None
        return None
