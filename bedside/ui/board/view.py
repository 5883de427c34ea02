"""The ward board: every patient as a row, what is filtered and sorted in words above, Enter opens."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from bedside.chart.formats import WEEKDAYS, date_text
from bedside.ui import theme
from bedside.ui.actions import Action
from bedside.ui.board.chip import FilterChip
from bedside.ui.board.empty import EmptyBoard
from bedside.ui.board.filtering import ATTENTION, CHIPS, Showing, by_chip, found, ordered, sentence
from bedside.ui.board.lines import BoardLine
from bedside.ui.board.table import BoardTable
from bedside.ui.troubles import Trouble
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.flow import Flow
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel


class BoardView(View):
    """Shows rows that it is given; `patient_opened(mrn)` when one is chosen."""

    patient_opened = Signal(str)
    refresh_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST_VIEW)
        self._lines: list[BoardLine] = []
        self._kept: Mapping[str, Sequence[BoardLine]] = by_chip(())
        self._pending, self._read, self._is_now = 0, False, True
        self.showing = Showing()
        self.heading = PlainLabel("Ward board", 20, 600, "ink", self)
        self.moment = PlainLabel("", 13, 400, "ink2", self)
        self.filter = QLineEdit(self)
        self.state = WrappedLabel("", 12, 400, "ink2", self)
        self.trouble = Alert("trouble", self)
        self.table = BoardTable(self)
        self.empty = EmptyBoard(self)
        self._chips: dict[str, FilterChip] = {}
        self._group = QButtonGroup(self)
        self._lay_out()
        self._connect()
        self.empty.show_waiting()
        self._stack.setCurrentWidget(self.empty)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText("Type to filter this list")
        self.filter.setAccessibleName("Filter this list")
        self.filter.setFixedSize(248, 30)
        self.filter.setClearButtonEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addSpacing(14)
        row.addWidget(self.moment)
        row.addStretch(1)
        row.addWidget(self.filter)
        top = QVBoxLayout()
        top.setContentsMargins(24, 12, 24, 0)
        top.setSpacing(8)
        top.addLayout(row)
        top.addWidget(self._chip_row())
        top.addWidget(self.trouble)
        top.addWidget(self.state)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(self._stack, 1)

    def _chip_row(self) -> Flow:
        for place, (chip, word) in enumerate(CHIPS):
            self._chips[chip] = FilterChip(word, self)
            self._group.addButton(self._chips[chip], place)
        return Flow(tuple(self._chips.values()), self)

    def _connect(self) -> None:
        self._chips["open"].setChecked(True)
        self._group.idClicked.connect(self._chip_clicked)
        self.filter.textChanged.connect(self._filter_typed)
        self.filter.installEventFilter(self)
        self.table.opened.connect(self.patient_opened)
        self.table.typed.connect(self._letter_typed)
        self.table.sideways.connect(self._step_aside)
        self.table.left_upwards.connect(self.focus_filter)
        self.table.head.sectionClicked.connect(self._head_clicked)

    def show_board(
        self, lines: Sequence[BoardLine], as_of: date, *, now: bool = True, known: str = "", pending: int = 0
    ) -> None:
        """Show these patients as of a date, and say so when that is not now; `pending` are still being worked out.

        known is the moment to whose knowledge the board is turned back, "" for everything that is known.
        """
        if now != self._is_now:
            self.update()
        self._pending, self._is_now = pending, now
        self._take(lines)
        turned = "".join((f", as known {known}" if known else "", "" if now else ", not now"))
        self.moment.setText(f"{WEEKDAYS[as_of.weekday()]} {date_text(as_of)}{turned}")
        self.moment.set_tone("ink2" if now else "amb")
        self.trouble.clear()
        self._show()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say above the list why it could not be read; what was shown before stays away."""
        self._take(None)
        self._show()
        self.empty.show_not_read()
        self.trouble.show_trouble(trouble)

    def clear(self) -> None:
        """Forget every patient."""
        self._take(None)
        self.trouble.clear()
        self._show()

    def _take(self, lines: Sequence[BoardLine] | None) -> None:
        """Keep these lines in the order of the list: a typed letter then only picks among them; None: none was read."""
        self._order(lines or ())
        self._read = lines is not None
        for chip, kept in self._kept.items():
            self._chips[chip].show_count(len(kept) if self._read else None)

    def _order(self, lines: Sequence[BoardLine]) -> None:
        self._lines = ordered(lines, self.showing)
        self._kept = by_chip(self._lines)

    def _show(self) -> None:
        rows = found(self._kept[self.showing.chip], self.showing.typed)
        self.table.show_order(self.showing.column, self.showing.falls)
        self.table.show_rows(rows)
        said = sentence(self._lines, self.showing, len(rows)) if self._lines else ""
        behind = f"{self._pending} being worked out again" if self._pending else ""
        self.state.setText(" · ".join(part for part in (said, behind) if part))
        if self._read:
            self.empty.show_reason(bool(self._lines), self.showing)
        else:
            self.empty.show_waiting()
        kept_the_keyboard = self.table.hasFocus() or any(chip.hasFocus() for chip in self._chips.values())
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        if kept_the_keyboard:
            self.take_keyboard()
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Another moment than now turns the line of the heading amber, as it does the bar of a patient's views."""
        if not self._is_now:
            look, painter, bottom = theme.current(), QPainter(self), self.heading.geometry().bottom() + 8
            painter.fillRect(0, 0, self.width(), bottom, look.colour("ambtint"))
            painter.fillRect(0, bottom, self.width(), 1, look.colour("amb"))
            painter.end()

    def _show_with(self, **changes: object) -> None:
        parts = {"chip": self.showing.chip, "typed": self.showing.typed}
        parts |= {"column": self.showing.column, "descending": self.showing.descending}  # type: ignore[dict-item]
        before, self.showing = self.showing, Showing(**(parts | changes))  # type: ignore[arg-type]
        if (before.column, before.descending) != (self.showing.column, self.showing.descending):
            self._order(self._lines)
        self._show()

    def _chip_clicked(self, place: int) -> None:
        self._show_with(chip=CHIPS[place][0])

    def _filter_typed(self, text: str) -> None:
        self._show_with(typed=text)

    def _letter_typed(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.setText(self.filter.text() + text)

    def _head_clicked(self, column: int) -> None:
        showing = self.showing
        if showing.column != column:
            self._show_with(column=column, descending=False)
        elif not showing.descending:
            self._show_with(descending=True)
        else:
            self._show_with(column=ATTENTION, descending=False)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def show_everything_open(self) -> None:
        """Take filter, chip and order back to how the board starts."""
        self.filter.clear()
        self._chips["open"].setChecked(True)
        self._show_with(chip="open", typed="", column=ATTENTION, descending=False)
        self.table.setFocus()

    def open_selected(self) -> None:
        """Open the selected patient."""
        if mrn := self.table.current_mrn():
            self.patient_opened.emit(mrn)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter ↓ goes to the list, Enter opens the selected patient, Esc empties it."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.open_selected()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.show_everything_open()
                return True
        return super().eventFilter(watched, event)

    def take_keyboard(self) -> None:
        """Take the keyboard into the list, or while it is empty to its word above, where the arrows act as well."""
        (self.table if self.table.rows.lines else self._chips[self.showing.chip]).setFocus()

    def select(self, mrn: str) -> None:
        """Select this patient, if a row shows one of that number."""
        self.table.select(mrn)

    def _step_aside(self, by: int) -> None:
        """Go to the next or previous of the lists that the words above name."""
        place = [chip for chip, _word in CHIPS].index(self.showing.chip)
        self._chips[CHIPS[(place + by) % len(CHIPS)][0]].click()

    def show_next_list(self) -> None:
        """Go to the next list."""
        self._step_aside(1)

    def _list_actions(self) -> tuple[Action, ...]:
        """One for each list, for the palette."""
        return tuple(Action(f"board.list.{chip}", f"Show the list: {w}", self._chips[chip].click) for chip, w in CHIPS)

    def help_name(self) -> str:
        """Help on this view."""
        return "board"

    def actions_offered(self) -> tuple[Action, ...]:
        """Patient, open, filter, order."""
        return (
            Action(
                "board.move", "Go to the next or previous patient", self.take_keyboard, hint="patient", caps=("↑", "↓")
            ),
            Action("board.open", "Open the selected patient", self.open_selected, hint="open", caps=("Enter",)),
            Action("board.list", "Show the next list of patients", self.show_next_list, hint="list", caps=("←", "→")),
            Action("board.filter", "Filter the ward board", self.focus_filter, "/", hint="filter"),
            Action("board.reset", "Show every open course", self.show_everything_open, hint="show all", caps=("Esc",)),
            Action("board.refresh", "Read the ward board again", self.refresh_asked.emit, "F5", hint="read again"),
            *self._list_actions(),
        )

    def note(self) -> str:
        """What the grades on the board are."""
        return "CRS and ICANS: worst grade of the last 24 h, ASTCT 2019; – not graded"
