"""Relapse after infusion, event-free and overall survival, and registry facts of one course."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bedside.chart.assessment import SampleStatus
from bedside.chart.derived.follow_up import Event, Outcome, RelapseTold
from bedside.chart.enums import ContactStatus, RelapseImmunophenotype, RelapseSite
from bedside.chart.formats import date_text
from bedside.chart.moments import add_months
from bedside.logic.course import CourseRecord
from bedside.logic.follow_up.active_disease import active_disease
from bedside.logic.follow_up.registry import registry
from bedside.logic.opinion.factors_after import course_samples
from bedside.logic.relapses import OneRelapse, relapses
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_of
from bedside.logic.wording import ids

_READ = ("relapse", "hsct", "death", "remission", "marrow", "contact")
# Entries that do not show that the patient was seen.
NOT_SEEN = frozenset((
    "approval", "contact", "decision", "donor_search", "genetics", "grade_override", "identity", "manufacturing",
    "note", "plan", "product_release", "status",
))  # fmt: skip


def relapse(scene: Scene) -> RelapseTold:
    """Return the first relapse after day 0, also after HSCT, with published survival by type (myers_2023).

    Contested relapses leave the type unknown and are named. Beside it stand the relapses so far and what shows the
    leukaemia now.
    """
    day0, shown = scene.day0, active_disease(scene)
    told = RelapseTold(
        None,
        None,
        timing="; ".join(one for one in (_timing(scene), *conflict_of(scene, before=("relapse", "diagnosis"))) if one),
        active=tuple([one.words for one in shown]),
        active_by=tuple([held for one in shown for held in one.evidence]),
        together=tuple([ids(one.entries) for one in relapses(scene)]),
    )
    later = [one for one in relapses(scene) if day0 is not None and one.day > day0]
    if not later or day0 is None:
        contested = any(day0 is not None and e.at.day > day0 for e in scene.contested_of("relapse"))
        return replace(told, type="unknown") if contested else told
    return _first_told(scene, told, later[0], day0)


def _first_told(scene: Scene, told: RelapseTold, first: OneRelapse, day0: date) -> RelapseTold:
    kind = _type(first)
    survival = scene.knowledge.outcome.survival.get(kind)
    return replace(
        told,
        day=(first.day - day0).days,
        type=kind,
        date=first.day,
        sites=tuple(site.value for site in first.sites),
        survival_text="" if survival is None else survival.text,
        entry=first.entries[0].id,
    )


def _type(one: OneRelapse) -> str:
    """The immunophenotype that the first entry gives which knows it."""
    known = [entry.immunophenotype.value for entry in one.entries if entry.immunophenotype is not None]
    return next((kind for kind in known if kind != RelapseImmunophenotype.UNKNOWN), "unknown")


def relapse_before_infusion(scene: Scene) -> OneRelapse | None:
    """Return the newest relapse up to the infusion, or so far; None without one."""
    until = scene.day0 or scene.today
    held = [one for one in relapses(scene) if one.day <= until]
    return held[-1] if held else None


def _timing(scene: Scene) -> str:
    """How early the newest relapse before infusion was after diagnosis and after HSCT, in words; empty without one."""
    newest = relapse_before_infusion(scene)
    if newest is None:
        return ""
    parts = []
    diagnoses = scene.kinds.get("diagnosis", ())
    if not diagnoses:
        parts.append("not known: the date of diagnosis")
    elif RelapseSite.MARROW not in newest.sites:
        parts.append("no marrow relapse: the papers give no threshold")
    else:
        parts.append(_after_diagnosis(newest.day, diagnoses[0].at.day, scene))
    before = [entry.at.day for entry in scene.kinds.get("hsct", ()) if entry.at.day < newest.day]
    limit = scene.knowledge.outcome.numbers.early_after_hsct_days.value
    if before and (newest.day - before[-1]).days <= limit:
        parts.append(f"early after HSCT ({(newest.day - before[-1]).days} d)")
    return f"relapse of {date_text(newest.day)}: {'; '.join(parts)}"


def _after_diagnosis(day: date, diagnosed: date, scene: Scene) -> str:
    numbers = scene.knowledge.outcome.numbers
    if day < diagnosed:
        return f"not known: how early; dated before the diagnosis of {date_text(diagnosed)}"
    early = day <= add_months(diagnosed, int(numbers.early_relapse_months.value))
    words = "early" if early else "late"
    if day < add_months(diagnosed, int(numbers.very_early_relapse_months.value)):
        words += ", very early by Buechner 2022"
    return f"{words} after diagnosis of {date_text(diagnosed)}"


def outcome(scene: Scene) -> Outcome | None:
    """Return the events of the newest course; None before an infusion (pasvolsky_2023, buechner_2022 table 4).

    Event-free survival ends with no response (on the day of the day-28 result, else the last of its window), relapse or
    death; overall survival with death; HSCT- and MRD-free survival with these, HSCT or the first positive sample of
    follow-up. Without
    an event each is censored at the last contact or entry; event-free survival in its second form at HSCT.
    """
    record = scene.record
    if record is None:
        return None
    last, day0 = _last_seen(scene, record), record.facts.day0
    deaths = [(e.at.day, "death", e.id) for e in scene.kinds.get("death", ())]
    relapses = [(e.at.day, "relapse", e.id) for e in scene.kinds.get("relapse", ()) if e.at.day > day0]
    transplants = [(e.at.day, "hsct", e.id) for e in scene.kinds.get("hsct", ()) if e.at.day > day0]
    events = sorted([*deaths, *relapses, *_no_response(scene, record)])
    free = _event(events, last, day0)
    cut_off = transplants and (not events or transplants[0][0] < events[0][0])
    return Outcome(
        efs=free,
        efs_censored_at_hsct=_censored(transplants[0], day0) if cut_off else free,
        os=_event(deaths, last, day0),
        hsct_and_mrd_free=_event([*events, *transplants, *_first_positive(scene)], last, day0),
        text="; ".join(conflict_of(scene, *_READ, before=("infusion",))),
        registry=registry(scene, record),
    )


Dated = tuple[date, str, str | None]


def _event(events: Sequence[Dated], last: date, day0: date) -> Event:
    """The earliest of the events, else the censoring."""
    if not events:
        return Event(False, "last contact or entry", last, (last - day0).days, None)
    day, what, entry = min(events)
    return Event(True, what, day, (day - day0).days, entry)


def _censored(at: Dated, day0: date) -> Event:
    return Event(False, at[1], at[0], (at[0] - day0).days, at[2])


def _no_response(scene: Scene, record: CourseRecord) -> list[Dated]:
    marrow = record.facts.marrow
    if marrow.no_response_on is None:
        return []
    sample = marrow.day28_any
    window_last = record.facts.day0 + timedelta(days=scene.knowledge.numbers.day28_last)
    day = window_last if sample is None else sample.day
    return [(day, "no response", next(iter(marrow.no_response_by), None))] if day <= scene.today else []


def _first_positive(scene: Scene) -> list[Dated]:
    positive = [sample for sample in course_samples(scene) if sample.status is SampleStatus.POSITIVE]
    return [(sample.day, "MRD", sample.ids[0]) for sample in positive[:1]]


def _last_seen(scene: Scene, record: CourseRecord) -> date:
    """The last contact with the patient alive, or the last entry that shows the patient was there, if it is later."""
    days = [entry.at.day for entry in scene.kinds.get("contact", ()) if entry.status is ContactStatus.ALIVE]
    days += [entries[-1].at.day for kind, entries in scene.kinds.items() if entries and kind not in NOT_SEEN]
    return max(days, default=record.facts.day0)
