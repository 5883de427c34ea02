"""A synthetic course of counts: typical, alarming, with corrections, what was not done, and two against each other."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bedside.chart.entries import AnyEntry, parse_entry
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.logic.assess import assess
from bedside.service.read import Opened, Provenance
from tests.samples.index_case import knowledge

DAY0 = date(2020, 7, 24)
NURSE = "B. Specimen"
COUNTS = (
    (-4, 1.8, 1.2, 0.2, 89, 61), (-1, 0.9, 0.7, 0.1, 84, 47), (0, 0.8, 0.6, 0.1, 82, 41), (1, 0.7, 0.5, 0.1, 80, 38),
    (2, 0.6, 0.4, 0.1, 78, 31), (3, 0.5, 0.3, 0.1, 19, 24), (4, 0.4, 0.2, 0.2, 88, 18), (5, 0.3, 0.1, 0.2, 85, 42),
    (6, 0.5, 0.1, 0.4, 81, 27),
)  # fmt: skip
CHEMISTRY = (
    (-1, 6, 690, 290, 3.3, 45, 28, 26, 8), (0, 5, 710, 285, 3.4, 46, 27, 25, 8), (2, 24, 980, 310, 3.9, 49, 36, 31, 10),
    (3, 61, 2140, 390, 3.7, 55, 52, 47, 12), (5, 142, 9120, 540, 2.1, 72, 96, 84, 14),
    (6, 118, 12400, 512, 1.6, 66, 88, 80, 13),
)  # fmt: skip


def patient(**changes: Any) -> Patient:
    """A synthetic adult."""
    fields = {"mrn": "SYN-0003", "family_name": "Quince", "given_name": "Synthetic Three", "birth_date": "1998-04-09"}
    return Patient.model_validate_json(json.dumps(fields | {"sex": "female"})).model_copy(update=changes)


def entry(number: int, day: int | None = None, clock: Any = "07:05", **fields: Any) -> AnyEntry:
    """An entry with a countable id on a day of the course, recorded half an hour later."""
    at = {} if day is None else {"at": f"{(DAY0 + timedelta(days=day)).isoformat()}T{clock}:00+02:00"}
    return parse_entry({"id": f"00000000-0000-4000-8000-{number:012d}", "recorded_by": NURSE, **at, **fields})


def typical() -> list[AnyEntry]:
    """Nine counts around the infusion with a slip that was corrected, chemistry, subsets, an immunoglobulin."""
    names = ("wbc", "anc", "alc", "hb", "plt")
    entries = [
        entry(10 + place, day, kind="blood_count", **dict(zip(names, map(float, values), strict=True)))
        for place, (day, *values) in enumerate(COUNTS)
    ]
    parts = ("crp", "ferritin", "ldh", "fibrinogen", "creatinine", "ast", "alt", "bilirubin")
    entries += [
        entry(40 + place, day, kind="chemistry", **dict(zip(parts, map(float, values), strict=True)))
        for place, (day, *values) in enumerate(CHEMISTRY)
    ]
    mended = dict(zip(names, (0.5, 0.3, 0.1, 91.0, 24.0), strict=True))
    return [
        entry(1, 0, "09:30", kind="infusion", product="tisagenlecleucel"),
        *entries,
        entry(60, -4, kind="chemistry", ldh=340.0, creatinine=47.0, not_done=["crp"]),
        entry(61, 3, kind="blood_count", supersedes=entries[5].id, reason="typing slip", **mended),
        entry(62, 5, kind="lymphocyte_subset", cd3=96.0, cd19=0.0),
        entry(63, 5, kind="immunoglobulin", igg=5.2, iga=0.07, censored={"iga": "<"}),
    ]


def disputed() -> list[AnyEntry]:
    """Two corrections of one count that stand against each other."""
    base = typical()
    hb = {"kind": "blood_count", "supersedes": base[9].id, "wbc": 0.5, "anc": 0.1, "alc": 0.4}
    return [
        *base,
        entry(70, 6, **hb, hb=81.0, plt=72.0, reason="read from the printed sheet"),
        entry(71, 6, **hb, hb=81.0, plt=12.0, reason="read from the screen"),
    ]


def alarming() -> list[AnyEntry]:
    """The typical course, and a day on which counts are critical and ferritin off scale."""
    return [
        *typical(),
        entry(80, 7, kind="blood_count", wbc=0.05, anc=0.0, alc=0.05, hb=44.0, plt=3.0, pb_blasts_pct=82.0),
        entry(81, 7, kind="chemistry", crp=412.0, ferritin=100000.0, fibrinogen=0.6, censored={"ferritin": ">"}),
    ]


def long_course(entries: int) -> list[AnyEntry]:
    """So many entries, a count and chemistry in turn, two a day."""
    made = [entry(1, 0, "09:30", kind="infusion", product="tisagenlecleucel")]
    for place in range(entries - 1):
        day, clock = place // 2 + 1, ("07:05", "19:05")[place % 2]
        if place % 3 == 2:
            values = {"crp": float(place % 190), "ferritin": 400.0 + place % 4000, "ldh": 290.0, "creatinine": 47.0}
            made.append(entry(100 + place, day, clock, kind="chemistry", **values))
        else:
            values = {"wbc": 2.0 + place % 7, "anc": 0.5 + place % 3, "alc": 0.4, "hb": 80.0 + place % 30}
            made.append(entry(100 + place, day, clock, kind="blood_count", plt=20.0 + place % 200, **values))
    return made


def opened_counts(entries: Iterable[AnyEntry], day: str = "2020-07-31", **changes: Any) -> Opened:
    """A patient with these entries opened as of a day, each recorded half an hour after it was drawn."""
    held = tuple(entries)
    one = Chart.model_construct(patient=patient(**changes), entries=held, source=None, as_of=None)
    assessment = assess(one, AsOf.parse(day), knowledge(), app_version="0.1")
    return Opened(
        one, resolve(held), assessment, {each.id: _recorded(each, number) for number, each in enumerate(held, 1)}
    )


def _recorded(each: AnyEntry, number: int) -> Provenance:
    start = each.at.instant or datetime.combine(each.at.day, datetime.min.time(), UTC)
    moment = start + timedelta(minutes=36)
    return Provenance(moment, NURSE, "nurse", moment, NURSE, number)
