"""Owns the journal view: every entry of the patient, conflicts above them, and the way to correct or take back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from bedside.chart.formats import moment_text
from bedside.chart.live import EntryState
from bedside.service.read import Opened
from bedside.ui.actions import Action
from bedside.ui.journal.bar import JournalBar
from bedside.ui.journal.conflicts import ConflictPanel
from bedside.ui.journal.lines import JournalLine, lines_of, matching
from bedside.ui.journal.table import JournalTable
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.labels import PlainLabel

NOTHING = "No entry is recorded for this patient."
NO_MATCH = "No entry matches the filter. Esc shows every entry."


class JournalView(View):
    """`correct_requested` and `take_back_requested` carry an entry's id, `known_at_changed` a moment or None for now.

    now gives the moment in the ward's zone; more_actions are the keys that open the forms.
    """

    correct_requested = Signal(str)
    take_back_requested = Signal(str)
    known_at_changed = Signal(object)
    audit_asked = Signal()

    def __init__(
        self,
        now: Callable[[], datetime],
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now, self._more = now, more_actions
        self._lines: list[JournalLine] = []
        self._wanted = ""
        self._only: frozenset[str] = frozenset()
        self._later, self._undated = 0, 0
        self.bar = JournalBar(now, self)
        self.conflicts, self._conflict_area = ConflictPanel(), QScrollArea(self)
        self._conflict_area.setWidget(self.conflicts)
        self._conflict_area.setWidgetResizable(True)
        self._conflict_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._conflict_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.conflicts.hide()
        self.setMinimumSize(*SMALLEST_VIEW)
        self.table = JournalTable(self)
        self.empty = PlainLabel(NOTHING, 13, 600, "ink", self)
        self._no_rows = QWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.bar, 0), (self._conflict_area, 0), (self.table, 1)):
            column.addWidget(widget, stretch)
        room = QVBoxLayout(self._no_rows)
        room.setContentsMargins(24, 16, 24, 16)
        room.addWidget(self.empty)
        room.addStretch(1)
        column.addWidget(self._no_rows, 1)
        self.bar.filtered.connect(self._filter)
        self.bar.known_at_changed.connect(self.known_at_changed)
        self.bar.list_asked.connect(self._to_list)
        self.bar.audit_asked.connect(self.audit_asked)
        self.table.chosen.connect(self._chosen)
        self.table.moved.connect(self.changed)
        self.conflicts.take_back_asked.connect(self.take_back_requested)
        self._filter()

    def show_opened(self, opened: Opened, known_at: datetime | None = None) -> None:
        """Show this patient's journal as known at a moment (None: now)."""
        zone = self._now().tzinfo
        assert zone is not None
        another = not self._lines
        self._lines = lines_of(opened, zone)
        self._later = len(opened.chart.entries) - len(self._lines)
        self._undated = sum(not line.recorded_at for line in self._lines) if known_at is not None else 0
        self.bar.show_kinds(list({line.kind for line in self._lines}))
        self.bar.show_known_at("" if known_at is None else moment_text(known_at, zone))
        self.conflicts.show_conflicts(opened.journal.conflicts, {line.id: line for line in self._lines})
        self._fit_conflicts()
        self._filter()
        if self._wanted:
            self.select(self._wanted)
        elif another:
            self._to_conflict()
        if self.hasFocus():
            self._to_list()

    def _to_conflict(self) -> None:
        """Select what has to be settled first."""
        contested = next((line for line in self._lines if line.state is EntryState.CONTESTED), None)
        if contested is not None:
            self.table.select(contested.id)

    def clear(self) -> None:
        """Forget the patient, the filter and what was selected."""
        self._lines, self._wanted, self._only, self._later, self._undated = [], "", frozenset(), 0, 0
        self.bar.clear_filter()
        self.bar.known.clear()
        self.bar.show_known_at("")
        self.conflicts.show_conflicts((), {})
        self._fit_conflicts()
        self._filter()

    def _fit_conflicts(self) -> None:
        """Conflicts take up to two fifths of the view and scroll beyond, so that the rows always have the rest."""
        wanted = self.conflicts.height_within(self.width())
        self._conflict_area.setVisible(wanted > 0)
        self._conflict_area.setFixedHeight(min(wanted, self.height() * 2 // 5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may give the conflicts another share."""
        super().resizeEvent(event)
        self._fit_conflicts()

    def _filter(self) -> None:
        among = [line for line in self._lines if not self._only or line.id in self._only]
        shown = matching(among, self.bar.filter.text(), self.bar.chosen_kind)
        self.table.show_lines(shown)
        self.bar.show_counts(len(shown), len(self._lines), self._later, self._beyond(), alone=bool(self._only))
        self.empty.setText(NO_MATCH if self._lines else NOTHING)
        self._no_rows.setVisible(not shown)
        self.table.setVisible(bool(shown))
        self.changed.emit()

    def _beyond(self) -> str:
        dates = [line.beyond for line in self._lines if line.beyond]
        parts = [f"{len(dates)} after {max(dates, key=len)}, not counted"] if dates else []
        parts += [f"{self._undated} without a time of recording, taken as known"] if self._undated else []
        return " · ".join(parts)

    def show_only(self, entries: Sequence[str]) -> None:
        """Show the entries of a statement or a day alone, until every entry is asked for; select the newest."""
        self.bar.clear_filter()
        self._only = frozenset(entries)
        self._filter()
        newest = next((line.id for line in self._lines if line.id in self._only), "")
        if newest:
            self.table.select(newest)
        else:
            self.show_all()

    def select(self, entry_id: str) -> None:
        """Select an entry and bring it into sight, past a filter that hides it; await it if it is not there yet."""
        if self.table.select(entry_id):
            self._wanted = ""
            return
        if any(line.id == entry_id for line in self._lines):
            self._show_every_line()
            self.table.select(entry_id)
            self._wanted = ""
        else:
            self._wanted = entry_id

    def take_keyboard(self) -> None:
        """Put the keyboard on the rows."""
        self._to_list()

    def _to_list(self) -> None:
        """To the rows; while there are none the view itself has the keyboard, so that its keys still act."""
        (self if self.table.isHidden() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def help_name(self) -> str:
        """Help on this view."""
        return "journal"

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with the selected entry, then the forms."""
        return (*self._on_the_entry(), *self._on_the_list(), *(self._more() if self._more is not None else ()))

    def _on_the_entry(self) -> tuple[Action, ...]:
        return (
            Action(
                "journal.correct",
                "Correct this entry",
                self.correct,
                hint="correct",
                caps=("Enter",),
                refusal=self._why_not_correct,
            ),
            Action(
                "journal.take_back",
                "Take this entry back",
                self.take_back,
                "T",
                hint="take back",
                refusal=self._why_not_take_back,
            ),
            Action(
                "journal.follow",
                "Go to the entry that it is linked with",
                self.follow,
                "G",
                hint="linked entry",
                refusal=self._why_not_follow,
            ),
        )

    def _on_the_list(self) -> tuple[Action, ...]:
        return (
            Action("journal.filter", "Filter the journal", self.bar.take_filter, "F", hint="filter"),
            Action("journal.known", "Show what was known on another day", self.bar.take_known, "K", hint="as known on"),
            *self._on_the_readers(),
            Action("journal.all", "Show every entry", self.show_all, "Escape"),
        )

    def _on_the_readers(self) -> tuple[Action, ...]:
        """For those who may see the audit log alone."""
        if self.bar.audit.isHidden():
            return ()
        words = "Show who saw and exported this chart"
        return (Action("journal.audit", words, self.audit_asked.emit, "A", hint="who saw it"),)

    def note(self) -> str:
        """How many entries there are."""
        return f"{len(self._lines)} entries, none is ever overwritten" if self._lines else ""

    def _why_not_correct(self) -> str:
        line = self.table.current
        if line is None:
            return "no entry is selected"
        if line.kind == "void":
            return "what was taken back can only be taken back again"
        return "it no longer counts; correct the one that took its place" if line.struck else ""

    def _why_not_take_back(self) -> str:
        line = self.table.current
        if line is None:
            return "no entry is selected"
        return "it no longer counts" if line.struck else ""

    def _why_not_follow(self) -> str:
        line = self.table.current
        return "" if line is not None and line.link else "it is not linked with another entry"

    def _chosen(self, _entry_id: str) -> None:
        self.correct()

    def correct(self) -> None:
        """Ask for the correction of the selected entry; from one that no longer counts, go to what took its place."""
        line = self.table.current
        if line is not None and not self._why_not_correct():
            self.correct_requested.emit(line.id)
        elif line is not None and line.link:
            self.select(line.link)

    def take_back(self) -> None:
        """Ask to take the selected entry back."""
        line = self.table.current
        if line is not None and not self._why_not_take_back():
            self.take_back_requested.emit(line.id)

    def follow(self) -> None:
        """Select the entry that the selected one is linked with."""
        line = self.table.current
        if line is not None and line.link:
            self.select(line.link)

    def show_all(self) -> None:
        """Clear the filter and go back to the rows."""
        self._show_every_line()
        self._to_list()

    def _show_every_line(self) -> None:
        self._only = frozenset()
        self.bar.clear_filter()
        self._filter()
