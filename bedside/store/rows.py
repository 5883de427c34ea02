"""The journal's row: what a caller hands in, what is stored, and how its moments become columns."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple
from uuid import UUID

REGISTRATION = "registration"
"""The kind of the row that registers a patient; its body is the patient's JSON."""

SIGNATURE = "signature"
"""The kind of the row by which a person signs another row, or a summary; its body names the hash that is signed."""

NOT_ENTRIES = (REGISTRATION, SIGNATURE)
"""The kinds of rows that are no entries of a chart."""

COLUMNS = (
    "id",
    "patient_id",
    "kind",
    "at",
    "recorded_at",
    "recorded_offset",
    "recorded_zone",
    "recorded_by",
    "role",
    "received_at",
    "received_by",
    "origin",
    "origin_seq",
    "supersedes",
    "voids",
    "schema_version",
    "app_version",
)
"""The journal's columns that are hashed together with the body, in the order in which they are hashed."""

STORED = (*COLUMNS, "prev_hash", "hash", "body")
"""Every column of the journal, in the order in which this package reads and writes them."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class RowDraft(NamedTuple):
    """One entry to append: its identity, the exact text of its moment, and its exact body text."""

    id: UUID
    patient_id: str
    kind: str
    at: str
    recorded_at: datetime | None
    recorded_by: str | None
    supersedes: UUID | None
    voids: UUID | None
    body: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the store itself adds to a row, from the session and never from the caller's data."""

    received_at: datetime
    received_by: str
    role: str
    origin: str
    app_version: str


class Row(NamedTuple):
    """One row of the journal as stored; hashes are 64 hexadecimal digits, `received_at` is in UTC."""

    id: UUID
    patient_id: str
    kind: str
    at: str
    recorded_at: datetime | None
    recorded_by: str | None
    role: str
    received_at: datetime
    received_by: str
    origin: str
    origin_seq: int
    prev_hash: str
    hash: str
    supersedes: UUID | None
    voids: UUID | None
    body: str
    schema_version: int
    app_version: str


class Received(NamedTuple):
    """What opening a patient takes of a row, as it is stored: moments in microseconds, an offset in seconds.

    A patient has thousands of them, of which few are ever asked for their moments.
    """

    id: str
    kind: str
    recorded: int | None
    recorded_offset: int | None
    recorded_by: str | None
    role: str
    received: int
    received_by: str
    origin_seq: int
    body: str

    @property
    def recorded_at(self) -> datetime | None:
        """When it was recorded, in the offset it was written with."""
        return None if self.recorded is None else moment_of(self.recorded, self.recorded_offset)

    @property
    def received_at(self) -> datetime:
        """When the store took it in, in UTC."""
        return moment_of(self.received)


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One registered patient: the store's own identifier, the MRN and the registration's body text."""

    patient_id: str
    mrn: str
    body: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many rows it has and the last row's hash (64 hexadecimal digits)."""

    count: int
    hash: str


def microseconds(moment: datetime) -> int:
    """Return an aware moment as whole microseconds since 1970-01-01 UTC, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(number: int, offset_seconds: int | None = None) -> datetime:
    """Return the aware moment of `microseconds`, in UTC or in the offset it was written with."""
    moment = _EPOCH + number * _MICROSECOND
    return moment if offset_seconds is None else moment.astimezone(timezone(timedelta(seconds=offset_seconds)))


def recorded_columns(moment: datetime | None) -> tuple[int | None, int | None, str | None]:
    """Return a moment of recording as UTC microseconds, offset in seconds and time zone name, each None if unknown."""
    if moment is None:
        return None, None, None
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("recorded_at must be an aware moment")
    return microseconds(moment), int(offset.total_seconds()), getattr(moment.tzinfo, "key", None)


def row_of(values: tuple[Any, ...]) -> Row:
    """Return the Row of one database record read with the columns STORED."""
    # One by one and in their order: a patient's thousands of rows are made each time that the patient is opened.
    (
        row_id, patient_id, kind, at, recorded, offset, _zone, recorded_by, role, received, received_by,
        origin, origin_seq, supersedes, voids, schema_version, app_version, prev_hash, own_hash, body,
    ) = values  # fmt: skip
    return Row(
        UUID(row_id), patient_id, kind, at, None if recorded is None else moment_of(recorded, offset), recorded_by,
        role, moment_of(received), received_by, origin, origin_seq, prev_hash.hex(), own_hash.hex(),
        _uuid(supersedes), _uuid(voids), body, schema_version, app_version,
    )  # fmt: skip


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
