"""Owns the pages beside the risk class: second opinion, where the sources differ, HSCT panel, the centre's values."""

from reportlab.platypus.flowables import Flowable

from bedside.chart.derived.opinion import Factor, FactorStatus
from bedside.report.lettering import Paragraph, held_together
from bedside.report.styles import CELL, SOFT
from bedside.report.words import clipped
from bedside.report.writing import Cell, Writing

_FACTOR_SHARES = (0.26, 0.37, 0.37)
_ITEM_WIDTH = 110.0


def second_opinion(writing: Writing) -> list[Flowable]:
    """Return the verdict, the signs of imminent relapse, and every factor with its published effect."""
    opinion = writing.facts.assessment.second_opinion
    if writing.facts.course is None:
        return []
    source = writing.source_words(opinion.source)
    signs = [f"{sign.text}." for sign in opinion.imminent]
    verdict = writing.letters.paragraph(
        f"{_sentence(opinion.text)} {'Signs: ' if signs else ''}{' '.join(signs)}", CELL
    )
    rows = [_factor(writing, factor) for factor in opinion.factors if factor.status is FactorStatus.PRESENT]
    absent = [f"{factor.title} ({factor.text})" for factor in opinion.factors if factor.status is FactorStatus.ABSENT]
    unknown = [factor.title for factor in opinion.factors if factor.status is FactorStatus.UNKNOWN]
    flowables: list[Flowable] = [*writing.heading(f"Second opinion ({source})", "second_opinion"), verdict]
    if rows:
        widths = [writing.room * share for share in _FACTOR_SHARES]
        flowables.append(writing.table(["Factor that is present", "This patient", "Published effect"], rows, widths))
    if absent:
        flowables.append(writing.letters.paragraph(f"Absent: {'; '.join(absent)}.", SOFT))
    if unknown:
        flowables.append(writing.letters.paragraph(f"Not known: {'; '.join(unknown)}.", SOFT))
    flowables += [writing.letters.paragraph(f"{note}.", SOFT) for note in opinion.notes]
    return flowables


def _factor(writing: Writing, factor: Factor) -> list[Cell]:
    return [writing.strong_cell(factor.title), factor.text, factor.effect.replace("N = ", held_together("N = "))]


def differences(writing: Writing) -> list[Flowable]:
    """Return each topic that the patient's data raise with what every source says."""
    found = writing.facts.assessment.differences
    if not found:
        return []
    rows: list[list[Cell]] = []
    for topic in found:
        says = "<br/>".join(
            f"{writing.letters.markup(writing.source_words(one.source))}: {writing.letters.markup(one.text)}"
            for one in topic.says
        )
        rows.append([writing.strong_cell(topic.title), topic.text, Paragraph(says, CELL)])
    widths = [writing.room * share for share in (0.24, 0.28, 0.48)]
    head = ["Topic", "This patient", "What the sources say"]
    return writing.over("Where the sources differ", "differences", writing.table(head, rows, widths))


def hsct_panel(writing: Writing) -> list[Flowable]:
    """Return what a transplant physician asks, with the published facts beside."""
    if writing.facts.course is None:
        return []
    rows: list[tuple[str, Cell]] = [
        (item.title, f"{clipped(item.text)}. {_sentence(item.note)}" if item.note else clipped(item.text))
        for item in writing.facts.assessment.hsct.items
        if item.id not in {"risk_class", "second_opinion"}
    ]
    pairs = writing.pairs(rows, (_ITEM_WIDTH, writing.room - _ITEM_WIDTH))
    return writing.over("HSCT panel", "hsct", pairs)


def centre_values(writing: Writing) -> list[Flowable]:
    """Return the values that the centre has put in the place of the program's."""
    centre = writing.facts.assessment.centre
    if centre is None or not centre.values:
        return []
    rows: list[tuple[str, Cell]] = [
        (f"{value.value} {value.unit or ''}".strip(), f"{value.text} (program: {value.default}). {value.reason or ''}")
        for value in centre.values
    ]
    pairs = writing.pairs(rows, (_ITEM_WIDTH, writing.room - _ITEM_WIDTH))
    return writing.over(f"Values of the centre {centre.name}", "centre", pairs)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
