"""The round sheet: every patient of the board's list in one row, typed and stored one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from bedside.chart.entries import entry_fields
from bedside.ui import units_shown
from bedside.ui.actions import Action
from bedside.ui.background import Job
from bedside.ui.board.lines import BoardLine
from bedside.ui.entry_grid.keys import typing_actions
from bedside.ui.entry_grid.typed_entries import Obstacle
from bedside.ui.entry_grid.typing import Typing
from bedside.ui.forms.context import Saved
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.typed_number import TypedNumber
from bedside.ui.round.door import RoundDoor
from bedside.ui.round.rounds import ROUNDS, Round, RoundPatient
from bedside.ui.round.rows import RoundRow
from bedside.ui.round.scores import ScoreList
from bedside.ui.round.scoring import Scoring
from bedside.ui.round.table import RoundTable
from bedside.ui.round.top import RoundTop
from bedside.ui.view import SMALLEST_VIEW, View

SCORES = "ICE and CAPD"
BESIDE = "The value beside a box is the last one, with its date; nothing is carried forward."
BESIDE_SCORES = "Enter opens the form of a patient; the last assessment stands beside."
NOBODY = "No patient is on this round. The round sheet takes the patients that the ward board lists."


class RoundView(View):
    """`sheet_asked(FormSheet)` for a correction, `row_saved(MRN)` after a durable commit."""

    sheet_asked = Signal(object)
    row_saved = Signal(str)

    def __init__(self, door: RoundDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST_VIEW)
        self._door = door
        self._lines: tuple[BoardLine, ...] = ()
        self._patients: tuple[RoundPatient, ...] = ()
        self._job: Job | None = None
        self._round: Round = ROUNDS[0]
        self.rows: list[RoundRow] = []
        self.top = RoundTop([*(one.words for one in ROUNDS), SCORES], self)
        self.table, self.scoring = RoundTable(self), Scoring(door, self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.scores)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.top.kinds.chosen.connect(self.show_round)
        self.table.edited.connect(self._edited)
        self.table.asked.connect(self.changed)
        self.table.shifted.connect(self._shifted)
        self.table.moved.connect(self.changed)
        self.table.save_asked.connect(self._enter_on_state)
        self.table.doubleClicked.connect(self.correct)
        self.scoring.sheet_asked.connect(self.sheet_asked)
        self.scoring.scored.connect(self._scored)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[BoardLine]) -> None:
        """Make a sheet of these patients; what is needed of each is read in the background."""
        self.clear()
        self._lines = tuple(lines)
        self.top.show_day(self._door.now().date())
        self.top.say("The patients are being read." if lines else NOBODY)
        self._job = self._door.read([line.mrn for line in lines], self._came, self.top.show_trouble)

    def show_refusal(self, why: str) -> None:
        """Say why there is no round now."""
        self.clear()
        self.top.say(f"No round sheet now: {why}.")

    def _came(self, patients: tuple[RoundPatient, ...]) -> None:
        self._patients = patients
        self._make_rows()

    def _make_rows(self) -> None:
        lines = {line.mrn: line for line in self._lines}
        self.rows = [self._row(lines[one.mrn], one) for one in self._patients]
        self.table.show_rows(self._round, self.rows)
        if self.is_scoring:
            self.scoring.show(self._patients, self.rows)
        count = len(self.rows)
        missing = len(self._lines) - count
        words = f"{count} {'patient' if count == 1 else 'patients'}, as the ward board lists them"
        words += f", {missing} more could not be found in the store" if missing else ""
        beside = BESIDE_SCORES if self.is_scoring else BESIDE
        self.top.say(f"{words}. {beside}" if self._lines else NOBODY, self._out_of_sight())
        for row in self.rows:
            row.typing.drafts.look()
        self._tell()

    def _out_of_sight(self) -> str:
        """Which columns of the round are out of sight, "" where none is."""
        return "" if self.is_scoring or not self.rows else self.table.out_of_sight()

    def _shifted(self) -> None:
        self.top.show_out_of_sight(self._out_of_sight())

    def _row(self, line: BoardLine, one: RoundPatient) -> RoundRow:
        """A row with doors that lead to this patient alone."""
        context = self._door.context(one, line.day0)
        typing = Typing(self._round.together, context, self)
        typing.changed.connect(self._typing_changed)
        typing.saved.connect(self._stored)
        return RoundRow(line, typing)

    def show_round(self, place: int) -> None:
        """Show another round of the same patients; what was typed is kept as drafts."""
        if place != self.place:
            self._leave_rows()
            self.pages.setCurrentIndex(int(place == len(ROUNDS)))
            self._round = ROUNDS[place % len(ROUNDS)]
            self.top.kinds.choose(place)
            self._make_rows()
            self.take_keyboard()
            self.changed.emit()

    @property
    def scores(self) -> ScoreList:
        """The patients of the round of ICE and CAPD."""
        return self.scoring.list

    @property
    def is_scoring(self) -> bool:
        """Whether the round of ICE and CAPD is shown, where a form is opened for each patient."""
        return self.pages.currentWidget() is self.scores

    @property
    def place(self) -> int:
        """The place of the round that is shown."""
        return len(ROUNDS) if self.is_scoring else ROUNDS.index(self._round)

    def show_next_round(self) -> None:
        """Show the next round."""
        self.show_round((self.place + 1) % (len(ROUNDS) + 1))

    def _tell(self) -> None:
        """Say how many rows are saved, asked about, typed and open."""
        standings = [row.standing for row in self.rows]
        if self.is_scoring:
            standings = self.scoring.standings()
        self.top.show_standings(standings)

    def clear(self) -> None:
        """Forget every patient; what was typed is kept as drafts first."""
        if self._job is not None:
            self._job.drop()
        self._leave_rows()
        self._lines, self._patients = (), ()
        self.table.show_rows(self._round, ())
        self.scoring.show((), ())
        self.top.clear()

    def _leave_rows(self) -> None:
        rows, self.rows = self.rows, []
        for row in rows:
            row.typing.leave()
            row.typing.deleteLater()

    def close_view(self) -> None:
        """Keep the drafts and take no more results."""
        self._leave_rows()
        super().close_view()

    def take_keyboard(self) -> None:
        """Into the box that had it; on the round of scores to the next patient without one."""
        if self.is_scoring:
            self.scores.take_keyboard()
        else:
            self.table.take_keyboard()

    # -- typing ------------------------------------------------------------------------------------------------------

    def _edited(self, number: int) -> None:
        row = self.rows[number]
        entries = row.typing.entries
        if entries.count and not entries.moment.text:
            entries.moment.type_now()
        row.typing.edited()
        self.table.tell(row)
        self._tell()

    def _row_of(self, typing: Typing) -> RoundRow | None:
        return next((row for row in self.rows if row.typing is typing), None)

    def _typing_changed(self, typing: Typing) -> None:
        row = self._row_of(typing)
        if row is None:
            return
        if self.table.current_row == self.table.sheet.row_of(row.line.mrn):
            self._refresh_box(typing)
        self.table.tell(row)
        self._tell()
        self.changed.emit()

    def _refresh_box(self, typing: Typing) -> None:
        """Bring a restored draft into the open box; take the box away while the row is stored, and back if it fails."""
        has_box = self.table.typed_at(self.table.currentIndex()) is not None
        if typing.restored or has_box != (self.table.editor.typed is not None):
            typing.restored = False
            held = self.table.holds_keyboard()
            self.table.open_box()
            if held:
                self.table.take_keyboard()

    def save(self) -> None:
        """Store the row that has the keyboard."""
        self._save(self.table.current_row)

    def _save(self, number: int) -> None:
        if not 0 <= number < len(self.rows):
            return
        obstacle = self.rows[number].typing.save()
        if obstacle is not None:
            self._show_obstacle(number, obstacle)

    def _show_obstacle(self, number: int, obstacle: Obstacle) -> None:
        self.table.show_obstacle(self.table.index_of(number, obstacle.place), obstacle)
        self.table.tell(self.rows[number])
        self._tell()

    def _enter_on_state(self, number: int) -> None:
        if self.rows[number].is_open:
            self._save(number)
        else:
            self.correct()

    def _stored(self, stored: tuple[Saved, ...]) -> None:
        row = next((row for row in self.rows if row.typing.stored == stored), None)
        if row is None:
            return
        number = self.table.sheet.row_of(row.line.mrn)
        if number == self.table.current_row:
            self.table.go_to_next_open(number)
        self.row_saved.emit(row.line.mrn)

    def _scored(self, mrn: str) -> None:
        self._tell()
        self.row_saved.emit(mrn)

    # -- correcting --------------------------------------------------------------------------------------------------

    def correct(self) -> None:
        """Correct what was stored in the row that has the keyboard."""
        number = self.table.current_row
        row = self.rows[number] if 0 <= number < len(self.rows) else None
        if row is not None and row.stored is not None:
            sheet = FormSheet(self._round.kind, row.typing.context, correcting=row.stored.entry)
            sheet.entry_saved.connect(self._corrected)
            self.sheet_asked.emit(sheet)

    def _corrected(self, saved: Saved) -> None:
        row = next((row for row in self.rows if row.stored and row.stored.entry.id == saved.entry.supersedes), None)
        if row is None:
            return
        row.corrected = saved
        for number in row.typing.entries.numbers:
            number.text, number.not_done = "", False
            number.load(entry_fields(saved.entry))
        row.typing.entries.moment.keep(saved.entry.at)
        self.table.tell(row)

    # -- keys --------------------------------------------------------------------------------------------------------

    def _why_not_correct(self) -> str:
        number = self.table.current_row
        stored = 0 <= number < len(self.rows) and self.rows[number].stored is not None
        return "" if stored else "nothing of this row is stored"

    def _why_not_save(self) -> str:
        number = self.table.current_row
        if self._door.refusal():
            return self._door.refusal()
        return "" if 0 <= number < len(self.rows) and self.rows[number].is_open else "this row is stored"

    def help_name(self) -> str:
        """Help on this view."""
        return "round"

    def actions_offered(self) -> tuple[Action, ...]:
        """The answers of an open question, then the way through the sheet."""
        following = Action("round.kind", "Show the next round", self.show_next_round, "F6", hint="next round")
        if self.is_scoring:
            move = Action("round.move", "Go to another patient", self.take_keyboard, hint="patient", caps=("↑", "↓"))
            return (
                move,
                Action("round.open", "Open the form", self.scores.open_focused, hint="open", caps=("Enter",)),
                following,
            )
        saving = typing_actions(self.table, self.save, "this row", hint="save the row", refusal=self._why_not_save)
        return (
            *saving,
            Action("round.patient", "Go to the next patient", self.take_keyboard, hint="next patient", caps=("Tab",)),
            Action(
                "round.correct", "Correct this row", self.correct, "C", hint="correct", refusal=self._why_not_correct
            ),
            following,
        )

    def unsaved(self) -> str:
        """For how many patients something is typed."""
        count = sum(row.is_open and bool(row.typing.entries.count) for row in self.rows)
        return f"Round sheet, {count} patient{'' if count == 1 else 's'}" if count else ""

    def note(self) -> str:
        """When the draft of this row was kept, and the last value of the box where it is told in two units."""
        if self.is_scoring:
            return "The age says which score grades"
        number = self.table.current_row
        draft = self.rows[number].typing.draft_words if 0 <= number < len(self.rows) else ""
        typed = self.table.typed_at(self.table.currentIndex())
        both = in_both_units(typed) if isinstance(typed, TypedNumber) else ""
        words = " · ".join(part for part in (draft, both) if part)
        return words[:1].upper() + words[1:]


def in_both_units(typed: TypedNumber) -> str:
    """The last value of a box in the chart's unit and the one beside, for which its cell has no room; else ""."""
    last, name = typed.last, typed.spec.name
    if last is None or not units_shown.beside(name, last.value, last.sign):
        return ""
    return f"last {typed.spec.label} {units_shown.quantity_words(name, last.value, last.sign)}"
