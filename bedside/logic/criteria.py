"""The criteria of the risk class by name and place, and the four statuses that each can have."""

from typing import NamedTuple

from bedside.chart.assessment import CriterionStatus

LOW = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
HIGH = ("H1", "H2", "H3", "H4")
AMBIGUOUS = ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12")
ALL = LOW + HIGH + AMBIGUOUS
PLACE = {name: place for place, name in enumerate(ALL)}

# Small numbers, because a history compares many statuses.
MET, NOT_MET, UNKNOWN, NOT_DUE = range(4)
WORDS = (CriterionStatus.MET, CriterionStatus.NOT_MET, CriterionStatus.UNKNOWN, CriterionStatus.NOT_DUE)

Statuses = tuple[int, ...]


class Words(NamedTuple):
    """What is said about one criterion: one line, the ids of the entries that decided it, whether a result is awaited.

    `source` stands in for the criterion's own where another paper gives what decided it.
    """

    text: str
    evidence: tuple[str, ...] = ()
    awaits: bool = False
    source: str | None = None


def opposite(status: int) -> int:
    """Return met for not met and the other way round; unknown and not due stay."""
    return (NOT_MET, MET, UNKNOWN, NOT_DUE)[status]


def any_of(*statuses: int) -> int:
    """Return whether any holds: met if one is, unknown if one may be, else not met."""
    if MET in statuses:
        return MET
    return UNKNOWN if UNKNOWN in statuses or NOT_DUE in statuses else NOT_MET
