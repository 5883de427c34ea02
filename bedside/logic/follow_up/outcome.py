"""Relapse after infusion, event-free and overall survival, and registry facts of one course (section 14)."""

from datetime import date, timedelta
from typing import Any

from bedside.chart.derived.follow_up import Event, Outcome, RelapseTold
from bedside.chart.enums import RelapseSite
from bedside.chart.formats import date_text, label
from bedside.chart.moments import add_months
from bedside.logic.course import CourseRecord
from bedside.logic.preparation.prior_lines import prior_lines
from bedside.logic.scene import Scene


def relapse(scene: Scene) -> RelapseTold:
    """Return the first relapse after day 0, also after HSCT, with published survival by type (myers_2023)."""
    timing = _timing(scene)
    day0 = scene.day0
    later = [e for e in scene.kinds.get("relapse", ()) if day0 is not None and e.at.day > day0]
    if not later or day0 is None:
        return RelapseTold(None, None, timing=timing)
    first = later[0]
    kind = "unknown" if first.immunophenotype is None else first.immunophenotype.value
    survival = scene.knowledge.outcome.survival.get(kind)
    return RelapseTold(
        day=(first.at.day - day0).days,
        type=kind,
        date=first.at.day,
        sites=tuple(site.value for site in first.sites),
        survival_text="" if survival is None else survival.text,
        entry=first.id,
        timing=timing,
    )


def _timing(scene: Scene) -> str:
    """How early the newest relapse before infusion was after diagnosis and after HSCT, in words; empty without one."""
    until = scene.day0 or scene.today
    relapses = [entry for entry in scene.kinds.get("relapse", ()) if entry.at.day <= until]
    if not relapses:
        return ""
    newest, numbers = relapses[-1], scene.knowledge.outcome.numbers
    parts = []
    diagnoses = scene.kinds.get("diagnosis", ())
    if not diagnoses:
        parts.append("not known: the date of diagnosis")
    elif RelapseSite.MARROW not in newest.sites:
        parts.append("no marrow relapse: the papers give no threshold")
    else:
        parts.append(_after_diagnosis(newest.at.day, diagnoses[0].at.day, scene))
    before = [entry.at.day for entry in scene.kinds.get("hsct", ()) if entry.at.day < newest.at.day]
    if before and (newest.at.day - before[-1]).days <= numbers.early_after_hsct_days.value:
        parts.append(f"early after HSCT ({(newest.at.day - before[-1]).days} d)")
    return f"relapse of {date_text(newest.at.day)}: {'; '.join(parts)}"


def _after_diagnosis(day: date, diagnosed: date, scene: Scene) -> str:
    numbers = scene.knowledge.outcome.numbers
    early = day <= add_months(diagnosed, int(numbers.early_relapse_months.value))
    words = "early" if early else "late"
    if day < add_months(diagnosed, int(numbers.very_early_relapse_months.value)):
        words += ", very early by Buechner 2022"
    return f"{words} after diagnosis of {date_text(diagnosed)}"


def outcome(scene: Scene) -> Outcome | None:
    """Return the events of the newest course; None before an infusion (pasvolsky_2023).

    Event-free survival ends with no response (on the day of the day-28 result, else D+42), relapse or death; overall
    survival with death. Without an event it is censored at the last contact or entry, at HSCT in the second form.
    """
    record = scene.record
    if record is None:
        return None
    last = _last_seen(scene, record)
    deaths = [(e.at.day, "death", e.id) for e in scene.kinds.get("death", ())]
    relapses = [(e.at.day, "relapse", e.id) for e in scene.kinds.get("relapse", ()) if e.at.day > record.facts.day0]
    events = sorted([*deaths, *relapses, *_no_response(scene, record)])
    transplants = [(e.at.day, "hsct", e.id) for e in scene.kinds.get("hsct", ()) if e.at.day > record.facts.day0]
    first = events[0] if events else None
    censored = transplants[0] if transplants and (first is None or transplants[0][0] < first[0]) else None
    return Outcome(
        efs=_event(first, last, record),
        efs_censored_at_hsct=_event(first, last, record) if censored is None else _censored(censored, record),
        os=_event(deaths[0] if deaths else None, last, record),
        registry=_registry(scene, record, deaths, transplants),
    )


Dated = tuple[date, str, str | None]


def _event(found: Dated | None, last: date, record: CourseRecord) -> Event:
    if found is None:
        return Event(False, "last contact or entry", last, (last - record.facts.day0).days, None)
    return Event(True, found[1], found[0], (found[0] - record.facts.day0).days, found[2])


def _censored(at: Dated, record: CourseRecord) -> Event:
    return Event(False, at[1], at[0], (at[0] - record.facts.day0).days, at[2])


def _no_response(scene: Scene, record: CourseRecord) -> list[Dated]:
    marrow = record.facts.marrow
    if marrow.no_response_on is None:
        return []
    sample = marrow.day28_any
    window_last = record.facts.day0 + timedelta(days=scene.knowledge.numbers.day28_last)
    return [(window_last if sample is None else sample.day, "no response", next(iter(marrow.no_response_by), None))]


def _last_seen(scene: Scene, record: CourseRecord) -> date:
    """The last contact with the patient alive, else the last entry of any kind."""
    contacts: list[date] = [entry.at.day for entry in scene.kinds.get("contact", ()) if entry.status.value == "alive"]
    if contacts:
        return max(contacts)
    days: list[date] = [entries[-1].at.day for entries in scene.kinds.values() if entries]
    last = max(days, default=record.facts.day0)
    return min(last, scene.today)


def _registry(
    scene: Scene, record: CourseRecord, deaths: list[Dated], transplants: list[Dated]
) -> dict[str, int | float | str | None]:
    """What buechner_2022 table 4 asks of a registry, where the chart holds it; None where it does not."""
    day0, aplasia = record.facts.day0, record.facts.aplasia
    collected = [e.at.day for e in scene.kinds.get("apheresis", ()) if e.at.day <= day0]
    lines = prior_lines(scene)
    aplastic_until = aplasia.lost_on or aplasia.last_aplastic
    given: list[Any] = [t for t in scene.kinds.get("therapy", ()) if t.agent == "immunoglobulin" and t.at.day >= day0]
    return {
        "prior_lines": lines.number if lines.complete else None,
        "therapies_before_infusion": sum(t.at.day < day0 for t in scene.kinds.get("therapy", ())),
        "days_apheresis_to_infusion": (day0 - collected[-1]).days if collected else None,
        "aplasia_days": None if aplastic_until is None else (aplastic_until - day0).days,
        "immunoglobulin_periods": len(given),
        "product": label(record.facts.before.infusion.product.value),
        "hsct_day": (transplants[0][0] - day0).days if transplants else None,
        "death_day": (deaths[0][0] - day0).days if deaths else None,
    }
