"""What a registration holds, and the text in which it is stored."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedside.chart.patient import Patient


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered patient: the store's own identifier, the data as registered, and what a published case brought.

    `number` is the number of now, where it was corrected; `doubles` are the identifiers that are read as one with it.
    """

    patient_id: str
    patient: Patient
    source: str | None
    as_of: date | None
    corrected_number: str | None = None
    doubles: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The MRN of now: as corrected, else as registered."""
        return self.corrected_number or self.patient.mrn

    @property
    def ids(self) -> tuple[str, ...]:
        """Every identifier under which the store holds rows of this person, the registration's own first."""
        return (self.patient_id, *self.doubles)


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
