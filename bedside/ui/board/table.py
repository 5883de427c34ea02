"""Owns the list of the ward board: heads that sort, rows as high as their text, the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from bedside.ui import theme
from bedside.ui.board.cells import HEADS, LOWEST, MARGIN, row_height, widths_in
from bedside.ui.board.delegate import BoardDelegate
from bedside.ui.board.filtering import ATTENTION
from bedside.ui.board.lines import BoardLine
from bedside.ui.board.model import BoardModel, Index
from bedside.ui.lettering import Run, draw_text
from bedside.ui.painting import Flag, draw_flag
from bedside.ui.paragraph import advance
from bedside.ui.widgets.row_list import RowTable

HEAD_HEIGHT = 30
AT_ONCE, PAUSE_MS = 8, 10
"""How many rows out of sight are measured in one go, and how long the window has to itself before the next."""


class BoardHead(QHeaderView):
    """The heads of the columns; the one that sorts carries an arrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorting, self.falls = ATTENTION, False
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """The word of a column between two hairlines."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        painter.fillRect(room, look.colour("sheet2"))
        for y in (room.top(), room.bottom() - 1):
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), look.colour("line"))
        run = Run(HEADS[section], 12, 600 if section == self.sorting else 400, "ink2")
        left = room.left() + (0 if section else MARGIN)
        draw_text(painter, QRectF(left, room.top(), room.width(), room.height()), look, run)
        if section == self.sorting:
            at = QPointF(left + advance([run]) + 6, room.top() + 10)
            draw_flag(painter, at, look, Flag(high=not self.falls, level=1), token="ink2")


class BoardTable(RowTable):
    """The rows; `opened(mrn)` when one is chosen, `typed(text)` when a letter is typed, `sideways(±1)` at ← and →."""

    opened = Signal(str)
    typed = Signal(str)
    left_upwards = Signal()
    sideways = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Patients of the ward", LOWEST, parent)
        self.rows = BoardModel(self)
        self.head = BoardHead(self)
        self.setHorizontalHeader(self.head)
        self.setModel(self.rows)
        self.setItemDelegate(BoardDelegate(self))
        self._measured, self._unseen = 0, False
        self._later = QTimer(self)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._fit_more)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self._place_columns()
        self.activated.connect(self._row_activated)

    def _place_columns(self) -> None:
        for column, width in enumerate(widths_in(self.viewport().width())):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the last column the rest, and rows the height that their text now needs."""
        super().resizeEvent(event)
        before = self._widths()
        self._place_columns()
        if self._widths() != before:
            self._fit_rows()

    def show_order(self, column: int, falls: bool) -> None:
        """Mark the column that sorts, and whether its most stands first."""
        self.head.sorting, self.head.falls = column, falls
        self.head.viewport().update()

    def show_rows(self, lines: Sequence[BoardLine]) -> None:
        """Show these rows and keep the selected patient selected where it is still among them."""
        if lines == self.rows.lines:
            return
        chosen = self.current_mrn()
        self.rows.show(lines)
        self._fit_rows()
        place = self.rows.place_of(chosen) if chosen else -1
        if lines:
            self.selectRow(max(place, 0))

    def _widths(self) -> tuple[int, ...]:
        return tuple(self.columnWidth(column) for column in range(len(HEADS)))

    def _fit_rows(self) -> None:
        """Give the rows in sight the height of their text, and those out of sight a little later."""
        self._fit_from(max(self.rowAt(0), 0), self.viewport().height())
        self._measured = 0
        if self.rows.lines:
            self._later.start()

    @property
    def measuring(self) -> bool:
        """Whether rows out of sight still wait for their height."""
        return self._later.isActive()

    def _fit_from(self, row: int, room: int) -> None:
        """Give rows their height from this one on, until the room below it is full."""
        widths, lines = self._widths(), self.rows.lines
        bottom = self.rowViewportPosition(row)
        while row < len(lines) and bottom < room:
            bottom += self._fit(row, lines[row], widths)
            row += 1

    def _fit(self, row: int, line: BoardLine, widths: tuple[int, ...]) -> int:
        height = row_height(line, widths)
        if height != self.rowHeight(row):
            self.setRowHeight(row, height)
        return height

    def _fit_more(self) -> None:
        """Measure the next few rows, wherever they are; what is in sight stays where it is, and is not painted anew."""
        widths, lines = self._widths(), self.rows.lines[self._measured : self._measured + AT_ONCE]
        top = max(self.rowAt(0), 0)
        before = self.rowViewportPosition(top)
        with QSignalBlocker(self.verticalHeader()):  # or each row would have the whole list painted
            for row, line in enumerate(lines, start=self._measured):
                self._fit(row, line, widths)
        self._measured += AT_ONCE
        self.updateGeometries()
        if moved := self.rowViewportPosition(top) - before:
            self._scroll_unseen(moved)
            if self.rowViewportPosition(top) != before:
                self.viewport().update()
        if self._measured >= len(self.rows.lines):
            self._later.stop()

    def _scroll_unseen(self, moved: int) -> None:
        """Scroll by what rows above grew: the same rows stand where they stood, and nothing has to be painted."""
        self._unseen = True
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)
        self._unseen = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Measure the rows that come into sight."""
        if self._unseen:
            self.verticalHeader().setOffset(self.verticalScrollBar().value())
            return
        super().scrollContentsBy(dx, dy)
        if dy and self._later.isActive():
            self._fit_from(max(self.rowAt(0), 0), self.viewport().height())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Keep the chosen row wholly in sight, once those around it have their height."""
        super().currentChanged(current, previous)
        if current.isValid() and self._later.isActive():
            self._bring_into_sight(current)

    def _bring_into_sight(self, index: Index) -> None:
        """Scroll to a row; those around it then get their height and may push it out, so look a second time."""
        for _ in range(2):
            self._fit_from(max(self.rowAt(0), 0), self.viewport().height())
            self.updateGeometries()
            self.scrollTo(index)

    def current_mrn(self) -> str:
        """The number of the selected patient, or ""."""
        row = self.currentIndex().row()
        return self.rows.lines[row].mrn if 0 <= row < len(self.rows.lines) else ""

    def select(self, mrn: str) -> None:
        """Select this patient, if the list holds one of that number."""
        place = self.rows.place_of(mrn)
        if place >= 0:
            self.selectRow(place)
            self._bring_into_sight(self.rows.index(place, 0))

    def _row_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.lines[index.row()].mrn)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the row under it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index == self.currentIndex() and index.isValid():
            self._row_activated(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, ↑ on the first row leaves upwards, ← → go to another list, a letter goes to the filter."""
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._row_activated(self.currentIndex())
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sideways.emit(1 if key == Qt.Key.Key_Right else -1)
        elif text.isprintable() and text.strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)
