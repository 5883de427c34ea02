"""Signing: a person, with the PIN again, stands for one row of the journal or for a summary, by a row of its own.

A signature is no entry of the chart: no file can bring one in. It names the hash of the row it signs, so it holds for
exactly that row; a correction needs another, and the old one stays.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from bedside.chart.base import Entry
from bedside.chart.errors import UserError
from bedside.service.changes import Changes
from bedside.service.own_keys import prove_pin
from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.service.signatures import Meaning, by_entry, signatures_in, stands_already
from bedside.store.rows import SIGNATURE, Row, RowDraft

SUMMARY = "summary"
SIGNED_KINDS = frozenset({"decision"})
"""The kinds of entries that a person signs."""


class SignatureNeeded(UserError):
    """The change touches what somebody signed, and nobody signs the change."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"This was signed by {by}.", "Sign the change with your PIN; the old signature stays where it is."
        )


@needs(Action.DECIDE)
def sign_with(session: Session, pin: str, meaning: Meaning = Meaning.DECIDED) -> Session:
    """Return a session whose next deed is signed, after the PIN proved right; raises WrongPin, PinWaits or NoPin."""
    prove_pin(session, pin)
    return replace(session, signing=meaning.value)


@needs(Action.DECIDE)
def sign_entry(session: Session, mrn: str, entry_id: str) -> Changes:
    """Sign a stored decision (in a session of `sign_with`) and return what changed; UserError for anything else.

    Once a person with each meaning: a second time is a UserError as well.
    """
    known = registration(session, mrn)
    row = session.store.row(UUID(entry_id))
    if row is None or row.patient_id not in known.ids or row.kind not in SIGNED_KINDS:
        raise UserError("Only a decision of this patient can be signed.", "Choose the decision; nothing was signed.")
    draft = signature_row(session, row)
    given = signatures_in(session.store.rows(row.patient_id))
    if stands_already(given, str(row.id), session.user, session.signing or ""):
        raise UserError("You have signed this already.", "That signature holds; nothing was added.")
    session.store.append([draft])
    return Changes(frozenset({mrn}), frozenset({SIGNATURE}))


@needs(Action.SIGN_SUMMARY)
def sign_summary(session: Session, mrn: str, chart_sha256: str) -> Changes:
    """Sign the summary of a chart with this SHA-256 (as it is exported) and return what changed."""
    known = registration(session, mrn)
    last = session.store.rows(known.patient_id)[-1]
    body = _body(session, {"what": SUMMARY, "hash": last.hash, "chart_sha256": chart_sha256})
    session.store.append([_draft(session, known.patient_id, body)])
    return Changes(frozenset({mrn}), frozenset({SIGNATURE}))


def signature_row(session: Session, row: Row) -> RowDraft:
    """Return the row by which the session signs another one, bound to its hash."""
    body = _body(session, {"of": str(row.id), "what": row.kind, "hash": row.hash})
    return _draft(session, row.patient_id, body)


def _body(session: Session, what: Mapping[str, str]) -> str:
    if session.signing is None:
        raise UserError("Signing asks for the PIN.", "Give your PIN; nothing was signed.")
    fields = {**what, "by": session.user, "roles": session.role, "meaning": session.signing}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _draft(session: Session, patient_id: str, body: str) -> RowDraft:
    now = session.now()
    return RowDraft(
        id=session.new_id(),
        patient_id=patient_id,
        kind=SIGNATURE,
        at=now.isoformat(timespec="seconds"),
        recorded_at=now,
        recorded_by=session.user,
        supersedes=None,
        voids=None,
        body=body,
    )


def require_signature(session: Session, rows: Sequence[Row], touched: Iterable[Entry]) -> bool:
    """Return whether a change of these entries is signed as well, because one of them is; SignatureNeeded if it is not.

    `rows` are the patient's.
    """
    known = by_entry(signatures_in(rows))
    signers = [known[one.id][-1].by for one in touched if one.id in known]
    if signers and session.signing is None:
        raise SignatureNeeded(signers[-1])
    return bool(signers)
