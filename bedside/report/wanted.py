"""Owns what a transplant team asks for beside the criteria of the class, and in words what of it is missing."""

from collections.abc import Iterable, Mapping

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.chart.entries import Chemistry

ORGANS = ("creatinine", "bilirubin", "alt", "ast")
CRITERIA_KNOWN = "Criteria: all known"
_WANTED: Mapping[str, str] = {
    "body_size": "weight and height",
    "allergy": "allergies",
    "performance": "performance status",
    "donor_search": "donor search",
    "chemistry": "organ function (creatinine, bilirubin, transaminases)",
}
"""In words, by the kind of entry that tells it."""


def never_recorded(entries: Iterable[Entry]) -> list[str]:
    """Return what a transplant team asks for and no entry tells; chemistry tells it by a value of an organ alone."""
    told = {entry.kind for entry in entries if not isinstance(entry, Chemistry) or _tells_of_organs(entry)}
    return [words for kind, words in _WANTED.items() if kind not in told]


def overdue_words(assessment: Assessment) -> list[str]:
    """Return how many checks are overdue and under which head of the summary they stand; nothing where none is."""
    late = {one.title for one in assessment.due if one.waits and one.overdue_days > 0}
    head = "What is due" if assessment.courses else "Due"
    return [f"Overdue: {len(late)} {'check' if len(late) == 1 else 'checks'}, see {head}"] if late else []


def _tells_of_organs(chemistry: Chemistry) -> bool:
    return any(getattr(chemistry, name) is not None for name in ORGANS)
