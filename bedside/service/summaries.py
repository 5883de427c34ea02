"""The handoff summary as bytes: what is shown, the chart it carries, the version sent before, and who signed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bedside.chart.live import EntryState
from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress, part_of, unheard
from bedside.exchange.chart_json import write_chart
from bedside.exchange.pdf_attachment import attach
from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.read import Opened, assessment_of, opened, rows_of, stored_chart
from bedside.service.registrations import Registration
from bedside.service.session import Session
from bedside.service.signatures import Signature
from bedside.service.signing import SUMMARY
from bedside.store.kept import KeptSummary
from bedside.store.rows import NOT_ENTRIES, Row

if TYPE_CHECKING:
    from bedside.report.summary import LastSent, Made, Signed

Page = Literal["A4", "Letter"]


@dataclass(frozen=True, slots=True)
class Paper:
    """How a summary is to be made: paper, a password that locks it, every count at the end, what the reader is asked.

    Without a question of the sender's, the summary says what the state of the course leaves to the reader.
    """

    page: Page = "A4"
    password: str | None = None
    counts: bool = False
    asked: str = ""


A4 = Paper()


@needs(Action.EXPORT_SUMMARY)
def export_pdf(
    session: Session,
    mrn: str,
    as_of: AsOf,
    known_at: datetime | None = None,
    *,
    paper: Paper = A4,
    progress: Progress = unheard,
) -> bytes:
    """Return the handoff summary as PDF for one point in time; UserError for an unknown MRN.

    It carries the chart as `export_json` writes it and prints its SHA-256, and the hash of the patient's newest row in
    the store's chain. The same rows give the same bytes, except under a password. What `progress` raises ends it, with
    nothing noted.
    """
    data = summary_pdf(session, mrn, as_of, known_at, paper=paper, progress=progress)
    detail = {"form": "pdf", "as_of": as_of.text, "sha256": hashlib.sha256(data).hexdigest()}
    session.note("export", registration(session, mrn).patient_id, detail)
    return data


@needs(Action.EXPORT_SUMMARY)
def summary_pdf(
    session: Session,
    mrn: str,
    as_of: AsOf,
    known_at: datetime | None = None,
    *,
    paper: Paper = A4,
    progress: Progress = unheard,
) -> bytes:
    """Return the bytes that `export_pdf` hands out, for a look that does not leave the program."""
    from bedside.report.summary import Layout, build, story

    known, shown = registration(session, mrn), opened(session, mrn, as_of, known_at)
    carried = write_chart(stored_chart(session, known), part_of(progress, 10, 20))
    digest = hashlib.sha256(carried).hexdigest()
    made = _made(session, known, shown, (known_at, paper.asked, digest))
    layout = Layout(paper.page, paper.counts)
    told = story(shown.chart, shown.assessment, session.knowledge, made=made, chart_sha256=digest, layout=layout)
    printed = build(*told, part_of(progress, 50, 90))
    progress(90, 100)
    data = attach(printed, carried, password=paper.password)
    progress(99, 100)
    return data


def chart_digest(session: Session, mrn: str) -> str:
    """Return the SHA-256 of the chart that a summary of this patient carries now: what signing a summary names."""
    return hashlib.sha256(write_chart(stored_chart(session, registration(session, mrn)))).hexdigest()


def _made(session: Session, known: Registration, shown: Opened, told: tuple[datetime | None, str, str]) -> "Made":
    from bedside.report.summary import Made

    known_at, asked, digest = told
    rows = rows_of(session, known)
    kept = session.store.kept.summaries(known.patient_id)
    by_then = [one for one in kept if known_at is None or one.made_at <= known_at]
    head = max(rows, key=lambda row: row.origin_seq)
    return Made(
        author=session.user,
        role=session.role_words,
        moment=head.received_at,
        version=session.app_version,
        head_hash=head.hash,
        entry_count=head.origin_seq,
        zone=session.zone,
        known_at=known_at,
        number=len(kept) + 1,
        last=_last_sent(session, shown, rows, (by_then, known_at)) if by_then else None,
        signatures=tuple(_signed(shown.signatures, digest)),
        asked=asked,
    )


def _last_sent(
    session: Session, shown: Opened, rows: Sequence[Row], sent: tuple[Sequence[KeptSummary], datetime | None]
) -> "LastSent":
    """The newest summary that was sent by then, with what followed for its date from the rows that are in it.

    What is hidden at the moment to which the summary is turned back is not among what came later.
    """
    from bedside.report.summary import LastSent

    (last, *before_it), known_at = sent
    states = shown.journal.states
    after = {str(row.id) for row in rows if row.origin_seq > last.head and row.kind not in NOT_ENTRIES}
    later = frozenset(one for one in after if states.get(one) is not EntryState.HIDDEN)
    then = shown.chart.model_copy(update={"entries": tuple(e for e in shown.chart.entries if e.id not in later)})
    before = assessment_of(session, then, AsOf.parse(last.as_of), known_at)
    return LastSent(len(before_it) + 1, last.made_at, last.recipient, last.sha256, before, later)


def _signed(signatures: Sequence[Signature], digest: str) -> "list[Signed]":
    from bedside.report.summary import Signed

    holding = (one for one in signatures if one.holds and (one.what != SUMMARY or one.chart_sha256 == digest))
    return [Signed(one.of, one.sentence, one.at) for one in holding]
