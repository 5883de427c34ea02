"""Owns the table of wash-out: every agent against apheresis and infusion, and the earliest clear dates."""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from reportlab.platypus import Table
from reportlab.platypus.flowables import Flowable

from bedside.chart.derived.washout import Earliest, Washout, WashoutStatus
from bedside.chart.formats import date_text, label
from bedside.report.styles import SOFT
from bedside.report.words import NOTHING
from bedside.report.writing import Cell, Writing

_Agent: TypeAlias = "tuple[str, date | None]"
_AGENT, _LAST = 0.17, 0.13
_HALF_A_YEAR_DAYS = 183
_WORDS = {
    WashoutStatus.CONFLICT: "conflict",
    WashoutStatus.CAUTION: "caution",
    WashoutStatus.CLEAR: "clear",
    WashoutStatus.NO_INTERVAL: "no interval known",
    WashoutStatus.UNKNOWN: "not known",
}
_GRAVE = (WashoutStatus.CONFLICT, WashoutStatus.UNKNOWN)


def washout(writing: Writing) -> list[Flowable]:
    """Return one row for each agent with its interval before each milestone, and the earliest clear dates beneath."""
    rows = writing.facts.assessment.washout
    if not rows:
        return []
    told = [row for row in rows if not _is_long_clear(row)]
    older = len(rows) - len(told)
    intervals = "1 interval" if older == 1 else f"{older} intervals"
    left_out = f"Left out: {intervals} clear for more than half a year. " if older else ""
    under = writing.letters.paragraph(left_out + earliest_words(writing), SOFT)
    agents = list(dict.fromkeys((row.agent, row.last_day) for row in sorted(told, key=_newest_last)))
    shown, earlier = writing.newest(agents, "agents")
    if not told:
        return [*writing.heading("Wash-out", "washout"), under]
    return [*writing.over("Wash-out", "washout", _table(writing, told, shown)), *earlier, under]


def _newest_last(row: Washout) -> date:
    return row.last_day or date.max


def _is_long_clear(row: Washout) -> bool:
    return row.status is WashoutStatus.CLEAR and (row.interval_days or 0) > _HALF_A_YEAR_DAYS


def _table(writing: Writing, rows: Sequence[Washout], agents: Sequence[_Agent]) -> Table:
    milestones = list(dict.fromkeys((row.milestone, row.date) for row in rows))
    found = {(row.agent, row.last_day, row.milestone, row.date): row for row in rows}
    body: list[list[Cell]] = [
        [
            label(agent),
            "still given" if last is None else date_text(last),
            *(_cell(writing, found.get((agent, last, *milestone))) for milestone in milestones),
        ]
        for agent, last in agents
    ]
    each = writing.room * (1 - _AGENT - _LAST) / len(milestones)
    heads = [f"Before {name}{'' if day is None else f' {date_text(day)}'}" for name, day in milestones]
    widths = [writing.room * _AGENT, writing.room * _LAST, *(each for _ in milestones)]
    return writing.table(["Agent", "Last given", *heads], body, widths)


def _cell(writing: Writing, row: Washout | None) -> Cell:
    if row is None:
        return NOTHING
    interval = [] if row.interval_days is None else [f"{row.interval_days} d"]
    least = [] if row.minimum_days is None else [f"at least {row.minimum_days} d ({writing.source_words(row.source)})"]
    words = ", ".join([_WORDS[row.status], *interval, *least])
    return writing.strong_cell(words) if row.status in _GRAVE else words


def earliest_words(writing: Writing) -> str:
    """Return the earliest clear dates with the agents that bind them and those not judged; "" where nothing was given.

    No source gives an interval for what is not judged, so that no date is known to be clear of it.
    """
    found = writing.facts.assessment.washout_earliest
    details = {} if found is None else found.details
    parts = [words for milestone, one in details.items() if (words := _earliest_of(milestone, one))]
    return f"Earliest: {'; '.join(parts)}." if parts else ""


def _earliest_of(milestone: str, found: Earliest) -> str:
    not_judged = f"no interval known for {_listed(found.no_interval)}" if found.no_interval else ""
    dated = ""
    if found.clear is not None:
        dated = f"clear from {date_text(found.clear)} ({_listed(found.binding)})"
    elif found.open_agents:
        dated = f"no date while {_listed(found.open_agents)} has no last day"
    said = ", ".join(part for part in (dated, not_judged) if part)
    return f"{milestone} {said}" if said else ""


def _listed(agents: Sequence[str]) -> str:
    return ", ".join(map(label, agents))
