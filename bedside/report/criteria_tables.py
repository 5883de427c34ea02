"""Owns the three tables of criteria: sign, id, title, status in words, evidence with its dates, source."""

from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Criterion, CriterionStatus
from bedside.chart.formats import date_text
from bedside.report.lettering import Paragraph, held_together
from bedside.report.signs import Sign
from bedside.report.styles import CELL, SOFT
from bedside.report.words import CLASS_WORDS, STATUS_WORDS
from bedside.report.writing import Cell, Writing

_PANELS = (
    ("high", "H", "Criteria of high risk: any one"),
    ("low", "L", "Criteria of low risk: all of them, and no ambiguous factor"),
    ("ambiguous", "A", "Ambiguous factors: any one keeps a patient out of low"),
)
_SIGN, _STATUS = 9.0, 62.0
_FIXED = (14.0, 22.0, 156.0, 48.0, 54.0)


def criteria(writing: Writing) -> list[Flowable]:
    """Return the tables of all 23 criteria, before infusion one line for each status, and what would move the class."""
    if writing.facts.course is None:
        return _in_brief(writing)
    flowables: list[Flowable] = []
    for key, letter, words in _PANELS:
        panel = [one for one in writing.facts.assessment.risk.criteria if one.id.startswith(letter)]
        if not panel:
            continue
        met = sum(one.status is CriterionStatus.MET for one in panel)
        source = _panel_source(writing, panel)
        widths = [*_FIXED[:4], writing.room - sum(_FIXED), _FIXED[4]]
        head = ["", "", "Criterion", "Status", "Why, with the dates of the evidence", "Also from"]
        table = writing.table(head, [_row(writing, one, source) for one in panel], widths)
        flowables += writing.over(f"{words} ({met} of {len(panel)} met; {source})", key, table)
    return [*flowables, *_what_would_move(writing)]


def _in_brief(writing: Writing) -> list[Flowable]:
    rows: list[tuple[str, Cell]] = []
    for status in CriterionStatus:
        panel = [one for one in writing.facts.assessment.risk.criteria if one.status is status]
        reasons = dict.fromkeys(one.text for one in panel)
        told = [f"{_titles(writing, panel, reason)}: {reason}" for reason in reasons]
        rows += [(STATUS_WORDS[status], writing.long_cell(f"{'; '.join(told)}."))] if told else []
    pairs = writing.pairs(rows, (_STATUS, writing.room - _STATUS))
    return writing.over("Criteria of the risk class so far (Buechner 2022)", "criteria", pairs)


def _titles(writing: Writing, panel: list[Criterion], reason: str) -> str:
    return ", ".join(f"{one.id} {writing.criterion_title(one.id)}" for one in panel if one.text == reason)


def _what_would_move(writing: Writing) -> list[Flowable]:
    risk = writing.facts.assessment.risk
    changes = [f"{one.criterion} {STATUS_WORDS[one.if_].lower()}: {CLASS_WORDS[one.class_]}"
               for one in risk.what_would_change]  # fmt: skip
    words = [f"What one open criterion alone would make of the class: {'; '.join(changes)}."] if changes else []
    words += [f"Low risk still needs {', '.join(risk.low_needs)}."] if risk.low_needs else []
    return [writing.letters.paragraph(" ".join(words), SOFT)] if words else []


def _row(writing: Writing, criterion: Criterion, panel_source: str) -> list[Cell]:
    status = STATUS_WORDS[criterion.status]
    return [
        Sign(criterion.status, _SIGN),
        criterion.id,
        writing.criterion_title(criterion.id),
        writing.strong_cell(status) if criterion.status is CriterionStatus.MET else status,
        _why(writing, criterion),
        _source(writing, criterion, panel_source),
    ]


def _why(writing: Writing, criterion: Criterion) -> Cell:
    words = writing.letters.markup(writing.letters.short(criterion.text))
    days = [date_text(day) for day in writing.evidence_days(criterion)]
    missing = [day for day in days if day not in criterion.text]
    if missing:
        words += "" if words.endswith((".", "…")) else "."
        words += f" Evidence: {', '.join(held_together(day) for day in missing[:6])}"
        words += f" and {len(missing) - 6} more dates." if len(missing) > 6 else "."
    if criterion.due is not None and criterion.status is CriterionStatus.NOT_DUE:
        due = date_text(criterion.due)
        words += "" if due in criterion.text else f" Due {held_together(due)}."
    return Paragraph(words, CELL)


def _panel_source(writing: Writing, panel: list[Criterion]) -> str:
    sources = [writing.source_words(one.source) for one in panel]
    return max(sources, key=sources.count)


def _source(writing: Writing, criterion: Criterion, panel_source: str) -> str:
    source = writing.source_words(criterion.source)
    others = [] if source == panel_source else [source]
    others += [writing.source_words(key) for key in writing.knowledge.criteria[criterion.id].also]
    return ", ".join([*dict.fromkeys(others), *(["policy"] if criterion.policy else [])])
