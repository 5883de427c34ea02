"""Owns the rest of the one page that a patient at referral gets: each part as a paragraph beside its name."""

from collections.abc import Callable, Iterator, Sequence

from reportlab.platypus import Spacer
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Criterion, CriterionStatus
from bedside.chart.derived.preparation import READINESS_PARTS, IndicationStatus, Readiness
from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.entries import Approval, Death, Therapy
from bedside.chart.formats import date_text, label
from bedside.report.changes import sent_words
from bedside.report.follow_up_page import decision_words, due_rows
from bedside.report.frame import Bookmark
from bedside.report.later_pages import illness_rows, level_rows
from bedside.report.lettering import Paragraph
from bedside.report.preparation_page import FITS, READY, referral_rows
from bedside.report.record_pages import INTENDED_USE, conflict_words, correction_words, origin, references, small_print
from bedside.report.styles import CELL, DENSE, DENSE_PAIRS, SMALL_PAIRS
from bedside.report.washout_page import earliest_words
from bedside.report.words import NOTHING, clipped, last_day_words, therapy_dose_words
from bedside.report.writing import Cell, Writing

_NAMES = 76.0
_GRAVE = (WashoutStatus.CONFLICT, WashoutStatus.UNKNOWN, WashoutStatus.CAUTION)
_MOST = (16, 16, 12, 8, 6, 4, 2)
_FEW = 3
_WITHOUT_TITLES, _DENSE, _WITHOUT_UNKNOWNS, _WITHOUT_REASONS, _WITHOUT_WHY, _GRAVEST_ONLY = 1, 2, 3, 4, 5, 6

Items = Sequence[str]


def referral(writing: Writing) -> list[Flowable]:
    """Return what else is known before the infusion, each part as long as the page allows.

    What is left out is counted in words; it is in the chart that is attached and in the appendix.
    """
    rows: list[tuple[str, Cell]] = []
    style, around = (CELL, SMALL_PAIRS) if writing.brevity < _DENSE else (DENSE, DENSE_PAIRS)
    for name, told in _PARTS:
        items = told(writing)
        shown = _most(writing, items) if told in _GROWING else items
        if shown:
            rows.append((name, Paragraph(f"{'; '.join(shown)}.", style)))
    if not rows:
        return []
    pairs = writing.pairs(rows, (_NAMES, writing.room - _NAMES), around)
    return [*writing.subheading("The way so far", "referral"), pairs]


def _most(writing: Writing, items: Items) -> Items:
    """The newest items, which stand last, and in words how many more there are."""
    most = _MOST[writing.brevity]
    left_out = len(items) - most
    return items if left_out <= 0 else [f"<b>{left_out} earlier left out here</b>", *items[left_out:]]


def _plain(words: Callable[[Writing], Iterator[str]]) -> Callable[[Writing], Items]:
    def told(writing: Writing) -> Items:
        return [writing.letters.markup(writing.letters.short(one.rstrip("."))) for one in words(writing)]

    return told


def _therapies(writing: Writing) -> Items:
    return [_therapy(writing, therapy) for therapy in writing.facts.of(Therapy)]


def _therapy(writing: Writing, therapy: Therapy) -> str:
    response = label(therapy.response.value) if therapy.response else "response not recorded"
    dose = therapy_dose_words(therapy)
    given = "" if dose == NOTHING else f", {dose}"
    first, last = date_text(therapy.at.day), last_day_words(therapy)
    days = first if first == last else f"{first}, {last}" if therapy.stop is None else f"{first} to {last}"
    words = f" {days} ({label(therapy.intent.value)}{given}, {response})"
    return f"{writing.letters.strong(label(therapy.agent))}{writing.letters.markup(writing.letters.short(words))}"


def _referred(writing: Writing) -> Iterator[str]:
    """The referral and what was approved, where the box above has not said all of it."""
    if writing.brevity < _GRAVEST_ONLY or writing.facts.of(Approval):
        yield from _pairs(referral_rows)(writing)


def _washout(writing: Writing) -> Iterator[str]:
    rows = writing.facts.assessment.washout
    yield from (f"{one.status.value.replace('_', ' ')}: {one.text}" for one in rows if one.status in _GRAVE)
    if rows and (earliest := earliest_words(writing)):
        yield earliest


def _labels(writing: Writing) -> Iterator[str]:
    told = writing.facts.assessment.indication if writing.brevity < _GRAVEST_ONLY else ()
    for fit in IndicationStatus:
        same = [one for one in told if one.status is fit]
        reasoned = fit is IndicationStatus.IN_LABEL and writing.brevity < _WITHOUT_REASONS
        for one in same if reasoned else ():
            yield f"{label(one.product)} {FITS[fit]}: {'; '.join(one.reasons)}"
        if same and not reasoned:
            yield f"{FITS[fit]}: {', '.join(label(one.product) for one in same)}"


_TOLD_BELOW = {
    Readiness.READY: 0, Readiness.UNKNOWN: _WITHOUT_UNKNOWNS, Readiness.CAUTION: _GRAVEST_ONLY,
    Readiness.NOT_READY: len(_MOST),
}  # fmt: skip
"""The brevity from which a part of the readiness is only named."""


def _readiness(writing: Writing) -> Iterator[str]:
    ready = writing.facts.assessment.apheresis
    if writing.facts.newest(Death) is not None:
        return
    yield f"{READY[ready.status]} as of {date_text(ready.date)}"
    for status in reversed(Readiness):
        parts = [one for one in ready.parts if one.status is status]
        told = writing.brevity < _TOLD_BELOW[status]
        for one in parts if told else ():
            yield f"{READINESS_PARTS[one.id]}: {READY[status]}, {clipped(one.text)}"
        if parts and not told:
            yield f"{READY[status]}: {', '.join(READINESS_PARTS[one.id] for one in parts)}"


def _decided(status: CriterionStatus) -> Callable[[Writing], Iterator[str]]:
    def told(writing: Writing) -> Iterator[str]:
        for one in writing.facts.assessment.risk.criteria:
            if one.status is status:
                why = f": {one.text}" if writing.brevity < _WITHOUT_WHY else ""
                yield f"{one.id} {writing.criterion_title(one.id)}{why}"

    return told


def _open(writing: Writing) -> Items:
    """The criteria without an answer under their reason; with titles where these are few or the page has room."""
    decided = {CriterionStatus.MET, CriterionStatus.NOT_MET}
    rest = [one for one in writing.facts.assessment.risk.criteria if one.status not in decided]
    reasons = dict.fromkeys(one.text for one in rest)
    told = [f"{reason}: {_named(writing, [one for one in rest if one.text == reason])}" for reason in reasons]
    return [writing.letters.markup(words) for words in told]


def _named(writing: Writing, criteria: Sequence[Criterion]) -> str:
    titled = len(criteria) <= _FEW or writing.brevity < _WITHOUT_TITLES
    return ", ".join(f"{one.id} {writing.criterion_title(one.id)}" if titled else one.id for one in criteria)


def _differences(writing: Writing) -> Iterator[str]:
    found = writing.facts.assessment.differences if writing.brevity < _GRAVEST_ONLY else ()
    for one in found:
        yield f"{one.title} ({one.text})" if writing.brevity < _WITHOUT_WHY else one.title


def colophon(writing: Writing) -> list[Flowable]:
    """Return sources, hashes and the intended use in small print, and what this page is too short for.

    The foot of the page names author and version already.
    """
    left_out = [words for brevity, words in _LEFT_OUT if writing.brevity >= brevity]
    only = [("Only in the chart attached", ", ".join(left_out))] if left_out else []
    rows = [*references(writing), *origin(writing), *only, ("Intended use", INTENDED_USE)]
    return [Spacer(1, 5), Bookmark("colophon", "Sources and origin"), small_print(writing, rows)]


_LEFT_OUT = (
    (_WITHOUT_REASONS, "why a label fits"),
    (_WITHOUT_WHY, "why a criterion is met or not"),
    (_GRAVEST_ONLY, "where the sources differ"),
)


def _pairs(rows: Callable[[Writing], Iterator[tuple[str, Cell]]]) -> Callable[[Writing], Iterator[str]]:
    def told(writing: Writing) -> Iterator[str]:
        yield from (f"{name}: {words}" for name, words in rows(writing) if isinstance(words, str))

    return told


_conflicts, _fits = _plain(conflict_words), _plain(_labels)
_due, _infections, _decisions = _plain(_pairs(due_rows)), _plain(_pairs(illness_rows)), _plain(decision_words)
_corrections, _intervals = _plain(correction_words), _plain(_washout)
_GROWING = {_therapies, _intervals, _infections, _decisions, _corrections, _conflicts}
"""What grows with the chart; the oldest of it is left out where the page has no room."""

_PARTS: Sequence[tuple[str, Callable[[Writing], Items]]] = (
    ("Conflicts", _conflicts),
    ("Referral", _plain(_referred)),
    ("Therapies", _therapies),
    ("Wash-out", _intervals),
    ("Labels", _fits),
    ("Apheresis", _plain(_readiness)),
    ("Criteria met", _plain(_decided(CriterionStatus.MET))),
    ("Criteria not met", _plain(_decided(CriterionStatus.NOT_MET))),
    ("Criteria open", _open),
    ("Sources differ", _plain(_differences)),
    ("Infections, GVHD", _infections),
    ("IgG, chemistry", _plain(_pairs(level_rows))),
    ("Decisions", _decisions),
    ("Due", _due),
    ("Corrections", _corrections),
    ("Sent before", _plain(sent_words)),
)
