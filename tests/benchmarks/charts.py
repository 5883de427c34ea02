"""Synthetic charts for the benchmarks: whole courses of 60 entries, and courses of one decisive entry a day."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bedside.chart.entries import parse_entries
from bedside.chart.patient import Chart, Patient

Fields = dict[str, Any]

DAY0 = date(2024, 3, 1)
"""The day of infusion in every synthetic chart."""


def patient_fields(number: int) -> Fields:
    """The identity of synthetic patient `number`."""
    return {
        "mrn": f"BENCH-{number:06}",
        "family_name": f"Synthetic-{number}",
        "given_name": "Bench",
        "birth_date": "2012-05-17",
        "sex": "female" if number % 2 else "male",
    }


def _dated(patient: int, kinds: Iterator[tuple[int, Fields]]) -> list[Fields]:
    """The entries with dates from their day number, and with an id from the patient's number and their place."""
    return [
        {"id": str(UUID(int=patient * 10**6 + place, version=4)), "at": (DAY0 + timedelta(day)).isoformat(), **fields}
        for place, (day, fields) in enumerate(kinds, start=1)
    ]


def _before_infusion() -> Iterator[tuple[int, Fields]]:
    yield -900, {"kind": "diagnosis", "disease": "b_all", "cd19": "positive"}
    yield -890, {"kind": "genetics", "marker": "tcf3_hlf", "result": "absent"}
    yield -200, {"kind": "relapse", "sites": ["marrow"]}
    yield -180, {"kind": "referral", "indication": "second_or_later_relapse", "therapy_history": "complete"}
    yield -60, {"kind": "marrow", "blasts_pct": 12, "mrd": [{"method": "fcm", "result": "positive", "value": 0.012}]}
    yield -45, {"kind": "apheresis", "cd3_yield": 1.4, "sufficient": True}
    yield -6, {"kind": "product_release", "product": "tisagenlecleucel", "out_of_specification": False}
    for agent in ("fludarabine", "cyclophosphamide"):
        yield -5, {"kind": "therapy", "agent": agent, "intent": "lymphodepletion", "stop": str(DAY0 - timedelta(2))}
    yield 0, {"kind": "infusion", "product": "tisagenlecleucel", "dose_car_t_per_kg": 3.0e6, "weight_kg": 30.0}


def marrow(*, positive: bool = False) -> Fields:
    """A marrow by flow cytometry and sequencing."""
    result = {"result": "positive", "value": 1e-5} if positive else {"result": "negative", "lod": 1e-5}
    return {"kind": "marrow", "blasts_pct": 1, "mrd": [{"method": "fcm", "result": "negative", "lod": 1e-4},
                                                       {"method": "ngs", **result}]}  # fmt: skip


def subset(cd19: float) -> Fields:
    """Lymphocyte subsets with this many B cells per µL."""
    return {"kind": "lymphocyte_subset", "cd3": 400, "cd4": 180, "cd8": 200, "cd19": cd19, "nk": 90}


def _after_infusion(entries: int) -> Iterator[tuple[int, Fields]]:
    for place in range(entries):
        day = 1 + place * 3
        if place % 12 == 9:
            yield day, marrow(positive=place > 40)
        elif place % 6 == 4:
            yield day, subset(0 if place < 30 else place)
        elif place % 6 == 2:
            yield day, {"kind": "vitals", "temp_c": 37.2, "sbp": 105, "dbp": 60, "heart_rate": 96, "spo2": 98}
        elif place % 6 == 5:
            yield day, {"kind": "chemistry", "crp": 12, "ferritin": 800, "ldh": 250, "creatinine": 40}
        else:
            yield day, {"kind": "blood_count", "wbc": 2.1, "anc": 1.0, "alc": 0.4, "hb": 92, "plt": 60 + place % 300}


def course_fields(number: int, entries: int = 60) -> list[Fields]:
    """A whole course of `entries` entries: referral, treatment, infusion, and the follow-up every third day."""
    before = list(_before_infusion())
    return _dated(number, iter([*before, *_after_infusion(entries - len(before))]))


def _bedside(entries: int, days: int) -> Iterator[tuple[int, Fields]]:
    """What a ward records, spread over the days: counts most often, then signs and chemistry; a marrow in 50."""
    vitals = {"kind": "vitals", "temp_c": 37.2, "sbp": 105, "dbp": 60, "heart_rate": 96, "spo2": 98}
    for place in range(entries):
        day, part = 1 + place * days // entries, place % 50
        if part == 49:
            yield day, marrow()
        elif part % 12 == 11:
            yield day, subset(0 if place < entries // 9 else place % 200)
        elif part % 8 in (1, 4):
            yield day, vitals
        elif part % 4 == 2:
            yield day, {"kind": "chemistry", "crp": 12 + part, "ferritin": 800 + place % 90, "creatinine": 40}
        else:
            count = {
                "wbc": 6.1,
                "anc": round(0.2 + place % 37 / 10, 1),
                "alc": 0.4,
                "hb": 92 + part % 9,
                "plt": 60 + place % 71,
            }
            yield day, {"kind": "blood_count", **count}


def dense_fields(number: int, entries: int, days: int = 900) -> list[Fields]:
    """A course of `entries` entries of which the last lies `days` days after the infusion, several a day."""
    before = list(_before_infusion())
    return _dated(number, iter([*before, *_bedside(entries - len(before), days)]))


def decisive_fields(days: int) -> list[Fields]:
    """A diagnosis, an infusion, and then a marrow and a lymphocyte subset in turn, one a day for `days` days."""
    follow_up = ((day, marrow() if day % 2 else subset(day % 40)) for day in range(1, days + 1))
    return _dated(1, iter([*_before_infusion(), *follow_up]))


def chart_of(number: int, entries: list[Fields]) -> Chart:
    """The chart that holds these entries."""
    patient = Patient.model_validate_json(json.dumps(patient_fields(number)))
    return Chart(patient=patient, entries=parse_entries(json.dumps(entries)))


def chart_line(number: int, entries: int = 60) -> str:
    """One line of a JSON Lines file: a whole course in the interchange format."""
    fields = {"format": "bedside-chart", "version": 1, "patient": patient_fields(number)}
    return json.dumps({**fields, "entries": course_fields(number, entries)})
