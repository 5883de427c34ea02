"""Unsaved forms: one text per author, form and patient, encrypted like everything else and free to change."""

from dataclasses import dataclass
from datetime import datetime

from bedside.store.cipher import Connection
from bedside.store.engine import transaction
from bedside.store.rows import microseconds, moment_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author had typed into a form for a patient, and when it was kept (UTC)."""

    form: str
    patient_id: str
    body: str
    saved_at: datetime


def save(connection: Connection, author: str, draft: Draft) -> None:
    """Keep the text, in place of an earlier one of the same author, form and patient."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO draft (author, form, patient_id, body, saved_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
            (author, draft.form, draft.patient_id, draft.body, microseconds(draft.saved_at)),
        )


def of_author(connection: Connection, author: str) -> tuple[Draft, ...]:
    """Return every draft of this author, the newest first; nobody else's is ever returned."""
    found = connection.execute(
        "SELECT form, patient_id, body, saved_at FROM draft WHERE author = ? ORDER BY saved_at DESC", (author,)
    )
    return tuple(Draft(form, patient_id, body, moment_of(saved)) for form, patient_id, body, saved in found)


def drop(connection: Connection, author: str, form: str, patient_id: str) -> None:
    """Forget one draft; forgetting what is not there does nothing."""
    with transaction(connection):
        connection.execute(
            "DELETE FROM draft WHERE author = ? AND form = ? AND patient_id = ?", (author, form, patient_id)
        )
