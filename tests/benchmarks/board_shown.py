"""A process that shows the ward board of a store, types into its filter, and prints the seconds of the processor.

The floor is a bare QTableView over texts of the same rows: shown, and filtered by a substring search on the list.
"""

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from bedside.ui.board.cells import HEADS, cells_of
from bedside.ui.board.lines import BoardLine
from bedside.ui.board.table import BoardTable
from bedside.ui.paragraph import plain
from tests.benchmarks.open_window import Opened, Rest, Spent, opened_window
from tests.benchmarks.ward import BOARD_PATIENTS

TYPED = ("synthetic-19", "bench-0013", "follow 1204")
"""Searches whose letters first keep every row and then ever fewer."""

NO_PARENT = QModelIndex()


class Texts(QAbstractTableModel):
    """Rows of plain texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Sequence[str]] = ()

    def show(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        """How many rows there are."""
        return len(self.rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        """As many columns as the board has."""
        return len(HEADS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def letters(rest: Rest, type_text: Callable[[str], object]) -> float:
    """The median of what each letter of the searches takes until what follows it is painted."""
    spent: list[Spent] = []
    for text in TYPED:
        spent += [rest.after(partial(type_text, text[:end])) for end in range(1, len(text) + 1)]
        rest.after(partial(type_text, ""))
    return median(one.cpu for one in spent)


def board(opened: Opened) -> tuple[float, list[BoardLine]]:
    """Ask for the board, wait for its first paint, and return what that took with the lines that it shows."""
    ward = opened.sign_in_before_the_board()
    spent = opened.rest.until_first(ward.start, _holds_all)
    lines = list(opened.ward.board.table.rows.lines)
    if any(line.stale for line in lines):
        raise SystemExit("rows that were worked out before are stale")
    return spent.cpu, lines


def _holds_all(painted: QObject) -> bool:
    """Whether this is the inside of the board with every patient."""
    table = painted.parent()
    return isinstance(table, BoardTable) and len(table.rows.lines) == BOARD_PATIENTS


def bare(rest: Rest, lines: Sequence[BoardLine]) -> tuple[float, float]:
    """The same rows as texts in a bare table: shown, and filtered letter by letter."""
    rows = [[plain(cell.paragraphs) for cell in cells_of(line)] for line in lines]
    searched = [" ".join(row).casefold() for row in rows]
    model, table = Texts(), QTableView()
    table.setModel(model)
    table.resize(1440, 700)
    table.show()
    shown = rest.after(lambda: model.show(rows))

    def filter_by(text: str) -> None:
        words = text.split()
        model.show([row for row, said in zip(rows, searched, strict=True) if all(word in said for word in words)])

    return shown.cpu, letters(rest, filter_by)


def main(arguments: Sequence[str]) -> None:
    """Measure on the store in a folder, and print one line of JSON."""
    with opened_window(Path(arguments[0])) as opened:
        shown, lines = board(opened)
        opened.rest.after(lambda: None, lambda: not opened.ward.board.table.measuring)
        letter = letters(opened.rest, opened.ward.board.filter.setText)
        opened.window.hide()
        bare_shown, bare_letter = bare(opened.rest, lines)
        for widget in QApplication.topLevelWidgets():
            widget.hide()
    print(json.dumps({"board": shown, "letter": letter, "bare_board": bare_shown, "bare_letter": bare_letter}))


if __name__ == "__main__":
    main(sys.argv[1:])
