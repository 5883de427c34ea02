"""Counts from a laboratory's file into the charts: first a plan that a person looks at, then all of it or nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bedside.chart.entries import AnyEntry
from bedside.chart.errors import UserError
from bedside.chart.progress import Progress, one_by_one, part_of, unheard
from bedside.exchange.counts.delimited import check_size
from bedside.exchange.counts.found import Choice, Column, Found, Measurement, Question, Surroundings
from bedside.exchange.counts.mapping import CountsMapping, read_mapping
from bedside.exchange.counts.table import read_table
from bedside.exchange.fhir.reading import is_bundle
from bedside.exchange.hl7.messages import is_hl7
from bedside.exchange.hl7.results import read_messages
from bedside.service.changes import NOTHING, Changes
from bedside.service.collecting_later import collecting_later
from bedside.service.counts_bundle import bundle_plan
from bedside.service.counts_kept import kept_mapping
from bedside.service.counts_plan import CountsFile, CountsPlan, PlannedRow, Verdict
from bedside.service.counts_planner import Planner, Whose
from bedside.service.entry_rows import entry_row, registration_row
from bedside.service.patients import registration
from bedside.service.permissions import Action, may, needs, permit
from bedside.service.session import Session
from bedside.store.audit import AuditEvent
from bedside.store.rows import RowDraft

__all__ = [
    "Choice",
    "Column",
    "CountsFile",
    "CountsMapping",
    "CountsPlan",
    "Measurement",
    "PlannedRow",
    "Question",
    "StoredCounts",
    "Verdict",
    "check_size",
    "is_bundle",
    "is_hl7",
    "plan_counts",
    "read_mapping",
    "store_counts",
]


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """How many entries were stored, from how many lines."""

    entries: int
    lines: int
    changes: Changes


@needs(Action.IMPORT_COUNTS)
def plan_counts(session: Session, file: CountsFile, progress: Progress = unheard) -> CountsPlan:
    """Return what each line of a file would add, and what has to be settled first; nothing is stored.

    Raises UserError for a file of which nothing can be read, and for an unknown `mrn`. What `progress` raises ends it.
    """
    check_size(len(file.data), file.name)
    if file.mrn:
        registration(session, file.mrn)
    mapping, kept = _mapping(session, file)
    head = session.store.head()
    reading = Surroundings(file.name, session.zone, part_of(progress, 0, 50))
    around = replace(reading, tell=part_of(progress, 50, 100))
    with collecting_later():
        if is_bundle(file.data):
            return bundle_plan(session, CountsPlan(file, mapping, kept, (), (), (), (), head), reading, around)
        found = _found(file.data, mapping, reading)
        whose = Whose(file.mrn, needs_birth_date=is_hl7(file.data))
        planner = Planner(session, around, whose, mapping.same_day)
        rows, batches = planner.plan(found.samples)
    questions = (*found.questions, *planner.doubts.found.values())
    return CountsPlan(file, mapping, kept, rows, questions, found.columns, batches, head)


def _mapping(session: Session, file: CountsFile) -> tuple[CountsMapping, str]:
    """How a file is to be read, and who has kept that; no answer about one bundle is kept for the next."""
    if file.mapping is not None:
        return file.mapping, ""
    return (CountsMapping(), "") if is_bundle(file.data) else kept_mapping(session, file.data)


def _found(data: bytes, mapping: CountsMapping, around: Surroundings) -> Found:
    return read_messages(data, mapping, around) if is_hl7(data) else read_table(data, mapping, around)


@needs(Action.IMPORT_COUNTS)
def store_counts(
    session: Session, confirmed: CountsPlan, progress: Progress = unheard, *, skip_refused: bool = False
) -> StoredCounts:
    """Store what a person has confirmed of a plan, all of it or nothing.

    Raises UserError while a question is open, for lines that are refused unless they are to be skipped, and when the
    charts have changed since so that the plan is another one. What `progress` raises ends it, with nothing stored.
    """
    plan = _still_holds(session, confirmed, progress)
    plan.require_settled()
    if not skip_refused:
        plan.require_sound()
    lines = len(plan.with_verdict(Verdict.ACCEPTED))
    if not plan.batches and not plan.newcomers:
        return StoredCounts(0, lines, NOTHING)
    if plan.newcomers and not may(session.roles, Action.RECORD):
        permit(session, Action.IMPORT_CHARTS)
    with collecting_later():
        rows = _rows(session, plan, part_of(progress, 0, 50))
        session.store.append(rows, progress=part_of(progress, 50, 100), events=_noted(plan.name, rows))
    touched = frozenset([*plan.mrns, *(patient.mrn for patient in plan.newcomers)])
    changes = Changes(touched, frozenset(row.kind for row in rows))
    return StoredCounts(len(plan.mrns), lines, changes)


def _still_holds(session: Session, plan: CountsPlan, progress: Progress) -> CountsPlan:
    """The plan, made anew where the store holds more than when it was made."""
    if plan.head == session.store.head():
        return plan
    anew = plan_counts(session, replace(plan.file, mapping=plan.mapping), progress)
    if anew.rows != plan.rows:
        why = f"{plan.name}: the charts have changed since the preview."
        raise UserError(why, "Look at it again; nothing was stored.")
    return anew


def _rows(session: Session, plan: CountsPlan, progress: Progress) -> list[RowDraft]:
    """The rows of those who are registered and of the entries, each with its own id, who confirmed it and when."""
    stamp = {"recorded_at": session.clock(), "recorded_by": session.user}
    new = {patient.mrn: registration_row(session, patient) for patient in plan.newcomers}
    ids = {mrn: new[mrn].patient_id if mrn in new else registration(session, mrn).patient_id for mrn in set(plan.mrns)}
    rows = list(new.values())
    for mrn, entry in one_by_one(plan.entries, progress):
        given: AnyEntry = entry.model_copy(update={"id": str(session.new_id()), **stamp})
        rows.append(entry_row(session, ids[mrn], given))
    return rows


def _noted(file: str, rows: Iterable[RowDraft]) -> list[AuditEvent]:
    """What the audit trail tells of what came in, patient by patient."""
    counts = Counter(row.patient_id for row in rows)
    return [AuditEvent("import", one, {"file": file, "rows": str(count)}) for one, count in counts.items()]
