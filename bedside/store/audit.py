"""The audit trail: what people did with the store (signed in, exported, printed …), in a hash chain of its own."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from bedside.store.chain import digest_of
from bedside.store.cipher import Connection
from bedside.store.engine import transaction
from bedside.store.links import end_of
from bedside.store.migrations import VERSION
from bedside.store.rows import Stamp, microseconds, moment_of
from bedside.store.schema import AUDIT_COLUMNS, AUDIT_STORED

_INSERT = f"INSERT INTO audit ({', '.join(AUDIT_STORED)}) VALUES ({', '.join('?' * len(AUDIT_STORED))})"  # noqa: S608


EventName = Literal[
    "sign_in",
    "sign_in_failed",
    "resumed",
    "locked",
    "pin_set",
    "pin_failed",
    "pin_cleared",
    "passphrase_changed",
    "passphrase_reset",
    "user_added",
    "user_disabled",
    "user_enabled",
    "roles_changed",
    "emergency_access",
    "chart_opened",
    "export",
    "import",
    "mapping_kept",
    "ward_list_printed",
    "identity_checked",
    "backup",
    "backup_cancelled",
    "journal_copied",
    "restore",
    "restore_drill",
    "diagnostics",
    "clock_set",
    "setting_changed",
    "centre_file_changed",
]
"""What the program notes, by name; a store of another version may tell of something else."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing done: its name (`sign_in`, `export` …), the patient_id it concerns if any, and details in words."""

    event: EventName
    subject: str | None
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event as stored: its number in the chain, what was done, when (UTC), by whom in which roles, and its hash."""

    number: int
    event: str
    subject: str | None
    happened_at: datetime
    user: str
    role: str
    detail: Mapping[str, str]
    hash: str


_READ = "SELECT origin_seq, event, subject, happened_at, user, role, body, hash FROM audit"


def events(connection: Connection, origin: str, names: Iterable[str] | None = None) -> tuple[AuditRow, ...]:
    """Return the events with these names (None: all of them) of one workstation's chain, the oldest first."""
    chosen = None if names is None else json.dumps(list(names))
    which = "origin = ?" if chosen is None else "event IN (SELECT value FROM json_each(?)) AND origin = ?"
    values = (origin,) if chosen is None else (chosen, origin)
    found = connection.execute(f"{_READ} WHERE {which} ORDER BY origin_seq", values)
    return tuple(
        AuditRow(number, event, subject, moment_of(happened), user, role, json.loads(body), digest.hex())
        for number, event, subject, happened, user, role, body, digest in found
    )


def record_event(connection: Connection, event: AuditEvent, stamp: Stamp, event_id: UUID) -> int:
    """Append the event in one BEGIN IMMEDIATE and return its number in the chain; durable on return."""
    with transaction(connection):
        return add_event(connection, event, stamp, event_id)


def add_event(connection: Connection, event: AuditEvent, stamp: Stamp, event_id: UUID) -> int:
    """Append the event in the caller's transaction and return its number in the chain."""
    body = json.dumps(dict(event.detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    last, previous = end_of(connection, "audit", stamp.origin)
    values: dict[str, str | int | None] = {
        "id": str(event_id),
        "event": event.event,
        "subject": event.subject,
        "happened_at": microseconds(stamp.received_at),
        "user": stamp.received_by,
        "role": stamp.role,
        "origin": stamp.origin,
        "origin_seq": last + 1,
        "schema_version": VERSION,
        "app_version": stamp.app_version,
    }
    columns = [values[name] for name in AUDIT_COLUMNS]
    connection.execute(_INSERT, (*columns, previous, digest_of(previous, columns, body), body))
    return last + 1
