"""Owns the part on the way to the infusion: the labels, readiness for apheresis, bridging, lymphodepletion, checks."""

from collections.abc import Iterable, Iterator
from datetime import date

from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Phase
from bedside.chart.derived.preparation import READINESS_PARTS, Finding, IndicationStatus, Readiness
from bedside.chart.entries import Apheresis, Approval, Diagnosis, Manufacturing, Plan, ProductRelease, Referral
from bedside.chart.enums import Milestone
from bedside.chart.formats import date_text, label, title
from bedside.report.facts import Facts
from bedside.report.words import between_words
from bedside.report.writing import Cell, Writing

_NAMES = 118.0
_INFUSED = (Phase.INFUSION, Phase.EARLY_MONITORING, Phase.FOLLOW_UP, Phase.CLOSED)
FITS = {
    IndicationStatus.IN_LABEL: "in label",
    IndicationStatus.OFF_LABEL: "off label",
    IndicationStatus.INSUFFICIENT_DATA: "cannot be told",
}
READY = {
    Readiness.READY: "ready", Readiness.CAUTION: "caution", Readiness.NOT_READY: "not ready",
    Readiness.UNKNOWN: "not known",
}  # fmt: skip


def preparation(writing: Writing) -> list[Flowable]:
    """Return what was found on the way to the infusion, each with its source."""
    rows = [*referral_rows(writing), *_plans(writing), *_labels(writing), *_readiness(writing), *_bridging(writing),
            *_lymphodepletion(writing), *_infusion(writing)]  # fmt: skip
    if not rows:
        return []
    return writing.over("The way to the infusion", "preparation", writing.pairs(rows, (_NAMES, writing.room - _NAMES)))


def on_the_way(writing: Writing) -> list[str]:
    """Return the referral, the dates planned and the readiness in one short line each, for the first page."""
    facts = writing.facts
    referral = facts.newest(Referral)
    found = [f"Referred {date_text(referral.at.day)}: {label(referral.indication.value)}"] if referral else []
    found += [f"Target date {date_text(referral.target_date)}"] if referral and referral.target_date else []
    found += [f"Collected {date_text(one.at.day)}" for one in facts.of(Apheresis)[-1:]]
    found += [f"{name}: {words}" for name, words in _plans(writing)]
    ready = facts.assessment.apheresis
    if not facts.of(Apheresis):
        found.append(f"Ready for apheresis: {READY[ready.status]} as of {date_text(ready.date)}")
    found.append(f"In label: {_in_label(facts)}")
    return found


def _in_label(facts: Facts) -> str:
    """Return the products whose label fits; that none does is told only of a disease that is known."""
    judged = facts.assessment.indication
    fitting = [label(one.product) for one in judged if one.status is IndicationStatus.IN_LABEL]
    if fitting or facts.of(Diagnosis):
        return ", ".join(fitting) or "no product, as far as can be told"
    ordered = [*facts.of(Manufacturing), *facts.of(ProductRelease)]
    return f"not known: diagnosis {'' if ordered else 'and product '}not recorded"


Rows = Iterator[tuple[str, Cell]]


def referral_rows(writing: Writing) -> Rows:
    """Yield the referral with its reason, the history of therapy, and what was approved."""
    referral = writing.facts.newest(Referral)
    if referral is not None:
        parts = [label(referral.indication.value)]
        parts += [f"from {referral.referring_centre}"] if referral.referring_centre else []
        parts += [f"target date {date_text(referral.target_date)}"] if referral.target_date else []
        history = label(referral.therapy_history.value) if referral.therapy_history else "not recorded"
        yield f"Referral {date_text(referral.at.day)}", f"{', '.join(parts)}; history of therapy {history}"
    approvals = {one.what: one for one in writing.facts.of(Approval)}.values()
    if approvals:
        listed = [f"{label(one.what.value)} {label(one.status.value)} {date_text(one.at.day)}" for one in approvals]
        yield "Approvals", "; ".join(listed)


def _plans(writing: Writing) -> Rows:
    newest: dict[Milestone, Plan] = {plan.milestone: plan for plan in writing.facts.of(Plan)}
    ahead = [plan for plan in newest.values() if plan.date >= writing.facts.as_of.day]
    if ahead:
        yield "Planned", "; ".join(f"{label(plan.milestone.value)} {date_text(plan.date)}" for plan in ahead)
    made = writing.facts.newest(Manufacturing)
    if made is not None and writing.facts.course is None:
        yield "Manufacture", f"{label(made.product.value)}, {label(made.status.value)} {date_text(made.at.day)}"


def _labels(writing: Writing) -> Rows:
    for one in writing.facts.assessment.indication:
        told = [one] if writing.facts.course is None or one.product == writing.facts.course.product else []
        for fit in told:
            reasons = "; ".join(fit.reasons)
            source = writing.source_words(fit.source)
            yield title(fit.product), f"{FITS[fit.status]}: {reasons} ({source})"
    yield from _found(writing, "Situation", writing.facts.assessment.situations)


def _readiness(writing: Writing) -> Rows:
    facts, ready = writing.facts, writing.facts.assessment.apheresis
    if facts.assessment.phase in _INFUSED and ready.date not in _apheresis_days(facts):
        yield "Apheresis", "no apheresis recorded for this course"
        return
    yield "Apheresis", f"{READY[ready.status]} as of {date_text(ready.date)}"
    for part in ready.parts if facts.course is None else ():
        yield (
            f"… {READINESS_PARTS[part.id].lower()}",
            f"{READY[part.status]}: {part.text} ({writing.source_words(part.source)})",
        )


def _apheresis_days(facts: Facts) -> set[date]:
    """The days on which cells were or are to be collected: on any other nobody is judged once infused."""
    planned = {plan.date for plan in facts.of(Plan) if plan.milestone is Milestone.APHERESIS}
    return planned | {one.at.day for one in facts.of(Apheresis)}


def _bridging(writing: Writing) -> Rows:
    told = writing.facts.assessment.bridging
    if told is None:
        return
    parts = [told.text] if told.text else []
    parts += [f"intensity {' and '.join(label(one) for one in told.intensity)}"] if told.intensity else []
    parts += [f"{told.cycles} {'cycle' if told.cycles == 1 else 'cycles'}"] if told.cycles is not None else []
    parts += [f"{told.weeks} weeks"] if told.weeks is not None else []
    yield "Bridging", ", ".join(parts) or "none recorded"
    yield from _found(writing, "Bridging, to note", told.findings)


def _lymphodepletion(writing: Writing) -> Rows:
    told = writing.facts.assessment.lymphodepletion
    if told.start is None:
        return
    agents = ", ".join(label(agent) for agent in told.agents)
    days = between_words(told.start, told.end) if told.end else f"from {date_text(told.start)}, last day not recorded"
    yield "Lymphodepletion", f"{agents}, {days}; fludarabine AUC {told.auc_text}"
    yield from _found(writing, "Lymphodepletion, note", told.findings)


def _infusion(writing: Writing) -> Rows:
    told = writing.facts.assessment.infusion
    if told is None:
        return
    yield "Dose, viability", f"{told.dose_text}; {told.viability_text}"
    yield from _found(writing, "Checks", told.checks)


def _found(writing: Writing, name: str, findings: Iterable[Finding]) -> Rows:
    told = [f"{one.text} ({writing.source_words(one.source)})" for one in findings if one.status != "ok"]
    for number, words in enumerate(told):
        yield name if number == 0 else "", words
