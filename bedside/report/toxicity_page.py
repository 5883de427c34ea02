"""Owns the part on toxicity: the drawing by day, the grades with their reasons, the signs, cytopenia after infusion."""

from collections.abc import Iterator

from reportlab.platypus.flowables import Flowable

from bedside.chart.derived.haematotoxicity import IecHs
from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.formats import date_text, day_text
from bedside.report.lettering import Paragraph
from bedside.report.styles import CELL, SOFT
from bedside.report.toxicity_chart import ToxicityChart
from bedside.report.toxicity_words import toxicity_rows, toxicity_words
from bedside.report.writing import Cell, Writing

_NAMES = 92.0
_EPISODES = 4
_UNKNOWN_SINCE = "not known since infusion"


def toxicity(writing: Writing) -> list[Flowable]:
    """Return the drawing and the words, nothing before the first infusion."""
    facts = writing.facts
    if facts.course is None:
        return []
    chart = ToxicityChart(facts, writing.letters, writing.room)
    drawn: list[Flowable] = [] if chart.empty else [chart]
    if chart.beyond:
        drawn.append(writing.letters.paragraph(f"Graded days after D+{chart.last}, not drawn: {chart.beyond}.", SOFT))
    rows: list[tuple[str, Cell]] = [*_grades(writing), *toxicity_rows(facts), *_cytopenia(writing)]
    pairs = writing.pairs(rows, (_NAMES, writing.room - _NAMES))
    if not drawn:
        return writing.over("Toxicity", "toxicity", pairs)
    return [*writing.heading("Toxicity", "toxicity", chart.height + 60), *drawn, pairs]


def _grades(writing: Writing) -> Iterator[tuple[str, str]]:
    for name, told in (("CRS", writing.facts.assessment.crs), ("ICANS", writing.facts.assessment.icans)):
        source = writing.source_words(told.source)
        baseline = f"; before infusion {told.baseline}" if told.baseline else ""
        yield name, f"{toxicity_words(told)}{baseline} ({source}){_episodes(told)}"


def _episodes(told: Toxicity) -> str:
    if len(told.episodes) < 2 and not any(one.open for one in told.episodes):
        return ""
    listed = [
        f"{date_text(one.onset)} to {date_text(one.last)} ({day_text(one.onset_day)} to {day_text(one.last_day)}), "
        f"highest {one.peak}{', still open' if one.open else ''}"
        for one in told.episodes
    ]
    earlier = len(listed) - _EPISODES
    before = f"{earlier} earlier; " if earlier > 0 else ""
    return f". Episodes: {before}{'; '.join(listed[-_EPISODES:])}"


def _cytopenia(writing: Writing) -> Iterator[tuple[str, Cell]]:
    icaht, iec_hs = writing.facts.assessment.icaht, writing.facts.assessment.iec_hs
    if icaht is not None:
        source = writing.source_words(icaht.source)
        yield "Neutropenia, early", f"{icaht.early.text} ({source})"
        yield "Neutropenia, late", icaht.late.text
    if iec_hs is not None:
        yield "IEC-HS, checklist", Paragraph(_checklist(writing, iec_hs), CELL)


def _checklist(writing: Writing, found: IecHs) -> str:
    """Each sign as the question that it is with its newest values, as markup: a normal value is listed as well."""
    markup = writing.letters.markup
    told = [one for one in found.signs if one.evidence and _known_since(one.text)]
    signs = "; ".join(f"<b>{markup(one.title)}?</b> {markup(one.text)}" for one in told)
    parts = [f"Newest values for the checklist, none of them judged: {signs}."] if told else []
    without = len(found.signs) - len(told)
    parts += [f"Signs without a value since the infusion: {without}."] if without else []
    return " ".join([*parts, f"{markup(found.text)} ({markup(writing.source_words(found.source))})."])


def _known_since(text: str) -> bool:
    return any(_UNKNOWN_SINCE not in value for value in text.split("; "))
