"""An assessment as text to read: who and where on the way, the class and what decided it, each criterion, gaps."""

from collections.abc import Iterator

from bedside.chart.assessment import Assessment, Criterion, CriterionStatus
from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.formats import age_text, date_text, day_text, label, title
from bedside.chart.identity import identified
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.tables import Knowledge

SIGNS = {
    CriterionStatus.MET: "✓",
    CriterionStatus.NOT_MET: "✗",
    CriterionStatus.UNKNOWN: "?",
    CriterionStatus.NOT_DUE: "·",
}
NEXT_DUE = 6
PANELS = ("low", "ambiguous", "high")


def summary_text(chart: Chart, assessment: Assessment, knowledge: Knowledge) -> str:
    """Return the summary as lines of text, without a line feed at the end."""
    return "\n".join(
        [
            *_head(chart, assessment),
            *_class(assessment),
            *(line for panel in PANELS for line in _panel(panel, assessment, knowledge)),
            *_missing(assessment),
            *_toxicity(assessment),
            *_opinion(assessment, knowledge),
            *_washout(assessment),
            *_due(assessment),
            *_alerts(assessment),
            "",
        ]
    )


def _head(chart: Chart, assessment: Assessment) -> Iterator[str]:
    patient, as_of = identified(chart).patient, AsOf.parse(assessment.as_of).day
    yield (
        f"{patient.family_name.upper()}, {patient.given_name} · No. {patient.mrn} · "
        f"born {date_text(patient.birth_date)} ({age_text(patient.birth_date, as_of)}) · {label(patient.sex)}"
    )
    if chart.source is not None:
        yield f"Source: {chart.source}"
    day0 = f", day 0 on {date_text(assessment.day0)}" if assessment.day0 is not None else ""
    yield f"{title(assessment.phase)}, {day_text(assessment.day)}{day0}, as of {date_text(as_of)}."
    if assessment.headline:
        yield assessment.headline


def _class(assessment: Assessment) -> Iterator[str]:
    risk = assessment.risk
    provisional = ", provisional" if risk.provisional else ""
    decided = f", decided by {', '.join(risk.decided_by)}" if risk.decided_by else ""
    yield ""
    yield f"Risk class: {label(risk.class_).upper()}{provisional}{decided}"
    before = risk.headline if risk.headline != assessment.headline else ""
    yield from (f"  {sentence}" for sentence in (before, risk.meaning) if sentence)
    if assessment.conflicts:
        yield f"  Conflicts to settle: {', '.join(assessment.conflicts)}"


def _panel(panel: str, assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    criteria = [one for one in assessment.risk.criteria if knowledge.criteria[one.id].panel == panel]
    if criteria:
        yield ""
        yield title(panel)
        yield from (_criterion(one) for one in criteria)


def _criterion(one: Criterion) -> str:
    due = f" (until {date_text(one.due)})" if one.due is not None and one.status is CriterionStatus.NOT_DUE else ""
    return f"  {SIGNS[one.status]} {one.id:<4}{label(one.status):<8} {one.text}{due}"


def _missing(assessment: Assessment) -> Iterator[str]:
    if assessment.risk.missing:
        yield ""
        yield "Missing"
        yield from (f"  {text}" for text in assessment.risk.missing)


def _alerts(assessment: Assessment) -> Iterator[str]:
    if assessment.alerts:
        yield ""
        yield "Look at"
        yield from (f"  {title(alert.level)}: {alert.text}" for alert in assessment.alerts)


def _toxicity(assessment: Assessment) -> Iterator[str]:
    if assessment.day0 is not None:
        yield ""
        yield "Toxicity"
        yield from (
            f"  {name:<6} {found.text}" for name, found in (("CRS", assessment.crs), ("ICANS", assessment.icans))
        )
    if assessment.icaht is not None:
        yield f"  ICAHT  early {assessment.icaht.early.text}"
        yield f"  ICAHT  late {assessment.icaht.late.text}"


def _opinion(assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    opinion = assessment.second_opinion
    yield ""
    yield f"Second opinion ({knowledge.references[opinion.source].short})"
    yield f"  {opinion.text}"
    yield from (f"  Sign: {sign.text}" for sign in opinion.imminent)
    for topic in assessment.differences:
        says = "; ".join(f"{knowledge.references[one.source].short}: {one.text}" for one in topic.says)
        yield f"  Sources differ, {topic.title}: {says}"


def _washout(assessment: Assessment) -> Iterator[str]:
    open_rows = [row for row in assessment.washout if row.status not in {WashoutStatus.CLEAR}]
    if open_rows:
        yield ""
        yield "Wash-out that is not clear"
        yield from (f"  {label(row.status)}: {row.text}" for row in open_rows)


def _due(assessment: Assessment) -> Iterator[str]:
    waiting = [one for one in assessment.due if one.waits]
    missed = [one for one in assessment.due if one.later_done_by is not None]
    if waiting or missed:
        late = [one for one in waiting if one.overdue_days]
        ahead = [one for one in waiting if not one.overdue_days]
        yield ""
        yield "Due"
        yield from (f"  {date_text(one.due)}  {one.title}, {one.overdue_days} d overdue" for one in late)
        yield from (f"  {date_text(one.due)}  {one.title}" for one in ahead[:NEXT_DUE])
        yield from (f"  {date_text(one.due)}  {one.title}, missed, a later one done" for one in missed)
