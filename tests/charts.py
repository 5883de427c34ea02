"""Small charts for tests: entries by kind and day, a course that is low risk, and the assessment of any of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bedside.chart.assessment import Assessment, Criterion
from bedside.chart.entries import parse_entry
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.loader import load_knowledge
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess

DAY0 = date(2020, 6, 1)
When = int | str | date
Fields = dict[str, Any]


def on(when: When) -> str:
    """The ISO text of a day relative to day 0, of a date, or of a text as it is."""
    if isinstance(when, int):
        return (DAY0 + timedelta(days=when)).isoformat()
    return when if isinstance(when, str) else when.isoformat()


def entry(kind: str, when: When, **fields: Any) -> Fields:
    """The fields of an entry; those that are None are left out."""
    given = {name: value for name, value in fields.items() if value is not None}
    return {"kind": kind, "at": on(when), **given}


def mrd(method: str, result: str = "negative", **fields: Any) -> Fields:
    return {"method": method, "result": result, **fields}


def marrow(when: When, blasts: float | None = 0, *results: Fields, **fields: Any) -> Fields:
    return entry("marrow", when, blasts_pct=blasts, mrd=list(results) or None, **fields)


def subset(when: When, cd19: float | None = 0, cd19_pct: float | None = None, **fields: Any) -> Fields:
    return entry("lymphocyte_subset", when, cd19=cd19, cd19_pct=cd19_pct, **fields)


def infusion(when: When = 0, product: str = "tisagenlecleucel", **fields: Any) -> Fields:
    return entry("infusion", when, product=product, **fields)


def therapy(when: When, agent: str, intent: str = "salvage", stop: When | None = None, **fields: Any) -> Fields:
    return entry("therapy", when, agent=agent, intent=intent, stop=None if stop is None else on(stop), **fields)


def genetics(marker: str, result: str, when: When = -400) -> Fields:
    return entry("genetics", when, marker=marker, result=result)


def referral(when: When = -60, history: str | None = "complete") -> Fields:
    return entry("referral", when, indication="second_or_later_relapse", therapy_history=history)


def relapse(when: When, *sites: str, **fields: Any) -> Fields:
    return entry("relapse", when, sites=list(sites) or ["marrow"], **fields)


def hsct(when: When) -> Fields:
    return entry("hsct", when, donor="sibling")


def release(when: When = -5, *, out: bool = False, viability: float | None = 90, **fields: Any) -> Fields:
    given = {"product": "tisagenlecleucel", **fields}
    return entry("product_release", when, out_of_specification=out, viability_pct=viability, **given)


def number_of(place: int) -> str:
    """The id of the entry at a place of a chart."""
    return str(uuid5(NAMESPACE_OID, str(place)))


def chart(entries: Sequence[Fields], born: str = "2010-03-02") -> Chart:
    """A chart of these entries; an entry without an id gets the one of its place."""
    parsed = [parse_entry({"id": number_of(place), **fields}) for place, fields in enumerate(entries)]
    patient = {"mrn": "T-1", "family_name": "Plant", "given_name": "Synthetic", "birth_date": born, "sex": "unknown"}
    return Chart(patient=Patient.model_validate(patient, strict=False), entries=tuple(parsed))


@cache
def tables() -> Knowledge:
    return load_knowledge()


def as_of(when: When) -> AsOf:
    return AsOf.parse(on(when))


def assessed(entries: Sequence[Fields], when: When, born: str = "2010-03-02", **options: Any) -> Assessment:
    """The assessment as of a day, with the knowledge that travels with the program."""
    knowledge = options.pop("knowledge", None) or tables()
    return assess(chart(entries, born), as_of(when), knowledge, app_version="test", **options)


def criterion(assessment: Assessment, name: str) -> Criterion:
    return next(held for held in assessment.risk.criteria if held.id == name)


def status(entries: Sequence[Fields], name: str, when: When, **options: Any) -> str:
    return criterion(assessed(entries, when, **options), name).status.value


def low_course() -> list[Fields]:
    """A course in which by D+200 every criterion of low risk is met and nothing speaks against it."""
    return [
        referral(),
        *(genetics(marker, "absent") for marker in ("kmt2a_r", "tp53", "hypodiploid")),
        release(),
        marrow(-10, 3),
        infusion(0),
        marrow(28, 0, mrd("fcm"), mrd("pcr"), mrd("ngs")),
        *(subset(day, 0) for day in (14, 42, 70, 98, 126, 154, 190)),
        marrow(90, 0, mrd("ngs")),
        entry("expansion", 20, peak="adequate", auc="adequate"),
    ]
