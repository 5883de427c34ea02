"""What the chart says of one factor: present, absent or unknown, in words and with its evidence."""

from typing import NamedTuple

from bedside.chart.derived.opinion import FactorStatus


class Found(NamedTuple):
    """Status, datum in words, evidence."""

    status: FactorStatus
    text: str
    evidence: tuple[str, ...] = ()


def unknown(text: str, evidence: tuple[str, ...] = ()) -> Found:
    """Return that something is not known, and what is missing."""
    return Found(FactorStatus.UNKNOWN, f"not known: {text}", evidence)


def told(present: bool, text: str, evidence: tuple[str, ...]) -> Found:
    """Return that a factor is there, or is not."""
    return Found(FactorStatus.PRESENT if present else FactorStatus.ABSENT, text, evidence)
