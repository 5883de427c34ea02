"""Owns what the frame shows: which patient, at which moment, and every read of the store that this takes."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from bedside.chart.moments import AsOf
from bedside.chart.patient import Patient
from bedside.service.changes import Changes
from bedside.service.handoff import Order
from bedside.service.read import Opened, opened
from bedside.ui.actions import Action
from bedside.ui.background import Job
from bedside.ui.banner_words import banner_of
from bedside.ui.board.lines import BoardLine
from bedside.ui.board.reading import BoardReading, Point
from bedside.ui.board.view import BoardView
from bedside.ui.care import Care
from bedside.ui.criteria import CriteriaWords
from bedside.ui.exporting.doors import Exporting, Moment
from bedside.ui.forms.context import Saved
from bedside.ui.forms.opening import EntryForms, why_not_record
from bedside.ui.frame import Frame
from bedside.ui.handoff.export import Handoff
from bedside.ui.help.opening import Help
from bedside.ui.importing.doors import Importing
from bedside.ui.intake import Intake
from bedside.ui.journal.view import JournalView
from bedside.ui.notice import NoticeSheet
from bedside.ui.overview.view import load_timeline, timeline_loaded
from bedside.ui.patient_search import PatientSearch
from bedside.ui.patient_views import JOURNAL, OVERVIEW, RISK, HandoffDoor, PatientViews
from bedside.ui.people.doors import PeopleDoors
from bedside.ui.round.place import RoundPlace
from bedside.ui.settings.doors import SettingsDoors
from bedside.ui.shown_moment import ShownMoment
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

CANCEL, CANCEL_SHORTCUT = "Cancel the long work that is going on", "Ctrl+."


class Ward(QObject):
    """Fills a frame with board and views and keeps them in step.

    `as_of` is the moment to begin with, None now. `board_came` and `patient_came` tell that a read was shown.
    """

    board_came = Signal()
    patient_came = Signal(str)

    def __init__(self, frame: Frame, desk: Desk, as_of: AsOf | None = None) -> None:
        super().__init__(frame)
        self.frame, self.desk, self.closed = frame, desk, False
        self.mrn, self.opened = "", None
        self.moment = ShownMoment(frame, desk, self._day0, as_of)
        self._job: Job | None = None
        self._left, self._looks_after = "", False
        self.words = CriteriaWords(desk.session.knowledge)
        self.board, self.reading = BoardView(), BoardReading(desk, self)
        self.forms, self.intake = EntryForms(frame, desk), Intake(frame, desk)
        self.handoff, self.care = Handoff(frame, desk), Care(frame, desk)
        self.people, self.settings = PeopleDoors(frame, desk), SettingsDoors(frame, desk)
        self.counts = Importing(frame, desk, self._patient, self._board_in_front)
        self.exporting = Exporting(frame, desk, self.order, self._point_and_known)
        self.search, self.help = PatientSearch(self.open_patient), Help(frame, desk.session.knowledge)
        door = HandoffDoor(desk, self.handoff, self.order)
        self.views = PatientViews(frame, self.words, self.forms, door)
        self.round = RoundPlace(frame, desk, self._listed, self._why_no_round)
        self._connect()
        frame.set_board(self.board)
        frame.set_views(self.views.entries())
        frame.set_patient_search(self.search.offers)
        frame.set_general_actions(self.general_actions())
        frame.app_bar.show_user(desk.session.user, desk.session.role_words)

    mrn: str
    opened: Opened | None

    def _connect(self) -> None:
        self.board.patient_opened.connect(self.open_patient)
        self.board.refresh_asked.connect(self.refresh)
        self.reading.came.connect(self._board_read)
        self.reading.failed.connect(self.board.show_trouble)
        self.reading.failed.connect(self._look_after_store)
        self.frame.board_shown.connect(self._board_shown)
        self.frame.place_shown.connect(self._leave_patient)
        self.frame.view_shown.connect(self.views.fill)
        self.moment.turned.connect(self._turn)
        self.forms.entry_saved.connect(self._entry_saved)
        self.forms.signing.pin_asked.connect(self.people.ask_pin)
        self.intake.arrived.connect(self._arrived)
        self.intake.failed.connect(self.show_trouble)
        self.counts.stored.connect(self._counts_stored)
        self.counts.told.connect(self.frame.key_bar.show_note)
        self.handoff.failed.connect(self.show_trouble)
        self.exporting.failed.connect(self.show_trouble)
        self.exporting.entry_asked.connect(self.show_entry)
        self.care.told.connect(self.show_trouble)
        self.people.told.connect(self.frame.key_bar.show_note)
        self.people.session_changed.connect(self.frame.session_changed)
        self.settings.session_changed.connect(self.frame.session_changed)
        self.settings.idle_changed.connect(self.frame.idle_changed)
        self.settings.failed.connect(self.show_trouble)
        self.settings.store_changed.connect(self.refresh)
        self.settings.units_changed.connect(self.refresh)
        self.desk.background.trouble_met.connect(self.show_trouble)
        self.frame.work.attend(self.desk.background.going)
        self.desk.background.long_begun.connect(self.frame.work.begin)
        self.views.entry_asked.connect(self.show_entry)
        self.views.entries_asked.connect(self.show_entries)
        self.views.criteria_asked.connect(self._show_risk)
        self.views.known_at_chosen.connect(self.moment.show_known_at)
        self.views.audit_asked.connect(self._show_readers)

    def general_actions(self) -> tuple[Action, ...]:
        """What can be done everywhere."""
        work = self.frame.work
        return (
            *self.intake.actions(),
            *self.counts.actions(),
            *self.round.actions(),
            *self.care.actions(),
            *self.people.actions(),
            Action("ward.board", "Go to the ward board", self.frame.show_board, "Ctrl+B"),
            *self.moment.actions(),
            Action("ward.export", "Export the handoff summary as PDF", self.export, "Ctrl+E", refusal=self._no_patient),
            *self.exporting.actions(),
            Action("ward.list", "Print the ward list", self.print_list),
            Action("ward.list_file", "Save the ward list as PDF", self.save_list),
            Action("ward.refresh", "Read everything again", self.refresh, "Ctrl+R"),
            Action("ward.cancel", CANCEL, work.cancel, CANCEL_SHORTCUT, refusal=work.why_not_cancel),
            *self.help.actions(),
            *self.settings.actions(),
        )

    def _no_patient(self) -> str:
        return "" if self.opened is not None else "no patient is shown"

    def start(self) -> None:
        """Show the ward board, and once it was read how things stand with the backups and the clock."""
        self.frame.show_board()

    def _look_after_store(self, _trouble: Trouble | None = None) -> None:
        """Have the store looked after from the first board on: the check of every page would hold that one up."""
        if not self._looks_after:
            self._looks_after = True
            self.care.start()

    def _board_shown(self) -> None:
        self._left = self.mrn or self._left
        self._leave_patient()
        self.read_board()

    def _leave_patient(self, _place: str = "") -> None:
        self.mrn, self.opened = "", None
        self.forms.clear()
        self.views.forget()

    def _listed(self) -> Sequence[BoardLine]:
        return self.board.table.rows.lines

    def _why_no_round(self) -> str:
        turned = "" if self.moment.is_now else "the window shows another moment than now"
        return why_not_record(self.desk.session) or turned

    def read_board(self) -> None:
        """Read the rows of the board anew."""
        self.reading.read(Point(*self.moment.both, self.moment.is_now))

    def _board_read(self, lines: list[BoardLine]) -> None:
        self.search.show(lines)
        moment, pending = self.moment, self.reading.pending
        self.board.show_board(lines, moment.point.day, now=moment.is_now, known=moment.known_words, pending=pending)
        if self._left:
            self.board.select(self._left)
            self._left = ""
        self._look_after_store()
        if not self.reading.pending:
            self.board_came.emit()

    def open_patient(self, mrn: str) -> None:
        """Show a patient; whatever was shown of another one is cleared before anything is read."""
        if mrn != self.mrn:
            self.frame.forget_patient()
            self.forms.clear()
            self.views.await_next()
            self.opened = None  # or the one before would be what an export hands out until the new one has been read
        self.mrn = mrn
        self._load_timeline()
        self._read_patient()

    def _load_timeline(self) -> None:
        """Have the worker load the plotting library in front of the first patient, so that the window stays alive."""
        if self.views.wanted == OVERVIEW and not timeline_loaded():
            self.frame.key_bar.show_note("The patient is being opened")
            self.desk.background.run(load_timeline)

    def _read_patient(self) -> None:
        if self._job is not None:
            self._job.drop()
        work = partial(opened, self.desk.session, self.mrn, *self.moment.both)
        self._job = self.desk.background.run(work, self._patient_read, self.show_trouble)

    def _patient_read(self, came: Opened) -> None:
        if not came.is_of(self.mrn):
            return
        self.opened, self.mrn = came, came.chart.patient.mrn
        self.frame.show_banner(banner_of(came))
        is_now = self.moment.is_now
        self.frame.view_bar.show_moment(self.moment.words, is_now)
        self.forms.show(came, starts_now=is_now, turned_back=self.moment.known_at is not None)
        self.views.show(came, self.moment.known_at, is_now=is_now)
        if is_now:  # at another moment what is new may not be in sight
            self.reading.saw(self.mrn)
        self.patient_came.emit(self.mrn)

    def show_entry(self, entry_id: str) -> None:
        """Show an entry in the journal."""
        self.frame.show_view(JOURNAL)
        journal = self.frame.view(JOURNAL)
        if isinstance(journal, JournalView):
            journal.select(entry_id)

    def show_entries(self, entries: tuple[str, ...]) -> None:
        """Show what a statement rests on in the journal: one entry among all, several by themselves."""
        self.show_entry(entries[-1])
        journal = self.frame.view(JOURNAL)
        if len(entries) > 1 and isinstance(journal, JournalView):
            journal.show_only(entries)

    def _show_risk(self) -> None:
        self.frame.show_view(RISK)

    def _show_readers(self) -> None:
        self.people.show_audit_of(self.mrn)

    def _entry_saved(self, _saved: Saved) -> None:
        self._read_patient()

    def _arrived(self, mrn: str) -> None:
        self.read_board()
        if mrn:
            self.open_patient(mrn)

    def _point_and_known(self) -> Moment:
        return self.moment.both

    def _day0(self) -> date | None:
        return None if self.opened is None else self.opened.assessment.day0

    def _patient(self) -> Patient | None:
        return None if self.opened is None else self.opened.chart.patient

    def _board_in_front(self) -> bool:
        return self.frame.source is self.board

    def _counts_stored(self, changes: Changes) -> None:
        if changes:
            self.refresh()

    def refresh(self) -> None:
        """Read everything that is shown anew."""
        if self.mrn:
            self._read_patient()
        else:
            self.read_board()

    def _turn(self) -> None:
        self.search.turn()
        self.refresh()

    def export(self) -> None:
        """Export the handoff summary of the patient as shown."""
        order = self.order()
        if order is not None:
            self.handoff.ask(order)

    def print_list(self) -> None:
        """Print the ward list of the moment that is shown."""
        self.handoff.print_ward_list(*self.moment.both)

    def save_list(self) -> None:
        """Save the ward list of the moment that is shown."""
        self.handoff.save_ward_list(*self.moment.both)

    def order(self) -> Order | None:
        """The summary of the patient and the moment that are shown, None without a patient."""
        return None if self.opened is None else Order(self.opened.chart.patient.mrn, *self.moment.both)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong where nothing nearer can say it; what a person cancelled only in passing."""
        if trouble.was_cancelled:
            self.frame.key_bar.show_note(trouble.text)
            return
        notice = self.frame.notices.sheet
        if isinstance(notice, NoticeSheet):
            notice.add(trouble)
            return
        sheet = NoticeSheet(trouble)
        sheet.close_asked.connect(self.frame.close_notice)
        self.frame.open_notice(sheet)
