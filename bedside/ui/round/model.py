"""Owns the round sheet as Qt's item model: patients down; the patient, the moment, the values and the state across."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.entry_grid.typed_entries import MOMENT
from bedside.ui.round.rounds import ROUNDS, Round
from bedside.ui.round.rows import RoundRow

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
PATIENT, FIRST_BOX = 0, 1


class RoundModel(QAbstractTableModel):
    """The rows of one round."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.round: Round = ROUNDS[0]
        self.rows: Sequence[RoundRow] = ()

    def show(self, one: Round, rows: Sequence[RoundRow]) -> None:
        """Show these rows of a round."""
        self.beginResetModel()
        self.round, self.rows = one, rows
        self.endResetModel()

    @property
    def state_column(self) -> int:
        """The last column."""
        return FIRST_BOX + 1 + len(self.round.analytes)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many patients there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Patient, moment, values, state."""
        return 0 if parent.isValid() else self.state_column + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The patient takes no keyboard: it is what the others are about."""
        if not index.isValid() or index.column() == PATIENT:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def place(self, column: int) -> int | None:
        """The place of a column's box among what is typed, None where no box is."""
        return column - FIRST_BOX + MOMENT if FIRST_BOX <= column < self.state_column else None

    def typed(self, row: int, column: int) -> Typed | None:
        """What is typed in a cell, be it stored already or not."""
        place = self.place(column)
        if place is None or not 0 <= row < len(self.rows):
            return None
        entries = self.rows[row].typing.entries
        return entries.moment if place == MOMENT else entries.numbers[place]

    def head(self, column: int) -> tuple[str, str]:
        """The words of a column and its unit."""
        if column == PATIENT:
            return "Patient", ""
        if column == self.state_column:
            return "State", ""
        place = self.place(column)
        if place is None or place == MOMENT:
            return self.round.moment_words, ""
        return self.round.analytes[place].words, self.round.analytes[place].unit

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; as accessible text with the patient before them."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row, typed = self.rows[index.row()], self.typed(index.row(), index.column())
        if typed is None:
            return row.sentence if role == Qt.ItemDataRole.AccessibleTextRole else row.line.name
        if role == Qt.ItemDataRole.DisplayRole:
            return typed.text
        return f"{row.line.name}, {' '.join(self.head(index.column())).strip()}, {typed.text or 'empty'}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.head(section)).strip() if 0 <= section < self.columnCount() else None
        return None

    def row_of(self, mrn: str) -> int:
        """The row of a patient, −1 if there is none."""
        return next((number for number, row in enumerate(self.rows) if row.line.mrn == mrn), -1)

    def tell(self, row: int) -> None:
        """Announce that the words of a row changed."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.state_column))
