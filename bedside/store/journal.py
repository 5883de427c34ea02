"""The journal: appending rows to the hash chain, and reading them by patient."""

import json
from collections.abc import Callable, Iterable, Sequence

import sqlcipher3

from bedside.chart.errors import UserError
from bedside.chart.progress import Progress, one_by_one, unheard
from bedside.store.chain import digest_of
from bedside.store.cipher import Connection
from bedside.store.engine import transaction
from bedside.store.links import end_of
from bedside.store.migrations import VERSION
from bedside.store.rows import (
    REGISTRATION,
    STORED,
    PatientRow,
    Received,
    Row,
    RowDraft,
    Stamp,
    microseconds,
    recorded_columns,
    row_of,
)

_INSERT = f"INSERT INTO journal ({', '.join(STORED)}) VALUES ({', '.join('?' * len(STORED))})"  # noqa: S608
_RECEIVED = (
    "SELECT id, kind, recorded_at, recorded_offset, recorded_by, role, received_at, received_by, origin_seq, body"
    " FROM journal"
)
_READ = f"SELECT {', '.join(STORED)} FROM journal"  # noqa: S608
_SAME = ("patient_id", "kind", "at", "supersedes", "voids", "body")
_KNOWN = f"SELECT {', '.join(_SAME)} FROM journal WHERE id = ?"  # noqa: S608


Then = Callable[[Sequence[Row]], Sequence[RowDraft]]


def append(
    connection: Connection,
    drafts: Sequence[RowDraft],
    stamp: Stamp,
    then: Then | None = None,
    progress: Progress = unheard,
    beside: Callable[[], object] | None = None,
) -> tuple[Row, ...]:
    """Append the drafts in one BEGIN IMMEDIATE and return the rows that are new, durable on return.

    `then` makes further drafts of the rows that are new, which are appended with them or not at all; so is what
    `beside` stores elsewhere.

    A draft whose id is there already with the same content is left out of the result; the same id with other content,
    for another patient, or an unknown patient raises UserError and nothing at all is stored; nor is it when `progress`
    raises something.
    """
    with transaction(connection):
        written = _append(connection, drafts, stamp, progress)
        if then is not None and (further := then(written)):
            written += _append(connection, further, stamp)
        if beside is not None:
            beside()
    return tuple(written)


def _append(
    connection: Connection, drafts: Sequence[RowDraft], stamp: Stamp, progress: Progress = unheard
) -> list[Row]:
    written: list[Row] = []
    number, previous = end_of(connection, "journal", stamp.origin)
    for draft in one_by_one(drafts, progress):
        if draft.kind == REGISTRATION and not _register(connection, draft):
            continue
        row = _insert(connection, draft, stamp, (number + 1, previous))
        if row is not None:
            number, previous = row.origin_seq, bytes.fromhex(row.hash)
            written.append(row)
    return written


def _insert(connection: Connection, draft: RowDraft, stamp: Stamp, place: tuple[int, bytes]) -> Row | None:
    """Store one row at its place (number, previous hash) in the chain; None when it is there already."""
    number, previous = place
    columns = _columns(draft, stamp, number)
    digest = digest_of(previous, columns, draft.body)
    try:
        connection.execute(_INSERT, (*columns, previous, digest, draft.body))
    except sqlcipher3.IntegrityError as error:
        if _is_known(connection, draft):
            return None
        if "FOREIGN KEY" not in str(error):
            raise
        raise UserError(
            "The entry belongs to a patient who is not in the store.", "Register the patient first."
        ) from error
    return _row(draft, stamp, number, (previous.hex(), digest.hex()))


def _columns(draft: RowDraft, stamp: Stamp, number: int) -> tuple[str | int | None, ...]:
    """Return the row's values in the order of COLUMNS."""
    return (
        str(draft.id),
        draft.patient_id,
        draft.kind,
        draft.at,
        *recorded_columns(draft.recorded_at),
        draft.recorded_by,
        stamp.role,
        microseconds(stamp.received_at),
        stamp.received_by,
        stamp.origin,
        number,
        _text(draft.supersedes),
        _text(draft.voids),
        VERSION,
        stamp.app_version,
    )


def _row(draft: RowDraft, stamp: Stamp, number: int, hashes: tuple[str, str]) -> Row:
    return Row(
        id=draft.id,
        patient_id=draft.patient_id,
        kind=draft.kind,
        at=draft.at,
        recorded_at=draft.recorded_at,
        recorded_by=draft.recorded_by,
        role=stamp.role,
        received_at=stamp.received_at,
        received_by=stamp.received_by,
        origin=stamp.origin,
        origin_seq=number,
        prev_hash=hashes[0],
        hash=hashes[1],
        supersedes=draft.supersedes,
        voids=draft.voids,
        body=draft.body,
        schema_version=VERSION,
        app_version=stamp.app_version,
    )


def _is_known(connection: Connection, draft: RowDraft) -> bool:
    """Return whether the id is stored with the same content; raise UserError when it is with another."""
    found = connection.execute(_KNOWN, (str(draft.id),)).fetchone()
    if found is None:
        return False
    if found != tuple(_text(getattr(draft, name)) for name in _SAME):
        raise UserError(
            f"An entry with the id {draft.id} is in the store already, with other content.",
            "Nothing was saved; correct the entry instead of writing it again.",
        )
    return True


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _register(connection: Connection, draft: RowDraft) -> bool:
    """Enter a patient into the index and return True, or False when exactly this registration is stored already."""
    if _is_known(connection, draft):
        return False
    mrn = json.loads(draft.body)["mrn"]
    if patient(connection, mrn) is not None:
        raise UserError(
            f"A patient with the MRN {mrn} is in the store already.", "Open that patient, or check the MRN."
        )
    connection.execute("INSERT INTO patient (patient_id, mrn) VALUES (?, ?)", (draft.patient_id, mrn))
    return True


_PATIENTS = """SELECT p.patient_id, p.mrn, j.body FROM patient AS p
CROSS JOIN journal AS j ON j.patient_id = p.patient_id AND j.kind = 'registration'"""


def patients(connection: Connection) -> tuple[PatientRow, ...]:
    """Return every registered patient, ordered by MRN."""
    first = "AND j.origin_seq = (SELECT min(origin_seq) FROM journal WHERE patient_id = p.patient_id)"
    return tuple(PatientRow(*found) for found in connection.execute(f"{_PATIENTS} {first} ORDER BY p.mrn"))


def patient_numbers(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return patient_id and MRN of every registered patient, ordered by MRN; the journal is not looked at."""
    return tuple(connection.execute("SELECT patient_id, mrn FROM patient ORDER BY mrn").fetchall())


def patient(connection: Connection, mrn: str) -> PatientRow | None:
    """Return the patient registered with this MRN, or None."""
    found = connection.execute(f"{_PATIENTS} WHERE p.mrn = ? ORDER BY j.origin_seq LIMIT 1", (mrn,)).fetchone()
    return None if found is None else PatientRow(*found)


def patient_row(connection: Connection, patient_id: str) -> PatientRow | None:
    """Return the patient with this identifier, or None."""
    found = connection.execute(f"{_PATIENTS} WHERE p.patient_id = ? ORDER BY j.origin_seq LIMIT 1", (patient_id,))
    one = found.fetchone()
    return None if one is None else PatientRow(*one)


def identity_bodies(connection: Connection) -> dict[str, list[str]]:
    """Return, for each patient with an identity entry, the body texts of those entries and of all voids."""
    found = connection.execute(
        "SELECT patient_id, body FROM journal WHERE patient_id IN"
        " (SELECT patient_id FROM journal WHERE kind = 'identity') AND kind IN ('identity', 'void') ORDER BY origin_seq"
    )
    bodies: dict[str, list[str]] = {}
    for patient_id, body in found:
        bodies.setdefault(patient_id, []).append(body)
    return bodies


def row(connection: Connection, entry_id: str) -> Row | None:
    """Return the row with this id (a lower-case UUID), or None."""
    found = connection.execute(f"{_READ} WHERE id = ?", (entry_id,)).fetchone()
    return None if found is None else row_of(found)


def known_ids(connection: Connection, ids: Iterable[str]) -> frozenset[str]:
    """Return those of the ids that rows of the journal have, whatever their patient."""
    asked = json.dumps(list(ids))
    return frozenset(
        known
        for (known,) in connection.execute(
            "SELECT id FROM journal WHERE id IN (SELECT value FROM json_each(?))", (asked,)
        )
    )


def bodies(connection: Connection, patient_id: str) -> list[str]:
    """Return the body texts of one patient's entries (neither registration nor signatures) as they were received."""
    cursor = connection.execute(
        "SELECT body FROM journal WHERE patient_id = ? AND kind NOT IN ('registration', 'signature')"
        " ORDER BY origin_seq",
        (patient_id,),
    )
    return [body for (body,) in cursor]


def has_kind(connection: Connection, patient_id: str, kind: str) -> bool:
    """Return whether a patient has any row of a kind."""
    found = connection.execute("SELECT 1 FROM journal WHERE patient_id = ? AND kind = ? LIMIT 1", (patient_id, kind))
    return found.fetchone() is not None


def rows(connection: Connection, patient_id: str) -> list[Row]:
    """Return one patient's whole rows, the registration first, in the order they were received."""
    return [
        row_of(values)
        for values in connection.execute(f"{_READ} WHERE patient_id = ? ORDER BY origin_seq", (patient_id,))
    ]


def received(connection: Connection, patient_id: str) -> list[Received]:
    """Return what opening a patient takes of each row, in the order of `rows`: every further column costs as much."""
    found = connection.execute(f"{_RECEIVED} WHERE patient_id = ? ORDER BY origin_seq", (patient_id,))
    return list(map(Received._make, found))
