"""Who is in the store: registered patients by MRN, and their own data as corrected by identity entries."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedside.chart.entries import Identity
from bedside.chart.errors import UserError
from bedside.chart.live import resolve
from bedside.chart.patient import Chart, Patient
from bedside.service.session import Session

_CORRECTABLE = ("family_name", "given_name", "birth_date", "sex")


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered patient: the store's own identifier, the data as registered, and what a published case brought."""

    patient_id: str
    patient: Patient
    source: str | None
    as_of: date | None


def registration(session: Session, mrn: str) -> Registration:
    """Return the patient registered under this MRN; UserError when there is none."""
    row = session.store.patient(mrn)
    if row is None:
        raise UserError(
            f"There is no patient with the MRN {mrn} in this store.",
            "Check the MRN, or import the patient's chart first.",
        )
    return registered(row.patient_id, row.body)


def registered(patient_id: str, body: str) -> Registration:
    """Return the registration that a row's body text holds."""
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


def identified(chart: Chart) -> Chart:
    """Return the chart with the patient's own data as its live identity entries correct them.

    The MRN stays: it is the name under which the store knows the patient.
    """
    corrections = [entry for entry in chart.entries if isinstance(entry, Identity)]
    if not corrections:
        return chart
    live = (entry for entry in resolve(chart.entries).live if isinstance(entry, Identity))
    return chart.model_copy(update={"patient": corrected(chart.patient, live)})


def corrected(patient: Patient, corrections: Iterable[Identity]) -> Patient:
    """Return the patient after the corrections, the later one winning field by field."""
    for correction in corrections:
        given = {name: getattr(correction, name) for name in _CORRECTABLE if getattr(correction, name) is not None}
        patient = patient.model_copy(update=given)
    return patient
