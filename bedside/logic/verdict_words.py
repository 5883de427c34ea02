"""What is said about the class: headline, meaning, what is missing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bedside.chart.assessment import ClosedBy, Criterion, CriterionStatus, RiskClass, SampleStatus
from bedside.chart.entries import Decision, Hsct, Relapse
from bedside.chart.formats import date_text, day_text, label
from bedside.knowledge.families.risk_class import CriterionTable
from bedside.logic.course import CourseRecord, End
from bedside.logic.relapses import OneRelapse
from bedside.logic.risk import Verdict
from bedside.logic.wording import marrow_words

_SOURCE = "(Buechner 2022, Discussion)"
_NAMES = {
    RiskClass.LOW: "Low risk of needing HSCT",
    RiskClass.AMBIGUOUS: "Ambiguous risk of needing HSCT",
    RiskClass.HIGH: "High risk of needing HSCT",
    RiskClass.PENDING: "Pending",
}
_EVENTS = {
    ClosedBy.RELAPSE: "relapse",
    ClosedBy.DEATH: "death",
    ClosedBy.HSCT: "HSCT",
    ClosedBy.NEXT_INFUSION: "the next infusion",
}
# What can be settled while there is no course yet.
_BEFORE_INFUSION = frozenset(("L2", "L3", "L4", "A2", "A3", "A4"))
_OPEN = frozenset((CriterionStatus.UNKNOWN, CriterionStatus.NOT_DUE))


def headline(
    verdict: Verdict, record: CourseRecord | None, criteria: Sequence[Criterion], *, infusion_contested: bool
) -> str:
    """Return the class in one line, with what decided it; `infusion_contested`: corrections of an infusion do so."""
    if record is None:
        return f"Pending: {'the infusion is in conflict' if infusion_contested else 'not infused yet'}"
    name = _NAMES[verdict.risk_class]
    if record.end is not None:
        name = f"Class before {_EVENTS[record.end.by]}: {name[0].lower()}{name[1:]}"
    if verdict.risk_class is RiskClass.PENDING:
        if record.end is not None:
            return name
        return f"Pending: {', '.join(c.id for c in criteria if c.status is CriterionStatus.NOT_DUE)} not due yet"
    provisional = ", provisional" if verdict.provisional else ""
    if verdict.risk_class is RiskClass.LOW:
        return f"{name}{provisional}: all of L1 to L7, none of A1 to A12"
    if not verdict.decided_by:
        unknown = ", ".join(c.id for c in criteria if c.status is CriterionStatus.UNKNOWN and c.id[0] in "LH")
        return f"{name}{provisional}: cannot be classed, {unknown} not known"
    alone = " alone" if len(verdict.decided_by) == 1 else ""
    return f"{name}{provisional}: decided by {', '.join(verdict.decided_by)}{alone}"


def event_headline(record: CourseRecord, relapses: Sequence[OneRelapse]) -> str:
    """Return what ended a course: closed: CNS relapse, D+210; of `relapses` the one that did gives its sites."""
    end = record.end
    if end is None:
        return ""
    entry, day0 = end.entry, record.facts.day0
    on = day_text((entry.at.day - day0).days)
    if isinstance(entry, Relapse):
        sites = [label(site.value) for one in relapses if entry in one.entries for site in one.sites]
        where = sites[0] if len(sites) == 1 else f"combined ({', '.join(sites)})"
        return f"Closed: {where} relapse, {on}"
    if isinstance(entry, Hsct):
        began = "" if end.day == entry.at.day else f", conditioning from {day_text((end.day - day0).days)}"
        return f"Closed: HSCT, {on}{began}"
    return f"Closed: {'death' if end.by is ClosedBy.DEATH else 'next infusion'}, {on}"


def meaning(verdict: Verdict, record: CourseRecord | None, decisions: Sequence[Decision]) -> str:
    """Return what the class means for this patient; the decision stays the physician's.

    `decisions`: all of the chart; one from before the course says nothing about its class. After the course nothing
    is recommended any more.
    """
    end = None if record is None else record.end
    made = [entry for entry in decisions if record is None or entry.at.day >= record.facts.day0]
    said = _meaning(verdict.risk_class, record) if end is None else _after(end)
    if made:
        last = made[-1]
        return f"{said} The physician's decision, {date_text(last.at.day)}: {label(last.choice.value)}."
    return said if end is not None else f"{said} The decision is the physician's; none is recorded yet."


def _after(end: End) -> str:
    """What the class of a closed course still says."""
    event = f"{_EVENTS[end.by]}, {date_text(end.entry.at.day)}"
    return f"The course ended with {event}: the class {_SOURCE} is what stood before it and recommends nothing now."


def _meaning(risk_class: RiskClass, record: CourseRecord | None) -> str:
    newest = None if record is None else record.facts.newest
    no_response = record is not None and record.facts.marrow.no_response_on is not None
    if risk_class is RiskClass.PENDING:
        if record is None:
            return "The class is formed from the day of infusion on, as results come in."
        return "No class yet: no criterion speaks against low risk so far, and not all of them have fallen due."
    if risk_class is RiskClass.LOW:
        return f"Low means watch and wait with regular monitoring of CD19⁺ clones, no consolidative HSCT {_SOURCE}."
    if risk_class is RiskClass.AMBIGUOUS:
        return (
            "Ambiguous means that no firm recommendation can be made: the length of aplasia, other salvage options"
            f" and re-appearance of MRD guide it {_SOURCE}."
        )
    if no_response or (newest is not None and newest.disease):
        return "No response: outside this scheme, which speaks of patients in remission."
    if newest is None or newest.status is SampleStatus.UNKNOWN:
        return (
            f"High means HSCT as consolidation of MRD-negative remission {_SOURCE}; the newest marrow does not show it."
        )
    if newest.status is SampleStatus.POSITIVE:
        shown = f"{marrow_words(newest)}, {date_text(newest.day)}"
        return f"High, with MRD ({shown}): first regain MRD-negativity."
    return f"High means that HSCT should be offered as consolidation of MRD-negative remission {_SOURCE}."


def missing(
    criteria: Sequence[Criterion],
    tables: Mapping[str, CriterionTable],
    record: CourseRecord | None,
    contested: Collection[str],
    today: date,
) -> tuple[str, ...]:
    """Return one line for each criterion that can be settled now or later: what settles it, and by when.

    `contested`: the criteria that a conflict leaves unknown. After the course nothing falls due.
    """
    on_one_sample = record is not None and record.end is None and record.facts.aplasia.rests_on_one_sample
    lines = ["Repeat CD19 count: the loss of aplasia was seen in one sample"] if on_one_sample else []
    if contested:
        names = ", ".join(criterion.id for criterion in criteria if criterion.id in contested)
        lines.append(f"{names}: a decision between the contesting corrections")
    for criterion in criteria:
        if criterion.status not in _OPEN or (record is None and criterion.id not in _BEFORE_INFUSION):
            continue
        if record is not None and record.end is not None and criterion.status is CriterionStatus.NOT_DUE:
            continue
        if criterion.id in contested:
            continue
        by = (
            ""
            if criterion.due is None
            else f", {'was due ' if criterion.due < today else ''}by {date_text(criterion.due)}"
        )
        lines.append(f"{criterion.id}: {tables[criterion.id].settled_by}{by}")
    return tuple(lines)
