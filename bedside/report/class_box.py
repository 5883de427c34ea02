"""Owns the box with the class: its sign, since when, what decided it, why it is provisional, what is asked."""

from collections.abc import Iterator

from reportlab.platypus import Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Criterion, Phase, Risk, RiskClass
from bedside.chart.entries import Death
from bedside.chart.formats import date_text
from bedside.report.conflict_words import class_then_words, disputed_words, rests_on
from bedside.report.lettering import Paragraph, held_together
from bedside.report.signs import Sign
from bedside.report.state_words import asked_words
from bedside.report.styles import BOLD, CLASS, INK, REGULAR, TEXT
from bedside.report.words import OPINION_WORDS, class_title, inside
from bedside.report.writing import BOX_PADDING, Writing

_SIGN, _SMALL_SIGN = 40.0, 24.0
_CRITERIA_IN_THE_BOX = 4
_WITHOUT_TOPICS, _WITHOUT_OPINION = 4, 6


def class_box(writing: Writing) -> list[Flowable]:
    """Return the box with the class: its sign, since when, what decided it, why it is provisional, what it means."""
    risk = writing.facts.assessment.risk
    room = writing.room - _SIGN - 3 * BOX_PADDING
    title = class_title(risk)
    death = writing.facts.newest(Death)
    if writing.facts.course is None:
        title = f"{title}, not infused yet" if death is None else f"Died {date_text(death.at.day)}, never infused"
    if writing.facts.assessment.phase is Phase.CLOSED:
        title = f"{_sentence(writing.facts.assessment.headline)}"
    text: list[Flowable] = [Paragraph(f'<font name="{BOLD}">{writing.letters.markup(title)}</font>', CLASS)]
    text += [Paragraph(markup, TEXT) for markup in _class_sentences(writing)]
    style = TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONT", (0, 0), (-1, -1), REGULAR, 8, 10),
        ("BOX", (0, 0), (-1, -1), 2, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), BOX_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (1, 0), (1, 0), BOX_PADDING),
        ("TOPPADDING", (0, 0), (0, 0), 10),
        ("TOPPADDING", (1, 0), (1, 0), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ])  # fmt: skip
    sign = Sign(risk.class_, _SIGN if writing.facts.course is not None else _SMALL_SIGN)
    return [Table([[sign, text]], colWidths=[writing.room - room, room], style=style, hAlign="LEFT"), Spacer(1, 6)]


def _class_sentences(writing: Writing) -> Iterator[str]:
    letters, risk = writing.letters, writing.facts.assessment.risk
    if writing.facts.assessment.phase is Phase.CLOSED:
        yield f"<b>Class before: {letters.markup(class_title(risk))}.</b>"
    elif writing.facts.course is not None:
        yield " ".join(part for part in (_since(writing), letters.markup(_reason(risk))) if part)
    deciding = _deciding(writing)
    most = max(1, _CRITERIA_IN_THE_BOX - writing.brevity)
    for criterion in deciding[:most]:
        title = f"{criterion.id}, {inside(writing.criterion_title(criterion.id))}: "
        yield f"<b>{letters.markup(title)}</b>{letters.markup(letters.short(criterion.text))}"
    if len(deciding) > most:
        rest = [one.id for one in risk.criteria if one in deciding[most:]]
        yield f"{len(rest)} more in the tables of criteria: {', '.join(rest)}."
    if risk.meaning and writing.facts.assessment.phase is not Phase.REFERRAL:
        source = "" if "Buechner" in risk.meaning else " (Buechner 2022)"
        yield f"<b>Meaning</b>{source}: {letters.markup(risk.meaning)}"
    if writing.facts.course is not None and writing.brevity < _WITHOUT_OPINION:
        yield _second_opinion(writing)
    if writing.facts.assessment.conflicts:
        disputed, then = disputed_words(writing.facts), letters.markup(class_then_words(writing))
        yield f"<b>Conflict:</b> {letters.markup(letters.short(disputed))} <b>{then}</b>"
    yield f"<b>Asked of you:</b> {letters.markup(asked_words(writing.facts, writing.made.asked))}"


def _second_opinion(writing: Writing) -> str:
    letters, assessment = writing.letters, writing.facts.assessment
    verdict = OPINION_WORDS[assessment.second_opinion.verdict]
    source = writing.source_words(assessment.second_opinion.source)
    disputed = rests_on(assessment.second_opinion.evidence, assessment.conflicts)
    resting = "; the open conflict may change it" if disputed else ""
    words = f"<b>Second opinion</b> ({letters.markup(source)}): {letters.markup(verdict)}{resting}."
    topics = "; ".join(inside(one.title) for one in assessment.differences)
    if not topics or writing.brevity >= _WITHOUT_TOPICS:
        return words
    return f"{words} <b>Sources differ on</b> {letters.markup(topics)}."


def _reason(risk: Risk) -> str:
    """Return the headline without the class that stands above it as the title."""
    _, colon, rest = risk.headline.partition(": ")
    return f"{_sentence(rest if colon else risk.headline).rstrip('.')}."


def _deciding(writing: Writing) -> list[Criterion]:
    """Return the criteria that decided; of low risk, which asks for all seven, the latest to be known first."""
    criteria = {criterion.id: criterion for criterion in writing.facts.assessment.risk.criteria}
    deciding = [criteria[item] for item in writing.facts.assessment.risk.decided_by if item in criteria]
    return deciding[::-1] if writing.facts.assessment.risk.class_ is RiskClass.LOW else deciding


def _since(writing: Writing) -> str:
    assessment = writing.facts.assessment
    since = assessment.class_since
    if since is None:
        return ""
    earlier = [step.class_ for step in assessment.course_history if step.date < since]
    words = f"Since {writing.facts.dated(since)}"
    return f"{held_together(words)}; {earlier[-1].value} before." if earlier else f"{held_together(words)}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
