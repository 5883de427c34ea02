"""Owns the three tables of criteria: sign, id, title, status in words, evidence with its dates, source."""

from reportlab.platypus import Paragraph
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Criterion, CriterionStatus
from bedside.chart.formats import date_text
from bedside.report.lettering import held_together
from bedside.report.signs import Sign
from bedside.report.styles import CELL
from bedside.report.words import STATUS_WORDS
from bedside.report.writing import Cell, Writing

_PANELS = (
    ("high", "H", "Criteria of high risk: any one"),
    ("low", "L", "Criteria of low risk: all of them, and no ambiguous factor"),
    ("ambiguous", "A", "Ambiguous factors: any one keeps a patient out of low"),
)
_SIGN = 9.0
_FIXED = (14.0, 22.0, 158.0, 48.0, 50.0)


def criteria(writing: Writing) -> list[Flowable]:
    """Return the tables of all 23 criteria."""
    flowables: list[Flowable] = []
    for key, letter, words in _PANELS:
        panel = [one for one in writing.facts.assessment.risk.criteria if one.id.startswith(letter)]
        if not panel:
            continue
        met = sum(one.status is CriterionStatus.MET for one in panel)
        source = _panel_source(writing, panel)
        flowables += writing.heading(f"{words} ({met} of {len(panel)} met; {source})", key)
        widths = [*_FIXED[:4], writing.room - sum(_FIXED), _FIXED[4]]
        head = ["", "", "Criterion", "Status", "Why, with the dates of the evidence", "Also from"]
        flowables.append(writing.table(head, [_row(writing, one, source) for one in panel], widths))
    return flowables


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
