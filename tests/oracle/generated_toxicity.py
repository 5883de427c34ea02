"""Random charts that crowd around the edges of the grading: fever, flow, gaps of 72 hours, windows, ages, overrides."""

import random
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from tests.oracle.chart_facts import Fields

DAY0 = date(2020, 3, 1)
DAYS = (-1, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 13, 29, 30, 31, 40)
ZONE = timezone(timedelta(hours=1))


def make_chart(seed: int) -> dict[str, Any]:
    """Patient and entries of one chart."""
    chance = random.Random(seed)
    born = chance.choice(["2008-03-03", "2008-03-04", "2008-03-05", "2000-01-01", "2015-06-01"])
    entries: list[Fields] = [{"kind": "infusion", "at": DAY0.isoformat(), "product": "tisagenlecleucel"}]
    if chance.random() < 0.2:
        entries.append({"kind": "infusion", "at": _day(10), "product": "tisagenlecleucel", "role": "split"})
    entries += [_any(chance) for _ in range(chance.randint(3, 14))]
    for place, entry in enumerate(entries):
        entry["id"] = str(UUID(int=seed * 1000 + place, version=4))
    entries += _about(chance, entries, seed)
    chance.shuffle(entries)
    patient = {
        "mrn": f"TOX-{seed}", "family_name": "Synthetic", "given_name": "Oracle", "birth_date": born, "sex": "unknown",
    }  # fmt: skip
    return {"patient": patient, "entries": entries}


def _day(day: int) -> str:
    return (DAY0 + timedelta(days=day)).isoformat()


def _at(chance: random.Random) -> str:
    day = chance.choice(DAYS)
    if chance.random() < 0.5:
        return _day(day)
    clock = chance.choice([(8, 0), (8, 1), (7, 59), (20, 30)])
    moment = datetime(DAY0.year, DAY0.month, DAY0.day, *clock, tzinfo=ZONE) + timedelta(days=day)
    return moment.isoformat()


def _any(chance: random.Random) -> Fields:
    kind = chance.choices(["vitals", "neuro", "therapy", "relapse", "death"], [10, 6, 3, 0.2, 0.3])[0]
    if kind == "relapse":
        return {"kind": kind, "at": _day(chance.choice([5, 31])), "sites": ["marrow"]}
    if kind == "death":
        return {"kind": kind, "at": _day(45), "cause": chance.choice(["crs", "icans", "disease"])}
    at = _at(chance)
    if kind == "therapy":
        agent, intent = chance.choice(
            [("tocilizumab", "toxicity"), ("dexamethasone", "toxicity"), ("paracetamol", "supportive"),
             ("levetiracetam", "supportive")]
        )  # fmt: skip
        return {"kind": kind, "at": at, "agent": agent, "intent": intent}
    return _vitals(chance, at) if kind == "vitals" else _neuro(chance, at)


def _some(chance: random.Random, fields: dict[str, list[Any]]) -> Fields:
    """Each field with a value of its list, or left out."""
    return {name: chance.choice(values) for name, values in fields.items() if chance.random() < 0.65}


def _vitals(chance: random.Random, at: str) -> Fields:
    drugs = [[], ["vasopressin"], ["norepinephrine"], ["norepinephrine", "Vasopressin"], ["epinephrine", "dopamine"]]
    fields = _some(
        chance,
        {
            "temp_c": [37.9, 38.0, 38.1, 39.5],
            "hypotension": [True, False, False],
            "oxygen": ["none", "none", "low_flow", "high_flow", "mask", "positive_pressure"],
            "o2_flow": [5.9, 6.0, 6.1],
            "cause": ["crs", "other", "unknown", "unknown"],
        },
    )
    if chance.random() < 0.25:
        fields["vasopressors"] = chance.choice(drugs)
    return {"kind": "vitals", "at": at, **fields}


def _neuro(chance: random.Random, at: str) -> Fields:
    fields = _some(
        chance,
        {
            "capd": [0, 1, 8, 9, 20],
            "seizure": ["none", "none", "brief", "prolonged"],
            "motor": ["none", "none", "deep_focal_weakness"],
            "raised_icp": ["none", "none", "focal_oedema", "papilloedema"],
            "cause": ["icans", "other", "unknown", "unknown"],
        },
    )
    if chance.random() < 0.6:
        fields["ice"] = {
            "orientation": chance.randint(0, 4), "naming": chance.randint(0, 3), "commands": chance.randint(0, 1),
            "writing": chance.randint(0, 1), "attention": chance.randint(0, 1),
        }  # fmt: skip
    if chance.random() < 0.2:
        fields["developmental_delay"] = True
    awake = chance.choice(["awake", "awake", "awake", "voice", "tactile", "unarousable"])
    return {"kind": "neuro", "at": at, "consciousness": awake, **fields}


def _about(chance: random.Random, entries: list[Fields], seed: int) -> list[Fields]:
    """Overrides, a correction and a void of some of the entries."""
    about: list[Fields] = []
    graded = [entry for entry in entries if entry["kind"] in {"vitals", "neuro"}]
    for entry in graded:
        scale = "crs" if entry["kind"] == "vitals" else "icans"
        if chance.random() < 0.1:
            about.append({"kind": "grade_override", "at": entry["at"], "of": entry["id"], "scale": scale,
                          "grade": chance.randint(0, 4), "reason": "judged"})  # fmt: skip
    if graded and chance.random() < 0.3:
        wrong = chance.choice(graded)
        new = _vitals(chance, wrong["at"]) if wrong["kind"] == "vitals" else _neuro(chance, wrong["at"])
        about.append({**new, "supersedes": wrong["id"], "reason": "typed wrong"})
    if graded and chance.random() < 0.2:
        about.append({"kind": "void", "at": _day(1), "voids": chance.choice(graded)["id"], "reason": "other patient"})
    for place, entry in enumerate(about):
        entry["id"] = str(UUID(int=seed * 1000 + 500 + place, version=4))
    return about
