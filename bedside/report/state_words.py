"""Owns the state of the patient in words: organ function, active problems, performance, what the reader is asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from bedside.chart.assessment import ClosedBy, CriterionStatus, Risk, RiskClass
from bedside.chart.base import Measured
from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.describe import values_text
from bedside.chart.entries import (
    BloodCount,
    Chemistry,
    Comorbidity,
    Csf,
    Death,
    Decision,
    DonorSearch,
    Entry,
    Extramedullary,
    Gvhd,
    Infection,
    Malignancy,
    Performance,
)
from bedside.chart.enums import Choice
from bedside.chart.formats import NOT_RECORDED, date_text, field_quantity_text, label, title
from bedside.report.facts import Facts
from bedside.report.wanted import ORGANS
from bedside.report.words import donor_words

COUNTS = ("wbc", "anc", "alc", "hb", "plt")
CHEMISTRY = (*ORGANS, "crp", "ferritin", "ldh", "fibrinogen", "triglycerides")

Kind = TypeVar("Kind", bound=Entry)


def newest_values(facts: Facts, kind: type[Measured], names: Sequence[str]) -> str:
    """Return the newest value of each field with its date, values of one date together; "" where there is none."""
    by_day: dict[str, list[str]] = {}
    for name in names:
        entry = next((e for e in reversed(facts.of(kind)) if getattr(e, name) is not None), None)
        if entry is not None:
            sign = (entry.censored or {}).get(name)
            words = field_quantity_text(name, getattr(entry, name), sign.value if sign else "")
            by_day.setdefault(date_text(entry.at.day), []).append(f"{title(name)} {words}")
    return "; ".join(f"{', '.join(values)} ({day})" for day, values in by_day.items())


def state_rows(facts: Facts, most: int) -> Iterator[tuple[str, str]]:
    """Yield name and words of what a transplant team asks of the patient's state, "not recorded" where nothing is.

    Of the active problems the `most` that began last, and how many more there are.
    """
    yield "Performance", performance_words(facts)
    if facts.course is None:
        csf = facts.newest(Csf)
        yield "CNS", "class not known" if csf is None else f"{facts.assessment.cns_class} ({date_text(csf.at.day)})"
    yield "Organ function", newest_values(facts, Chemistry, ORGANS) or NOT_RECORDED
    yield "Newest counts", newest_values(facts, BloodCount, COUNTS) or NOT_RECORDED
    problems = active_problems(facts)
    more = f"; {len(problems) - most} that began earlier" if len(problems) > most else ""
    yield "Active problems", f"{'; '.join(problems[:most])}{more}" if problems else "none recorded"


def performance_words(facts: Facts) -> str:
    """Return the newest performance status with its date, else "not recorded"."""
    newest = facts.newest(Performance)
    if newest is None:
        return NOT_RECORDED
    return f"{label(newest.scale.value)} {newest.score} ({date_text(newest.at.day)})"


def active_problems(facts: Facts) -> list[str]:
    """Return what is active as of the date, what began last first, but the leukaemia and toxicity before all.

    Infections, GVHD, conditions, disease outside the marrow.
    """
    toxic = [f"{name} grade {told.episodes[-1].peak}, still open" for name, told in _toxicities(facts)
             if told.episodes and told.episodes[-1].open]  # fmt: skip
    later = sorted(_problems(facts), key=lambda one: one[0], reverse=True)
    return [*facts.assessment.relapse.active, *toxic, *(words for _, words in later)]


def _problems(facts: Facts) -> Iterator[tuple[date, str]]:
    for infection in facts.of(Infection):
        if infection.stop is None or infection.stop >= facts.as_of.day:
            name = infection.organism or infection.site or "infection, organism not recorded"
            state = "controlled" if infection.controlled else "not controlled"
            yield infection.at.day, f"{name} since {date_text(infection.at.day)}, {state}"
    for gvhd in _newest_by(facts.of(Gvhd), lambda entry: entry.form):
        if gvhd.active:
            yield gvhd.at.day, f"GVHD: {values_text(gvhd)} ({date_text(gvhd.at.day)})"
    for condition in _newest_by(facts.of(Comorbidity), lambda entry: (entry.condition, entry.detail)):
        if condition.active:
            told = condition.detail if condition.condition.value == "other" else label(condition.condition.value)
            yield condition.at.day, f"{told or 'other condition'} ({date_text(condition.at.day)})"
    for site in _newest_by(facts.of(Extramedullary), lambda entry: entry.site):
        if site.active:
            yield site.at.day, f"extramedullary disease, {label(site.site.value)} ({date_text(site.at.day)})"
    for one in facts.of(Malignancy):
        yield one.at.day, f"second malignancy: {one.second_malignancy} ({date_text(one.at.day)})"


def _toxicities(facts: Facts) -> tuple[tuple[str, Toxicity], ...]:
    return ("CRS", facts.assessment.crs), ("ICANS", facts.assessment.icans)


def _newest_by(entries: Sequence[Kind], key: Callable[[Kind], object]) -> list[Kind]:
    return list({key(entry): entry for entry in entries}.values())


def asked_words(facts: Facts, asked: str) -> str:
    """Return what the sender asks, else what the state of the course leaves to the reader; it asks and never orders."""
    if asked:
        return asked
    if facts.newest(Death) is not None:
        return "nothing more; this is the record of the course."
    closed_by = facts.course.closed_by if facts.course else None
    relapsed = facts.assessment.relapse.date if facts.assessment.relapse.active else None
    if closed_by is ClosedBy.HSCT and relapsed is None:
        return "nothing more; this is the course before the HSCT."
    decision = facts.newest(Decision)
    since = relapsed if closed_by is ClosedBy.HSCT else facts.course.day0 if facts.course else None
    if decision is not None and (since is None or decision.at.day >= since):
        return _of_a_decision(facts, decision)
    if facts.course is None:
        return "to know the patient before CAR T cells, and to say what a later HSCT would need."
    if closed_by in {ClosedBy.RELAPSE, ClosedBy.HSCT}:
        return "your view of what follows the relapse; no decision is recorded."
    risk = facts.assessment.risk
    return _ASKED.get(risk.class_) or f"to know the patient; still open: {'; '.join(_open_criteria(risk))}."


def _open_criteria(risk: Risk) -> Iterator[str]:
    """Name the criteria that keep the class pending, with the day by which each is judged, the earliest first."""
    waiting = [one for one in risk.criteria if one.status is CriterionStatus.NOT_DUE]
    for due in sorted({one.due for one in waiting if one.due is not None}):
        yield f"{', '.join(one.id for one in waiting if one.due == due)}, judged by {date_text(due)}"


def _of_a_decision(facts: Facts, decision: Decision) -> str:
    day = date_text(decision.at.day)
    if decision.choice is Choice.HSCT:
        return f"to plan the HSCT that was decided on {day}; donor search {donor_words(facts.newest(DonorSearch))}."
    choice = label(decision.choice.value)
    return f"to know that “{choice}” was decided on {day}, and to say where you see it otherwise."


_ASKED: Mapping[RiskClass, str] = {
    RiskClass.HIGH: "whether and when you advise an HSCT; no decision is recorded.",
    RiskClass.AMBIGUOUS: "your view, HSCT or watch and wait; no decision is recorded.",
    RiskClass.LOW: "to know the patient, should the class move; no decision is recorded.",
}
