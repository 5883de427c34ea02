"""Owns the flowsheet as Qt's item model: groups and analytes down, moments across, the column that is typed last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.chart.formats import at_text, day_text, quantity_text
from bedside.chart.moments import At, day_number
from bedside.ui import units_shown
from bedside.ui.counts.flowsheet import GROUPS, Column, Flowsheet, Result
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.entry_grid.typed_entries import MOMENT, TypedEntries
from bedside.ui.forms.limits import FieldLimits, range_text

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
RESULT_ROLE = Qt.ItemDataRole.UserRole
ANALYTES: tuple[Analyte, ...] = tuple(analyte for group in GROUPS for analyte in group.analytes)


@dataclass(frozen=True)
class Line:
    """One row: an analyte with its place among all, the moment of the column that is typed, or the name of a group."""

    words: str
    analyte: Analyte | None = None
    place: int | None = None


def _lines(*, with_moment: bool) -> tuple[Line, ...]:
    lines = [Line("Drawn", None, MOMENT)] if with_moment else []
    places = {analyte.key: place for place, analyte in enumerate(ANALYTES)}
    for group in GROUPS:
        lines.append(Line(group.words))
        lines += [Line(analyte.words, analyte, places[analyte.key]) for analyte in group.analytes]
    return tuple(lines)


READING, TYPING = _lines(with_moment=False), _lines(with_moment=True)


class FlowsheetModel(QAbstractTableModel):
    """The newest `shown` columns of a flowsheet, and after them the one that is typed, if any."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Flowsheet | None = None
        self.typed: TypedEntries | None = None
        self.columns: Sequence[Column] = ()
        self._first = 0

    def show(self, sheet: Flowsheet | None, shown: int, typed: TypedEntries | None) -> None:
        """Show the newest columns of a patient, and what is typed; None shows nothing."""
        self.beginResetModel()
        self.sheet, self.typed = sheet, typed
        every = sheet.columns if sheet is not None else []
        self._first = max(len(every) - shown, 0)
        self.columns = every[self._first :]
        self.endResetModel()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows from top to bottom."""
        return () if self.sheet is None else TYPING if self.typed is not None else READING

    @property
    def typed_column(self) -> int:
        """The place of the column that is typed, −1 without one."""
        return len(self.columns) if self.typed is not None else -1

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many groups and analytes there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """How many columns are shown, with the one that is typed."""
        return 0 if parent.isValid() or self.sheet is None else len(self.columns) + (self.typed is not None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The name of a group takes no keyboard; the moment only where it is typed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        line = self.lines[index.row()]
        takes = line.analyte is not None or (line.place == MOMENT and index.column() == self.typed_column)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if takes else Qt.ItemFlag.NoItemFlags

    def result(self, row: int, column: int) -> Result | None:
        """The value in a cell, or None."""
        analyte = self.lines[row].analyte
        if self.sheet is None or analyte is None or not 0 <= column < len(self.columns):
            return None
        return self.sheet.result(self._first + column, analyte)

    def typed_at(self, row: int, column: int) -> Typed | None:
        """What is typed into a cell, or None."""
        place = self.lines[row].place
        if self.typed is None or column != self.typed_column or place is None:
            return None
        return self.typed.moment if place == MOMENT else self.typed.numbers[place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, its sentence as accessible text, or the value itself."""
        if not index.isValid():
            return None
        typed = self.typed_at(index.row(), index.column())
        if typed is not None:
            return typed.text if role == Qt.ItemDataRole.DisplayRole else self._spoken_box(index, role)
        result = self.result(index.row(), index.column())
        if role == RESULT_ROLE:
            return result
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if result is None else result.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(index, result)
        return None

    def _spoken_box(self, index: Index, role: int) -> str | None:
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        typed = self.typed_at(index.row(), index.column())
        return f"New value, {self.lines[index.row()].words}, {(typed.text if typed else '') or 'empty'}"

    def _sentence(self, index: Index, result: Result | None) -> str:
        line = self.lines[index.row()]
        if line.analyte is None:
            return line.words
        when = at_text(self.columns[index.column()].at)
        if result is None:
            return f"{line.words}, nothing recorded, {when}"
        return f"{line.words} {quantity(result)}{flag_words(result)}{', corrected' if result.was else ''}, {when}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of rows and columns."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or self.sheet is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._row_head(section) if 0 <= section < len(self.lines) else None
        return ", ".join(part for part in self.column_words(section) if part)

    def _row_head(self, section: int) -> str:
        line = self.lines[section]
        reach = self.range_of(line.analyte) if line.analyte is not None else ""
        parts = [line.words, line.analyte.unit if line.analyte else "", f"range {reach}" if reach else ""]
        return ", ".join(part for part in parts if part)

    def limits_of(self, analyte: Analyte) -> FieldLimits | None:
        """The limits that hold at the moment that is shown."""
        return None if self.sheet is None else self.sheet.limits.on(self.sheet.as_of.day).get(analyte.key)

    def range_of(self, analyte: Analyte) -> str:
        """The reference range that holds at the moment that is shown, "" without one."""
        limits = self.limits_of(analyte)
        return range_text(limits.low, limits.high) if limits is not None else ""

    def column_words(self, column: int) -> tuple[str, str, str]:
        """Day, date and time of a column; of the one that is typed as far as its moment is understood."""
        if self.typed is not None and column == self.typed_column:
            at = self.typed.at()
            day, date_words, time_words = self._moment_words(at) if at is not None else ("", "no moment", "")
            return f"New{', ' + day if day else ''}", date_words, f"{time_words}, drawn" if time_words else ""
        return self._moment_words(self.columns[column].at) if 0 <= column < len(self.columns) else ("", "", "")

    def _moment_words(self, at: At) -> tuple[str, str, str]:
        assert self.sheet is not None
        day = "" if self.sheet.day0 is None else day_text(day_number(at.day, self.sheet.day0))
        date_words, _, time_words = at_text(at).partition(" ")
        return day, date_words, time_words

    def skips_days(self, column: int) -> bool:
        """Whether a day or more lies between a column and the one before it."""
        if not 0 < column < len(self.columns):
            return False
        return (self.columns[column].at.day - self.columns[column - 1].at.day).days > 1

    def place_of(self, column: int) -> int:
        """The place of a column among all of the flowsheet, −1 for the one that is typed."""
        return self._first + column if 0 <= column < len(self.columns) else -1

    def column_of(self, entry_id: str) -> int:
        """The column that holds an entry, −1 if none of those shown does."""
        found = (place for place, one in enumerate(self.columns) if any(e.id == entry_id for e in one.entries.values()))
        return next(found, -1)


def quantity(result: Result) -> str:
    """A value with its unit in words."""
    if result.value is None:
        return result.text
    beside = units_shown.beside(result.analyte.name, result.value, result.sign)
    return quantity_text(result.value, result.analyte.unit, result.sign) + beside


def flag_words(result: Result) -> str:
    """The flag as it follows the value in a sentence, "" without one."""
    return "" if result.flag is None else f", {result.flag.words}"
