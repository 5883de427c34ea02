"""What a toxicity asks a person to look at: grade 2 or more, or a rising grade, in an open episode (TOX-5)."""

from collections.abc import Iterator

from bedside.chart.assessment import Alert, AlertLevel
from bedside.chart.derived.toxicity import GradedEntry, Toxicity
from bedside.chart.formats import at_text
from bedside.chart.moments import At

_FROM_GRADE = 2
_GUIDE = "management follows the product's label and the centre's protocol"


def toxicity_alerts(crs: Toxicity, icans: Toxicity) -> Iterator[Alert]:
    """Yield at most one alert for each toxicity, about its newest grade (astct_2019); it gives no drug and no dose."""
    for name, found in (("CRS", crs), ("ICANS", icans)):
        if not found.episodes or not found.episodes[-1].open:
            continue
        known = [grade for grade in found.by_entry if grade.grade is not None]
        newest, before = known[-1], known[-2] if len(known) > 1 else None
        rising = before is not None and (newest.grade or 0) > (before.grade or 0)
        if (newest.grade or 0) >= _FROM_GRADE or (rising and newest.grade):
            yield Alert(
                level=AlertLevel.WARNING if (newest.grade or 0) >= _FROM_GRADE else AlertLevel.CAUTION,
                rule="TOX-5",
                text=f"{name} {_words(newest)}{', rising' if rising else ''}, {_when(newest)}: {newest.text}; {_GUIDE}",
                evidence=(newest.entry,),
            )


def _when(grade: GradedEntry) -> str:
    return at_text(At.parse(grade.at))


def _words(grade: GradedEntry) -> str:
    return f"{'at least ' if grade.at_least else ''}grade {grade.grade}"
