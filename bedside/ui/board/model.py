"""Owns the rows of the ward board as Qt's item model: text, accessible sentence and the row's own value."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.ui.board.cells import HEADS, cells_of
from bedside.ui.board.lines import BoardLine
from bedside.ui.paragraph import plain

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole


class BoardModel(QAbstractTableModel):
    """The rows that are shown, in the order they are given; it neither filters nor sorts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[BoardLine] = []

    @property
    def lines(self) -> Sequence[BoardLine]:
        """The rows that are shown."""
        return self._lines

    def show(self, lines: Sequence[BoardLine]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many patients are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """How many columns the board has."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, the sentence of a row as its accessible text, or the row itself."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(cells_of(line)[index.column()].paragraphs)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence if index.column() == 0 else plain(cells_of(line)[index.column()].paragraphs)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of the column heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section] if 0 <= section < len(HEADS) else None
        return None

    def place_of(self, mrn: str) -> int:
        """The row of that number, or −1."""
        return next((row for row, line in enumerate(self._lines) if line.mrn == mrn), -1)
