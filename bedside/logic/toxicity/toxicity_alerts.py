"""What a toxicity asks a person to look at: a grave or a rising grade, in an open episode (TOX-5)."""

from collections.abc import Iterator
from itertools import takewhile

from bedside.chart.assessment import Alert, AlertLevel
from bedside.chart.derived.toxicity import GradedEntry, Toxicity
from bedside.chart.formats import at_text
from bedside.chart.moments import At

_RULE = "TOX-5"
_GUIDE = "management follows the product's label and the centre's protocol"


def toxicity_alerts(crs: Toxicity, icans: Toxicity, alert_grade: float) -> Iterator[Alert]:
    """Yield what an open episode of each toxicity asks for (astct_2019); it gives no drug and no dose.

    That is the grade that stands, where it is `alert_grade` or more or rose, and the question that its newest signs
    raise, which recording the answer or an override settles.
    """
    for name, found in (("CRS", crs), ("ICANS", icans)):
        if found.episodes and found.episodes[-1].open:
            yield from _grade(name, [one for one in found.by_entry if one.grade is not None], alert_grade)
            yield from _question(name, found.by_entry[-1])


def _grade(name: str, known: list[GradedEntry], alert_grade: float) -> Iterator[Alert]:
    newest, before, stands = known[-1], known[-2] if len(known) > 1 else None, _standing(known)
    grade = stands.grade or 0
    rising = before is not None and newest.moved_from(before) == 1
    if grade >= alert_grade or rising:
        level = AlertLevel.WARNING if grade >= alert_grade else AlertLevel.CAUTION
        words = f"{_told(name, stands)}{', rising' if rising and stands is newest else ''}"
        later = "" if stands is newest else f". It may not have fallen since: {_told(name, newest)}, {_when(newest)}"
        yield Alert(
            level=level,
            rule=_RULE,
            text=f"{words}, {_when(stands)}: {stands.text}{later}; {_GUIDE}",
            evidence=tuple(dict.fromkeys((stands.entry, newest.entry))),
        )


def _standing(known: list[GradedEntry]) -> GradedEntry:
    """The newest grade, or a worse one before it that nothing has lowered: what was not recorded lowers no grade."""
    open_ones = list(takewhile(lambda one: one.at_least, reversed(known)))
    since_the_last_sure = known[-len(open_ones) - 1 :]
    return max(reversed(since_the_last_sure), key=lambda one: one.grade or 0)


def _told(name: str, graded: GradedEntry) -> str:
    return f"{name} {'at least ' if graded.at_least else ''}grade {graded.grade}"


def _question(name: str, newest: GradedEntry) -> Iterator[Alert]:
    if newest.question and newest.override is None:
        text = f"{name}, {_when(newest)}: {newest.question}"
        yield Alert(level=AlertLevel.CAUTION, rule=_RULE, text=text, evidence=(newest.entry,))


def _when(grade: GradedEntry) -> str:
    return at_text(At.parse(grade.at))
