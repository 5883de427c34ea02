"""Answers about CRS and neurotoxicity within the time that a form asks about."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.derived.toxicity import Episode, Toxicity
from bedside.chart.formats import label
from bedside.logic.registry.view import Answer, Span, View, answered, missing, to_confirm

Rule = Callable[[View, Span], Answer]


def _course(scale: str, view: View) -> Toxicity:
    return view.assessment.crs if scale == "crs" else view.assessment.icans


class Highest(NamedTuple):
    """The highest grade of a time, whether it may be higher, how often it was assessed, and by which entries."""

    grade: int
    at_least: bool
    times: int
    evidence: tuple[str, ...]

    @property
    def words(self) -> str:
        """The grade in words."""
        return f"{'at least ' if self.at_least else ''}grade {self.grade}"


def _found(scale: str, view: View, span: Span) -> Highest | None:
    """The highest grade; None where there was no assessment."""
    if view.day0 is None:
        return None
    days = span.days(view.day0)
    graded = [one for one in _course(scale, view).by_entry if one.day in days and one.grade is not None]
    if not graded:
        return None
    grade = max(one.grade or 0 for one in graded)
    at_it = [one for one in graded if one.grade == grade]
    return Highest(grade, any(one.at_least for one in at_it), len(graded), tuple(one.entry for one in at_it))


def _whether(scale: str, view: View, span: Span) -> Answer:
    """Whether there was any, by the highest grade: that the assessments saw none is no "no" for the days between."""
    highest = _found(scale, view, span)
    if highest is None and span.first_point:
        return missing(f"{label(scale)} was never assessed")
    if highest is None:
        return to_confirm("nothing is recorded in this time")
    if highest.grade:
        return Answer(AnswerStatus.ANSWERED, f"yes, {highest.words}", highest.evidence)
    words = f"none was seen: {highest.words}, assessments: {highest.times}"
    return Answer(AnswerStatus.TO_CONFIRM, words, highest.evidence)


Then = Callable[[View, Span, list[Episode]], Answer]


def _if_any(scale: str, then: Then, view: View, span: Span) -> Answer:
    """What is asked only of those who had it; while that is open, so is this."""
    highest = _found(scale, view, span)
    if highest is None or not highest.grade:
        return _whether(scale, view, span)
    episodes = [one for one in _course(scale, view).episodes if one.onset <= span.last and one.last >= span.first]
    return then(view, span, episodes)._replace(evidence=highest.evidence)


def _onset(view: View, span: Span, episodes: list[Episode]) -> Answer:
    days = [view.on(one.onset) for one in episodes if one.onset >= span.first]
    return answered("; ".join(days)) if days else answered("went on from the time before")


def _resolution(view: View, span: Span, episodes: list[Episode]) -> Answer:
    if any(one.open and one.last <= span.last for one in episodes):
        return missing(f"still open; last signs {view.on(episodes[-1].last)}")
    return to_confirm("; ".join(f"last signs {view.on(one.last)}" for one in episodes))


def _grade(scale: str, view: View, span: Span) -> Answer:
    highest = _found(scale, view, span)
    if highest is not None and highest.grade:
        return Answer(AnswerStatus.ANSWERED, highest.words, highest.evidence)
    return _if_any(scale, _onset, view, span)


def _therapy(view: View, span: Span, _episodes: list[Episode]) -> Answer:
    given = [one for one in view.assessment.crs.treatments if span.first <= one.date <= span.last]
    if not given:
        return to_confirm("none is recorded")
    return answered("; ".join(f"{label(one.agent)} {view.on(one.date)}" for one in given))


RULES: dict[str, Rule] = {
    "crs": partial(_whether, "crs"),
    "crs_onset": partial(_if_any, "crs", _onset),
    "crs_resolution": partial(_if_any, "crs", _resolution),
    "crs_grade": partial(_grade, "crs"),
    "crs_therapy": partial(_if_any, "crs", _therapy),
    "icans": partial(_whether, "icans"),
    "icans_onset": partial(_if_any, "icans", _onset),
    "icans_resolution": partial(_if_any, "icans", _resolution),
    "icans_grade": partial(_grade, "icans"),
}
"""The rules by the names under which questions ask for them."""
