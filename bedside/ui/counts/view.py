"""The counts: a flowsheet of analytes by time with a column to type, the value in words below, trends at the right."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.enums import Sex
from bedside.chart.formats import age_text
from bedside.knowledge.tables import Knowledge
from bedside.ui import theme
from bedside.ui.actions import Action
from bedside.ui.counts.bar import CountsBar
from bedside.ui.counts.column import TypedColumn
from bedside.ui.counts.flowsheet import Flowsheet
from bedside.ui.counts.foot import CountsFoot
from bedside.ui.counts.parts import Part, columns_of, parts_of
from bedside.ui.counts.side import CountsSide
from bedside.ui.counts.table import FlowsheetTable
from bedside.ui.counts.typists import Typists
from bedside.ui.counts.words import detail_of, saved_words, typing_words
from bedside.ui.entry_grid.keys import typing_actions
from bedside.ui.entry_grid.typed_entries import MOMENT
from bedside.ui.entry_grid.typing import Typing
from bedside.ui.forms.context import Saved
from bedside.ui.forms.stage import Stage
from bedside.ui.lettering import Run
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from bedside.service.read import Opened

SIDE, SIDE_SMALL, WIDE = 392, 344, 1360
NOTHING = "Nothing was measured so far. A opens a column to type the first values."


class CountsView(View):
    """`correct_asked(id, field)` for a value, `entries_saved(tuple of Saved)` after a durable commit.

    forms gives what typing for the patient who is shown needs, or says why nothing can be typed.
    """

    correct_asked = Signal(str, str)
    entries_saved = Signal(object)

    def __init__(
        self,
        knowledge: Knowledge,
        now: Callable[[], datetime],
        forms: Typists,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST_VIEW)
        self._knowledge, self._now, self._forms = knowledge, now, forms
        self.sheet: Flowsheet | None = None
        self._saved: tuple[Saved, ...] = ()
        self._part = Part.ALL
        self._filling = False
        self.bar, self.table, self.foot = CountsBar(self), FlowsheetTable(self), CountsFoot(self)
        self.column = TypedColumn(self.table)
        self.side = CountsSide(knowledge)
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def typing(self) -> Typing | None:
        """The typing of the column at the right, None without one."""
        return self.column.typing

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.bar)
        left.addWidget(self.table, 1)
        left.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addLayout(left, 1)
        self.side_area = scrolling(self.side)
        row.addWidget(self.side_area)

    def _connect(self) -> None:
        self.bar.part_asked.connect(self.show_part)
        self.table.moved.connect(self._moved)
        self.column.changed.connect(self._column_changed)
        self.column.stored.connect(self._stored)
        self.table.asked.connect(self.changed)
        self.table.ended.connect(self._ended)
        self.table.scrolled.connect(self._scrolled)
        self.table.entry_chosen.connect(self.correct_asked)
        self.foot.save_pressed.connect(self.column.save)
        self.foot.close_pressed.connect(self.stop_typing)
        self.foot.correct_pressed.connect(self.correct)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def show_opened(self, opened: "Opened") -> None:
        """Show the values of a patient; a column that is being typed stays."""
        self.sheet = Flowsheet(opened, self._knowledge)
        patient, day = self.sheet.patient, self.sheet.as_of.day
        sex = "" if patient.sex is Sex.UNKNOWN else f", {patient.sex.value}"
        self.table.corner.show_whose(f"for {age_text(patient.birth_date, day)}{sex}")
        self.bar.parts.allow(Part.FROM_DAY0, self.sheet.day0 is not None, "There is no day 0 so far.")
        if self._part not in parts_of(self.sheet):
            self._part = Part.ALL
        self.side.show_sheet(self.sheet, opened.assessment)
        self._show_columns()
        if self._saved and self.table.select(self._saved[0].entry.id):
            self._say()

    def _show_columns(self) -> None:
        self.bar.parts.choose(self._part)
        self._filling = True
        shown = 0 if self.sheet is None else columns_of(self.sheet, self._part)
        self.table.show_sheet(self.sheet, shown, self.column.entries)
        self._filling = False
        self._scrolled()
        self._say()

    def show_part(self, part: int) -> None:
        """Show all columns, those from day 0 on, or those of the last two weeks."""
        self._part = Part(part)
        self._show_columns()
        self.changed.emit()

    def show_next_part(self) -> None:
        """Show the next part that there is."""
        parts = parts_of(self.sheet)
        self.show_part(parts[(parts.index(self._part) + 1) % len(parts)])

    def _scrolled(self) -> None:
        if self.sheet is not None and not self._filling:
            shown, count = len(self.table.sheet.columns), len(self.sheet.columns)
            in_view, lacks = self.table.in_view(), self.sheet.lacks_ranges
            self.bar.show_counts(in_view, shown, count, self.sheet.later, lacks_ranges=lacks)
            self._follow()

    def _follow(self) -> None:
        if self.sheet is not None and not self._filling:
            self.side.follow(*self.table.selected(), self.table.places_in_view())

    def clear(self) -> None:
        """Forget the patient; what was typed is kept as a draft first."""
        self._drop_column()
        self.sheet, self._saved, self._part = None, (), Part.ALL
        self.table.show_sheet(None, 0)
        self.side.clear()
        self.table.corner.show_whose("")
        self.bar.sentence.setText("")
        self.bar.parts.choose(self._part)
        self.foot.show_words()
        self.foot.show_trouble(None)

    def close_view(self) -> None:
        """Keep the draft and take no more results."""
        self._drop_column()
        super().close_view()

    def take_keyboard(self) -> None:
        """Onto the cells, or into the box that is typed."""
        self.table.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column keeps its width less 48 in a small window."""
        super().resizeEvent(event)
        self.side_area.setFixedWidth(SIDE if self.width() >= WIDE else SIDE_SMALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline between the columns."""
        painter = QPainter(self)
        painter.fillRect(self.side_area.x() - 1, 0, 1, self.height(), theme.current().colour("line"))
        painter.end()

    # -- words below -------------------------------------------------------------------------------------------------

    def _moved(self) -> None:
        saved = {one.entry.id for one in self._saved}
        result = self.table.current_result()
        if saved and not self._filling and (result is None or result.entry.id not in saved):
            self._saved = ()
        self._follow()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if self.sheet is None:
            return
        if self.typing is not None:
            self.foot.show_typing(*typing_words(self.typing), saving=self.typing.stage is Stage.SAVING)
            self.foot.show_trouble(self.typing.trouble)
            return
        zone, result = self._now().tzinfo, self.table.current_result()
        assert zone is not None
        lines = detail_of(result, self.sheet, zone) if result is not None else []
        if self._saved:
            lines.insert(0, saved_words(self._saved))
        elif not lines:
            words = "Nothing was recorded here." if self.sheet.columns else NOTHING
            lines = [(Run(words, 13, 400, "ink2"),)]
        self.foot.show_words(*lines, correctable=result is not None, saved=bool(self._saved))

    # -- typing ------------------------------------------------------------------------------------------------------

    def start_typing(self) -> None:
        """Add a column at the right, its moment now, and bring its draft back; if there is one already, go to it."""
        if self.typing is not None:
            self.table.take_keyboard()
            return
        context = self._forms.context()
        if context is None or self._forms.refusal() or self.sheet is None:
            return
        self._saved = ()
        self.column.begin(context)
        self._show_columns()
        self.table.go_to(self.table.index_of(MOMENT))
        self.table.take_keyboard()
        self.column.bring_draft_back()
        self.changed.emit()

    def _column_changed(self) -> None:
        self._say()
        self.changed.emit()

    def _ended(self) -> None:
        self.foot.save.setFocus(Qt.FocusReason.TabFocusReason)

    def _stored(self, stored: tuple[Saved, ...]) -> None:
        self._drop_column()
        self._saved = stored
        self._show_columns()
        self.table.take_keyboard()
        self.changed.emit()
        self.entries_saved.emit(stored)

    def stop_typing(self) -> None:
        """Take the column away and keep its draft."""
        self._drop_column()
        self._show_columns()
        self.table.take_keyboard()
        self.changed.emit()

    def _drop_column(self) -> None:
        self.column.drop()
        self.foot.show_trouble(None)

    def correct(self) -> None:
        """Correct the entry of the value that has the keyboard."""
        result = self.table.current_result()
        if result is not None:
            self.correct_asked.emit(result.entry.id, result.analyte.name)

    # -- keys --------------------------------------------------------------------------------------------------------

    def why_not_type(self) -> str:
        """Why nothing can be typed now, or ""."""
        return self._forms.refusal()

    def why_not_correct(self) -> str:
        """Why the value that has the keyboard cannot be corrected, or ""."""
        return self.why_not_type() or ("" if self.table.current_result() is not None else "nothing is recorded here")

    def help_name(self) -> str:
        """Help on this view."""
        return "counts"

    def actions_offered(self) -> tuple[Action, ...]:
        """While a column is typed its keys, else those of the flowsheet."""
        if self.typing is None:
            return (*self._reading_actions(), *self._forms.actions())
        stop = Action("counts.stop", "Close the column", self.stop_typing, "Escape", hint="back, draft kept")
        return (*typing_actions(self.table, self.column.save, "everything that was typed"), stop)

    def _reading_actions(self) -> tuple[Action, ...]:
        """Another value, a new column, the correction of a value, another part of the course."""
        moves, why = ("↑", "↓", "←", "→"), self.why_not_correct
        return (
            Action("counts.move", "Go to another value", self.take_keyboard, hint="value", caps=moves),
            Action(
                "counts.add",
                "Add a column and type",
                self.start_typing,
                "A",
                hint="add a column",
                refusal=self.why_not_type,
            ),
            Action("counts.correct", "Correct this value", self.correct, hint="correct", caps=("Enter",), refusal=why),
            Action(
                "counts.part", "Show another part of the course", self.show_next_part, "P", hint="part of the course"
            ),
        )

    def unsaved(self) -> str:
        """How many values stand in the column that is typed."""
        count = self.typing.entries.count if self.typing is not None else 0
        return f"Column of counts, {count} value{'' if count == 1 else 's'}" if count else ""

    def note(self) -> str:
        """When the draft was kept, or how many columns there are."""
        if self.typing is not None:
            words = self.typing.draft_words or "nothing saved yet"
            return words[:1].upper() + words[1:]
        return ""
