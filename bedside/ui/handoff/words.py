"""Owns the lists beside the summary in words."""

from collections.abc import Sequence
from datetime import tzinfo

from bedside.chart.formats import at_text, moment_text
from bedside.chart.moments import At
from bedside.service.handoff import KeptSummary
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.risk.words import unbroken

MOST_CHANGES = 8


def missing_lines(items: Sequence[str]) -> list[Line]:
    """One line for each thing that is missing."""
    return [_split(item) for item in items]


def _split(item: str) -> Line:
    head, colon, rest = item.partition(": ")
    return (Run(f"{head}{colon}", 12, 600, "ink"), Run(unbroken(rest), 12, 400, "ink2"))


def changed_lines(items: Sequence[str] | None) -> list[Line]:
    """One line for each entry since the last summary; None: none was sent so far."""
    if items is None:
        return [(Run("It was not sent before.", 12, 400, "ink2"),)]
    if not items:
        return [(Run("Nothing.", 12, 400, "ink2"),)]
    more = len(items) - MOST_CHANGES
    lines: list[Line] = [(Run(unbroken(item), 12, 400, "ink2"),) for item in items[:MOST_CHANGES]]
    return [*lines, (Run(f"and {more} more", 12, 400, "ink2"),)] if more > 0 else lines


def sent_lines(kept: Sequence[KeptSummary], zone: tzinfo) -> list[Line]:
    """One line for each summary that was sent: when, by whom, to whom, as of when, and the start of its hash."""
    if not kept:
        return [(Run("Nothing so far.", 12, 400, "ink2"),)]
    return [
        (
            Run(f"{unbroken(moment_text(one.made_at, zone))}  ", 12, 600, "ink"),
            Run(f"{f'to {one.recipient}, ' if one.recipient else ''}by {one.made_by}, ", 12, 400, "ink2"),
            Run(unbroken(f"data as of {at_text(At.parse(one.as_of))}, sha256 {one.sha256[:8]}"), 12, 400, "ink2"),
        )
        for one in kept
    ]
