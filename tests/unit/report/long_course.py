"""A made-up course in which everything that a ward records comes very often, to see what the summary makes of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bedside.chart.patient import Chart
from tests.unit.report.assessed import chart_of

Fields = dict[str, Any]
DAY0 = date(2018, 3, 1)


def long_course(counts: int, others: int = 40) -> Chart:
    """A course of `counts` blood counts, and of `others` entries of each other kind, some corrected."""
    days = 820
    entries = [*_before(others), *_after(others, days), *_counts(counts, days)]
    return chart_of(*entries, *_corrections(others))


def _day(number: int) -> str:
    return (DAY0 + timedelta(number)).isoformat()


def _before(others: int) -> Iterator[Fields]:
    yield {"kind": "diagnosis", "at": _day(-900), "disease": "b_all", "cd19": "positive"}
    yield {"kind": "genetics", "at": _day(-890), "marker": "kmt2a_r", "result": "absent"}
    yield {"kind": "relapse", "at": _day(-200), "sites": ["marrow", "cns"]}
    yield {"kind": "referral", "at": _day(-180), "indication": "second_or_later_relapse", "therapy_history": "complete"}
    for number in range(others):
        first = -880 + number * (800 // others)
        yield {"kind": "therapy", "at": _day(first), "agent": ("vincristine", "methotrexate", "cytarabine")[number % 3],
               "intent": "frontline", "stop": _day(first + 4), "dose": 1.5, "dose_unit": "mg/m²", "route": "iv",
               "response": "cr"}  # fmt: skip
    yield {"kind": "apheresis", "at": _day(-45), "cd3_yield": 1.4, "sufficient": True}
    yield {"kind": "marrow", "at": _day(-20), "blasts_pct": 12}
    for agent in ("fludarabine", "cyclophosphamide"):
        yield {"kind": "therapy", "at": _day(-5), "agent": agent, "intent": "lymphodepletion", "stop": _day(-3)}
    yield {"kind": "infusion", "at": _day(0), "product": "tisagenlecleucel", "dose_car_t_per_kg": 3e6, "weight_kg": 30}


def _after(others: int, days: int) -> Iterator[Fields]:
    for number in range(others):
        day = 1 + number * days // others
        mrd = [{"method": method, "result": "negative", "lod": 1e-4} for method in ("fcm", "pcr", "ngs")]
        yield {"kind": "marrow", "at": _day(day), "blasts_pct": 0, "mrd": mrd}
        yield {"kind": "lymphocyte_subset", "at": _day(day), "cd3": 400, "cd19": 0}
        yield {"kind": "infection", "at": _day(day), "organism": f"organism {number}", "site": "blood",
               "controlled": number % 2 == 0}  # fmt: skip
        yield {"kind": "gvhd", "at": _day(day), "form": "chronic", "grade": 1, "active": True}
        yield {"kind": "immunoglobulin", "at": _day(day), "igg": 4.2}
        yield {"kind": "chemistry", "at": _day(day), "crp": 12, "ferritin": 900, "creatinine": 40}
        yield {"kind": "car_t_level", "at": _day(day), "method": "qpcr", "value": 1000}
        yield {"kind": "decision", "at": _day(day), "choice": "watch_and_wait", "rationale": f"seen in round {number}"}
        yield {"kind": "vitals", "at": f"{_day(number % 28)}T08:00:00Z", "temp_c": 38.4, "hypotension": False}
        yield {"kind": "therapy", "at": _day(day), "agent": "tocilizumab", "intent": "toxicity", "stop": _day(day)}
        yield {"kind": "comorbidity", "at": _day(day), "condition": "other", "detail": f"condition {number}",
               "active": True}  # fmt: skip


def _counts(counts: int, days: int) -> Iterator[Fields]:
    for number in range(counts):
        yield {"kind": "blood_count", "at": f"{_day(number * days // counts)}T{number % 24:02d}:30:00Z", "anc": 0.4,
               "wbc": 1.2, "hb": 92, "plt": 45, "id": f"10000000-0000-4000-8000-{number:012d}"}  # fmt: skip


def _corrections(others: int) -> Iterator[Fields]:
    for number in range(others):
        yield {"kind": "blood_count", "at": f"{_day(number * 2)}T{number % 24:02d}:30:00Z", "anc": 0.5,
               "supersedes": f"10000000-0000-4000-8000-{number:012d}", "reason": "a digit was lost",
               "recorded_at": "2020-07-02T06:00:00Z", "recorded_by": "example"}  # fmt: skip
