"""The audit log: who signed in, opened, exported and changed what, for those who watch over the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.store.audit import AuditRow

WORDS = {
    "sign_in": "signed in",
    "sign_in_failed": "a wrong passphrase was given",
    "resumed": "came back with the PIN",
    "locked": "locked",
    "pin_set": "set a PIN",
    "pin_failed": "a wrong PIN was given",
    "pin_cleared": "forgot the PIN of {user}",
    "passphrase_changed": "changed the own passphrase",
    "passphrase_reset": "gave {user} a new passphrase",
    "user_added": "added {user} as {roles}",
    "user_disabled": "disabled {user}",
    "user_enabled": "enabled {user}",
    "roles_changed": "made {user} {roles}, before {before}",
    "emergency_access": "took emergency access: {reason}",
    "chart_opened": "opened the chart",
    "export": "exported the chart ({form})",
    "import": "imported {rows} rows from {file}",
    "mapping_kept": "kept how a file of counts is read",
    "ward_list_printed": "printed the ward list of {as_of}",
    "identity_checked": "checked an identity together with {second}",
    "backup": "made a backup {place}",
    "backup_cancelled": "cancelled that backup",
    "journal_copied": "copied the journal, sealed with the key of the {sealed_with}",
    "restore": "restored the backup of {backup}; not in it: {not_in_backup}",
    "restore_drill": "rehearsed a restore: {result}",
    "diagnostics": "wrote a bundle for diagnosis",
    "clock_set": "the clock was set by {by_seconds} seconds",
    "setting_changed": "set {name} to {value}, before {before}",
    "centre_file_changed": "put the centre's file of {centre} in force",
}
"""What a person did, in words with the event's own details."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One event: its number, when (the ward's time), who in which roles did what, and to which patient, if any."""

    number: int
    at: datetime
    user: str
    roles: str
    event: str
    words: str
    mrn: str | None


@needs(Action.READ_AUDIT)
def audit_log(session: Session, mrn: str | None = None) -> tuple[Logged, ...]:
    """Return every event, the newest first; of one patient alone where a number is given (UserError if unknown)."""
    wanted = None if mrn is None else registration(session, mrn).ids
    numbers = {patient.patient_id: patient.mrn for patient in session.store.patients()}
    rows = session.store.events()
    return tuple(
        _logged(session, row, None if row.subject is None else numbers.get(row.subject))
        for row in reversed(rows)
        if wanted is None or row.subject in wanted
    )


def _logged(session: Session, row: AuditRow, mrn: str | None) -> Logged:
    at = row.happened_at.astimezone(session.zone)
    return Logged(row.number, at, row.user or "nobody", row.role, row.event, words_of(row), mrn)


def words_of(row: AuditRow) -> str:
    """Return what was done, in words; an event that this version does not know by its name and details."""
    try:
        return WORDS[row.event].format(**_readable(row.detail))
    except KeyError:
        return " ".join([row.event.replace("_", " "), *(f"{name} {value}" for name, value in row.detail.items())])


def _readable(detail: Mapping[str, str]) -> dict[str, str]:
    """The details with blanks between roles, and everything that people wrote as they wrote it."""
    listed = ("roles", "before") if "roles" in detail else ()
    return {name: value.replace(",", ", ") if name in listed else value for name, value in detail.items()}
