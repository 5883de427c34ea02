"""Turns an opened patient into what the toxicity view draws: the signs since the week before infusion."""

from dataclasses import replace
from datetime import date, timedelta

from bedside.chart.base import Entry
from bedside.chart.entries import Death, Infusion, Neuro, Therapy, Vitals
from bedside.chart.enums import Intent
from bedside.knowledge.tables import Knowledge
from bedside.ui.overview.course import CourseFacts

SHOWN = (Infusion, Vitals, Neuro, Death)


def toxicity_facts(facts: CourseFacts) -> CourseFacts:
    """The facts of the newest course that bear on its toxicity; all signs there are before an infusion."""
    day0 = facts.assessment.day0
    first = date.min if day0 is None else day0 - timedelta(days=int(facts.knowledge.toxicity.baseline_days.value))
    kept = [one for one in facts.entries if one.at.day >= first and _bears(one, facts.knowledge)]
    return replace(facts, entries=tuple(kept))


def _bears(entry: Entry, knowledge: Knowledge) -> bool:
    return isinstance(entry, SHOWN) or is_given_for_toxicity(entry, knowledge)


def is_given_for_toxicity(entry: Entry, knowledge: Knowledge) -> bool:
    """Tell whether an entry is a treatment of toxicity or an antipyretic."""
    antipyretics = knowledge.agents_with["antipyretic"]
    return isinstance(entry, Therapy) and (entry.intent is Intent.TOXICITY or entry.agent in antipyretics)


def graded_days(facts: CourseFacts) -> tuple[date, date] | None:
    """The first and the last day that grades are shown for: day 0 to the end of the window, today, or the last grade.

    None before an infusion.
    """
    day0 = facts.assessment.day0
    if day0 is None:
        return None
    known = [one.date for found in (facts.assessment.crs, facts.assessment.icans) for one in found.by_day]
    end = min(facts.as_of, day0 + timedelta(days=facts.knowledge.toxicity.window))
    return day0, max([end, *known])
