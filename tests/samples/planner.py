"""A synthetic patient before apheresis: agents that are clear, short, still given, and without an interval."""

import json
from typing import Any

from bedside.chart.entries import parse_entry
from bedside.chart.patient import Chart, Patient
from bedside.service.read import Opened
from tests.samples.index_case import opened_chart

PATIENT = {
    "mrn": "SYN-0011",
    "family_name": "Juniper",
    "given_name": "Synthetic Eleven",
    "birth_date": "2009-05-14",
    "sex": "male",
}
AS_OF = "2020-07-31"
PLANS = (
    {"kind": "plan", "at": "2020-07-20", "milestone": "apheresis", "date": "2020-08-14"},
    {"kind": "plan", "at": "2020-07-20", "milestone": "infusion", "date": "2020-09-25"},
)
COUNTS = (
    {"kind": "blood_count", "at": "2020-07-30", "wbc": 1.1, "alc": 0.2, "pb_blasts_pct": 0},
    {"kind": "lymphocyte_subset", "at": "2020-07-30", "cd3": 210},
)


def given(agent: str, start: str, stop: str | None, **more: Any) -> dict[str, Any]:
    """A systemic course of an agent; `stop` None goes on."""
    end = {} if stop is None else {"stop": stop}
    return {"kind": "therapy", "at": start, "agent": agent, "intent": "salvage", "route": "iv", **end, **more}


THERAPIES = (
    given("clofarabine", "2020-06-22", "2020-06-26"),
    given("cytarabine", "2020-06-22", "2020-06-27"),
    given("inotuzumab_ozogamicin", "2020-06-30", "2020-07-10"),
    given("pegaspargase", "2020-07-20", "2020-07-20"),
    given("methotrexate", "2020-07-24", "2020-07-24", route="it"),
    given("vincristine", "2020-07-14", "2020-07-28"),
    given("dexamethasone", "2020-07-14", None, route="po"),
    given("mitoxantrone", "2017-03-01", "2017-03-03"),
)


def before_apheresis(*fields: dict[str, Any], as_of: str = AS_OF) -> Opened:
    """The patient with these entries, opened as of a date."""
    entries = [
        parse_entry({"id": f"00000000-0000-4000-8000-{place:012d}", **one}) for place, one in enumerate(fields, 1)
    ]
    patient = Patient.model_validate_json(json.dumps(PATIENT))
    chart = Chart.model_construct(patient=patient, entries=tuple(entries), source="synthetic", as_of=None)
    return opened_chart(chart, as_of)
