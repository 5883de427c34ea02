"""The published index case as of day 60: its chart from the demonstration, and by hand what follows from it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedside.chart.assessment import Assessment
from bedside.chart.entries import parse_entries
from bedside.chart.live import Journal, resolve
from bedside.chart.patient import Chart, Patient
from bedside.resources import resource

FILE = "demo/published-myers-index.json"


@dataclass(frozen=True)
class OpenedSample:
    """What the service gives for an open patient."""

    chart: Chart
    journal: Journal
    assessment: Assessment
    recorded: dict[str, Any]


def chart() -> Chart:
    """The chart as published."""
    document = json.loads(resource(FILE).read_text(encoding="utf-8"))
    return Chart(
        patient=Patient.model_validate_json(json.dumps(document["patient"])),
        entries=parse_entries(json.dumps(document["entries"])),
        source=document["source"],
    )


STATES = {
    "L1": ("met", "19 y on 01-Jun-2020"),
    "L2": ("met", "absent, 08-Sep-2016"),
    "L3": ("not_met", "blinatumomab, 12-Feb-2020 to 11-Mar-2020"),
    "L4": ("met", "infused 01-Jun-2020"),
    "L5": ("not_met", "30 % blasts, 22-May-2020 (D−10); wanted: 1 % to below 5 %"),
    "L6": ("not_met", "NGS positive, below quantification, 29-Jun-2020 (D+28)"),
    "L7": ("not_met", "lost, CD19 75/µL, 31-Jul-2020 (D+60)"),
    "A1": ("met", "30 %, 22-May-2020 (D−10)"),
    "A2": ("unknown", "asked 08-Sep-2016, no result"),
    "A3": ("not_met", "both absent, 08-Sep-2016"),
    "A4": ("met", "blinatumomab, no CR, to 11-Mar-2020"),
    "A5": ("unknown", "no product release recorded"),
    "A6": ("unknown", "no CAR-T level recorded"),
    "A7": ("not_met", "lost earlier, see H4"),
    "A8": ("not_met", "tisagenlecleucel"),
    "A9": ("not_met", "19 y on 01-Jun-2020"),
    "A10": ("met", "30 %, 22-May-2020 (D−10)"),
    "A11": ("not_met", "none recorded after 01-Jun-2020"),
    "A12": ("met", "NGS, 29-Jun-2020 and 31-Jul-2020"),
    "H1": ("not_met", "FCM negative, limit 10⁻⁴, 29-Jun-2020 (D+28)"),
    "H2": ("not_due", "24-Aug-2020 to 21-Sep-2020, from D+84"),
    "H3": ("unknown", "no negative sample so far"),
    "H4": (
        "met",
        "CD19 75/µL, 31-Jul-2020 (D+60), after 0/µL, 29-Jun-2020 (D+28). Datable, 32 d apart; before 01-Sep-2020 "
        "(3 months). Seen in one sample: provisional. Recovery is CD19 ≥ 10/µL or ≥ 3 % of lymphocytes (policy)",
    ),
}
NGS_DAY_28, SUBSET_DAY_28 = "e874283e-c6e8-54d6-b487-03df9b882c91", "deb6cd68-1f60-5b83-918a-06d202ce791a"
NGS_DAY_60, SUBSET_DAY_60 = "90f8e852-b184-5ffe-be0c-172df918567e", "e2af7873-3efe-5d1f-a15c-ccf0143ac614"
INFUSION = "5772d2fa-4d99-553a-a7ad-fd549c78ddaa"
EVIDENCE = {"H4": (SUBSET_DAY_28, SUBSET_DAY_60), "A12": (NGS_DAY_28, NGS_DAY_60), "L4": (INFUSION,)}


def criteria() -> list[dict[str, Any]]:
    """All 23 criteria as of day 60."""
    return [
        {
            "id": one,
            "status": status,
            "evidence": EVIDENCE.get(one, ()),
            "due": date(2020, 9, 21) if one == "H2" else None,
            "text": text,
            "source": "buechner_2022",
        }
        for one, (status, text) in STATES.items()
    ]


def risk(**changes: Any) -> dict[str, Any]:
    """The risk class as of day 60, with changes."""
    history = [
        ("2016-09-01", "pending", False, False, None),
        ("2020-06-01", "ambiguous", True, True, INFUSION),
        ("2020-07-31", "high", True, True, SUBSET_DAY_60),
    ]
    return {
        "class": "high",
        "provisional": True,
        "low_reachable": False,
        "headline": "high",
        "meaning": "High means HSCT as consolidation of MRD-negative remission (Buechner 2022, Discussion). The newest "
        "marrow is NGS positive: first regain MRD-negativity. The decision is the physician's; none is recorded yet.",
        "decided_by": ("H4",),
        "missing": (
            "Repeat CD19 count, by 14-Aug-2020",
            "TP53",
            "product release",
            "CAR-T level and expansion",
            "marrow with NGS, 24-Aug-2020 to 21-Sep-2020",
        ),
        "criteria": criteria(),
        "what_would_change": (),
        "low_needs": (),
        "history": [
            {"date": date.fromisoformat(day), "class": one, "provisional": open_, "moved": moved, "entry": entry}
            for day, one, open_, moved, entry in history
        ],
    } | changes


def assessment(**changes: Any) -> Assessment:
    """What follows from the chart as of day 60, with changes."""
    fields: dict[str, Any] = {
        "mrn": "PUB-MYERS",
        "as_of": "2020-07-31",
        "knowledge": "sha256:" + "0" * 64,
        "app_version": "0.1",
        "phase": "follow_up",
        "day": 60,
        "day0": date(2020, 6, 1),
        "closed_by": None,
        "closed_on": None,
        "headline": "",
        "conflicts": (),
        "courses": [
            {
                "day0": date(2020, 6, 1),
                "infusion": INFUSION,
                "product": "tisagenlecleucel",
                "costimulation": "4_1bb",
                "infusions": (INFUSION,),
            }
        ],
        "phases": [
            {"phase": phase, "start": date.fromisoformat(start), "end": end and date.fromisoformat(end)}
            for phase, start, end in (
                ("referral", "2020-03-15", "2020-04-01"),
                ("bridging", "2020-04-02", "2020-05-25"),
                ("lymphodepletion", "2020-05-26", "2020-05-31"),
                ("infusion", "2020-06-01", "2020-06-01"),
                ("early_monitoring", "2020-06-02", "2020-06-29"),
                ("follow_up", "2020-06-30", None),
            )
        ],
        "risk": risk(),
        "cns_class": "CNS1",
        "cns_remission": None,
        "bca": {
            "status": "lost",
            "established_on": date(2020, 6, 29),
            "lost_on": date(2020, 7, 31),
            "datable": True,
            "confirmed": False,
            "duration_days": 60,
            "definition": "default",
            "evidence": (SUBSET_DAY_28, SUBSET_DAY_60),
            "text": "lost on 31-Jul-2020 (D+60) with CD19 75/µL, after 0/µL on 29-Jun-2020",
        },
        "response": {"response": "cr", "evidence": (NGS_DAY_28,), "text": "0 % blasts, 29-Jun-2020 (D+28)"},
        "mrd": [
            _sample(NGS_DAY_28, date(2020, 6, 29), "0 % blasts, FCM negative, NGS positive below quantification"),
            _sample(NGS_DAY_60, date(2020, 7, 31), "0 % blasts, NGS positive below quantification"),
        ],
        "alerts": [
            {
                "level": "caution",
                "rule": "BCA-3",
                "text": "loss of aplasia seen in one sample. The class stays provisional until a repeat.",
                "evidence": (SUBSET_DAY_60,),
            }
        ],
    }
    return Assessment.model_validate_json(json.dumps(fields | changes, default=str))


def _sample(entry: str, on: date, text: str) -> dict[str, Any]:
    return {"entry": entry, "date": on, "day": (on - date(2020, 6, 1)).days, "status": "positive", "text": text}


def opened(**changes: Any) -> OpenedSample:
    """The index case opened as of day 60."""
    case = chart()
    known = Chart.model_construct(patient=case.patient, entries=case.entries, source=case.source, as_of=None)
    return OpenedSample(known, resolve(known.entries), assessment(**changes), {})
