"""Wash-out in words: when an agent was last given, how long before a milestone, and what the source wants."""

from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.formats import date_text, label
from bedside.logic.preparation.milestones import Planned
from bedside.logic.preparation.washout_judged import Judged
from bedside.logic.told import conflict_words


def milestone_words(planned: Planned) -> str:
    """Return infusion 01-Jun-2020, or the milestone alone where it has no date."""
    name = label(planned.milestone)
    return name if planned.day is None else f"{name} {date_text(planned.day)}"


def row_words(found: Judged, planned: Planned, when: str, *, ahead: bool) -> str:
    """Return one line for an agent before a milestone, named by `when`; `ahead`: its stop is planned."""
    if planned.day is None:
        return conflict_words(planned.contested).text
    said = f"{_given(found, planned, when, ahead=ahead)}; {_wanted(found)}"
    if found.held.lacks_route:
        said += "; route not recorded, taken as systemic"
    if found.in_dates and found.status is WashoutStatus.CAUTION:
        said += "; time of day not recorded"
    return said


def _given(found: Judged, planned: Planned, when: str, *, ahead: bool) -> str:
    entry, agent = found.held.entry, label(found.held.agent)
    if found.last is None or entry.stop is None:
        begun = date_text(entry.at.day)
        if found.held.stop_unknown:
            return f"not known: the last day of {agent}, begun {begun}, before {when}"
        return f"{agent} since {begun}, no stop recorded: given through {when}"
    if planned.day is not None and entry.stop > planned.day:
        return f"{agent} {'planned to end' if ahead else 'given until'} {date_text(entry.stop)}, through {when}"
    before = f"{found.days} d" if found.hours is None else _hours_text(found.hours)
    return f"{agent} {'planned to end' if ahead else 'last given'} {date_text(found.last)}, {before} before {when}"


def _hours_text(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"


def _wanted(found: Judged) -> str:
    interval = found.interval
    if interval is None:
        return "no interval known for this agent"
    if interval.is_known and found.held.is_assumed:
        return f"{interval.words} (assumed for this agent: policy)"
    return interval.words
