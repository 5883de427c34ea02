"""The report of the registries in words, line by line, and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pydantic import TypeAdapter

from bedside.chart.derived.registry import AnswerStatus, RegistryAnswer, RegistryPart, RegistryReport
from bedside.chart.formats import date_text
from bedside.chart.moments import AsOf
from bedside.service.registry import RegistryLine

STATUS_WORDS: Mapping[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: "answered",
    AnswerStatus.TO_CONFIRM: "to confirm",
    AnswerStatus.MISSING: "missing",
    AnswerStatus.NOT_DUE: "not due",
    AnswerStatus.NOT_ASKED: "not asked",
    AnswerStatus.NO_FIELD: "no place",
}
"""How a question stands, in words; in the order in which they are counted."""

OPEN = frozenset({AnswerStatus.MISSING, AnswerStatus.TO_CONFIRM})
"""What a person has to see to."""

RECALLED = "recalled"
LEGEND = (
    "To confirm: nothing is recorded that says yes, which is no “no”. No place: a chart does not hold it. "
    "Recalled: the question was not read in its source; hold it against the form."
)

_REPORT: TypeAdapter[RegistryReport] = TypeAdapter(RegistryReport)


def report_json(report: RegistryReport) -> str:
    """Return the report as one JSON document."""
    return _REPORT.dump_json(report).decode()


def report_lines(report: RegistryReport, *, open_only: bool = False) -> Iterator[str]:
    """Yield the lines of the report; `open_only` leaves out what needs nobody."""
    infused = "no infusion yet" if report.day0 is None else f"infusion of {date_text(report.day0)}"
    yield f"Questions of the registries to {report.mrn} as of {date_text(AsOf.parse(report.as_of).day)}; {infused}"
    for part in report.parts:
        shown = [one for one in part.answers if not open_only or one.status in OPEN]
        if shown:
            yield ""
            yield f"{part_title(part)}: {counts_text(Counter(one.status for one in part.answers))}"
        for section, answers in groupby(shown, key=lambda one: one.section):
            yield f"  {section}"
            yield from (f"    {STATUS_WORDS[one.status]:<11}{answer_text(one)}" for one in answers)
    yield ""
    yield LEGEND


def part_title(part: RegistryPart) -> str:
    """Return what a part of the report is about, with its point in time and its window."""
    when = "" if part.due is None else f", {date_text(part.due)}"
    if part.window_first is not None and part.window_last is not None:
        when += f" (contact {date_text(part.window_first)} to {date_text(part.window_last)})"
    return f"{part.registry}, {part.title}, {part.about}{when}"


def answer_text(answer: RegistryAnswer) -> str:
    """Return a question with what the chart says, and whether the question is recalled."""
    mark = f" ({RECALLED})" if answer.level == RECALLED else ""
    return f"{answer.text}{mark}: {answer.answer}"


def counts_text(counts: Mapping[AnswerStatus, int]) -> str:
    """Return how many questions stand how: "12 answered, 3 to confirm"."""
    told = (f"{counts[status]} {words}" for status, words in STATUS_WORDS.items() if counts.get(status))
    return ", ".join(told) or "nothing is asked"


def ward_table(lines: Iterable[RegistryLine]) -> Iterator[str]:
    """Yield a line for each patient under a head."""
    shown = [AnswerStatus.ANSWERED, AnswerStatus.TO_CONFIRM, AnswerStatus.MISSING, AnswerStatus.NOT_DUE]
    yield f"{'No.':<16}{'Infusion':<14}" + "".join(f"{STATUS_WORDS[status]:>12}" for status in shown)
    for line in lines:
        day = "–" if line.day0 is None else date_text(line.day0)
        yield f"{line.mrn:<16}{day:<14}" + "".join(f"{line.counts.get(status, 0):>12}" for status in shown)


def ward_json(lines: Iterable[RegistryLine]) -> str:
    """Return every patient with the counts as one JSON document."""
    return TypeAdapter(list[RegistryLine]).dump_json(list(lines)).decode()
