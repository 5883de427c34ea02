"""Owns the list of the journal: columns, rows as high as their text, and the keys on a row."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from bedside.ui.journal.cells import LOWEST, MARGIN, VALUES, WIDTHS, row_height
from bedside.ui.journal.delegate import JournalDelegate
from bedside.ui.journal.lines import JournalLine
from bedside.ui.journal.model import HEADS, JournalModel
from bedside.ui.widgets.row_list import ListHead, RowTable

HEAD_HEIGHT = 30
NARROWEST = 320


class JournalTable(RowTable):
    """The rows; `chosen(id)` when Enter is pressed on one or it is pressed twice."""

    chosen = Signal(str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Journal, newest first", LOWEST, parent)
        self.rows = JournalModel(self)
        self.setHorizontalHeader(ListHead(HEAD_HEIGHT, MARGIN, self))
        self.setModel(self.rows)
        self.setItemDelegate(JournalDelegate(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self._place_columns()
        self.doubleClicked.connect(self._row_chosen)
        self.selectionModel().currentRowChanged.connect(self._row_moved)

    def _place_columns(self) -> None:
        rest = self.viewport().width() - sum(WIDTHS)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, max(NARROWEST, rest) if column == VALUES else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words the rest of the width, and rows the height that they then need."""
        super().resizeEvent(event)
        before = self.columnWidth(VALUES)
        self._place_columns()
        if self.columnWidth(VALUES) != before:
            self._fit_rows()

    def show_lines(self, lines: Sequence[JournalLine]) -> None:
        """Show these rows; the selected entry stays selected where it is still among them, else the first is."""
        selected = self.current_id
        self.rows.show_lines(lines)
        self._fit_rows()
        place = self.rows.place_of(selected) if selected else -1
        if lines:
            self.selectRow(max(place, 0))
        if place < 0:
            self.scrollToTop()

    def _fit_rows(self) -> None:
        widths = tuple(self.columnWidth(column) for column in range(len(HEADS)))
        for row, line in enumerate(self.rows.lines):
            height = row_height(line, widths)
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)

    @property
    def current(self) -> JournalLine | None:
        """The selected row."""
        row = self.currentIndex().row()
        return self.rows.lines[row] if 0 <= row < len(self.rows.lines) else None

    @property
    def current_id(self) -> str:
        """The id of the selected entry, or ""."""
        return self.current.id if self.current is not None else ""

    def select(self, entry_id: str) -> bool:
        """Select this entry and bring it into sight; false when it is not among the rows."""
        place = self.rows.place_of(entry_id)
        if place < 0:
            return False
        self.selectRow(place)
        self.scrollTo(self.rows.index(place, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.lines[index.row()].id)

    def _row_moved(self) -> None:
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; letters are left to the keys of the view."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._row_chosen(self.currentIndex())
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)
