"""Board rows worked out before: shown at once, and worked out again behind where something moved on since."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bedside.chart.errors import NotWritable
from bedside.chart.moments import AsOf
from bedside.service.board import BoardRow, as_listed, row_of
from bedside.service.patients import Numbered, Registration, find, numbers
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.service.settings import in_force
from bedside.store.kept import KeptRow

ROW = TypeAdapter(BoardRow)


@dataclass(frozen=True, slots=True)
class Board:
    """The rows `as_listed` as they were worked out last, the MRNs of those to be worked out again, and what is new to the person.

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
    people, kept = numbers(session), store.kept.board_rows()
    stamps = _stamps(session, as_of, people)
    held = [(one, kept.get(one.ids[0])) for one in people]
    rows = [(one, row.stamp, _read(row)) for one, row in held if row is not None]
    fresh = {one.number for one, stamp, row in rows if row is not None and stamp == stamps[one.ids[0]]}
    stale = [one.number for one in people if one.number not in fresh]
    unseen = store.kept.unseen()
    new = {one.number: sum(unseen.get(patient, 0) for patient in one.ids) for one in people}
    return Board(
        tuple(row for *_, row in rows if row is not None),
        tuple(stale),
        len(people),
        {number: count for number, count in new.items() if count},
    )


@needs(Action.READ)
def work_out(session: Session, mrns: Iterable[str], as_of: AsOf) -> tuple[BoardRow, ...]:
    """Return the rows of these patients `as_listed`, worked out anew, and keep them where anything can be written."""
    found = [one for mrn in mrns if (one := find(session, mrn)) is not None]
    stamps = _stamps(session, as_of, found)
    rows = {one.patient_id: as_listed(row_of(session, one, as_of)) for one in found}
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


def _read(row: KeptRow) -> BoardRow | None:
    """The row that was kept; None for one that another version of the program kept in another shape.

    One at a time: a text of megabytes would hold up the window for as long as it is read.
    """
    try:
        return ROW.validate_json(row.body)
    except ValidationError:
        return None


def _stamps(session: Session, as_of: AsOf, people: Sequence[Registration | Numbered]) -> dict[str, str]:
    """Everything that a row follows from: the journal, the hour (some fall due by it), knowledge, program, labels."""
    heads = session.store.kept.heads(patient for one in people for patient in one.ids)
    hour = as_of.day.isoformat() if as_of.instant is None else as_of.instant.isoformat(timespec="hours")
    rest = f"{hour} {session.knowledge.sha256} {session.app_version} {in_force(session).jurisdiction}"
    return {one.ids[0]: f"{'+'.join(str(heads[patient]) for patient in one.ids)} {rest}" for one in people}
