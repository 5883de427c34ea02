"""A synthetic course with fever, hypotension, oxygen and ICE scores after infusion, for the toxicity view and forms."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from bedside.chart.entries import AnyEntry, parse_entry
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.logic.assess import assess
from bedside.service.propose import Grading, grading
from bedside.service.read import Opened
from tests.samples.index_case import knowledge

ZONE = timezone(timedelta(hours=2))
DAY0 = date(2020, 7, 24)
NOW = datetime(2020, 7, 31, 9, 41, 7, tzinfo=ZONE)
BORN, CHILD = date(2004, 4, 9), date(2014, 4, 9)
FULL = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}


def entry(number: int, **fields: Any) -> AnyEntry:
    """An entry with a countable id."""
    return parse_entry({"id": f"00000000-0000-4000-8000-{number:012d}", **fields})


def at(day: int, clock: str = "") -> str:
    """A day of the course, with a time of day as "08:00" where there is one."""
    on = (DAY0 + timedelta(days=day)).isoformat()
    return f"{on}T{clock}:00+02:00" if clock else on


def infusion() -> AnyEntry:
    return entry(1, kind="infusion", at=at(0, "12:00"), product="tisagenlecleucel")


def fever_course() -> list[AnyEntry]:
    """Infused a week ago and well since: the last temperature was normal."""
    return [infusion(), entry(2, kind="vitals", at=at(6, "20:00"), temp_c=37.2, hypotension=False, oxygen="none")]


def chart(entries: Sequence[AnyEntry], born: date = BORN, **names: str) -> Chart:
    """The chart of the synthetic patient."""
    fields = {"mrn": "SYN-0003", "family_name": "Quince", "given_name": "Synthetic Three", "sex": "female", **names}
    patient = Patient.model_validate({**fields, "birth_date": born.isoformat()}, strict=False)
    return Chart.model_construct(patient=patient, entries=tuple(entries), source="synthetic", as_of=None)


def opened(entries: Sequence[AnyEntry], *, born: date = BORN, moment: datetime = NOW, **names: str) -> Opened:
    """The chart opened at a moment."""
    one = chart(entries, born, **names)
    assessment = assess(one, AsOf(moment.date(), moment), knowledge(), app_version="0.1")
    return Opened(one, resolve(one.entries), assessment, {})


def grading_of(entries: Sequence[AnyEntry], *, born: date = BORN) -> Grading:
    """The patient ready for drafts."""
    return grading(opened(entries, born=born), knowledge(), NOW)
