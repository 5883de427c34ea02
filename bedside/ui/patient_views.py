"""Owns the views of one patient: how each is made, and that only the one in sight is filled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from bedside.service.handoff import Order
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may
from bedside.service.planning import Planning, planning
from bedside.service.read import Opened
from bedside.ui.counts.view import CountsView
from bedside.ui.criteria import CriteriaWords
from bedside.ui.forms.opening import EntryForms
from bedside.ui.frame import Frame
from bedside.ui.handoff.export import Handoff
from bedside.ui.handoff.view import HandoffView
from bedside.ui.journal.view import JournalView
from bedside.ui.marrow.view import MarrowView
from bedside.ui.overview.view import OverviewView
from bedside.ui.risk.view import RiskView
from bedside.ui.start import Desk
from bedside.ui.toxicity.view import ToxicityView
from bedside.ui.view import View, ViewEntry, settle
from bedside.ui.washout.view import WashoutView

OVERVIEW, RISK, COUNTS, WASHOUT = "overview", "risk", "counts", "washout"
TOXICITY, MARROW, JOURNAL, HANDOFF = "toxicity", "marrow", "journal", "handoff"


@dataclass(frozen=True)
class HandoffDoor:
    """What the handoff view works with: the desk, the way out of the program, and what is shown now."""

    desk: Desk
    way_out: Handoff
    order: Callable[[], Order | None]


class PatientViews(QObject):
    """`entry_asked(id)` for an entry that a view points to, `entries_asked(ids)` for all that a statement rests on.

    `wanted` is the view that the next patient is shown in.
    """

    entry_asked = Signal(str)
    entries_asked = Signal(tuple)
    criteria_asked = Signal()
    known_at_chosen = Signal(object)
    audit_asked = Signal()

    def __init__(self, frame: Frame, words: CriteriaWords, forms: EntryForms, handoff: HandoffDoor) -> None:
        super().__init__(frame)
        self._frame, self._words, self._forms, self._handoff_door = frame, words, forms, handoff
        self._now = handoff.desk.session.now
        self._opened: Opened | None = None
        self._known_at: datetime | None = None
        self._is_now = True
        self._filled: set[str] = set()
        self.wanted = OVERVIEW

    def entries(self) -> tuple[ViewEntry, ...]:
        """The views in the order of their digits."""
        return (
            ViewEntry(OVERVIEW, "Overview", self._overview),
            ViewEntry(RISK, "Risk", self._risk),
            ViewEntry(COUNTS, "Counts", self._counts),
            ViewEntry(TOXICITY, "Toxicity", self._toxicity),
            ViewEntry(WASHOUT, "Therapy & wash-out", self._washout),
            ViewEntry(MARROW, "Marrow & persistence", self._marrow),
            ViewEntry(JOURNAL, "Journal", self._journal),
            ViewEntry(HANDOFF, "Handoff", self._handoff),
        )

    def _overview(self) -> View:
        view = OverviewView(self._words, self._forms.actions)
        view.entry_opened.connect(self.entry_asked)
        view.entries_opened.connect(self.entries_asked)
        view.criteria_asked.connect(self.criteria_asked)
        return view

    def _risk(self) -> View:
        signing = self._forms.signing
        view = RiskView(self._words, self._forms.actions, self._forms.decision_refusal, signing.refusal)
        view.evidence_opened.connect(self.entries_asked)
        view.decision_asked.connect(self._forms.open_decision)
        view.sign_asked.connect(signing.ask)
        return view

    def _counts(self) -> View:
        view = CountsView(self._words.knowledge, self._now, self._forms)
        view.correct_asked.connect(self._forms.correct)
        view.entries_saved.connect(self._forms.announce)
        return view

    def _toxicity(self) -> View:
        view = ToxicityView(self._words, self._forms.actions, self._forms.grade_refusal)
        view.entry_opened.connect(self.entry_asked)
        view.entries_opened.connect(self.entries_asked)
        view.grade_asked.connect(self._forms.set_grade)
        return view

    def _washout(self) -> View:
        view = WashoutView(self._words, self._planning, self._now, self._forms.actions)
        view.plan_asked.connect(self._forms.open_plan)
        view.entry_opened.connect(self.entry_asked)
        return view

    def _planning(self, opened: Opened) -> Planning:
        return planning(opened, self._words.knowledge)

    def _marrow(self) -> View:
        view = MarrowView(self._words, self._forms.actions)
        view.entry_opened.connect(self.entry_asked)
        view.entries_opened.connect(self.entries_asked)
        return view

    def _journal(self) -> View:
        view = JournalView(self._now, self._forms.actions)
        view.bar.offer_audit(may(self._handoff_door.desk.session.roles, Right.READ_AUDIT))
        view.audit_asked.connect(self.audit_asked)
        view.correct_requested.connect(self._forms.correct)
        view.take_back_requested.connect(self._forms.take_back)
        view.known_at_changed.connect(self.known_at_chosen)
        return view

    def _handoff(self) -> View:
        door = self._handoff_door
        view = HandoffView(self._words, door.desk, door.order, self._forms.actions)
        view.save_asked.connect(door.way_out.ask)
        view.print_asked.connect(door.way_out.ask_printer)
        view.copy_asked.connect(door.way_out.ask_copy)
        door.way_out.exported.connect(view.show_handed_over)
        door.way_out.printed.connect(view.show_handed_over)
        return view

    def show(self, opened: Opened, known_at: datetime | None, *, is_now: bool) -> None:
        """Show what was read in the wanted view, laid out at once; of the same patient that is the one in sight."""
        self._opened, self._known_at, self._is_now = opened, known_at, is_now
        self._filled.clear()
        if self._frame.current_view is self._frame.view(self.wanted):
            self.fill(self.wanted)
            self._frame.refresh_keys()
        else:
            self._frame.show_view(self.wanted)
        settle()

    def fill(self, view_id: str) -> None:
        """Fill a view that is in sight now, unless it holds what was read last."""
        self.wanted = view_id
        if self._opened is None or view_id in self._filled:
            return
        view = self._frame.view(view_id)
        self._filled.add(view_id)
        if isinstance(view, JournalView):
            view.show_opened(self._opened, self._known_at)
        elif isinstance(view, OverviewView | MarrowView | ToxicityView):
            view.show_opened(self._opened, is_now=self._is_now)
        elif isinstance(view, RiskView | CountsView | WashoutView | HandoffView):
            view.show_opened(self._opened)

    def await_next(self) -> None:
        """Forget the patient, and have that view in front, empty, which the next one will be shown in."""
        self.forget()
        self.wanted = OVERVIEW
        current = self._frame.current_view
        if current in self._frame.made_views() and current is not self._frame.view(OVERVIEW):
            self._frame.show_view(OVERVIEW)
        settle()

    def forget(self) -> None:
        """Forget the patient."""
        self._opened = None
        self._filled.clear()
