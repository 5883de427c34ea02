"""Owns the sentences of the risk view: headline, what would change the class, what is missing, the history."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bedside.chart.assessment import Assessment, ClassOnDate, Criterion, CriterionStatus, Risk, RiskClass
from bedside.chart.base import Entry
from bedside.chart.describe import kind_title, values_text
from bedside.chart.entries import LymphocyteSubset
from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN, date_text, short_date_text
from bedside.ui.criteria import CriteriaWords
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line

CLASS_TITLES = {
    RiskClass.HIGH: "High risk of needing HSCT",
    RiskClass.AMBIGUOUS: "Ambiguous risk of needing HSCT",
    RiskClass.LOW: "Low risk of needing HSCT",
    RiskClass.PENDING: "Risk class pending",
}
CLASS_WORDS = {
    RiskClass.HIGH: "high",
    RiskClass.AMBIGUOUS: "ambiguous",
    RiskClass.LOW: "low",
    RiskClass.PENDING: "pending",
}
_GRAVITY = ("pending", "low", "ambiguous", "high")
MOST_NAMED = 4
"""So many criteria are named in the head of the view; more of them are counted there and named beneath."""

_VALUE_AND_UNIT = re.compile(r"(?<=\d) (?=%|×10|(?:d|h|y|kg|mg|g/L|days?|months?|weeks?|years?)\b)")
_OUTCOMES = {CriterionStatus.MET: "met", CriterionStatus.NOT_MET: "not met"}


def unbroken(text: str) -> str:
    """A text whose dates, comparisons and values with their units do not break."""
    for sign in ("≥", "≤", "<", ">"):
        text = text.replace(f"{sign} ", f"{sign}{NO_BREAK_SPACE}")
    return _VALUE_AND_UNIT.sub(NO_BREAK_SPACE, text).replace("-", NON_BREAKING_HYPHEN)


def class_title(assessment: Assessment) -> str:
    """The head of the view: class, provisional, what decided it; a closed course says how it ended first."""
    risk = assessment.risk
    title = CLASS_TITLES[risk.class_]
    if risk.provisional and risk.class_ is not RiskClass.PENDING:
        title += ", provisional"
    if assessment.closed_by is not None:
        return f"{risk.headline[:1].upper()}{risk.headline[1:]}" if risk.headline else title
    return f"{title}: decided by {_listed(risk.decided_by)}" if risk.decided_by else title


def _listed(ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return f"{ids[0]} alone"
    return f"{', '.join(ids[:-1])} and {ids[-1]}" if len(ids) <= MOST_NAMED else f"{len(ids)} criteria"


def deciding_words(assessment: Assessment) -> str:
    """Every criterion that decides, where the head has no room to name them, else ""."""
    ids = assessment.risk.decided_by
    is_open = assessment.closed_by is None
    return f"{', '.join(ids)}. " if is_open and len(ids) > MOST_NAMED else ""


def panel_counts(criteria: Sequence[Criterion], *, decides: bool) -> tuple[str, ...]:
    """How many criteria of a panel are met and how many are open, the fullest form first; all tell what is unknown."""
    counted = {status: sum(one.status is status for one in criteria) for status in CriterionStatus}
    met = f"{counted[CriterionStatus.MET]} of {len(criteria)} met{': decides' if decides else ''}"
    unknown = f", {counted[CriterionStatus.UNKNOWN]} not known" if counted[CriterionStatus.UNKNOWN] else ""
    not_due = f", {counted[CriterionStatus.NOT_DUE]} not due" if counted[CriterionStatus.NOT_DUE] else ""
    return f"{met}{unknown}{not_due}", f"{met}{unknown}"


def change_lines(risk: Risk, words: CriteriaWords) -> tuple[Line, ...]:
    """What would change the class: a line for each open criterion, then what low still needs."""
    by_criterion: dict[str, list[tuple[str, str]]] = {}
    for change in risk.what_would_change:
        by_criterion.setdefault(change.criterion, []).append((_OUTCOMES[change.if_], CLASS_WORDS[change.class_]))
    due = {one.id: one.due for one in risk.criteria}
    lines = [
        _change_line(f"{one} ", words.title(one), due.get(one), outcomes) for one, outcomes in by_criterion.items()
    ]
    if not lines:
        lines.append((Run("No open criterion alone changes the class.", 12, 400, "ink2"),))
    return (*lines, *_low_lines(risk))


def change_gist(risk: Risk, words: CriteriaWords) -> tuple[Line, ...]:
    """What would change the class where there is little room: many criteria stand together by what they would do."""
    if len({change.criterion for change in risk.what_would_change}) <= MOST_NAMED:
        return change_lines(risk, words)
    together: dict[tuple[str, str], list[str]] = {}
    for change in risk.what_would_change:
        together.setdefault((_OUTCOMES[change.if_], CLASS_WORDS[change.class_]), []).append(change.criterion)
    lines = [
        (Run(", ".join(ids), 12, 600, "ink"), Run(f" if {outcome}: ", 12, 400, "ink2"), Run(f"{then}.", 12, 600, "ink"))
        for (outcome, then), ids in sorted(together.items(), key=lambda one: -_GRAVITY.index(one[0][1]))
    ]
    return (*lines, *_low_lines(risk))


def _low_lines(risk: Risk) -> tuple[Line, ...]:
    if risk.low_needs:
        return ((Run("Low needs: ", 12, 600, "ink"), Run(", ".join(risk.low_needs) + ".", 12, 400, "ink2")),)
    return () if risk.low_reachable else ((Run("Low is out of reach.", 12, 400, "ink2"),),)


def _change_line(criterion: str, title: str, due: date | None, outcomes: Sequence[tuple[str, str]]) -> Line:
    when = f", due {unbroken(date_text(due))}" if due is not None else ""
    runs = [Run(criterion, 12, 600, "ink"), Run(f"{title}{when}: ", 12, 400, "ink2")]
    for place, (outcome, risk) in enumerate(outcomes):
        runs += [Run(f"{'; ' if place else ''}if {outcome}, ", 12, 400, "ink2"), Run(risk, 12, 600, "ink")]
    return (*runs, Run(".", 12, 400, "ink2"))


def missing_lines(risk: Risk) -> tuple[Line, ...]:
    """What the class lacks, in the logic's words; one sentence when it lacks nothing."""
    if not risk.missing:
        return ((Run("Nothing that the class depends on is missing.", 12, 400, "ink2"),),)
    return tuple((Run(unbroken(text), 12, 400, "ink2"),) for text in risk.missing)


def entry_words(entry: Entry | None) -> str:
    """An entry in few words: "Lymphocyte subsets CD19⁺ 75/µL"; "time alone" for none."""
    if entry is None:
        return "time alone"
    values = values_text(entry)
    return f"{kind_title(entry.kind)} {values.split(', “')[0]}".strip()


def history_line(step: ClassOnDate, entries: Mapping[str, Entry]) -> Line:
    """A move of the class: date, class, and the entry that moved it."""
    word = CLASS_WORDS[step.class_] + (", provisional" if step.provisional and step.class_ != "pending" else "")
    words = entry_words(entries.get(step.entry) if step.entry else None)
    by = f" ({', '.join(step.criteria)})" if step.criteria else ""
    return (
        Run(f"{unbroken(date_text(step.date))} ", 12, 400, "ink2"),
        Run(word + by, 12, 600, "ink"),
        Run(f": {words}", 12, 400, "ink2"),
    )


def move_label(step: ClassOnDate, entries: Mapping[str, Entry]) -> str:
    """A move as it stands in the chart: "31-Jul CD19⁺ 75/µL"."""
    entry = entries.get(step.entry) if step.entry else None
    if entry is None:
        words = "time alone"
    elif isinstance(entry, LymphocyteSubset):
        words = values_text(entry).split(", ")[0]
    else:
        words = kind_title(entry.kind).lower() if entry.kind != "hsct" else "HSCT"
    return f"{short_date_text(step.date)} {words}"
