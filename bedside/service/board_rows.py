"""Board rows worked out before: shown at once, and worked out again behind where something moved on since."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter

from bedside.chart.errors import NotWritable
from bedside.chart.moments import AsOf
from bedside.service.board import BoardRow, row_of
from bedside.service.patients import Registration, everyone, find
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.service.settings import in_force
from bedside.store.kept import KeptRow

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
    people, kept = everyone(session), store.kept.board_rows()
    stamps = _stamps(session, as_of, people)
    held = [(one, kept.get(one.patient_id)) for one in people]
    rows = ROWS.validate_json(f"[{','.join(row.body for _, row in held if row is not None)}]")
    stale = [one.number for one, row in held if row is None or row.stamp != stamps[one.patient_id]]
    unseen = store.kept.unseen()
    new = {one.number: sum(unseen.get(patient, 0) for patient in one.ids) for one in people}
    return Board(rows, tuple(stale), len(people), {number: count for number, count in new.items() if count})


@needs(Action.READ)
def work_out(session: Session, mrns: Iterable[str], as_of: AsOf) -> tuple[BoardRow, ...]:
    """Return the rows of these patients worked out anew, and keep them where anything can be written."""
    found = [one for mrn in mrns if (one := find(session, mrn)) is not None]
    stamps = _stamps(session, as_of, found)
    rows = {one.patient_id: row_of(session, one, as_of) for one in found}
    if not session.read_only:
        kept = {patient: KeptRow(stamps[patient], ROW.dump_json(row).decode()) for patient, row in rows.items()}
        with suppress(NotWritable):  # they are worked out again
            session.store.kept.keep_board_rows(kept)
    return tuple(rows.values())


@needs(Action.READ)
def mark_seen(session: Session, mrn: str) -> None:
    """Note that the person has looked at everything of a patient, where anything can be written."""
    known = find(session, mrn)
    if known is not None and not session.read_only:
        with suppress(NotWritable):  # it will be new once more
            for patient in known.ids:
                session.store.kept.mark_seen(patient)


def _stamps(session: Session, as_of: AsOf, people: Sequence[Registration]) -> dict[str, str]:
    """Everything that a row follows from: the journal, the hour (some fall due by it), knowledge, program, labels."""
    heads = session.store.kept.heads(patient for one in people for patient in one.ids)
    hour = as_of.day.isoformat() if as_of.instant is None else as_of.instant.isoformat(timespec="hours")
    rest = f"{hour} {session.knowledge.sha256} {session.app_version} {in_force(session).jurisdiction}"
    return {one.patient_id: f"{'+'.join(str(heads[patient]) for patient in one.ids)} {rest}" for one in people}
