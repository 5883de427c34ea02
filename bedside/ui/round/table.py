"""Owns the table of the round sheet: its columns, rows as high as their words, and the way of the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from bedside.chart.formats import at_text, number_text
from bedside.ui import theme
from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.entry_grid.table import NOWHERE, BoxTable, Index
from bedside.ui.entry_grid.typed_entries import MOMENT, Obstacle
from bedside.ui.forms.typed_moment import TypedMoment
from bedside.ui.lettering import Run
from bedside.ui.paragraph import draw_line
from bedside.ui.round.delegate import GAP, MARGIN, SIGN_ROOM, RoundDelegate, box_in
from bedside.ui.round.model import FIRST_BOX, PATIENT, RoundModel
from bedside.ui.round.rounds import Round
from bedside.ui.round.rows import RoundRow

HEAD_HEIGHT = 32
WIDE_FROM = 1400
NARROW, WIDE = (270, 98, 117), (330, 118, 132)
STATE_LEAST = 190


class RoundHead(QHeaderView):
    """The words of the columns, units beside them."""

    def __init__(self, model: RoundModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """Name and unit between two hairlines."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        painter.fillRect(room, look.colour("sheet2"))
        painter.fillRect(QRectF(room.left(), room.top(), room.width(), 1), look.colour("line"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("edge"))
        words, unit = self._sheet.head(section)
        left = {PATIENT: MARGIN, self._sheet.state_column: GAP + SIGN_ROOM}.get(section, 0)
        runs = (Run(words, 12, 600 if unit else 400, "ink" if unit else "ink2"), Run(f" {unit}", 12, 400, "ink2"))
        draw_line(painter, room.left() + left, room.top() + 8, look, runs)


class RoundTable(BoxTable):
    """`save_asked(row)` when Enter is pressed on the state of a row, `shifted` when other columns came into sight."""

    save_asked = Signal(int)
    shifted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.sheet = RoundModel()
        super().__init__(parent)
        self.sheet.setParent(self)
        self.setHorizontalHeader(RoundHead(self.sheet, self))
        self.setModel(self.sheet)
        self.cells = RoundDelegate(self.sheet, self)
        self.setItemDelegate(self.cells)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName("Values of the round")
        self.moved.connect(self._mark_current)

    def show_rows(self, one: Round, rows: Sequence[RoundRow]) -> None:
        """Show these rows, the keyboard in the first box."""
        held = self.holds_keyboard()
        self.forget_question()
        self.drop_box()
        self.sheet.show(one, rows)
        self._fit()
        if rows:
            self.setCurrentIndex(self.sheet.index(0, FIRST_BOX))
        if held:
            self.take_keyboard()

    def _fit(self) -> None:
        """Columns for the width, rows for the words in them."""
        room = self.viewport().width()
        patient, moment, box = WIDE if room >= WIDE_FROM else NARROW
        used = patient + moment + box * len(self.sheet.round.analytes)
        state = max(STATE_LEAST, room - used)
        widths = (patient - MARGIN - GAP, state - 2 * GAP - SIGN_ROOM)
        for column in range(self.sheet.columnCount()):
            self.setColumnWidth(
                column, {PATIENT: patient, FIRST_BOX: moment, self.sheet.state_column: state}.get(column, box)
            )
        self.cells.heights = [row.height(widths) for row in self.sheet.rows]
        for row, height in enumerate(self.cells.heights):
            if row != self.grown and self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        self.grow_again()

    def tell(self, row: RoundRow) -> None:
        """Show what became of a row."""
        number = self.sheet.row_of(row.line.mrn)
        if number >= 0:
            self._fit()
            self.sheet.tell(number)

    @property
    def current_row(self) -> int:
        """The row that has the keyboard, −1 without one."""
        return self.currentIndex().row()

    def go_to_next_open(self, row: int) -> None:
        """To the first box of the next row, around the end, that can still be typed into; stay if there is none."""
        count = self.sheet.rowCount()
        following = ((row + step) % count for step in range(1, count + 1))
        found = next((number for number in following if self.sheet.rows[number].is_open), -1)
        if found >= 0:
            self.go_to(self.sheet.index(found, FIRST_BOX))
        else:
            self.open_box()
        self.take_keyboard()

    # -- typing ------------------------------------------------------------------------------------------------------

    def typed_at(self, index: Index) -> Typed | None:
        """The box of a row that is not stored yet."""
        if not 0 <= index.row() < len(self.sheet.rows) or not self.sheet.rows[index.row()].is_open:
            return None
        return self.sheet.typed(index.row(), index.column())

    def box_room(self, index: Index) -> QRect:
        """In the cell, left of the last value."""
        typed, cell = self.typed_at(index), self.visualRect(index)
        cell.setHeight(self.base_height(index.row()))
        return box_in(cell, typed) if typed is not None else cell

    def words_at(self, index: Index) -> tuple[str, str]:
        """Patient, analyte and unit; the last value with its moment."""
        row, typed = self.sheet.rows[index.row()], self.typed_at(index)
        name = ", ".join(part for part in (row.line.name, row.line.mrn, *self.sheet.head(index.column())) if part)
        if typed is None or isinstance(typed, TypedMoment):
            return name, ""
        if typed.last is None:
            return name, "no earlier value"
        return name, f"last value {typed.last.sign}{number_text(typed.last.value)}, {at_text(typed.last.at)}"

    def obstacle_at(self, index: Index) -> Obstacle | None:
        """What stands in the way of a box; an empty moment does not: the first value that is typed fills it."""
        place, entries = self.sheet.place(index.column()), self.sheet.rows[index.row()].typing.entries
        if place is None or (place == MOMENT and not entries.moment.text):
            return None
        return entries.obstacle_at(place)

    def answer_at(self, index: Index, answer: int) -> bool:
        """Take the answer."""
        place = self.sheet.place(index.column())
        return place is not None and self.sheet.rows[index.row()].typing.entries.answer(place, answer)

    def index_of(self, row: int, place: int) -> QModelIndex:
        """The box of a place in a row."""
        return self.sheet.index(row, place + FIRST_BOX + 1)

    def following(self, index: Index) -> QModelIndex:
        """The next box at the right, and after the last one the state, where Enter stores the row."""
        return self.sheet.index(index.row(), index.column() + 1)

    def below(self, index: Index) -> QModelIndex:
        """The same box of the patient below; the last one keeps the keyboard."""
        return self.sheet.index(min(index.row() + 1, self.sheet.rowCount() - 1), index.column())

    def preceding(self, index: Index) -> QModelIndex:
        """The same box of the patient above."""
        return self.sheet.index(index.row() - 1, index.column()) if index.row() > 0 else NOWHERE

    def base_height(self, row: int) -> int:
        """As its words need."""
        return self.cells.heights[row]

    # -- keys --------------------------------------------------------------------------------------------------------

    def _mark_current(self) -> None:
        index = self.currentIndex()
        self.cells.current = (index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the state of a row stores it."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row >= 0:
            self.save_asked.emit(self.current_row)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes to the next patient, and leaves the table after the last one."""
        row = self.current_row + (1 if following else -1)
        if self.holds_keyboard() and 0 <= row < self.sheet.rowCount():
            self.go_to(self.sheet.index(row, FIRST_BOX))
            self.take_keyboard()
            return True
        return super().focusNextPrevChild(following)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self._fit()
        self.shifted.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell when columns go out of sight."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.shifted.emit()

    def out_of_sight(self) -> str:
        """Which columns cannot be seen whole, and on which side: "Blasts · State to the right"; "" while all can."""
        columns = range(self.sheet.columnCount())
        edges = [(self.columnViewportPosition(one), self.columnWidth(one)) for one in columns]
        room = self.viewport().width()
        left = [self.sheet.head(one)[0] for one in columns if edges[one][0] < -GAP]
        right = [self.sheet.head(one)[0] for one in columns if edges[one][0] >= -GAP and sum(edges[one]) > room + GAP]
        sides = ((left, "to the left"), (right, "to the right"))
        return "; ".join(f"{' · '.join(names)} {side}" for names, side in sides if names)
