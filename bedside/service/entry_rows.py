"""How an entry or a registration becomes a row of the journal."""

from datetime import date
from uuid import UUID

from bedside.chart.entries import AnyEntry, Void, entry_body
from bedside.chart.patient import Patient
from bedside.service.registrations import registration_body
from bedside.service.session import Session
from bedside.store.rows import REGISTRATION, RowDraft


def entry_row(session: Session, patient_id: str, entry: AnyEntry) -> RowDraft:
    """Return the row of an entry; the moment of recording is noted in the ward's time zone."""
    return RowDraft(
        id=UUID(entry.id),
        patient_id=patient_id,
        kind=entry.kind,
        at=entry.at.text,
        recorded_at=None if entry.recorded_at is None else entry.recorded_at.astimezone(session.zone),
        recorded_by=entry.recorded_by,
        supersedes=None if entry.supersedes is None else UUID(entry.supersedes),
        voids=UUID(entry.voids) if isinstance(entry, Void) else None,
        body=entry_body(entry),
    )


def registration_row(
    session: Session, patient: Patient, source: str | None = None, as_of: date | None = None
) -> RowDraft:
    """Return the row that registers a patient under a new identifier of the store's own."""
    now = session.now()
    return RowDraft(
        id=session.new_id(),
        patient_id=str(session.new_id()),
        kind=REGISTRATION,
        at=now.date().isoformat(),
        recorded_at=now,
        recorded_by=session.user,
        supersedes=None,
        voids=None,
        body=registration_body(patient, source, as_of),
    )
