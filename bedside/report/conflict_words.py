"""Owns the words of the class box on open conflicts: what is disputed, and what an answer would make of the class."""

from collections.abc import Collection, Sequence

from bedside.chart.assessment import Assessment, Change, RiskClass
from bedside.chart.base import Entry
from bedside.chart.describe import describe, value_parts
from bedside.chart.formats import date_text, label
from bedside.report.facts import Facts
from bedside.report.words import CLASS_WORDS, STATUS_WORDS, inside
from bedside.report.writing import Writing

_GRAVEST_FIRST = (RiskClass.HIGH, RiskClass.AMBIGUOUS, RiskClass.LOW, RiskClass.PENDING)

Versions = Sequence[Entry]
"""The entries that contradict each other."""


def disputed_words(facts: Facts) -> str:
    """Return what a conflict disputes, of several the one that bears on the class, and how many more there are."""
    conflicts = facts.assessment.conflicts
    held = [one.entries for one in facts.journal.conflicts if rests_on([entry.id for entry in one.entries], conflicts)]
    held.sort(key=lambda versions: not _bears_on_class(versions, facts.assessment))
    more = f", {len(held) - 1} more under Conflicts and corrections" if len(held) > 1 else ""
    return f"{_versions_words(held[0])}; none counts until one is chosen{more}."


def class_then_words(writing: Writing) -> str:
    """Return the gravest class that an answer gives: "The class is high if H4 (…) is met."; "" without one."""
    found = _gravest(writing.facts.assessment)
    asked = " or ".join(
        f"{one.criterion} ({inside(writing.criterion_title(one.criterion))}) is {STATUS_WORDS[one.if_].lower()}"
        for one in found
    )
    return f"The class is {CLASS_WORDS[found[0].class_]} if {asked}." if found else ""


def rests_on(evidence: Collection[str], disputed: Collection[str]) -> bool:
    """Tell whether something rests on an entry that is disputed."""
    return not set(evidence).isdisjoint(disputed)


def _gravest(assessment: Assessment) -> list[Change]:
    """What the criteria that a conflict leaves open would make of the class: the gravest alone."""
    contested = {one.id for one in assessment.risk.criteria if rests_on(one.evidence, assessment.conflicts)}
    found = [one for one in assessment.risk.what_would_change if one.criterion in contested]
    for risk_class in _GRAVEST_FIRST:
        changes = [one for one in found if one.class_ is risk_class]
        if changes:
            return changes
    return []


def _bears_on_class(versions: Versions, assessment: Assessment) -> bool:
    grave = {one.criterion for one in _gravest(assessment)}
    evidence = {entry for one in assessment.risk.criteria if one.id in grave for entry in one.evidence}
    return rests_on([entry.id for entry in versions], evidence)


def _versions_words(versions: Versions) -> str:
    """Return only what differs, where all are of one kind and day: "blood count of 01-Jul-2020: Hb 18 g/L or …"."""
    parts = [value_parts(entry) for entry in versions]
    own = [", ".join(part for part in one if not all(part in other for other in parts)) for one in parts]
    if all(own) and len({(entry.kind, entry.at.day) for entry in versions}) == 1:
        return f"{label(versions[0].kind)} of {date_text(versions[0].at.day)}: {' or '.join(dict.fromkeys(own))}"
    return " or ".join(f"{describe(entry)} ({date_text(entry.at.day)})" for entry in versions)
