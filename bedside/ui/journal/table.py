"""Owns the list of the journal: columns, rows as high as their text, and the keys on a row."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from bedside.ui import theme
from bedside.ui.journal.cells import LOWEST, MARGIN, VALUES, WIDTHS, row_height
from bedside.ui.journal.delegate import JournalDelegate
from bedside.ui.journal.lines import JournalLine
from bedside.ui.journal.model import HEADS, JournalModel
from bedside.ui.lettering import Run, draw_text

HEAD_HEIGHT = 30
NARROWEST = 320


class JournalHead(QHeaderView):
    """The heads of the columns, always in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """The word of a column between two hairlines."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        painter.fillRect(room, look.colour("sheet2"))
        for y in (room.top(), room.bottom() - 1):
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), look.colour("line"))
        left = room.left() + (0 if section else MARGIN)
        draw_text(
            painter, QRectF(left, room.top(), room.width(), room.height()), look, Run(HEADS[section], 12, 400, "ink2")
        )


class JournalTable(QTableView):
    """The rows; `chosen(id)` when Enter is pressed on one or it is pressed twice."""

    chosen = Signal(str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = JournalModel(self)
        self.setHorizontalHeader(JournalHead(self))
        self.setModel(self.rows)
        self.setItemDelegate(JournalDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAutoScroll(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(LOWEST)
        self.verticalHeader().setDefaultSectionSize(LOWEST)
        self.setAccessibleName("Journal, newest first")
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
