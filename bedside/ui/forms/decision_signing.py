"""Owns the way from a stored decision to its signature: why not, the sheet, and the deed on the worker."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from bedside.chart.entries import Decision
from bedside.chart.formats import at_text
from bedside.service.own_keys import has_pin
from bedside.service.read import Opened
from bedside.service.session import Session
from bedside.service.signatures import Meaning, meaning_of, stands_already
from bedside.service.signing import sign_entry, sign_with
from bedside.ui.forms.context import Saved
from bedside.ui.forms.sign_sheet import SignSheet, ToSign
from bedside.ui.frame import Frame
from bedside.ui.risk.decision import in_words
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

TURNED_BACK = "the window shows what was known earlier"
SIGNED = {Meaning.DECIDED: "you have signed it", Meaning.REVIEWED: "you have signed it as reviewed"}


class DecisionSigning(QObject):
    """Lays the sheet over the frame's view; `signed(Saved)` after the durable commit, while the patient is shown.

    `pin_asked` by who has no PIN and wants to set one. `why_not_decide` says why this person signs nothing here, or "".
    """

    signed = Signal(object)
    pin_asked = Signal()

    def __init__(self, frame: Frame, desk: Desk, why_not_decide: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._desk, self._why_not_decide = frame, desk, why_not_decide
        self._opened: Opened | None = None
        self._turned_back = False

    def show(self, opened: Opened, *, turned_back: bool) -> None:
        """Work for this patient; turned_back while the window shows what was known at an earlier moment."""
        self._opened, self._turned_back = opened, turned_back

    def forget(self) -> None:
        """Forget the patient."""
        self._opened = None

    def refusal(self, entry_id: str) -> str:
        """Why this decision cannot be signed now by this person, or ""."""
        decision = self._decision(entry_id)
        if self._opened is None or decision is None:
            return self._why_not_decide() or "no such decision is shown"
        meaning, user = self._meaning(decision), self._desk.session.user
        stands = SIGNED[meaning] if stands_already(self._opened.signatures, entry_id, user, meaning) else ""
        return self._why_not_decide() or (TURNED_BACK if self._turned_back else stands)

    def _decision(self, entry_id: str) -> Decision | None:
        live = self._opened.journal.live if self._opened is not None else ()
        return next((one for one in live if isinstance(one, Decision) and one.id == entry_id), None)

    def _meaning(self, decision: Decision) -> Meaning:
        recorder = self._opened.recorder(decision) if self._opened is not None else None
        return meaning_of(self._desk.session.user, recorder)

    def ask(self, entry_id: str) -> None:
        """Show the decision with what the signature will say, and ask for the PIN."""
        decision, opened = self._decision(entry_id), self._opened
        if decision is None or opened is None or self.refusal(entry_id):
            return
        order = ToSign(opened.chart.patient, decision, tuple(in_words(decision, opened)), self._meaning(decision))
        sheet = SignSheet(order)
        sheet.submitted.connect(self._submitted)
        sheet.pin_asked.connect(self.pin_asked)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)
        self._desk.background.run(partial(has_pin, self._desk.session), sheet.show_pin_set, sheet.show_trouble)

    def _submitted(self, pin: str) -> None:
        sheet = self._frame.sheets.sheet
        if isinstance(sheet, SignSheet):
            work = partial(_sign, self._desk.session, sheet.order, pin)
            retell = partial(_told, self._desk.session.user, sheet.order)
            self._desk.background.run(work, self._stored, sheet.show_trouble, retell=retell)

    def _stored(self, saved: Saved) -> None:
        """Tell that it is signed, also where the sheet was closed meanwhile; another patient is left alone."""
        if self._decision(saved.entry.id) is None:
            return
        sheet = self._frame.sheets.sheet
        if isinstance(sheet, SignSheet) and sheet.order.decision.id == saved.entry.id:
            self._frame.close_sheet()
        self.signed.emit(saved)


def _sign(session: Session, order: ToSign, pin: str) -> Saved:
    changes = sign_entry(sign_with(session, pin, order.meaning), order.patient.mrn, order.decision.id)
    return Saved(order.decision, session.now(), session.user, changes)


def _told(author: str, order: ToSign, trouble: Trouble) -> Trouble:
    """The trouble for somebody who has left the sheet: named, and for the author's eyes alone."""
    patient = order.patient
    whose = f"{patient.family_name.upper()}, {patient.given_name} ({patient.mrn})"
    what = f"Not signed for {whose}: the decision of {at_text(order.decision.at)}."
    return replace(trouble, what_happened=what, what_to_do=trouble.text, author=author)
