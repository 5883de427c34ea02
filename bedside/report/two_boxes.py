"""Owns the two boxes of the first page: what is missing, and what changed since the last version or how it moved."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reportlab.platypus import Table, TableStyle
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import ClassOnDate, RiskClass
from bedside.chart.describe import kind_title
from bedside.chart.formats import date_text
from bedside.report.changes import last_words, moved_items
from bedside.report.lettering import Paragraph, held_together
from bedside.report.preparation_page import on_the_way
from bedside.report.styles import CELL, INK, REGULAR
from bedside.report.wanted import CRITERIA_KNOWN, never_recorded, overdue_words
from bedside.report.words import CLASS_WORDS
from bedside.report.writing import BOX_PADDING, Writing

_ITEMS_IN_A_BOX = 7
FEWEST_IN_A_BOX = 3


def two_boxes(writing: Writing) -> list[Flowable]:
    """Return what is missing for the decision beside how the class moved."""
    gap = 12.0
    half = (writing.room - gap) / 2
    most = max(FEWEST_IN_A_BOX, _ITEMS_IN_A_BOX - writing.brevity)
    missing = _at_most(
        [writing.letters.markup(text) for text in missing_items(writing)], most, _where_all_stand(writing)
    )
    last = writing.made.last
    if last is None and writing.facts.course is None:
        head, moved = "On the way to the infusion", [writing.letters.markup(words) for words in on_the_way(writing)]
    elif last is None:
        head, moved = "How the class moved", _at_most(list(class_history(writing)), most, "earlier", newest=True)
    else:
        head, moved = last_words(writing, last), _at_most(list(moved_items(writing, last)), most, "see Changed since")
    boxes = [writing.items("Missing for the decision", missing), writing.items(head, moved)]
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 5)]
    style += [("BOTTOMPADDING", (0, 0), (-1, -1), 6), ("RIGHTPADDING", (0, 0), (-1, -1), BOX_PADDING)]
    style += [("LEFTPADDING", (0, 0), (-1, -1), BOX_PADDING), ("LEFTPADDING", (1, 0), (1, 0), 0)]
    style += [("RIGHTPADDING", (1, 0), (1, 0), 0)]
    style += [("BOX", (0, 0), (0, 0), 0.9, INK, None, [3, 2]), ("BOX", (2, 0), (2, 0), 0.9, INK)]
    style += [("FONT", (0, 0), (-1, -1), REGULAR, 8, 10)]
    table = Table([[boxes[0], "", boxes[1]]], colWidths=[half, gap, half], style=TableStyle(style), hAlign="LEFT")
    return [table]


def missing_items(writing: Writing) -> list[str]:
    """Return what is missing, one sentence each; where every criterion is known that is said, and what is overdue."""
    criteria = {criterion.id: criterion for criterion in writing.facts.assessment.risk.criteria}
    found = [
        f"{item} {writing.criterion_title(item)}: {criteria[item].text}" if item in criteria else item
        for item in writing.facts.assessment.risk.missing
    ]
    unrecorded = ", ".join(words.split(" (")[0] for words in never_recorded(writing.facts.live))
    never = [f"Never recorded: {unrecorded}"] if unrecorded else []
    return [*found, *never] if found else [CRITERIA_KNOWN, *never, *overdue_words(writing.facts.assessment)]


def _at_most(items: list[str], most: int, where: str, *, newest: bool = False) -> list[str]:
    if len(items) <= most:
        return items
    shown = items[-most + 1 :] if newest else items[: most - 1]
    rest = f"{len(items) - len(shown)} more, {where}"
    return [rest, *shown] if newest else [*shown, rest]


def class_history(writing: Writing) -> Iterator[str]:
    """Yield how each earlier course ended, then each move of the newest one with its date and mover, as markup."""
    assessment = writing.facts.assessment
    for earlier, following in pairwise(assessment.courses):
        last = [step for step in assessment.risk.history if step.date < following.day0][-1:]
        yield from (f"Course of {date_text(earlier.day0)}: {_class_words(step)} at its end" for step in last)
    steps: list[ClassOnDate] = []
    for step in assessment.course_history:
        if not steps or (step.class_, step.provisional) != (steps[-1].class_, steps[-1].provisional):
            steps.append(step)
    if len(steps) > 1 and steps[0].class_ is RiskClass.PENDING:
        steps = steps[1:]
    for step in steps:
        entry = writing.facts.by_id.get(step.entry or "")
        why = f" ({kind_title(entry.kind)})" if entry is not None else " (time alone)" if step.moved else ""
        when = writing.letters.markup(held_together(writing.facts.dated(step.date)))
        yield f"{when}: {_class_words(step)}{why}"
    if not steps:
        yield "No class so far."


def _class_words(step: ClassOnDate) -> str:
    provisional = ", provisional" if step.provisional and step.class_ is not RiskClass.PENDING else ""
    return f"<b>{CLASS_WORDS[step.class_]}</b>{provisional}"


def _where_all_stand(writing: Writing) -> str:
    return "all at the end" if writing.facts.course else "all under the criteria"


def history(writing: Writing) -> list[Flowable]:
    """Return how the class moved, where the first page says instead what changed since the last version."""
    if writing.made.last is None or writing.facts.course is None:
        return []
    moves, earlier = writing.newest(list(class_history(writing)), "moves")
    return [
        *writing.heading("How the class moved", "history"),
        Paragraph("; ".join(moves) + ".", CELL),
        *earlier,
    ]
