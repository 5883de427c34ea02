"""Who is in the store: registered patients by MRN, and what their registration holds."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedside.chart.errors import UserError
from bedside.chart.patient import Patient
from bedside.service.permissions import Action, needs
from bedside.service.session import Session


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered patient: the store's own identifier, the data as registered, and what a published case brought."""

    patient_id: str
    patient: Patient
    source: str | None
    as_of: date | None


def registration(session: Session, mrn: str) -> Registration:
    """Return the patient registered under this MRN; UserError when there is none.

    What was found once stays with the session: the row of a registration is never changed or deleted.
    """
    found = session.registrations.get(mrn)
    if found is None:
        found = session.registrations[mrn] = _stored(session, mrn)
    return found


def _stored(session: Session, mrn: str) -> Registration:
    row = session.store.patient(mrn)
    if row is None:
        raise UserError(
            f"There is no patient with the MRN {mrn} in this store.",
            "Check the MRN, or import the patient's chart first.",
        )
    return registered(row.patient_id, row.body)


@needs(Action.EXPORT_CHARTS)
def everybody(session: Session) -> tuple[str, ...]:
    """Return the MRN of every registered patient, in order."""
    return tuple(row.mrn for row in session.store.patients())


def registered(patient_id: str, body: str) -> Registration:
    """Return the registration that a row's body text holds."""
    if '"source":' not in body and '"as_of":' not in body:  # a patient of this ward: no second pass over the text
        return Registration(patient_id, Patient.model_validate_json(body), None, None)
    fields: dict[str, Any] = json.loads(body)
    source, as_of = fields.pop("source", None), fields.pop("as_of", None)
    patient = Patient.model_validate_json(json.dumps(fields))
    return Registration(patient_id, patient, source, None if as_of is None else date.fromisoformat(as_of))


def registration_body(patient: Patient, source: str | None = None, as_of: date | None = None) -> str:
    """Return the canonical JSON text that is stored for a registration: the patient, `source` and `as_of` if any."""
    fields = patient.model_dump(mode="json")
    if source is not None:
        fields["source"] = source
    if as_of is not None:
        fields["as_of"] = as_of.isoformat()
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
