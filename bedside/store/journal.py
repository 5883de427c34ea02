"""The journal: appending rows to the hash chain, and reading them by patient."""

import json
from collections.abc import Sequence
from typing import Any

import sqlcipher3

from bedside.chart.errors import UserError
from bedside.store.chain import digest_of
from bedside.store.cipher import Connection
from bedside.store.engine import transaction
from bedside.store.links import end_of
from bedside.store.migrations import VERSION
from bedside.store.rows import (
    COLUMNS,
    REGISTRATION,
    STORED,
    PatientRow,
    Row,
    RowDraft,
    Stamp,
    microseconds,
    recorded_columns,
    row_of,
)

Values = dict[str, Any]

_INSERT = f"INSERT INTO journal ({', '.join(STORED)}) VALUES ({', '.join('?' * len(STORED))})"  # noqa: S608
_READ = f"SELECT {', '.join(STORED)} FROM journal"  # noqa: S608
_SAME = ("patient_id", "kind", "at", "supersedes", "voids", "body")
_KNOWN = f"SELECT {', '.join(_SAME)} FROM journal WHERE id = ?"  # noqa: S608


def append(connection: Connection, drafts: Sequence[RowDraft], stamp: Stamp) -> tuple[Row, ...]:
    """Append the drafts in one BEGIN IMMEDIATE and return the rows that are new, durable on return.

    A draft whose id is there already with the same content is left out of the result; the same id with other content,
    for another patient, or an unknown patient raises UserError and nothing at all is stored.
    """
    written: list[Row] = []
    with transaction(connection):
        number, previous = end_of(connection, "journal", stamp.origin)
        for draft in drafts:
            if _is_known(connection, draft):
                continue
            number += 1
            values = _values(draft, stamp, number)
            previous = _insert(connection, draft, values, previous)
            written.append(row_of(tuple(values[name] for name in STORED)))
    return tuple(written)


def _is_known(connection: Connection, draft: RowDraft) -> bool:
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


def _values(draft: RowDraft, stamp: Stamp, number: int) -> Values:
    recorded_at, recorded_offset, recorded_zone = recorded_columns(draft.recorded_at)
    return {
        "id": str(draft.id),
        "patient_id": draft.patient_id,
        "kind": draft.kind,
        "at": draft.at,
        "recorded_at": recorded_at,
        "recorded_offset": recorded_offset,
        "recorded_zone": recorded_zone,
        "recorded_by": draft.recorded_by,
        "role": stamp.role,
        "received_at": microseconds(stamp.received_at),
        "received_by": stamp.received_by,
        "origin": stamp.origin,
        "origin_seq": number,
        "supersedes": _text(draft.supersedes),
        "voids": _text(draft.voids),
        "schema_version": VERSION,
        "app_version": stamp.app_version,
    }


def _insert(connection: Connection, draft: RowDraft, values: Values, previous: bytes) -> bytes:
    """Complete the values with both hashes and the body, store them, and return the new row's hash."""
    digest = digest_of(previous, [values[name] for name in COLUMNS], draft.body)
    values.update(prev_hash=previous, hash=digest, body=draft.body)
    if draft.kind == REGISTRATION:
        _register(connection, draft)
    try:
        connection.execute(_INSERT, tuple(values[name] for name in STORED))
    except sqlcipher3.IntegrityError as error:
        if "FOREIGN KEY" in str(error):
            raise UserError(
                "The entry belongs to a patient who is not in the store.", "Register the patient first."
            ) from error
        raise
    return digest


def _register(connection: Connection, draft: RowDraft) -> None:
    mrn = json.loads(draft.body)["mrn"]
    if patient(connection, mrn) is not None:
        raise UserError(
            f"A patient with the MRN {mrn} is in the store already.", "Open that patient, or check the MRN."
        )
    connection.execute("INSERT INTO patient (patient_id, mrn) VALUES (?, ?)", (draft.patient_id, mrn))


_PATIENTS = """SELECT p.patient_id, p.mrn, j.body FROM patient AS p
JOIN journal AS j ON j.patient_id = p.patient_id AND j.kind = 'registration'
AND j.origin_seq = (SELECT min(origin_seq) FROM journal WHERE patient_id = p.patient_id)"""


def patients(connection: Connection) -> tuple[PatientRow, ...]:
    """Return every registered patient, ordered by MRN."""
    return tuple(PatientRow(*found) for found in connection.execute(f"{_PATIENTS} ORDER BY p.mrn"))


def patient(connection: Connection, mrn: str) -> PatientRow | None:
    """Return the patient registered with this MRN, or None."""
    found = connection.execute(f"{_PATIENTS} WHERE p.mrn = ?", (mrn,)).fetchone()
    return None if found is None else PatientRow(*found)


def bodies(connection: Connection, patient_id: str) -> list[str]:
    """Return the body texts of one patient's entries (without the registration) in the order they were received."""
    cursor = connection.execute(
        "SELECT body FROM journal WHERE patient_id = ? AND kind <> 'registration' ORDER BY origin_seq", (patient_id,)
    )
    return [body for (body,) in cursor]


def rows(connection: Connection, patient_id: str) -> list[Row]:
    """Return one patient's whole rows, the registration first, in the order they were received."""
    return [
        row_of(values)
        for values in connection.execute(f"{_READ} WHERE patient_id = ? ORDER BY origin_seq", (patient_id,))
    ]
