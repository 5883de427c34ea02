"""Owns the stretches that synthetic courses are made of: disease, way to infusion, daily rounds, follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from tests.demo.journal import TODAY, Journal


def days(number: int) -> timedelta:
    return timedelta(days=number)


@dataclass(frozen=True)
class Course:
    """How a synthetic course runs; days count from day 0, None stands for never."""

    day0: date
    product: str = "tisagenlecleucel"
    burden: float = 3.0
    crs: Sequence[int] = ()
    pressor_day: int | None = None
    icans: Sequence[int] = ()
    split_day: int | None = None
    weight_kg: float = 32.0
    dose: float = 9.0e7
    adult: bool = False
    viability: float | None = 88.0
    bridging: Sequence[str] = ("mercaptopurine", "methotrexate")


def diagnosis(journal: Journal, day: date, **fields: Any) -> None:
    """Diagnosis, clear CSF, frontline therapy in remission."""
    journal.on(day, "diagnosis", **({"disease": "b_all", "cd19": "positive"} | fields))
    journal.on(day + days(2), "csf", wbc_per_ul=journal.chance.randrange(0, 3), blasts=False)
    journal.on(
        day + days(3),
        "therapy",
        agent="vincristine",
        intent="frontline",
        route="iv",
        stop=(day + days(24)).isoformat(),
        response="cr",
    )
    journal.on(
        day + days(3),
        "therapy",
        agent="dexamethasone",
        intent="frontline",
        route="po",
        stop=(day + days(31)).isoformat(),
        response="cr",
    )
    journal.on(
        day + days(12),
        "therapy",
        agent="pegaspargase",
        intent="frontline",
        route="iv",
        stop=(day + days(12)).isoformat(),
        response="cr",
    )


def genetics(journal: Journal, day: date, present: Sequence[str] = (), sought: Sequence[str] = ()) -> None:
    """Results of the lesions sought; `present` ones found."""
    for marker in (*present, *sought):
        journal.on(day, "genetics", marker=marker, result="present" if marker in present else "absent")


def relapse(
    journal: Journal, day: date, agents: Sequence[str] = ("mitoxantrone", "pegaspargase"), **fields: Any
) -> None:
    """A relapse and its salvage therapy."""
    journal.on(day, "relapse", **({"sites": ["marrow"], "immunophenotype": "cd19_positive"} | fields))
    journal.on(day + days(1), "marrow", blasts_pct=journal.whole(30, 90), cd19="positive")
    for number, agent in enumerate(agents):
        first = day + days(5 + 2 * number)
        journal.on(
            first,
            "therapy",
            agent=agent,
            intent="salvage",
            route="iv",
            stop=(first + days(1)).isoformat(),
            response="no_cr",
        )


def referral(journal: Journal, day: date, history: str | None = "complete", **fields: Any) -> None:
    """Referral with weight, allergies and a donor search."""
    journal.on(
        day,
        "referral",
        indication=fields.pop("indication", "second_or_later_relapse"),
        therapy_history=history,
        **fields,
    )
    journal.on(day + days(1), "allergy", known=False)
    journal.on(day + days(1), "performance", scale="lansky", score=journal.chance.choice((70, 80, 90, 100)))
    journal.on(day + days(5), "donor_search", status="searching")


def count(journal: Journal, day: date, marrow: float) -> None:
    """One blood count; `marrow` from 0 (empty) to 1 (recovered)."""
    spread = journal.chance.uniform(0.8, 1.25)
    anc = round(0.05 + 2.1 * marrow * spread, 2)
    alc = round(0.04 + 0.9 * marrow * spread, 2)
    journal.morning(
        day,
        "blood_count",
        wbc=round(anc + alc + 0.1 + 0.3 * marrow, 2),
        anc=anc,
        alc=alc,
        hb=float(round(76 + 34 * marrow * spread)),
        plt=float(round(14 + 150 * marrow * spread)),
    )


def to_apheresis(journal: Journal, day: date) -> None:
    """Counts and subsets before collection, the collection, the order."""
    count(journal, day, 0.6)
    journal.morning(
        day,
        "lymphocyte_subset",
        cd3=journal.whole(320, 900),
        cd19=journal.whole(2, 40),
    )
    journal.on(day, "apheresis", cd3_yield=journal.between(1.1, 3.5), volume_ml=journal.whole(90, 240), sufficient=True)


def to_infusion(journal: Journal, course: Course) -> None:
    """Apheresis, bridging, release, marrow before infusion, lymphodepletion."""
    collected = course.day0 - days(44)
    to_apheresis(journal, collected)
    journal.on(collected + days(1), "manufacturing", product=course.product, status="in_process")
    for number, agent in enumerate(course.bridging):
        first = collected + days(4 + number)
        journal.on(
            first,
            "therapy",
            agent=agent,
            intent="bridging",
            route="iv" if agent == "vincristine" else "po",
            stop=(course.day0 - days(15)).isoformat(),
        )
    # Flow cytometry reports no MRD where the blasts can be counted.
    value = round(max(course.burden / 100, 0.0003), 6)
    found = [{"method": "fcm", "result": "positive", "value": value}] if course.burden < 5 else None
    for back in (30, 20, 12):
        count(journal, course.day0 - days(back), 0.55)
    journal.on(course.day0 - days(10), "marrow", blasts_pct=course.burden, mrd=found, cd19="positive")
    journal.on(course.day0 - days(10), "csf", wbc_per_ul=0, blasts=False)
    journal.on(
        course.day0 - days(9),
        "product_release",
        product=course.product,
        dose_car_t_cells=course.dose,
        viability_pct=course.viability,
        out_of_specification=False,
        batch=f"SYN-B{journal.who.number:03d}",
    )
    lymphodepletion(journal, course.day0 - days(6))


def lymphodepletion(journal: Journal, day: date) -> None:
    """Fludarabine and cyclophosphamide, their last day as far as it has come."""
    for agent, last in (("fludarabine", 3), ("cyclophosphamide", 1)):
        stop = day + days(last)
        journal.on(
            day,
            "therapy",
            agent=agent,
            intent="lymphodepletion",
            route="iv",
            stop=stop.isoformat() if stop <= TODAY else None,
        )


def infusion(journal: Journal, course: Course) -> None:
    """Weight and the infusion, in two parts where the dose is split."""
    journal.on(course.day0, "body_size", weight_kg=course.weight_kg)
    first = course.dose if course.split_day is None else round(course.dose * 0.25)
    fields: dict[str, Any] = {"product": course.product, "weight_kg": course.weight_kg}
    journal.at(course.day0, time(11, 20), "infusion", dose_car_t_cells=first, role="first", **fields)
    if course.split_day is not None:
        journal.at(
            course.day0 + days(course.split_day),
            time(11, 40),
            "infusion",
            dose_car_t_cells=course.dose - first,
            role="split",
            **fields,
        )


def daily_rounds(journal: Journal, course: Course) -> None:
    """Counts, chemistry, vital signs and neurology from lymphodepletion to day 28."""
    for number in (-5, -3, *range(-1, 15), 17, 21, 28):
        day = course.day0 + days(number)
        emptied = max(0.0, min(1.0, abs(number - 6) / 24)) if number > -3 else 0.55
        count(journal, day, emptied * 0.7)
        if number >= 0 and (number % 4 == 0 or number in course.crs):
            warm = number in course.crs
            journal.morning(
                day,
                "chemistry",
                crp=journal.between(60, 180) if warm else journal.between(1, 20),
                ferritin=journal.whole(1500, 9000) if warm else journal.whole(200, 900),
                ldh=journal.whole(180, 420),
            )
        if 0 <= number <= 10:
            vitals(journal, course, number)
            if number % 3 == 1 or number in course.icans:
                neuro(journal, course, number)


def vitals(journal: Journal, course: Course, number: int) -> None:
    """One set of vital signs; fever, low pressure and oxygen on the days of the syndrome."""
    day = course.day0 + days(number)
    if number not in course.crs:
        journal.at(
            day,
            time(8, 0),
            "vitals",
            temp_c=journal.between(36.4, 37.3),
            sbp=journal.whole(96, 118),
            spo2=journal.whole(96, 100),
            hypotension=False,
            oxygen="none",
        )
        return
    low = number != course.crs[0]
    pressed = number == course.pressor_day
    journal.at(
        day,
        time(8, 0),
        "vitals",
        temp_c=journal.between(38.4, 40.1),
        sbp=journal.whole(74, 92),
        spo2=journal.whole(91, 95),
        hypotension=low,
        oxygen="low_flow" if low else "none",
        o2_flow=2.0 if low else None,
        vasopressors=["noradrenaline"] if pressed else [],
        cause="crs",
    )
    if low and number == course.crs[1]:
        journal.on(day, "therapy", agent="tocilizumab", intent="toxicity", route="iv", stop=day.isoformat())


def neuro(journal: Journal, course: Course, number: int) -> None:
    """ICE from 12 years on, CAPD below."""
    ill = number in course.icans
    day = course.day0 + days(number)
    older = course.adult or (day.year - journal.who.birth_date.year) > 12
    score: dict[str, Any] = {"capd": journal.chance.randrange(9, 14) if ill else 0}
    if older:
        lost = journal.chance.randrange(1, 3) if ill else 0
        score = {
            "ice": {
                "orientation": 4 - lost,
                "naming": 3 - lost,
                "commands": 1,
                "writing": 0 if ill else 1,
                "attention": 0 if ill else 1,
            }
        }
    journal.at(
        day,
        time(9, 0),
        "neuro",
        consciousness="voice" if ill else "awake",
        seizure="none",
        cause="icans" if ill else None,
        **score,
    )


def mrd(fcm: float | None = None, ngs: float | None = None, *, with_ngs: bool = True) -> list[dict[str, Any]]:
    """MRD by flow cytometry and sequencing: a value means positive."""
    results = [_result("fcm", fcm, 1e-4)]
    return [*results, _result("ngs", ngs, 1e-6)] if with_ngs else results


def _result(method: str, value: float | None, lod: float) -> dict[str, Any]:
    if value is None:
        return {"method": method, "result": "negative", "lod": lod}
    return {"method": method, "result": "positive", "value": value, "lod": lod}


def day_28(journal: Journal, course: Course, found: list[dict[str, Any]], blasts: float = 0.0) -> None:
    """Marrow, CSF and the judged response at day 28."""
    day = course.day0 + days(28)
    journal.on(day, "marrow", blasts_pct=blasts, mrd=found, cd19="unknown" if blasts == 0 else "positive")
    journal.on(day, "csf", wbc_per_ul=0, blasts=False)
    journal.on(day, "remission", response="cr" if blasts < 5 else "no_response")
    journal.on(day, "expansion", peak="adequate", auc="adequate")


def b_cells(journal: Journal, course: Course, until: int, lost: int | None = None) -> None:
    """CD19 counts at day 14 and every four weeks, recovered from the day `lost` on; IgG with them."""
    for number in (14, *range(28, until + 1, 28)):
        recovered = lost is not None and number >= lost
        day = course.day0 + days(number)
        journal.morning(
            day, "lymphocyte_subset", cd3=journal.whole(250, 1100), cd19=journal.whole(24, 120) if recovered else 0.0
        )
        journal.morning(day, "immunoglobulin", igg=journal.between(3.1, 5.8))
        if number > 28:
            count(journal, day, 0.85)


def full_course(journal: Journal, course: Course) -> None:
    """The way to infusion, the infusion, the daily rounds."""
    to_infusion(journal, course)
    infusion(journal, course)
    daily_rounds(journal, course)
