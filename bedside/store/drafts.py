"""Unsaved forms: one text per author, form and patient, encrypted like everything else and free to change."""

from dataclasses import dataclass
from datetime import datetime

from bedside.store.cipher import faults_in_words
from bedside.store.engine import transaction
from bedside.store.hold import Hold
from bedside.store.rows import microseconds, moment_of

_SAVE = """INSERT INTO draft (author, form, patient_id, body, saved_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at"""
_LIST = "SELECT form, patient_id, body, saved_at FROM draft WHERE author = ? ORDER BY saved_at DESC"
_DROP = "DELETE FROM draft WHERE author = ? AND form = ? AND patient_id = ?"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author had typed into a form for a patient, and when it was kept (UTC)."""

    form: str
    patient_id: str
    body: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of the person who has the store open; nobody else's is ever returned or changed."""

    hold: Hold

    def save(self, form: str, patient_id: str, body: str) -> None:
        """Keep what was typed into a form, in place of what was kept before."""
        hold = self.hold
        hold.require_writer()
        values = (hold.user, form, patient_id, body, microseconds(hold.station.clock()))
        with hold.turn, transaction(hold.connection):
            hold.connection.execute(_SAVE, values)

    def text(self, form: str, patient_id: str) -> str | None:
        """Return the kept text of a form, or None."""
        return next((d.body for d in self.listed() if (d.form, d.patient_id) == (form, patient_id)), None)

    def listed(self) -> tuple[Draft, ...]:
        """Return every draft, the newest first."""
        hold = self.hold
        with hold.turn, faults_in_words():
            found = hold.connection.execute(_LIST, (hold.user,))
            return tuple(Draft(form, patient_id, body, moment_of(saved)) for form, patient_id, body, saved in found)

    def drop(self, form: str, patient_id: str) -> None:
        """Forget the draft of a form; forgetting what is not there does nothing."""
        hold = self.hold
        hold.require_writer()
        with hold.turn, transaction(hold.connection):
            hold.connection.execute(_DROP, (hold.user, form, patient_id))
