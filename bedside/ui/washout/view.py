"""Therapy and wash-out: agents against the planned dates, which can be moved to see what they would meet."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.derived.washout import Outlook
from bedside.chart.enums import Milestone
from bedside.chart.formats import date_text
from bedside.chart.moments import AsOf
from bedside.ui.actions import Action
from bedside.ui.criteria import CriteriaWords
from bedside.ui.lettering import Run
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.washout.chart import PlannerChart
from bedside.ui.washout.date_cell import NO_STATUS, DateCell
from bedside.ui.washout.facts import agent_rows, left_out
from bedside.ui.washout.scale import scale_over
from bedside.ui.washout.tables import SignTable, alternative_rows, readiness_rows
from bedside.ui.washout.therapies import TherapyList
from bedside.ui.washout.words import (
    UNCOLLECTED,
    date_lines,
    date_status,
    earliest_lines,
    earliest_status,
    others_clear,
    out_of_order,
)
from bedside.ui.widgets.labels import Rule, WrappedLabel
from bedside.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from bedside.service.planning import Planning
    from bedside.service.read import Opened

Plan = Callable[["Opened"], "Planning"]
DATE_BEGINS = "0123456789+"
CAPTIONS = {Milestone.APHERESIS: "Apheresis", Milestone.INFUSION: "Infusion"}


class WashoutView(View):
    """Shows what was opened; `plan_asked(milestone, day)` for a date to record, `entry_opened(id)` for a bar."""

    plan_asked = Signal(object, object)
    entry_opened = Signal(str)

    def __init__(
        self,
        words: CriteriaWords,
        plan: Plan,
        now: Callable[[], datetime],
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._plan, self._more = words, plan, more_actions
        self.setMinimumSize(*SMALLEST_VIEW)
        self._planning: Planning | None = None
        self._opened: Opened | None = None
        self._recorded: dict[Milestone, tuple[date, bool]] = {}
        self.dates: dict[Milestone, date] = {}
        self.cells = {one: DateCell(caption, now, self) for one, caption in CAPTIONS.items()}
        self.earliest = DateCell("Earliest date on which every agent with an interval is clear", now, self)
        self.chart = PlannerChart()
        self.silent = WrappedLabel("", 12, 400, "ink2")
        self.readiness, self.alternatives = SignTable((150, 96)), SignTable((110, 64))
        self.therapies = TherapyList()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        cells = QHBoxLayout()
        cells.setSpacing(0)
        for cell in (self.cells[Milestone.APHERESIS], self.earliest, self.cells[Milestone.INFUSION]):
            cells.addWidget(cell, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.readiness, 1)
        below.addWidget(self.alternatives, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chart)
        aside = QHBoxLayout()
        aside.setContentsMargins(24, 6, 24, 10)
        aside.addWidget(self.silent)
        column.addLayout(aside)
        column.addWidget(Rule("edge"))
        column.addLayout(below)
        column.addWidget(self.therapies)
        column.addStretch(1)
        self.area = scrolling(body)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(cells)
        page.addWidget(Rule())
        page.addWidget(self.area, 1)

    def _connect(self) -> None:
        self.chart.date_asked.connect(self.try_date)
        self.chart.put_back_asked.connect(self.put_back)
        self.chart.entry_asked.connect(self.entry_opened)
        self.therapies.entry_asked.connect(self.entry_opened)
        self.cells[Milestone.APHERESIS].typed.connect(self._apheresis_typed)
        self.cells[Milestone.INFUSION].typed.connect(self._infusion_typed)

    def show_opened(self, opened: "Opened") -> None:
        """Show what was opened, on the dates as recorded; one that is tried stays, while what is recorded stays too."""
        before, tried = self._recorded, self.tried
        self._opened, self._planning = opened, self._plan(opened)
        self._recorded = self._planning.recorded()
        self.dates = {one: day for one, (day, _done) in self._recorded.items()}
        self.dates |= {one: day for one, day in tried.items() if self._recorded.get(one) == before.get(one)}
        self._show()
        today = AsOf.parse(opened.assessment.as_of).day
        self.therapies.show_entries(entry for entry in opened.journal.live if entry.at.day <= today)
        if self.hasFocus():
            self.take_keyboard()

    def clear(self) -> None:
        """Forget the patient; the keyboard waits on the view, not in the box of a date."""
        held = QApplication.focusWidget()
        if held is not None and self.isAncestorOf(held):
            self.setFocus()
        self._opened, self._planning = None, None
        self._recorded, self.dates = {}, {}
        for cell in (*self.cells.values(), self.earliest):
            cell.clear()
        self.chart.clear()
        self.silent.setText("")
        self.readiness.clear()
        self.alternatives.clear()
        self.therapies.clear()

    @property
    def done(self) -> frozenset[Milestone]:
        """The milestones that took place."""
        return frozenset(one for one, (_day, done) in self._recorded.items() if done)

    @property
    def uncollected(self) -> bool:
        """Whether the cells were infused without a date of apheresis: nothing is held against today then."""
        return Milestone.INFUSION in self.done and Milestone.APHERESIS not in self.dates

    @property
    def tried(self) -> dict[Milestone, date]:
        """The dates that are not those recorded."""
        return {one: day for one, day in self.dates.items() if self._recorded.get(one, (None, False))[0] != day}

    def try_date(self, milestone: Milestone, day: date) -> None:
        """Show what another date would meet; nothing is stored."""
        if self._planning is not None and milestone not in self.done:
            self.dates[milestone] = day
            self._show()

    def put_back(self, milestone: Milestone) -> None:
        """Go back to the date as recorded."""
        self.dates.pop(milestone, None)
        if milestone in self._recorded:
            self.dates[milestone] = self._recorded[milestone][0]
        self._show()

    def _apheresis_typed(self, day: date) -> None:
        self.try_date(Milestone.APHERESIS, day)
        self.chart.handles[Milestone.APHERESIS].setFocus()

    def _infusion_typed(self, day: date) -> None:
        self.try_date(Milestone.INFUSION, day)
        self.chart.handles[Milestone.INFUSION].setFocus()

    def _show(self) -> None:
        if self._planning is None or self._opened is None:
            return
        today = AsOf.parse(self._opened.assessment.as_of).day
        as_if = {one: today for one in CAPTIONS if one not in self.dates and not self.uncollected}
        outlook = self._planning.on({**as_if, **self.tried})
        entries = [entry for entry in self._opened.journal.live if entry.at.day <= today]
        rows = agent_rows(entries, outlook, self._words)
        earliest = self._opened.assessment.washout_earliest
        first = None if earliest is None else earliest.details[self._next()].clear
        others = others_clear(self._next(), outlook)
        clear = (first, "clear") if first is not None else None if others is None else (others[0], "others clear")
        ends = [bar.stop or today for row in rows for bar in row.bars] + [row.run_to for row in rows if row.run_to]
        self.chart.show_rows(rows, scale_over(ends, self.dates.values(), today), today=today, clear_from=clear)
        self.chart.show_dates(self.dates, self.done, as_if=frozenset(as_if))
        for milestone, cell in self.cells.items():
            day = self.dates.get(milestone)
            tried, done = milestone in self.tried, milestone in self.done
            lines = date_lines(milestone, day, outlook, today, tried=tried, done=done)
            if milestone is Milestone.APHERESIS and out_of_order(self.dates, self.done):
                lines = ((Run("not before the infusion", 12, 600, "amb"),), *lines)
            if day is None and self.uncollected:
                cell.show_date("None recorded", NO_STATUS, UNCOLLECTED, open_=True)
            else:
                cell.show_date(day or "Not planned", date_status(milestone, outlook), *lines, open_=not done)
        words, status = earliest_status(earliest, self._next(), outlook)
        lines = earliest_lines(earliest, self._next(), others)
        self.earliest.show_date(first or words, status if first is None else NO_STATUS, *lines, open_=False)
        quiet = left_out(outlook)
        nothing = "" if rows or quiet else "No therapy is recorded on which a wash-out bears."
        long_ago = f"Not shown, last given more than half a year before: {', '.join(quiet)}." if quiet else ""
        self.silent.setText(long_ago or nothing)
        self._show_below(outlook)
        self.changed.emit()

    def _next(self) -> Milestone:
        """The milestone that is ahead: the infusion once the cells were collected."""
        return Milestone.INFUSION if Milestone.APHERESIS in self.done or self.uncollected else Milestone.APHERESIS

    def _show_below(self, outlook: Outlook) -> None:
        assert self._planning is not None
        ready = outlook.readiness
        self.readiness.setVisible(not self.uncollected)
        self.readiness.show_rows(
            f"Readiness for apheresis, {date_text(ready.date)}", readiness_rows(ready, self._words)
        )
        ahead = self._next()
        self.alternatives.setVisible(ahead in self.dates and ahead not in self.done)
        if self.alternatives.isVisibleTo(self):
            days = self._planning.alternatives(ahead, self.dates[ahead])
            outlooks = [self._planning.on({**self.tried, ahead: day}) for day in days]
            self.alternatives.show_rows(f"If the {ahead} moves: agents in conflict", alternative_rows(outlooks, ahead))

    def take_keyboard(self) -> None:
        """Take the keyboard to the date that is ahead; onto the view where none is planned, or none is known yet."""
        handle = self.chart.handles[self._next()]
        (handle if self._planning is not None and handle.isVisibleTo(self) else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A figure or + begins a date in the box of the milestone that is meant; Esc in a box leaves it."""
        text, boxes = event.text(), [cell.box for cell in self.cells.values()]
        if event.key() == Qt.Key.Key_Escape and any(box.hasFocus() for box in boxes):
            for box in boxes:
                box.clear()
            self.take_keyboard()
        elif text and text in DATE_BEGINS and self._meant() not in self.done and self._planning is not None:
            box = self.cells[self._meant()].box
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            box.setText(text)
        else:
            super().keyPressEvent(event)

    def _meant(self) -> Milestone:
        """The milestone whose date has the keyboard, else the one that is ahead."""
        return next((one for one, handle in self.chart.handles.items() if handle.hasFocus()), self._next())

    def _type_date(self) -> None:
        self.cells[self._meant()].box.setFocus(Qt.FocusReason.OtherFocusReason)

    def record_date(self) -> None:
        """Ask to record the date that is tried."""
        meant = self._meant()
        if meant in self.dates and meant not in self.done:
            self.plan_asked.emit(meant, self.dates[meant])

    def help_name(self) -> str:
        """Help on this view."""
        return "washout"

    def actions_offered(self) -> tuple[Action, ...]:
        """Moving a date, typing it, recording it."""
        return (
            Action("washout.move", "Move the date by a day", self.take_keyboard, hint="date by a day", caps=("←", "→")),
            Action(
                "washout.week", "Move the date by a week", self.take_keyboard, hint="by a week", caps=("Shift", "→")
            ),
            Action("washout.type", "Type a date to try", self._type_date, hint="type a date", caps=("0…9", "+")),
            Action("washout.plan", "Record the date shown", self.record_date, "Ctrl+Return", hint="plan this date"),
            *(self._more() if self._more is not None else ()),
        )

    def note(self) -> str:
        """What line and block are."""
        tried = "Dates are tried, nothing is stored. " if self.tried else ""
        return f"{tried}Line: interval to run; hatched: days short"
