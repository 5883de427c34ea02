"""What a toxicity asks a person to look at: a grave or a rising grade, in an open episode (TOX-5)."""

from collections.abc import Iterator

from bedside.chart.assessment import Alert, AlertLevel
from bedside.chart.derived.toxicity import GradedEntry, Toxicity
from bedside.chart.formats import at_text
from bedside.chart.moments import At

_RULE = "TOX-5"
_GUIDE = "management follows the product's label and the centre's protocol"


def toxicity_alerts(crs: Toxicity, icans: Toxicity, alert_grade: float) -> Iterator[Alert]:
    """Yield what an open episode of each toxicity asks for (astct_2019); it gives no drug and no dose.

    That is its newest grade, where it is `alert_grade` or more or rose, and the question that its newest signs raise,
    which recording the answer or an override settles.
    """
    for name, found in (("CRS", crs), ("ICANS", icans)):
        if found.episodes and found.episodes[-1].open:
            yield from _grade(name, [one for one in found.by_entry if one.grade is not None], alert_grade)
            yield from _question(name, found.by_entry[-1])


def _grade(name: str, known: list[GradedEntry], alert_grade: float) -> Iterator[Alert]:
    newest, before = known[-1], known[-2] if len(known) > 1 else None
    grade = newest.grade or 0
    rising = before is not None and grade > (before.grade or 0)
    if grade >= alert_grade or rising:
        level = AlertLevel.WARNING if grade >= alert_grade else AlertLevel.CAUTION
        words = f"{name} {'at least ' if newest.at_least else ''}grade {grade}{', rising' if rising else ''}"
        yield Alert(
            level=level,
            rule=_RULE,
            text=f"{words}, {_when(newest)}: {newest.text}; {_GUIDE}",
            evidence=(newest.entry,),
        )


def _question(name: str, newest: GradedEntry) -> Iterator[Alert]:
    if newest.question and newest.override is None:
        text = f"{name}, {_when(newest)}: {newest.question}"
        yield Alert(level=AlertLevel.CAUTION, rule=_RULE, text=text, evidence=(newest.entry,))


def _when(grade: GradedEntry) -> str:
    return at_text(At.parse(grade.at))
