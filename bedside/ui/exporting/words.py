"""Owns what the sheet of the registries says: how a question stands, with its sign, and the rows of the list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedside.chart.derived.registry import AnswerStatus, RegistryAnswer, RegistryPart, RegistryReport
from bedside.chart.formats import date_text
from bedside.service.registry_text import RECALLED, STATUS_WORDS, counts_text
from bedside.ui.importing.words import Cells
from bedside.ui.signs import Sign

SIGNS: Mapping[AnswerStatus, tuple[Sign, str]] = {
    AnswerStatus.ANSWERED: (Sign.CLEAR, "ink"),
    AnswerStatus.TO_CONFIRM: (Sign.CAUTION, "amb"),
    AnswerStatus.MISSING: (Sign.ALERT_WARNING, "high"),
    AnswerStatus.NOT_DUE: (Sign.NOT_DUE, "ink2"),
    AnswerStatus.NOT_ASKED: (Sign.NO_INTERVAL, "ink2"),
    AnswerStatus.NO_FIELD: (Sign.NOT_MET, "ink2"),
}
"""Sign and tone of how a question stands."""


@dataclass(frozen=True)
class Asked:
    """One question of one form at its time."""

    part: RegistryPart
    answer: RegistryAnswer


def asked(report: RegistryReport) -> tuple[Asked, ...]:
    """Every question of a report, in its order."""
    return tuple(Asked(part, answer) for part in report.parts for answer in part.answers)


def cells(one: Asked) -> Cells:
    """A question: the form and its time, what it asks, what the chart says, how it stands."""
    sign, tone = SIGNS[one.answer.status]
    form = f"{one.part.registry} {one.part.title.partition(':')[0].removeprefix('Form ')}"
    question = f"{one.answer.text} ({RECALLED})" if one.answer.level == RECALLED else one.answer.text
    return Cells((f"{form}, {one.part.about}", question, one.answer.answer, title(one)), "", sign, tone)


def title(one: Asked) -> str:
    """How a question stands, as the last column says it."""
    return STATUS_WORDS[one.answer.status].capitalize()


def detail_words(one: Asked) -> str:
    """Everything about one question."""
    due = f", {date_text(one.part.due)}" if one.part.due is not None else ""
    return f"{one.part.registry}, {one.part.title}, {one.part.about}{due}. {one.answer.text}: {one.answer.answer}"


def summary(report: RegistryReport, shown: Sequence[Asked]) -> str:
    """The report in one sentence."""
    infused = "no infusion yet" if report.day0 is None else f"infusion of {date_text(report.day0)}"
    return f"{infused[:1].upper()}{infused[1:]}: {counts_text(Counter(one.answer.status for one in shown))}"
