"""A synthetic patient followed for half a year: falling CAR T cells, lasting aplasia, MRD by three methods."""

import json
from typing import Any

from bedside.chart.entries import parse_entry
from bedside.chart.patient import Chart, Patient
from bedside.service.read import Opened
from tests.samples.index_case import opened_chart

PATIENT = {
    "mrn": "SYN-0008",
    "family_name": "Alder",
    "given_name": "Synthetic Eight",
    "birth_date": "2011-02-11",
    "sex": "female",
}
AS_OF = "2020-07-31"
LEVELS = (
    ("2020-01-23", 420), ("2020-01-27", 12800), ("2020-01-30", 41200), ("2020-02-03", 27500),
    ("2020-02-10", 9100), ("2020-02-17", 3600), ("2020-03-16", 1900), ("2020-05-11", 900), ("2020-07-06", 450),
)  # fmt: skip
B_CELLS = (("2020-01-08", 140), ("2020-02-17", 0), ("2020-03-16", 0), ("2020-05-11", 0), ("2020-07-24", 0))
IGG = (("2020-01-08", 6.8), ("2020-02-17", 5.1), ("2020-04-13", 3.6), ("2020-05-11", 4.9), ("2020-07-24", 5.6))


def negative(method: str, lod: float) -> dict[str, Any]:
    """No disease found by a method, with its limit of detection."""
    return {"method": method, "result": "negative", "lod": lod}


MARROWS = (
    ("2020-01-08", 3, [{"method": "fcm", "result": "positive", "value": 0.026, "lod": 1e-4}]),
    ("2020-02-17", 0, [negative("fcm", 1e-4), negative("pcr", 1e-5), negative("ngs", 1e-6)]),
    ("2020-04-20", 0, [negative("fcm", 1e-4), negative("ngs", 1e-6)]),
    ("2020-07-24", 0, [negative("fcm", 1e-4), {"method": "ngs", "result": "not_evaluable"}]),
)


def entries() -> list[dict[str, Any]]:
    """The entries without ids."""
    found: list[dict[str, Any]] = [{"kind": "infusion", "at": "2020-01-20", "product": "tisagenlecleucel"}]
    found += [{"kind": "car_t_level", "at": at, "method": "qpcr", "value": value} for at, value in LEVELS]
    found += [{"kind": "lymphocyte_subset", "at": at, "cd19": value} for at, value in B_CELLS]
    found += [{"kind": "immunoglobulin", "at": at, "igg": value} for at, value in IGG]
    found += [{"kind": "marrow", "at": at, "blasts_pct": blasts, "mrd": mrd} for at, blasts, mrd in MARROWS]
    given = {"kind": "therapy", "agent": "immunoglobulin", "intent": "supportive"}
    found += [{**given, "at": at, "stop": at} for at in ("2020-04-16", "2020-05-14", "2020-06-11")]
    found.append({"kind": "infection", "at": "2020-03-24", "organism": "rhinovirus", "controlled": True})
    return found


def followed(as_of: str = AS_OF) -> Opened:
    """The patient opened as of a date."""
    made = [
        parse_entry({"id": f"00000000-0000-4000-8000-{place:012d}", **one}) for place, one in enumerate(entries(), 1)
    ]
    patient = Patient.model_validate_json(json.dumps(PATIENT))
    chart = Chart.model_construct(patient=patient, entries=tuple(made), source="synthetic", as_of=None)
    return opened_chart(chart, as_of)
