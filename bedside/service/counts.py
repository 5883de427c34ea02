"""Counts from a laboratory's file into the charts: first a plan that a person looks at, then all of it or nothing."""

from dataclasses import dataclass, field

from bedside.chart.errors import UserError
from bedside.exchange.counts.found import Found, Progress, Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.counts.table import read_table
from bedside.service.changes import NOTHING, Changes
from bedside.service.collecting_later import collecting_later
from bedside.service.counts_plan import CountsPlan, Planner, Verdict, require_settled
from bedside.service.entry_rows import entry_row
from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

__all__ = ["CountsFile", "CountsMapping", "CountsPlan", "StoredCounts", "Verdict", "plan_counts", "store_counts"]


@dataclass(frozen=True, slots=True)
class CountsFile:
    """A file as it came: its name, its bytes, whose it is ("" where it says so itself), and how to read it."""

    name: str
    data: bytes
    mrn: str = ""
    mapping: CountsMapping = field(default_factory=CountsMapping)


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """How many entries were stored, from how many lines."""

    entries: int
    lines: int
    changes: Changes


@needs(Action.IMPORT_COUNTS)
def plan_counts(session: Session, file: CountsFile, progress: Progress | None = None) -> CountsPlan:
    """Return what each line of a file would add, and what has to be settled first; nothing is stored.

    Raises UserError for a file of which nothing can be read, and for an unknown `mrn`.
    """
    if file.mrn:
        registration(session, file.mrn)
    with collecting_later():
        found = _found(session, file, progress)
        rows, entries = Planner(session, file.mrn).plan(found.samples)
    return CountsPlan(file.name, rows, found.questions, found.columns, entries)


def _found(session: Session, file: CountsFile, progress: Progress | None) -> Found:
    around = Surroundings(file.name, session.zone, progress)
    return read_table(file.data, file.mapping, around)


@needs(Action.IMPORT_COUNTS)
def store_counts(
    session: Session, file: CountsFile, confirmed: CountsPlan, *, skip_refused: bool = False
) -> StoredCounts:
    """Store what a person has confirmed of a plan, all of it or nothing.

    Raises UserError while a question is open, for lines that are refused unless they are to be skipped, and when the
    charts have changed since the plan was made.
    """
    plan = plan_counts(session, file)
    require_settled(plan)
    refused = plan.with_verdict(Verdict.REFUSED)
    if refused and not skip_refused:
        first = refused[0]
        raise UserError(
            f"{plan.name}, line {first.line}: {first.reasons[0]}.", f"{len(refused)} refused; nothing was stored."
        )
    if plan.rows != confirmed.rows:
        raise UserError(
            f"{plan.name}: the charts have changed since the preview.", "Look at it again; nothing was stored."
        )
    with collecting_later():
        return _append(session, plan)


def _append(session: Session, plan: CountsPlan) -> StoredCounts:
    stamp = {"recorded_at": session.clock(), "recorded_by": session.user}
    ids = {mrn: registration(session, mrn).patient_id for mrn, _ in plan.entries}
    entries = [(mrn, one.model_copy(update={"id": str(session.new_id()), **stamp})) for mrn, one in plan.entries]
    lines = len(plan.with_verdict(Verdict.ACCEPTED))
    if not entries:
        return StoredCounts(0, lines, NOTHING)
    session.store.append([entry_row(session, ids[mrn], one) for mrn, one in entries])
    for mrn, patient_id in ids.items():
        count = sum(of == mrn for of, _ in entries)
        session.note("import", patient_id, {"file": plan.name, "rows": str(count)})
    changes = Changes(frozenset(ids), frozenset(one.kind for _, one in entries))
    return StoredCounts(len(entries), lines, changes)
