"""Owns the rows of a preview as Qt's views ask for them: cells are worked out when they come into sight."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.ui.importing.words import Cells

Index = QModelIndex | QPersistentModelIndex
CELLS_ROLE = int(Qt.ItemDataRole.UserRole)
KEPT = 256


class PreviewModel(QAbstractTableModel):
    """Rows of any kind; `cells` turns one into its texts. The cells stand under CELLS_ROLE."""

    def __init__(self, heads: Sequence[str], cells: Callable[[Any], Cells], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.rows: tuple[Any, ...] = ()
        self._cells = lru_cache(KEPT)(cells)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._cells.cache_clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """One row for each."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """The columns of the heads."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, sentence, or the cells."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role not in (CELLS_ROLE, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return None
        cells = self._cells(self.rows[index.row()])
        if role == CELLS_ROLE:
            return cells
        return cells.sentence if role == Qt.ItemDataRole.AccessibleTextRole else cells.texts[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section] if 0 <= section < len(self.heads) else None
        return None
