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
ID = "00000000-0000-4000-8000-{:012d}"
REASON = "the line was flushed while the pressure was read"
FULL = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}


def entry(number: int, **fields: Any) -> AnyEntry:
    """An entry with a countable id."""
    return parse_entry({"id": ID.format(number), **fields})


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


TEMPERATURES = (
    (0, (36.8, 36.9, 37.0)), (1, (36.7, 37.1)), (2, (37.3, 38.6, 38.4)), (3, (38.9, 38.5, 39.1)),
    (4, (38.7, 39.0, 38.6)), (5, (39.4, 39.2, 39.6)), (6, (40.1, 39.8, 38.6)), (7, (37.9, 37.6)),
)  # fmt: skip
HOURS = ("02:10", "08:00", "20:00")


def typical_course() -> list[AnyEntry]:
    """Fever from D+2, hypotension and oxygen, one vasopressor on D+6, better after tocilizumab; ICE falls on D+7."""
    entries = [infusion(), entry(5, kind="neuro", at=at(0, "08:00"), ice=FULL, consciousness="awake")]
    for day, temperatures in TEMPERATURES:
        for place, temperature in enumerate(temperatures):
            signs = _signs(day, place)
            number = 100 + day * 10 + place
            entries.append(entry(number, kind="vitals", at=at(day, HOURS[place]), temp_c=temperature, **signs))
        ice = {**FULL, "writing": 0} if day == 7 else FULL
        entries.append(
            entry(300 + day, kind="neuro", at=at(day, "08:30"), ice=ice, consciousness="awake", seizure="none")
        )
    return [
        *entries,
        entry(400, kind="therapy", at=at(5, "21:00"), agent="tocilizumab", intent="toxicity", stop=at(5)),
        entry(401, kind="therapy", at=at(6, "03:00"), agent="tocilizumab", intent="toxicity", stop=at(6)),
        entry(402, kind="therapy", at=at(6, "03:30"), agent="dexamethasone", intent="toxicity"),
        entry(403, kind="therapy", at=at(2, "09:00"), agent="paracetamol", intent="supportive", stop=at(5)),
        entry(404, kind="chemistry", at=at(-1), ferritin=410.0, fibrinogen=3.1, ast=24.0, alt=19.0, ldh=210.0),
        entry(405, kind="chemistry", at=at(7, "06:00"), ferritin=8900.0, fibrinogen=1.6, ast=96.0, alt=88.0, ldh=640.0),
        *(entry(410 + day, kind="blood_count", at=at(day, "06:00"), anc=round(0.9 - day / 10, 1)) for day in range(8)),
    ]


def _signs(day: int, place: int) -> dict[str, Any]:
    if day == 5 and place:
        return {"sbp": 86.0, "hypotension": True, "oxygen": "low_flow", "o2_flow": 2.0}
    if day == 6 and place < 2:
        return {
            "sbp": 78.0,
            "hypotension": True,
            "vasopressors": ["noradrenaline"],
            "oxygen": "low_flow",
            "o2_flow": 2.0,
        }
    if day >= 6:
        return {"sbp": 92.0, "hypotension": True, "vasopressors": [], "oxygen": "low_flow", "o2_flow": 2.0}
    return {"sbp": 112.0 - day, "hypotension": False, "vasopressors": [], "oxygen": "none"}


def alarming_course() -> list[AnyEntry]:
    """Two vasopressors under positive pressure, a seizure, and a grade that a physician set."""
    worst = {"vasopressors": ["noradrenaline", "adrenaline"], "oxygen": "positive_pressure", "hypotension": True}
    ice = dict.fromkeys(FULL, 0)
    return [
        *typical_course(),
        entry(500, kind="vitals", at=at(7, "09:10"), temp_c=39.9, sbp=61.0, **worst),
        entry(501, kind="neuro", at=at(7, "09:20"), ice=ice, consciousness="tactile", seizure="brief"),
        entry(502, kind="grade_override", at=at(7, "09:30"), of=ID.format(171), scale="crs", grade=1, reason=REASON),
    ]


def longest_course() -> list[AnyEntry]:
    """Thirty days with a reading every four hours, every device, and long names of what was given."""
    agents = ("antithymocyte_globulin", "methylprednisolone", "anakinra", "emapalumab", "ruxolitinib", "siltuximab")
    oxygen = ("low_flow", "high_flow", "mask", "positive_pressure", "none")
    entries = [infusion()]
    for number in range(30 * 6):
        day, hour = divmod(number * 4, 24)
        signs = {"temp_c": round(37.0 + number % 11 / 3, 1), "sbp": 80.0 + number % 37, "hypotension": number % 7 < 3}
        support = {"oxygen": oxygen[day // 3 % 5], "vasopressors": ["norepinephrine"] if day % 9 == 8 else []}
        entries.append(entry(1000 + number, kind="vitals", at=at(day, f"{hour:02d}:00"), **signs, **support))
    entries += [
        entry(2000 + day, kind="neuro", at=at(day, "10:00"), capd=day % 13, consciousness="awake") for day in range(30)
    ]
    given = [
        entry(3000 + place, kind="therapy", at=at(2 + 3 * place, "11:00"), agent=agent, intent="toxicity")
        for place, agent in enumerate(agents)
    ]
    return [*entries, *given]
