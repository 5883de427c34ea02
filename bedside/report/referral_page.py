"""Owns the rest of the one page that a patient at referral gets: each part as a paragraph beside its name."""

from collections.abc import Iterator

from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import CriterionStatus
from bedside.chart.derived.preparation import IndicationStatus, Readiness
from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.entries import Therapy
from bedside.chart.formats import date_text, label
from bedside.report.preparation_page import FITS, READY
from bedside.report.styles import SMALL_PAIRS
from bedside.report.washout_page import earliest_words
from bedside.report.words import NOTHING, STATUS_WORDS, last_day_words, therapy_dose_words
from bedside.report.writing import Cell, Writing

_NAMES = 76.0
_GRAVE = (WashoutStatus.CONFLICT, WashoutStatus.UNKNOWN, WashoutStatus.CAUTION)

Rows = Iterator[tuple[str, str]]


def referral(writing: Writing) -> list[Flowable]:
    """Return therapies, wash-out, labels, readiness and the criteria so far, in few lines."""
    found = (*_therapies(writing), *_washout(writing), *_labels(writing), *_readiness(writing), *_criteria(writing),
             *_differences(writing))  # fmt: skip
    rows: list[tuple[str, Cell]] = [(name, writing.long_cell(words)) for name, words in found]
    return [*writing.heading("The way so far", "referral"),
            writing.pairs(rows, (_NAMES, writing.room - _NAMES), SMALL_PAIRS)]  # fmt: skip


def _therapies(writing: Writing) -> Rows:
    told = [_therapy(therapy) for therapy in writing.facts.of(Therapy)]
    if told:
        yield "Therapies", f"{'; '.join(told)}."


def _therapy(therapy: Therapy) -> str:
    response = label(therapy.response.value) if therapy.response else "response not recorded"
    dose = therapy_dose_words(therapy)
    days = f"{date_text(therapy.at.day)} to {last_day_words(therapy)}"
    given = "" if dose == NOTHING else f", {dose}"
    return f"{label(therapy.agent)} {days} ({label(therapy.intent.value)}{given}, {response})"


def _washout(writing: Writing) -> Rows:
    rows = writing.facts.assessment.washout
    grave = [f"{one.status.value.replace('_', ' ')}: {one.text}" for one in rows if one.status in _GRAVE]
    words = [*grave, earliest_words(writing).removesuffix(".")]
    if rows:
        yield "Wash-out", f"{'; '.join(one for one in words if one)}."


def _labels(writing: Writing) -> Rows:
    told = writing.facts.assessment.indication
    fitting = [one for one in told if one.status is IndicationStatus.IN_LABEL]
    words = [f"{label(one.product)} {FITS[one.status]}: {'; '.join(one.reasons)}" for one in fitting]
    words += [f"{label(one.product)} {FITS[one.status]}" for one in told if one not in fitting]
    if words:
        yield "Labels", f"{'; '.join(words)}."


def _readiness(writing: Writing) -> Rows:
    ready = writing.facts.assessment.apheresis
    parts = [f"{one.id} {READY[one.status]}: {one.text}" for one in ready.parts if one.status is not Readiness.READY]
    clear = [one.id for one in ready.parts if one.status is Readiness.READY]
    words = [*parts, *([f"ready: {', '.join(clear)}"] if clear else [])]
    yield "Apheresis", f"{READY[ready.status]} as of {date_text(ready.date)}. {'; '.join(words)}."


def _criteria(writing: Writing) -> Rows:
    criteria = writing.facts.assessment.risk.criteria
    for status in (CriterionStatus.MET, CriterionStatus.NOT_MET):
        told = [f"{one.id} {writing.criterion_title(one.id)}: {one.text}" for one in criteria if one.status is status]
        if told:
            yield f"Criteria {STATUS_WORDS[status].lower()}", f"{'; '.join(told)}."
    rest = [one for one in criteria if one.status not in {CriterionStatus.MET, CriterionStatus.NOT_MET}]
    reasons = dict.fromkeys(one.text for one in rest)
    listed = [f"{', '.join(one.id for one in rest if one.text == reason)} {reason}" for reason in reasons]
    if listed:
        yield "Criteria open", f"{'; '.join(listed)}."


def _differences(writing: Writing) -> Rows:
    topics = [f"{one.title} ({one.text})" for one in writing.facts.assessment.differences]
    if topics:
        yield "Sources differ", f"{'; '.join(topics)}."
