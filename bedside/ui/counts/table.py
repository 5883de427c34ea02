"""Owns the flowsheet's table: columns by moment, frozen analytes, and the column that is typed at its right."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from bedside.chart.formats import at_text, number_text
from bedside.ui.counts.delegate import FlowsheetDelegate, box_in
from bedside.ui.counts.flowsheet import Flowsheet, Result
from bedside.ui.counts.heads import COLUMN, TYPED_COLUMN, AnalyteHead, Corner, MomentHead
from bedside.ui.counts.model import FlowsheetModel
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.entry_grid.table import NOWHERE, BoxTable, Index
from bedside.ui.entry_grid.typed_entries import MOMENT, Obstacle, TypedEntries
from bedside.ui.forms.typed_moment import TypedMoment


class FlowsheetTable(BoxTable):
    """`entry_chosen(id, field)` when Enter is pressed on a value, `scrolled` when other columns are in view."""

    entry_chosen = Signal(str, str)
    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.sheet = FlowsheetModel()
        super().__init__(parent)
        self.sheet.setParent(self)
        self.moments, self.analytes = MomentHead(self.sheet, self), AnalyteHead(self.sheet, self)
        self.setHorizontalHeader(self.moments)
        self.setVerticalHeader(self.analytes)
        self.setModel(self.sheet)
        self.cells = FlowsheetDelegate(self.sheet, self.analytes)
        self.setItemDelegate(self.cells)
        self.corner = Corner(self)
        self.setCornerWidget(QWidget(self))
        self.setAccessibleName("Counts by analyte and time")
        self.doubleClicked.connect(self._pressed_twice)
        self.moved.connect(self._mark_current)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Flowsheet | None, shown: int, typed: TypedEntries | None = None) -> None:
        """Show the newest columns and, at their right, what is typed; the cell that had the keyboard keeps it."""
        analyte, from_right = self._analyte(), self.sheet.columnCount() - self.currentIndex().column()
        held = self.holds_keyboard()
        self.forget_question()
        self.drop_box()
        self.sheet.show(sheet, shown, typed)
        for row in range(self.sheet.rowCount()):
            self.setRowHeight(row, self.base_height(row))
        for column in (self.sheet.columnCount() - 2, self.sheet.columnCount() - 1):
            if column >= 0:
                self.setColumnWidth(column, TYPED_COLUMN if column == self.sheet.typed_column else COLUMN)
        self._return_to(analyte, from_right)
        if held:
            self.take_keyboard()
        self.scrolled.emit()

    def _analyte(self) -> str:
        row = self.currentIndex().row()
        line = self.sheet.lines[row] if 0 <= row < len(self.sheet.lines) else None
        return line.analyte.key if line is not None and line.analyte is not None else ""

    def _return_to(self, analyte: str, from_right: int) -> None:
        rows = [row for row, line in enumerate(self.sheet.lines) if line.analyte is not None]
        row = next((row for row in rows if (one := self.sheet.lines[row].analyte) and one.key == analyte), None)
        if rows and self.sheet.columnCount():
            column = self.sheet.columnCount() - min(max(from_right, 1), self.sheet.columnCount())
            self.setCurrentIndex(self.sheet.index(rows[0] if row is None else row, column))
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def select(self, entry_id: str) -> bool:
        """Select the first value of an entry, brought into sight; false when no column that is shown holds it."""
        column = self.sheet.column_of(entry_id)
        rows = range(self.sheet.rowCount())
        row = next((r for r in rows if (one := self.sheet.result(r, column)) and one.entry.id == entry_id), -1)
        if column < 0 or row < 0:
            return False
        self.go_to(self.sheet.index(row, column))
        return True

    def current_result(self) -> Result | None:
        """The value of the cell that has the keyboard, or None."""
        index = self.currentIndex()
        return self.sheet.result(index.row(), index.column()) if index.isValid() else None

    def selected(self) -> tuple[Analyte | None, int]:
        """The analyte and the place of the column, among all of the flowsheet, that have the keyboard; −1 for none."""
        index = self.currentIndex()
        if not index.isValid():
            return None, -1
        return self.sheet.lines[index.row()].analyte, self.sheet.place_of(index.column())

    def in_view(self) -> range:
        """The columns that can be seen whole, as places among those shown; the one that is typed left aside."""
        count, width = len(self.sheet.columns), self.viewport().width()
        first = self.columnAt(0)
        if first < 0 or first >= count:
            return range(0)
        offset = -self.columnViewportPosition(0)
        start = -(-offset // COLUMN)
        return range(min(start, count), max(start, min((offset + width) // COLUMN, count)))

    def places_in_view(self) -> range:
        """The columns that can be seen, as places among all of the flowsheet."""
        shown = self.in_view()
        before = self.sheet.place_of(0)
        return range(before + shown.start, before + shown.stop) if shown else shown

    # -- typing ------------------------------------------------------------------------------------------------------

    def typed_at(self, index: Index) -> Typed | None:
        """The box of a row in the column that is typed."""
        return self.sheet.typed_at(index.row(), index.column())

    def box_room(self, index: Index) -> QRect:
        """In the cell, left of the last value."""
        typed = self.typed_at(index)
        cell = self.visualRect(index)
        cell.setHeight(self.base_height(index.row()))
        return box_in(cell, typed) if typed is not None else cell

    def words_at(self, index: Index) -> tuple[str, str]:
        """Analyte and unit; the last value with its moment."""
        line, typed = self.sheet.lines[index.row()], self.typed_at(index)
        unit = line.analyte.unit if line.analyte is not None else ""
        name = f"{line.words}, {unit}" if unit else line.words
        if typed is None or isinstance(typed, TypedMoment) or typed.last is None:
            return name, "" if line.place == MOMENT else "no earlier value"
        return name, f"last value {typed.last.sign}{number_text(typed.last.value)}, {at_text(typed.last.at)}"

    def obstacle_at(self, index: Index) -> Obstacle | None:
        """What stands in the way of a box."""
        place = self.sheet.lines[index.row()].place
        return None if self.sheet.typed is None or place is None else self.sheet.typed.obstacle_at(place)

    def answer_at(self, index: Index, answer: int) -> bool:
        """Take the answer."""
        place = self.sheet.lines[index.row()].place
        return self.sheet.typed is not None and place is not None and self.sheet.typed.answer(place, answer)

    def index_of(self, place: int) -> QModelIndex:
        """The box of a place in the column that is typed."""
        row = next(row for row, line in enumerate(self.sheet.lines) if line.place == place)
        return self.sheet.index(row, self.sheet.typed_column)

    def following(self, index: Index) -> QModelIndex:
        """The next box below."""
        rows = range(index.row() + 1, self.sheet.rowCount())
        return next((self.sheet.index(row, index.column()) for row in rows if self._has_box(row)), NOWHERE)

    def preceding(self, index: Index) -> QModelIndex:
        """The next box above."""
        rows = range(index.row() - 1, -1, -1)
        return next((self.sheet.index(row, index.column()) for row in rows if self._has_box(row)), NOWHERE)

    def _has_box(self, row: int) -> bool:
        return self.sheet.lines[row].place is not None

    def base_height(self, row: int) -> int:
        """As its head says."""
        return self.analytes.height_of(row)

    # -- keys and looks ----------------------------------------------------------------------------------------------

    def _mark_current(self) -> None:
        index = self.currentIndex()
        self.cells.current = (index.row(), index.column())
        self.moments.current, self.analytes.current = index.column(), index.row()
        self.moments.viewport().update()
        self.analytes.viewport().update()

    def _pressed_twice(self, index: QModelIndex) -> None:
        result = self.sheet.result(index.row(), index.column())
        if result is not None:
            self.entry_chosen.emit(result.entry.id, result.analyte.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the entry of a value."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self._pressed_twice(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell that other columns are in view."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The corner stays where the heads meet, and the newest column in sight where it was."""
        bar = self.horizontalScrollBar()
        at_end = bar.value() == bar.maximum()
        super().resizeEvent(event)
        if at_end:
            bar.setValue(bar.maximum())
        self.corner.move(0, 0)
        self.corner.raise_()
        self.scrolled.emit()
