"""Board rows worked out before: shown at once, and worked out again behind where something moved on since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from bedside.chart.moments import AsOf
from bedside.service.board import BoardRow, row_of
from bedside.service.patients import Registration, registered
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.store.kept import KeptRow
from bedside.store.rows import PatientRow

ROW, ROWS = TypeAdapter(BoardRow), TypeAdapter(tuple[BoardRow, ...])


@dataclass(frozen=True, slots=True)
class Board:
    """The rows as they were worked out last, the MRNs of those to be worked out again, and what is new to the person.

    `patients` counts everybody; a patient without a row yet is among the `stale` ones. `unseen` says by MRN how many
    rows others stored since the person looked.
    """

    rows: tuple[BoardRow, ...]
    stale: tuple[str, ...]
    patients: int
    unseen: Mapping[str, int]


@needs(Action.READ)
def board_at_once(session: Session, as_of: AsOf) -> Board:
    """Return the board of now from what was worked out before; nothing is worked out by it."""
    store = session.store
    patients, kept = store.patients(), store.kept.board_rows()
    heads = store.kept.heads(one.patient_id for one in patients)
    held = [(one, kept.get(one.patient_id)) for one in patients]
    rows = ROWS.validate_json(f"[{','.join(row.body for _, row in held if row is not None)}]")
    stale = [one.mrn for one, row in held if row is None or row.stamp != _stamp(session, as_of, heads[one.patient_id])]
    numbers = {one.patient_id: one.mrn for one in patients}
    unseen = {numbers[patient]: count for patient, count in store.kept.unseen().items() if patient in numbers}
    return Board(rows, tuple(stale), len(patients), unseen)


@needs(Action.READ)
def work_out(session: Session, mrns: Iterable[str], as_of: AsOf) -> tuple[BoardRow, ...]:
    """Return the rows of these patients worked out anew, and keep them unless the store is open for reading only."""
    found = [one for mrn in mrns if (one := session.store.patient(mrn)) is not None]
    heads = session.store.kept.heads(one.patient_id for one in found)
    rows = {one.patient_id: row_of(session, _registration(one), as_of) for one in found}
    if not session.read_only:
        stamps = {patient: _stamp(session, as_of, heads[patient]) for patient in rows}
        session.store.kept.keep_board_rows(
            {patient: KeptRow(stamps[patient], ROW.dump_json(row).decode()) for patient, row in rows.items()}
        )
    return tuple(rows.values())


@needs(Action.READ)
def mark_seen(session: Session, mrn: str) -> None:
    """Note that the person has looked at everything of a patient; a store open for reading only keeps no such note."""
    row = session.store.patient(mrn)
    if row is not None and not session.read_only:
        session.store.kept.mark_seen(row.patient_id)


def _registration(row: PatientRow) -> Registration:
    return registered(row.patient_id, row.body)


def _stamp(session: Session, as_of: AsOf, head: int) -> str:
    """Everything that a row follows from: the journal, the hour (some things fall due by hours), knowledge, program."""
    hour = as_of.day.isoformat() if as_of.instant is None else as_of.instant.isoformat(timespec="hours")
    return f"{head} {hour} {session.knowledge.sha256} {session.app_version}"
