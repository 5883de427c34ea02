"""Writing to the journal: record, correct, void, register; nothing is ever overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bedside.chart.entries import AnyEntry
from bedside.chart.enums import VoidScope
from bedside.chart.errors import UserError
from bedside.chart.live import check_links, named_by
from bedside.chart.moments import utc_text
from bedside.chart.patient import Patient
from bedside.exchange.refusals import EntryRefused, Refusal, parse_fields, parse_patient, shortened
from bedside.knowledge.limits import LimitFinding, Severity, check
from bedside.service.changes import NOTHING, Changes
from bedside.service.entry_rows import entry_row, registration_row
from bedside.service.identity_rules import require_identity, require_state
from bedside.service.newcomers import Newcomers
from bedside.service.patients import find, registration
from bedside.service.permissions import Action, needs
from bedside.service.read import birth_dates, rows_of, stored_chart
from bedside.service.registrations import Registration
from bedside.service.rights import require_kind, require_touch, touched_by
from bedside.service.second_person import checked_fields
from bedside.service.session import Session
from bedside.service.signing import SIGNED_KINDS, require_signature, signature_row

__all__ = [
    "EntryRefused",
    "LimitFinding",
    "Recorded",
    "Registered",
    "correct",
    "record",
    "record_all",
    "register",
    "void",
]

IDENTIFYING = frozenset({"identity", "void"})
"""The kinds after which a number may belong to somebody else."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry, and either what changed (`saved`) or the questions that a person has to confirm first."""

    entry: AnyEntry
    saved: bool
    questions: tuple[LimitFinding, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Registered:
    """The patient who is now in the store (`saved`), or the questions that a person has to confirm first."""

    patient: Patient
    changes: Changes
    saved: bool = True
    questions: tuple[str, ...] = ()


@needs(Action.RECORD)
def record(session: Session, mrn: str, fields: Mapping[str, Any], *, confirmed: bool = False) -> Recorded:
    """Return the new entry of JSON-like fields (`kind`, `at` and its own), durable on return when `saved`.

    A value outside the soft limits comes back as a question and nothing is stored, unless `confirmed`. Raises
    EntryRefused, which names the field, and UserError for an unknown patient or a link that cannot stand.
    """
    return record_all(session, mrn, [fields], confirmed=confirmed)[0]


@needs(Action.RECORD)
def record_all(
    session: Session, mrn: str, several: Sequence[Mapping[str, Any]], *, confirmed: bool = False
) -> tuple[Recorded, ...]:
    """Return the new entries of one patient, stored together or not at all.

    One question among them, unless `confirmed`, or one refusal keeps all of them out. Errors as for `record`.
    """
    known = registration(session, mrn)
    entries = [parse_fields(_stamped(session, fields)) for fields in several]
    for entry in entries:
        require_kind(session, entry)
        require_state(entry)
    questions = [_questions(session, known, entry) for entry in entries]
    if any(questions) and not confirmed:
        return tuple(Recorded(entry, False, asked, NOTHING) for entry, asked in zip(entries, questions, strict=True))
    signed = {entry.id for entry in entries if _is_to_sign(session, known, entry)}
    session.store.append(
        [entry_row(session, _home(session, known, entry), entry) for entry in entries],
        lambda rows: [signature_row(session, row) for row in rows if str(row.id) in signed],
    )
    touched = frozenset({mrn, known.number, known.patient.mrn})
    if not IDENTIFYING.isdisjoint(entry.kind for entry in entries):
        session.registrations.clear()
        touched |= {registration(session, mrn).number}
    return tuple(
        Recorded(entry, True, asked, Changes(touched, frozenset({entry.kind})))
        for entry, asked in zip(entries, questions, strict=True)
    )


@needs(Action.RECORD)
def correct(
    session: Session, mrn: str, supersedes: str, fields: Mapping[str, Any], reason: str, *, confirmed: bool = False
) -> Recorded:
    """Return the entry that takes the place of another of the same kind; `fields` holds all that is now right.

    The reason of a reinfusion moves to `reinfusion_reason`, because `reason` says why the entry was corrected.
    Questions and errors as for `record`.
    """
    kept = {"reinfusion_reason": fields["reason"]} if fields.get("kind") == "infusion" and "reason" in fields else {}
    return record(session, mrn, {**fields, **kept, "supersedes": supersedes, "reason": reason}, confirmed=confirmed)


@needs(Action.RECORD)
def void(session: Session, mrn: str, voids: str, reason: str, scope: VoidScope = VoidScope.ENTRY) -> Recorded:
    """Return the void that takes an entry back, or its whole chain of corrections (`VoidScope.CHAIN`)."""
    at = session.now().isoformat(timespec="seconds")
    return record(session, mrn, {"kind": "void", "at": at, "voids": voids, "reason": reason, "scope": scope.value})


@needs(Action.RECORD)
def register(session: Session, fields: Mapping[str, Any], *, confirmed: bool = True) -> Registered:
    """Return the new patient of the five fields of the format; UserError when the MRN is in the store already.

    Unless it is `confirmed`, nobody is stored whose number looks like another's or who may be there already: then the
    questions come back.
    """
    patient = parse_patient(fields)
    if patient.birth_date > session.now().date():
        given = Refusal("birth_date", shortened(patient.birth_date.isoformat()), "a date that is not in the future")
        raise EntryRefused(given)
    if find(session, patient.mrn) is not None:
        raise UserError(
            f"A patient with the MRN {patient.mrn} is in the store already.", "Open that patient, or check the MRN."
        )
    questions = () if confirmed else Newcomers.of(session).questions(patient)
    if questions:
        return Registered(patient, NOTHING, saved=False, questions=questions)
    session.store.append([registration_row(session, patient)])
    return Registered(patient, Changes(frozenset({patient.mrn}), frozenset({"registration"})))


def _stamped(session: Session, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with what the program itself says of an entry: its id, when it was recorded and by whom."""
    stamp = {"id": str(session.new_id()), "recorded_at": utc_text(session.clock()), "recorded_by": session.user}
    signer = {"signed_by": session.user if session.signing else None} if fields.get("kind") in SIGNED_KINDS else {}
    given = checked_fields(session, fields) if fields.get("kind") == "infusion" else fields
    return {name: value for name, value in {**given, **stamp, **signer}.items() if value is not None}


def _questions(session: Session, known: Registration, entry: AnyEntry) -> tuple[LimitFinding, ...]:
    """What a person has to confirm; EntryRefused for what cannot be.

    The birth date is looked up among the corrections only when the registered one refuses the entry: a save reads
    one row.
    """
    day = session.now().date()
    findings = check(entry, session.knowledge, birth_date=known.patient.birth_date, now_day=day)
    if any(finding.severity is Severity.REFUSE for finding in findings):
        birth_date = min(birth_dates(session, known))
        findings = check(entry, session.knowledge, birth_date=birth_date, now_day=day)
    for finding in findings:
        if finding.severity is Severity.REFUSE:
            raise EntryRefused(Refusal(finding.field, finding.value, finding.expected, finding.text))
    return findings


def _is_to_sign(session: Session, known: Registration, entry: AnyEntry) -> bool:
    """Check that a correction or void can stand and is allowed; return whether the entry gets a signature."""
    is_decision = session.signing is not None and entry.kind in SIGNED_KINDS
    if entry.supersedes is None and entry.kind not in IDENTIFYING:
        return is_decision
    stored = stored_chart(session, known).entries
    require_identity(session, known, entry, stored)
    check_links((*stored, entry))
    touched = touched_by(entry, stored)
    require_touch(session, stored, touched)
    return require_signature(session, rows_of(session, known), touched) or is_decision


def _home(session: Session, known: Registration, entry: AnyEntry) -> str:
    """The journal that an entry goes to: that of what it corrects or voids, a double's perhaps, else the person's."""
    named = named_by(entry)
    row = None if named is None else session.store.row(UUID(named))
    return known.patient_id if row is None or row.patient_id not in known.ids else row.patient_id
