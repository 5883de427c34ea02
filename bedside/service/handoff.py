"""Handing over: the summary as it will print, what is missing for it, and what was sent to whom before."""

from dataclasses import dataclass
from datetime import datetime

from bedside.chart.describe import describe
from bedside.chart.errors import UserError
from bedside.chart.formats import at_text
from bedside.chart.live import EntryState
from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress, part_of, unheard
from bedside.knowledge.tables import Knowledge
from bedside.report.preview import PagePicture, pages_of
from bedside.report.wanted import CRITERIA_KNOWN, never_recorded, overdue_words
from bedside.service.changes import Changes
from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.read import Opened
from bedside.service.session import Session
from bedside.service.signatures import Meaning
from bedside.service.signing import sign_summary, sign_with
from bedside.service.summaries import A4, Paper, chart_digest, export_pdf, summary_pdf
from bedside.store.kept import KeptSummary

__all__ = [
    "KeptSummary", "Order", "PagePicture", "Paper", "SentCopy", "changed_since", "missing", "preview", "send", "sent",
    "sent_pdf", "sign",
]  # fmt: skip

LONGEST_RECIPIENT = 120


@dataclass(frozen=True, slots=True)
class Order:
    """Whose summary, for which point in time as known at which moment, and how it is to be made."""

    mrn: str
    as_of: AsOf
    known_at: datetime | None = None
    paper: Paper = A4


@dataclass(frozen=True, slots=True)
class SentCopy:
    """A summary that is kept as it was sent: whose, and its id."""

    mrn: str
    summary: str


@needs(Action.EXPORT_SUMMARY)
def preview(session: Session, order: Order, width: int, progress: Progress = unheard) -> tuple[PagePicture, ...]:
    """Return the pages as they will print, each `width` pixels wide; nothing leaves the program by it."""
    made = part_of(progress, 0, 50)
    pdf = summary_pdf(session, order.mrn, order.as_of, order.known_at, paper=order.paper, progress=made)
    return pages_of(pdf, width, part_of(progress, 50, 100))


@needs(Action.EXPORT_SUMMARY)
def send(session: Session, order: Order, recipient: str, progress: Progress = unheard) -> bytes:
    """Return the summary to be written or printed, a copy of it kept in the store with who sent it when to whom.

    UserError for a recipient that is too long to be one. A store that is open for reading only keeps no copy. What
    `progress` raises ends it, with nothing kept or noted.
    """
    to = " ".join(recipient.split())
    if len(to) > LONGEST_RECIPIENT:
        raise UserError(f"The recipient is longer than {LONGEST_RECIPIENT} letters.", "Shorten it.")
    known, kept = registration(session, order.mrn), session.store.kept
    head = max(map(kept.head, known.ids))
    pdf = export_pdf(session, order.mrn, order.as_of, order.known_at, paper=order.paper, progress=progress)
    if not session.read_only:
        kept.keep_summary(known.patient_id, order.as_of.text, to, pdf, head)
    return pdf


@needs(Action.SIGN_SUMMARY)
def sign(session: Session, mrn: str, pin: str) -> Changes:
    """Sign the summary of the chart as it is now, after the PIN proved right; every summary of this chart says so."""
    return sign_summary(sign_with(session, pin, Meaning.RELEASED), mrn, chart_digest(session, mrn))


@needs(Action.READ)
def sent(session: Session, mrn: str) -> tuple[KeptSummary, ...]:
    """Return the summaries of a patient that were sent, the newest first."""
    return session.store.kept.summaries(registration(session, mrn).patient_id)


@needs(Action.EXPORT_SUMMARY)
def sent_pdf(session: Session, copy: SentCopy) -> bytes:
    """Return the bytes of a summary as it was sent, to hand them out again; UserError where the patient has no such."""
    known = registration(session, copy.mrn)
    kept = next((one for one in session.store.kept.summaries(known.patient_id) if one.id == copy.summary), None)
    pdf = None if kept is None else session.store.kept.summary_pdf(kept.id)
    if kept is None or pdf is None:
        raise UserError("This summary is not in the store.", "Read the list again.")
    session.note("export", known.patient_id, {"form": "pdf as sent", "as_of": kept.as_of, "sha256": kept.sha256})
    return pdf


def missing(opened: Opened, knowledge: Knowledge) -> tuple[str, ...]:
    """Return what is missing for the reader, a sentence each: open criteria first, then what was never recorded.

    Where every criterion is known that is said, and what is overdue.
    """
    criteria = {one.id: one for one in opened.assessment.risk.criteria}
    open_ = [_criterion(item, criteria[item].text, knowledge) if item in criteria else item
             for item in opened.assessment.risk.missing]  # fmt: skip
    unrecorded = [f"{words[:1].upper()}{words[1:]}: not recorded" for words in never_recorded(opened.journal.live)]
    if open_:
        return (*open_, *unrecorded)
    return (CRITERIA_KNOWN, *unrecorded, *overdue_words(opened.assessment))


def _criterion(item: str, text: str, knowledge: Knowledge) -> str:
    known = knowledge.criteria.get(item)
    return f"{item} {known.title}: {text}" if known is not None else f"{item}: {text}"


def changed_since(opened: Opened, last: KeptSummary) -> tuple[str, ...]:
    """Return what was recorded after the summary that was sent last, a line each, the newest first.

    What was not known at the moment to which the patient is turned back is left out.
    """
    later = [
        (entry, opened.recorded[entry.id].number)
        for entry in opened.chart.entries
        if entry.id in opened.recorded
        and opened.recorded[entry.id].number > last.head
        and opened.journal.states.get(entry.id) is not EntryState.HIDDEN
    ]
    later.sort(key=lambda one: one[1], reverse=True)
    return tuple(f"{at_text(entry.at)}: {describe(entry)}" for entry, _number in later)
