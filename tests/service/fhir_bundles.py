"""FHIR bundles as a laboratory's system would send them."""

import json
from typing import Any

from tests.service.charts import MRN

Resource = dict[str, Any]
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
PATIENT_URL = "urn:uuid:5f2d3c1e-0000-4000-8000-000000000001"
MEDICAL_RECORD = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def patient(mrn: str = MRN, **fields: Any) -> Resource:
    """The small patient as the laboratory knows it; None leaves a field out."""
    made = {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"type": MEDICAL_RECORD, "system": "urn:ward", "value": mrn}],
        "name": [{"use": "official", "family": "Needlefamily", "given": ["Synthetic", "One"]}],
        "gender": "female",
        "birthDate": "2010-03-02",
        **fields,
    }
    return {name: value for name, value in made.items() if value is not None}


def result(loinc: str = "718-7", value: Any = 92, unit: str = "g/L", **fields: Any) -> Resource:
    """A result of the laboratory; None leaves a field out."""
    made = {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": LOINC, "code": loinc}]},
        "subject": {"reference": PATIENT_URL},
        "effectiveDateTime": "2020-07-01T07:30:00+02:00",
        "valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit},
        **fields,
    }
    return {name: given for name, given in made.items() if given is not None}


def bundle(*resources: Any, **top: Any) -> bytes:
    """A bundle of these; the first patient has the name that results refer to."""
    urls = [PATIENT_URL if isinstance(one, dict) and one.get("id") == "p1" else None for one in resources]
    entries = [{"resource": one, **({"fullUrl": url} if url else {})} for one, url in zip(resources, urls, strict=True)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries, **top}).encode()
