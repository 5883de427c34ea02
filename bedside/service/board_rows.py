"""Board rows worked out before: shown at once, and worked out again behind where something moved on since."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bedside.chart.errors import NotWritable
from bedside.chart.moments import AsOf
from bedside.service.board import row_of
from bedside.service.board_listed import ListedRow, as_listed
from bedside.service.patients import Numbered, find, numbers
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.service.settings import in_force
from bedside.store.kept import KeptRow

ROW = TypeAdapter(ListedRow)


@dataclass(frozen=True, slots=True)
class Board:
    """The rows as they were worked out last, the MRNs of those to be worked out again, and what is new.

    `patients` counts everybody; a patient without a row yet is among the `stale` ones. `unseen` says by MRN how many
    rows others stored since the person looked, `unopened` of whom the person never opened others stored something
    since the person looked at a board for the first time: True where the patient was registered since.
    """

    rows: tuple[ListedRow, ...]
    stale: tuple[str, ...]
    patients: int
    unseen: Mapping[str, int]
    unopened: Mapping[str, bool]


@needs(Action.READ)
def board_at_once(session: Session, as_of: AsOf) -> Board:
    """Return the board of now from what was worked out before; nothing is worked out by it."""
    people, kept = numbers(session), session.store.kept.board_rows()
    held = {one.number: row for one in people if (row := kept.get(one.ids[0])) is not None}
    rows = {number: read for number, row in held.items() if (read := _read(row)) is not None}
    basis = _basis(session, as_of)
    moved = session.store.kept.moved_since(min((_number(row) for row in held.values()), default=0))
    stale = [one.number for one in people if one.number not in rows or _moved_on(one, held[one.number], basis, moved)]
    return Board(tuple(rows.values()), tuple(stale), len(people), *_new(session, people))


def _new(session: Session, people: Iterable[Numbered]) -> tuple[Mapping[str, int], Mapping[str, bool]]:
    """What is unseen, and who is unopened; under another number of the same person nobody is registered anew."""
    kept = session.store.kept
    if not session.read_only:
        with suppress(NotWritable):  # it is noted when the board is read again
            kept.note_unopened()
    unseen, unopened = kept.unseen(), kept.unopened()
    counts = {one.number: sum(unseen.get(patient, 0) for patient in one.ids) for one in people} if unseen else {}
    first = {one.number: unopened.get(one.ids[0], False) for one in people if not unopened.keys().isdisjoint(one.ids)}
    return {one: count for one, count in counts.items() if count}, first


@needs(Action.READ)
def work_out(session: Session, mrns: Iterable[str], as_of: AsOf) -> tuple[ListedRow, ...]:
    """Return the rows of these patients, worked out anew, and keep them where anything can be written."""
    found = [one for mrn in mrns if (one := find(session, mrn)) is not None]
    number, basis = session.store.head().count, _basis(session, as_of)
    rows = {one.ids: as_listed(row_of(session, one, as_of)) for one in found}
    if not session.read_only:
        kept = {
            ids[0]: KeptRow(f"{number} {_stamp(ids, basis)}", ROW.dump_json(row).decode()) for ids, row in rows.items()
        }
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


def _read(row: KeptRow) -> ListedRow | None:
    """The row that was kept; None for one that another version of the program kept in another shape.

    One at a time: a text of megabytes would hold up the window for as long as it is read.
    """
    try:
        return ROW.validate_json(row.body)
    except ValidationError:
        return None


def _basis(session: Session, as_of: AsOf) -> str:
    """What every row follows from besides the journal: the hour (some fall due by it), knowledge, program, labels."""
    hour = as_of.day.isoformat() if as_of.instant is None else as_of.instant.isoformat(timespec="hours")
    return f"{hour} {session.knowledge.sha256} {session.app_version} {in_force(session).jurisdiction}"


def _stamp(ids: Sequence[str], basis: str) -> str:
    """The basis, with the doubles that were read as one with the patient."""
    return "+".join(["", *ids[1:], f" {basis}"]) if len(ids) > 1 else basis


def _number(row: KeptRow) -> int:
    """How many rows the journal had when a row was worked out."""
    number = row.stamp.partition(" ")[0]
    return int(number) if number.isdecimal() else 0


def _moved_on(one: Numbered, row: KeptRow, basis: str, moved: Mapping[str, int]) -> bool:
    """Whether a kept row follows from anything that has changed; `moved` is the newest row of each patient since."""
    number, _, stamp = row.stamp.partition(" ")
    if stamp != _stamp(one.ids, basis):
        return True
    return bool(moved) and any(moved.get(patient, 0) > int(number) for patient in one.ids)
