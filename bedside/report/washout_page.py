"""Owns the table of wash-out: every agent against apheresis and infusion, and the earliest clear dates."""

from reportlab.platypus.flowables import Flowable

from bedside.chart.derived.washout import Washout, WashoutStatus
from bedside.chart.formats import date_text, label
from bedside.report.styles import SOFT
from bedside.report.words import NOTHING
from bedside.report.writing import Cell, Writing

_SHARES = (0.2, 0.13, 0.15, 0.13, 0.13, 0.26)
_HALF_A_YEAR_DAYS = 183
_WORDS = {
    WashoutStatus.CONFLICT: "conflict",
    WashoutStatus.CAUTION: "caution",
    WashoutStatus.CLEAR: "clear",
    WashoutStatus.NO_INTERVAL: "no interval known",
    WashoutStatus.UNKNOWN: "not known",
}


def washout(writing: Writing) -> list[Flowable]:
    """Return one row for each agent and milestone, gravest first, and the earliest clear dates beneath."""
    rows = writing.facts.assessment.washout
    told = [row for row in rows if not _is_long_clear(row)]
    if not rows:
        return []
    widths = [writing.room * share for share in _SHARES]
    head = ["Agent", "Before", "Last given", "Interval", "Minimum", "Status"]
    table = [writing.table(head, [_row(writing, row) for row in told], widths)] if told else []
    older = len(rows) - len(told)
    left_out = f"Left out: {older} intervals clear for more than half a year. " if older else ""
    under = writing.letters.paragraph(left_out + _earliest(writing), SOFT)
    return [*writing.heading("Wash-out", "washout"), *table, under]


def _is_long_clear(row: Washout) -> bool:
    return row.status is WashoutStatus.CLEAR and (row.interval_days or 0) > _HALF_A_YEAR_DAYS


def _row(writing: Writing, row: Washout) -> list[Cell]:
    status = _WORDS[row.status]
    grave = row.status in {WashoutStatus.CONFLICT, WashoutStatus.UNKNOWN}
    source = f" ({writing.source_words(row.source)})" if row.minimum_days is not None else ""
    return [
        label(row.agent),
        f"{row.milestone} {'' if row.date is None else date_text(row.date)}",
        "still given" if row.last_day is None else date_text(row.last_day),
        NOTHING if row.interval_days is None else f"{row.interval_days} d",
        NOTHING if row.minimum_days is None else f"{row.minimum_days} d",
        writing.strong_cell(status + source) if grave else status + source,
    ]


def _earliest(writing: Writing) -> str:
    found = writing.facts.assessment.washout_earliest
    if found is None:
        return ""
    parts = []
    for milestone, details in found.details.items():
        if details.clear is not None:
            by = ", ".join(label(agent) for agent in details.binding)
            parts.append(f"{milestone} clear from {date_text(details.clear)} ({by})")
        elif details.open_agents:
            parts.append(
                f"{milestone}: no date while {', '.join(label(a) for a in details.open_agents)} has no last day"
            )
    return f"Earliest: {'; '.join(parts)}." if parts else ""
