"""Owns what opens a form over the view: the keys N, M, L, V, I, R and E, a correction, taking back."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from bedside.chart.base import Entry
from bedside.chart.describe import kind_title
from bedside.chart.entries import Void
from bedside.chart.formats import label
from bedside.service.permissions import Action as Permission
from bedside.service.permissions import may, who_may
from bedside.service.propose import ProposedGrade, grading
from bedside.service.read import Opened
from bedside.service.regimens import dosing, templates
from bedside.service.rights import OF_KIND
from bedside.service.session import Session
from bedside.ui.actions import Action
from bedside.ui.forms.context import FormContext, Saved
from bedside.ui.forms.decision_signing import DecisionSigning
from bedside.ui.forms.facts import before, entry_words, last_values
from bedside.ui.forms.kind_chooser import REGIMEN, KindChooser
from bedside.ui.forms.patient_context import patient_context
from bedside.ui.forms.regimen_opening import RegimenForms
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.void_sheet import VoidSheet
from bedside.ui.frame import Frame
from bedside.ui.notice import NoticeSheet
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble
from bedside.ui.view import View

READ_ONLY = "the store is open for reading only"


def why_not_record(session: Session) -> str:
    """Why this person can record nothing here, or ""."""
    if session.read_only:
        return READ_ONLY
    return "" if may(session.roles, Permission.RECORD) else f"that is for {who_may(Permission.RECORD)}"


class EntryForms(QObject):
    """Lays forms of the patient who is shown over the frame's view; `entry_saved` carries the Saved."""

    entry_saved = Signal(object)

    def __init__(self, frame: Frame, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent if parent is not None else frame)
        self._frame, self._desk = frame, desk
        self._opened: Opened | None = None
        self._starts_now = True
        self._fresh: dict[str, Entry] = {}
        self._regimens = RegimenForms(frame, templates(desk.session.knowledge), self)
        self._regimens.entries_saved.connect(self.announce)
        self.signing = DecisionSigning(frame, desk, self.decision_refusal, self)
        self.signing.signed.connect(self.entry_saved)

    def show(self, opened: Opened, *, starts_now: bool = True, turned_back: bool = False) -> None:
        """Work for this patient; starts_now is false while the window shows another moment than now.

        turned_back while it shows what was known at an earlier moment.
        """
        self._opened, self._starts_now = opened, starts_now
        self.signing.show(opened, turned_back=turned_back)

    def clear(self) -> None:
        """Forget the patient."""
        self._opened = None
        self._fresh.clear()
        self._regimens.forget()
        self.signing.forget()

    def actions(self) -> tuple[Action, ...]:
        """The keys that open a form, for the view that offers them."""
        return tuple(
            Action(name, text, callback, shortcut, "pencil", hint, refusal=self.refusal)
            for name, text, callback, shortcut, hint in (
                ("entry.blood_count", "Enter a blood count", self.open_blood_count, "N", "blood count"),
                ("entry.marrow", "Enter a marrow with MRD", self.open_marrow, "M", "marrow"),
                ("entry.lymphocyte_subset", "Enter lymphocyte subsets", self.open_subsets, "L", "subsets"),
                ("entry.vitals", "Enter vital signs", self.open_vitals, "V", "vitals"),
                ("entry.neuro", "Enter an ICE or CAPD score", self.open_neuro, "I", "ICE, CAPD"),
                ("entry.regimen", "Enter a regimen of several agents", self.choose_regimen, "R", "regimen"),
                ("entry.other", "Enter anything else", self.choose_kind, "E", "other entry"),
            )
        )

    def refusal(self) -> str:
        """Why nothing can be entered now, or ""."""
        if self._opened is None:
            return "no patient is shown"
        return why_not_record(self._desk.session)

    def context(self) -> FormContext | None:
        """What a form of the patient who is shown is given, or None without one."""
        opened = self._opened
        if opened is None:
            return None
        session = self._desk.session
        known = patient_context(self._desk, opened.chart.patient, opened.journal.live, opened.assessment.day0)
        proposed = partial(grading, opened, session.knowledge, session.now())
        may_grade = may(session.roles, OF_KIND["grade_override"])
        return replace(known, starts_now=self._starts_now, grading=proposed, may_grade=may_grade)

    def open_blood_count(self) -> None:
        """A blood count."""
        self.open_kind("blood_count")

    def open_marrow(self) -> None:
        """A marrow with MRD."""
        self.open_kind("marrow")

    def open_subsets(self) -> None:
        """Lymphocyte subsets."""
        self.open_kind("lymphocyte_subset")

    def open_vitals(self) -> None:
        """Vital signs."""
        self.open_kind("vitals")

    def open_neuro(self) -> None:
        """An ICE or CAPD score with the signs beside it."""
        self.open_kind("neuro")

    def choose_kind(self) -> None:
        """Any other kind, found by typing."""
        context = self.context()
        if context is not None and not self.refusal():
            chooser = KindChooser(f"{context.patient.family.upper()}, {context.patient.given}")
            chooser.kind_chosen.connect(self._chosen)
            chooser.close_asked.connect(self._frame.close_sheet)
            self._frame.open_sheet(chooser)

    def _chosen(self, choice: str) -> None:
        if choice == REGIMEN:
            self.choose_regimen()
        else:
            self.open_kind(choice)

    def choose_regimen(self) -> None:
        """The agents of a regimen, with its doses for the patient's size."""
        context = self.context()
        if context is not None and self._opened is not None and self._is_allowed("therapy"):
            self._regimens.choose(context, dosing(self._opened))

    def open_kind(self, kind: str) -> None:
        """An empty form of this kind, or its draft; a sheet that says why not where the role does not allow it."""
        context = self.context()
        if context is not None and self._is_allowed(kind):
            self._lay(FormSheet(kind, context))

    def _is_allowed(self, kind: str) -> bool:
        """Whether this kind may be entered; a sheet says why not where the role is what forbids it."""
        if self.refusal():
            return False
        refusal = self.kind_refusal(kind)
        if refusal:
            sheet = NoticeSheet(Trouble(f"{kind_title(kind)}: {refusal}.", "Nothing was changed."))
            sheet.close_asked.connect(self._frame.close_sheet)
            self._frame.open_sheet(sheet)
        return not refusal

    def open_decision(self) -> None:
        """The physician's decision with its rationale."""
        self.open_kind("decision")

    def kind_refusal(self, kind: str) -> str:
        """Why nothing of this kind can be entered now, or ""."""
        needed = OF_KIND.get(kind, Permission.RECORD)
        return self.refusal() or ("" if may(self._desk.session.roles, needed) else f"that is for {who_may(needed)}")

    def decision_refusal(self) -> str:
        """Why no decision can be recorded now, or ""."""
        return self.kind_refusal("decision")

    def open_plan(self, milestone: str, day: date) -> None:
        """The form of a planned date, filled with one that was tried."""
        context = self.context()
        if context is not None and not self.refusal():
            proposed = {"milestone": milestone, "date": day.isoformat()}
            self._lay(FormSheet("plan", context, proposed=proposed))

    def grade_refusal(self) -> str:
        """Why no other grade than the proposed one can be set now, or ""."""
        return self.kind_refusal("grade_override")

    def set_grade(self, entry_id: str, scale: str) -> None:
        """Another grade of an assessment than the proposed one, with its reason; an unknown id opens nothing."""
        self._lay_grade(entry_id, scale, self._proposed(entry_id, scale))

    def _grade_saved(self, entry_id: str, proposed: ProposedGrade) -> None:
        """Another grade of signs that were stored a moment ago."""
        self._lay_grade(entry_id, proposed.scale.casefold(), f"proposed {proposed.statement}")

    def _lay_grade(self, entry_id: str, scale: str, proposed: str) -> None:
        context, entry = self.context(), self._entry(entry_id)
        if context is not None and entry is not None and not self.grade_refusal():
            about = replace(context, graded=((entry.id, f"{entry_words(entry)}, {proposed}"),))
            self._lay(FormSheet("grade_override", about, proposed={"of": entry.id, "scale": scale}))

    def _proposed(self, entry_id: str, scale: str) -> str:
        """The grade that the signs themselves give, in words."""
        assert self._opened is not None
        assessment = self._opened.assessment
        found = assessment.crs if scale == "crs" else assessment.icans
        grade = next((one.proposed for one in found.by_entry if one.entry == entry_id), None)
        return f"proposed {label(scale)} {'not known' if grade is None else f'grade {grade}'}"

    def correct(self, entry_id: str, field: str = "") -> None:
        """The correction of an entry, begun in a field (a void can only be taken back); an unknown id opens nothing."""
        context, entry = self.context(), self._entry(entry_id)
        if isinstance(entry, Void):
            self.take_back(entry_id)
        elif context is not None and self._opened is not None and entry is not None and not self.refusal():
            earlier = last_values(before(entry, self._opened.journal.live))
            sheet = FormSheet(entry.kind, replace(context, last=earlier), correcting=entry)
            sheet.begin_in = field
            self._lay(sheet)

    def take_back(self, entry_id: str) -> None:
        """Taking an entry back."""
        context, entry = self.context(), self._entry(entry_id)
        if context is not None and entry is not None and not self.refusal():
            self._lay(VoidSheet(entry, context))

    def _entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, be it one that was saved a moment ago and is not yet in what is shown."""
        entries = self._opened.chart.entries if self._opened is not None else ()
        return self._fresh.get(entry_id) or next((entry for entry in entries if entry.id == entry_id), None)

    def _lay(self, sheet: FormSheet | VoidSheet) -> None:
        sheet.entry_saved.connect(self._saved)
        sheet.correct_requested.connect(self.correct)
        if isinstance(sheet, FormSheet):
            sheet.grade_requested.connect(self._grade_saved)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)

    def _saved(self, saved: Saved) -> None:
        self._fresh[saved.entry.id] = saved.entry
        self.entry_saved.emit(saved)

    def announce(self, stored: tuple[Saved, ...]) -> None:
        """Tell of entries that were stored together without a form, so that what is shown is read anew, once."""
        self._fresh |= {one.entry.id: one.entry for one in stored}
        self.entry_saved.emit(stored[-1])

    def open_sheet(self) -> View | None:
        """The sheet that lies over the view now, or None."""
        return self._frame.sheets.sheet
