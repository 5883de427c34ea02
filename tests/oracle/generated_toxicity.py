"""Random charts that crowd around the edges of the grading: fever, flow, gaps of 72 hours, windows, ages, overrides."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from tests.oracle.chart_facts import Fields

DAY0 = date(2020, 3, 1)
DAYS = (-8, -1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 29, 30, 31, 34, 60, 61, 90, 91)
CLOCKS = ((8, 0), (8, 1), (7, 59), (20, 30), (0, 0), (23, 59))
ZONES = (timezone(timedelta(hours=1)), timezone(timedelta(hours=2)))
BORN = ("2008-02-29", "2008-03-01", "2008-03-04", "2008-03-05", "2000-01-01", "2015-06-01", "2019-09-01")
TREATMENTS = (
    ("tocilizumab", "toxicity"), ("dexamethasone", "toxicity"), ("anakinra", "toxicity"), ("paracetamol", "supportive"),
    ("metamizole", "supportive"), ("levetiracetam", "supportive"), ("dexamethasone", "supportive"),
)  # fmt: skip
PRESSORS = (
    (), ("vasopressin",), ("argipressin",), ("norepinephrine",), ("norepinephrine", "Vasopressin"),
    ("Noradrenaline", "norepinephrine "), ("noradrenaline", "argipressin"), ("epinephrine", "dopamine"),
    ("adrenaline", "epinephrine"), ("norepinephrine", "milrinone", "vasopressin"),
)  # fmt: skip
ICE_ITEMS = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}


def make_chart(seed: int) -> dict[str, Any]:
    """Patient and entries of one chart."""
    chance = random.Random(seed)
    entries = [*_infusions(chance), *(_any(chance) for _ in range(chance.randint(3, 14)))]
    _number(entries, seed, 0)
    about = _about(chance, entries)
    _number(about, seed, 500)
    entries += about
    chance.shuffle(entries)
    patient = {
        "mrn": f"TOX-{seed}", "family_name": "Synthetic", "given_name": "Oracle", "birth_date": chance.choice(BORN),
        "sex": "unknown",
    }  # fmt: skip
    return {"patient": patient, "entries": entries}


def _number(entries: Sequence[Fields], seed: int, first: int) -> None:
    for place, entry in enumerate(entries, first):
        entry["id"] = str(UUID(int=seed * 1000 + place, version=4))


def _infusions(chance: random.Random) -> list[Fields]:
    """The first infusion, often with a time, and sometimes a split dose, a reinfusion or another course."""
    first = {"kind": "infusion", "at": chance.choice([_day(0), _moment(0, 8, 0), _moment(0, 20, 30)])}
    found = [{**first, "product": "tisagenlecleucel"}]
    if chance.random() < 0.2:
        found.append({"kind": "infusion", "at": _day(chance.choice([1, 10])), "product": "tisagenlecleucel"})
    if chance.random() < 0.2:
        other = chance.choice(["tisagenlecleucel", "tisagenlecleucel", "brexucabtagene_autoleucel"])
        found.append({"kind": "infusion", "at": _at(chance, 60), "product": other})
    return found


def _day(day: int) -> str:
    return (DAY0 + timedelta(days=day)).isoformat()


def _moment(day: int, hour: int, minute: int, zone: timezone = ZONES[0]) -> str:
    return (datetime(DAY0.year, DAY0.month, DAY0.day, hour, minute, tzinfo=zone) + timedelta(days=day)).isoformat()


def _at(chance: random.Random, day: int | None = None) -> str:
    """A day, with a time in two cases of three."""
    day = chance.choice(DAYS) if day is None else day
    if chance.random() < 1 / 3:
        return _day(day)
    return _moment(day, *chance.choice(CLOCKS), chance.choice([ZONES[0], ZONES[0], ZONES[1]]))


def _any(chance: random.Random) -> Fields:
    kind = chance.choices(["vitals", "neuro", "therapy", "relapse", "death"], [10, 6, 3, 0.2, 0.3])[0]
    if kind == "relapse":
        return {"kind": kind, "at": _day(chance.choice([5, 31])), "sites": ["marrow"]}
    if kind == "death":
        return {"kind": kind, "at": _day(chance.choice([6, 45])), "cause": chance.choice(["crs", "icans", "disease"])}
    at = _at(chance)
    if kind == "therapy":
        agent, intent = chance.choice(TREATMENTS)
        return {"kind": kind, "at": at, "agent": agent, "intent": intent}
    return _vitals(chance, at) if kind == "vitals" else _neuro(chance, at)


def _some(chance: random.Random, fields: dict[str, list[Any]]) -> Fields:
    """Each field with a value of its list, or left out."""
    return {name: chance.choice(values) for name, values in fields.items() if chance.random() < 0.65}


def _vitals(chance: random.Random, at: str) -> Fields:
    fields = _some(
        chance,
        {
            "temp_c": [36.5, 37.9, 38.0, 38.1, 39.5],
            "hypotension": [True, False, False],
            "oxygen": ["none", "none", "low_flow", "high_flow", "mask", "positive_pressure"],
            "cause": ["crs", "other", "unknown", "unknown"],
            "sbp": [60, 90, 110],
        },
    )
    if fields.get("oxygen") != "none" and chance.random() < 0.4:
        fields["o2_flow"] = chance.choice([5.9, 6.0, 6.1])
    if chance.random() < 0.3:
        fields["vasopressors"] = list(chance.choice(PRESSORS))
    return {"kind": "vitals", "at": at, **fields}


def _neuro(chance: random.Random, at: str) -> Fields:
    icp = ["focal_oedema", "diffuse_oedema", "posturing", "sixth_nerve_palsy", "papilloedema", "cushing_triad"]
    fields = _some(
        chance,
        {
            "capd": [0, 0, 1, 8, 9, 20],
            "seizure": ["none", "none", "none", "none", "brief", "prolonged"],
            "motor": ["none", "none", "none", "none", "deep_focal_weakness"],
            "raised_icp": [*["none"] * 12, *icp],
            "cause": ["icans", "other", "unknown", "unknown"],
        },
    )
    if chance.random() < 0.6:
        fields["ice"] = _ice(chance, chance.choice([10, 10, 9, 7, 6, 3, 2, 1, 0]))
    if chance.random() < 0.2:
        fields["developmental_delay"] = chance.random() < 0.8
    awake = chance.choice([*["awake"] * 5, "voice", "tactile", "unarousable"])
    return {"kind": "neuro", "at": at, "consciousness": awake, **fields}


def _ice(chance: random.Random, points: int) -> dict[str, int]:
    """A score, its lost points spread over the items."""
    each = [name for name, most in ICE_ITEMS.items() for _ in range(most)]
    kept = chance.sample(each, points)
    return {name: kept.count(name) for name in ICE_ITEMS}


def _about(chance: random.Random, entries: Sequence[Fields]) -> list[Fields]:
    """Overrides, corrections, one of them perhaps corrected again or contested, and voids of some of the entries."""
    graded = [entry for entry in entries if entry["kind"] in {"vitals", "neuro"}]
    about = [_override(chance, entry) for entry in entries if entry["kind"] != "infusion" and chance.random() < 0.12]
    if graded and chance.random() < 0.3:
        wrong = chance.choice(graded)
        about += [_correction(chance, wrong) for _ in range(chance.choice([1, 1, 1, 1, 2]))]
    if graded and chance.random() < 0.25:
        voided = chance.choice([*graded, *(one for one in entries if one["kind"] == "therapy")])
        about.append({"kind": "void", "at": _day(1), "voids": voided["id"], "reason": "other patient"})
    return about


def _override(chance: random.Random, entry: Fields) -> Fields:
    own = {"vitals": "crs", "neuro": "icans"}.get(entry["kind"])
    scale = own if own and chance.random() < 0.9 else chance.choice(["crs", "icans"])
    at = chance.choice([entry["at"], entry["at"], _day(9)])
    return {
        "kind": "grade_override", "at": at, "of": entry["id"], "scale": scale, "grade": chance.randint(0, 5),
        "reason": "judged",
    }  # fmt: skip


def _correction(chance: random.Random, wrong: Fields) -> Fields:
    at = wrong["at"] if chance.random() < 0.7 else _at(chance)
    new = _vitals(chance, at) if wrong["kind"] == "vitals" else _neuro(chance, at)
    return {**new, "supersedes": wrong["id"], "reason": "typed wrong"}
