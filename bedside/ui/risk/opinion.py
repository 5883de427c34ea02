"""Owns what stands beside the criteria from other papers: second opinion, where sources differ, the HSCT panel, due."""

from collections.abc import Callable, Iterable

from bedside.chart.assessment import Assessment
from bedside.chart.derived.follow_up import Due
from bedside.chart.derived.opinion import FactorStatus, SecondOpinion
from bedside.chart.formats import NO_BREAK_SPACE, date_text
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.risk.words import unbroken

Section = tuple[str, tuple[Line, ...]]
Named = Callable[[str], str]
"""Gives a source's short name for its key."""

_MOST_DUE = 6


def opinion_sections(assessment: Assessment, named: Named) -> tuple[Section, ...]:
    """The sections in the order of reading; those that the chart gives no reason for are left out."""
    opinion = assessment.second_opinion
    found: list[Section] = [(f"Second opinion · {named(opinion.source)}", tuple(_opinion(opinion)))]
    if assessment.differences:
        found.append(("Where the sources differ", tuple(_differences(assessment, named))))
    found.append(("HSCT panel", tuple(_hsct(assessment))))
    if assessment.due:
        found.append(("Due", tuple(_due(assessment.due))))
    if assessment.centre is not None and assessment.centre.values:
        found.append((f"Values of {assessment.centre.name}", tuple(_centre(assessment))))
    return tuple(found)


def _line(strong: str, soft: str, *, missing: bool = False) -> Line:
    return (Run(f"{strong}  ", 12, 600, "ink", missing=missing), Run(unbroken(soft), 12, 400, "ink2"))


def _opinion(opinion: SecondOpinion) -> Iterable[Line]:
    yield (Run(unbroken(f"{opinion.text[:1].upper()}{opinion.text[1:]}"), 12, 600, "ink"),)
    for sign in opinion.imminent:
        yield _line("Sign:", sign.text)
    for factor in opinion.factors:
        if factor.status is FactorStatus.PRESENT:
            yield _line(f"{factor.title}:", f"{factor.text} · {factor.effect}")
    absent = [factor.title for factor in opinion.factors if factor.status is FactorStatus.ABSENT]
    unknown = [factor.title for factor in opinion.factors if factor.status is FactorStatus.UNKNOWN]
    if absent:
        yield _line("Absent:", "; ".join(absent))
    if unknown:
        yield _line("Not known:", "; ".join(unknown), missing=True)
    for note in opinion.notes:
        yield (Run(unbroken(note), 12, 400, "ink2"),)


def _differences(assessment: Assessment, named: Named) -> Iterable[Line]:
    for topic in assessment.differences:
        yield _line(f"{topic.title}:", topic.text)
        for position in topic.says:
            yield (Run(f"{named(position.source)}: {unbroken(position.text)}", 12, 400, "ink2"),)


def _hsct(assessment: Assessment) -> Iterable[Line]:
    for item in assessment.hsct.items:
        if item.id not in {"risk_class", "second_opinion"}:
            note = f". {item.note}" if item.note else ""
            yield _line(f"{item.title}:", f"{item.text}{note}", missing=not item.known)


def _due(due: Iterable[Due]) -> Iterable[Line]:
    """The overdue first, then the next."""
    waiting = [one for one in due if one.done_by is None]
    late = [one for one in waiting if one.overdue_days or one.overdue_hours]
    ahead = [one for one in waiting if one not in late]
    for one in [*late, *ahead][:_MOST_DUE]:
        days = f"overdue {one.overdue_days}{NO_BREAK_SPACE}d" if one.overdue_days else ""
        hours = f"overdue {one.overdue_hours}{NO_BREAK_SPACE}h" if one.overdue_hours else ""
        yield _line(f"{one.title}:", ", ".join(part for part in (date_text(one.due), days, hours) if part))
    if len(waiting) > _MOST_DUE:
        yield (Run(f"{len(waiting) - _MOST_DUE} more later", 12, 400, "ink2"),)


def _centre(assessment: Assessment) -> Iterable[Line]:
    if assessment.centre is not None:
        for value in assessment.centre.values:
            yield _line(f"{value.value} {value.unit or ''}".strip(), f"{value.text} (program: {value.default})")
