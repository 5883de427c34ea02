"""The ward board: one row a patient, newest facts first, nothing that was not derived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bedside.chart.assessment import Assessment, ClassOnDate, ClosedBy, Criterion, CriterionStatus, Phase, RiskClass
from bedside.chart.body import Weight, known_allergies, newest_weight
from bedside.chart.derived.follow_up import Due
from bedside.chart.derived.preparation import Readiness
from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.entries import Entry, Infusion, Manufacturing, Plan, ProductRelease, Status
from bedside.chart.enums import CareState, Milestone, Product
from bedside.chart.formats import label
from bedside.chart.identity import identified
from bedside.chart.live import resolve, up_to
from bedside.chart.moments import AsOf, At
from bedside.chart.patient import Chart, Patient
from bedside.chart.progress import Progress, one_by_one, unheard
from bedside.service.board_grade import GradeNow, grade_now
from bedside.service.patients import everyone
from bedside.service.permissions import Action, needs
from bedside.service.read import assessment_of, stored_chart
from bedside.service.registrations import Registration
from bedside.service.session import Session

RECENT_DAYS = 7


class Tag(StrEnum):
    """Where a chart comes from, where it is not a patient of this ward."""

    PUBLISHED = "published"
    SYNTHETIC = "synthetic"


TAG_WORDS = {Tag.PUBLISHED: "published case", Tag.SYNTHETIC: "synthetic"}


@dataclass(frozen=True, slots=True)
class ClassMove:
    """The class moved on a date."""

    before: RiskClass
    after: RiskClass
    on: date


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A criterion whose answer is missing: not due yet, or overdue; `due` is the last day of its window."""

    criterion: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One patient on the board; None stands for not derived, not recorded or not there yet, never for zero.

    `allergies` is () where none is known.
    """

    patient: Patient
    tag: Tag | None
    phase: Phase
    day: int | None
    day0: date | None
    planned_infusion: date | None
    product: str | None
    closed_by: ClosedBy | None
    closed_on: date | None
    headline: str
    risk_class: RiskClass
    provisional: bool
    moved: ClassMove | None
    next_open: OpenItem | None
    overdue: tuple[OpenItem, ...]
    conflicts: int
    last_entry: At | None
    low_reachable: bool = True
    product_state: str | None = None
    blockers: tuple[str, ...] = ()
    crs: GradeNow | None = None
    icans: GradeNow | None = None
    next_due: Due | None = None
    late: tuple[Due, ...] = ()
    state: CareState = CareState.ACTIVE
    weight: Weight | None = None
    allergies: tuple[str, ...] | None = None


@needs(Action.READ)
def board(
    session: Session, as_of: AsOf, known_at: datetime | None = None, progress: Progress = unheard
) -> tuple[BoardRow, ...]:
    """Return one row for each person in the store, in the order of the MRN as registered.

    What `progress` raises ends it.
    """
    return tuple([row_of(session, one, as_of, known_at) for one in one_by_one(everyone(session), progress)])


def row_of(session: Session, known: Registration, as_of: AsOf, known_at: datetime | None = None) -> BoardRow:
    """Return the row of one registered patient."""
    chart = identified(stored_chart(session, known))
    assessment = assessment_of(session, chart, as_of, known_at)
    return board_row(chart, assessment, as_of, known_at, alert_grade=session.knowledge.toxicity.alert_grade.value)


def board_row(
    chart: Chart, assessment: Assessment, as_of: AsOf, known_at: datetime | None = None, *, alert_grade: float
) -> BoardRow:
    """Return the row of one chart and of what was derived from it for the same point; TOX-5 has the `alert_grade`."""
    journal = resolve(chart.entries, known_at)
    covered = up_to(journal.live, as_of)
    risk = assessment.risk
    overdue, coming = open_items(risk.criteria, as_of.day)
    waiting = [one for one in assessment.due if one.waits]
    return BoardRow(
        patient=chart.patient,
        tag=tag_of(chart.source),
        phase=assessment.phase,
        day=assessment.day,
        day0=assessment.day0,
        planned_infusion=None if assessment.day0 else planned_infusion(covered),
        product=product_of(covered, assessment),
        closed_by=assessment.closed_by,
        closed_on=assessment.closed_on,
        headline=assessment.headline,
        risk_class=risk.class_,
        provisional=risk.provisional,
        moved=class_move(risk.history, as_of.day),
        next_open=coming[0] if coming and assessment.closed_by is None else None,
        overdue=overdue if assessment.closed_by is None else (),
        conflicts=len(journal.conflicts),
        last_entry=covered[-1].at if covered else None,
        low_reachable=risk.low_reachable,
        product_state=None if assessment.day0 else product_state(covered),
        blockers=blockers(assessment),
        crs=grade_now(assessment.crs, as_of, alert_grade),
        icans=grade_now(assessment.icans, as_of, alert_grade),
        next_due=next((one for one in waiting if not one.overdue_days), None),
        late=tuple(one for one in waiting if one.overdue_days),
        state=state_of(covered),
        weight=newest_weight(covered),
        allergies=known_allergies(covered),
    )


def state_of(live: Sequence[Entry]) -> CareState:
    """Return whether the patient belongs to this ward, by the newest entry that says so; active where none does."""
    return next((entry.state for entry in reversed(live) if isinstance(entry, Status)), CareState.ACTIVE)


def blockers(assessment: Assessment) -> tuple[str, ...]:
    """Return what stands in the way of the next step: wash-out conflicts with a planned date, readiness refused."""
    agents: dict[str, list[str]] = {}
    for row in assessment.washout:
        if row.planned and row.status is WashoutStatus.CONFLICT and assessment.day0 is None:
            agents.setdefault(row.milestone, []).append(label(row.agent))
    found = [f"wash-out before {label(milestone)}: {', '.join(named)}" for milestone, named in agents.items()]
    if assessment.phase is Phase.REFERRAL and assessment.apheresis.status is Readiness.NOT_READY:
        found.append("not ready for apheresis")
    return tuple(found)


def tag_of(source: str | None) -> Tag | None:
    """Return how a chart with this `source` is marked; None for a patient of this ward."""
    if source is None:
        return None
    return Tag.SYNTHETIC if "synthetic" in source.lower() else Tag.PUBLISHED


def planned_infusion(live: Sequence[Entry]) -> date | None:
    """Return the date now intended for the infusion, from the newest plan; None without one."""
    plans = (entry for entry in reversed(live) if isinstance(entry, Plan) and entry.milestone is Milestone.INFUSION)
    return next((plan.date for plan in plans), None)


def days_from_planned(planned: date, today: date) -> int | None:
    """Return which day it is from a planned infusion; None once that day has passed: nobody was infused by a plan."""
    days = (today - planned).days
    return days if days <= 0 else None


def product_of(live: Sequence[Entry], assessment: Assessment) -> str | None:
    """Return the product's code, or its own name where the code is `other`.

    As infused on day 0 of the newest course, else released, else ordered.
    """
    day0 = [course.infusion for course in assessment.courses[-1:]]
    told = [entry for entry in live if not isinstance(entry, Infusion) or entry.id in day0]
    for kind in (Infusion, ProductRelease, Manufacturing):
        for entry in reversed(told):
            if isinstance(entry, kind):
                name = getattr(entry, "product_name", None)
                return name if name and entry.product is Product.OTHER else entry.product.value
    return None


def product_state(live: Sequence[Entry]) -> str | None:
    """Return where the product stands at the manufacturer, or that it was released; None where nothing was said."""
    for entry in reversed(live):
        if isinstance(entry, ProductRelease):
            return "released, out of specification" if entry.out_of_specification else "released"
        if isinstance(entry, Manufacturing):
            return label(entry.status)
    return None


def longest_late(late: Iterable[Due]) -> tuple[Due, ...]:
    """Return what is overdue, of each thing the one that has waited longest, the longest first."""
    longest: dict[str, Due] = {}
    for one in late:
        if one.what not in longest or one.overdue_days > longest[one.what].overdue_days:
            longest[one.what] = one
    return tuple(sorted(longest.values(), key=lambda one: -one.overdue_days))


def class_move(history: Iterable[ClassOnDate], today: date) -> ClassMove | None:
    """Return the last change of class within the last seven days up to `today`; None when it stood still."""
    found = None
    for before, after in pairwise(history):
        if before.class_ is not after.class_ and today - timedelta(days=RECENT_DAYS) < after.date <= today:
            found = ClassMove(before.class_, after.class_, after.date)
    return found


def open_items(criteria: Iterable[Criterion], today: date) -> tuple[tuple[OpenItem, ...], tuple[OpenItem, ...]]:
    """Return the criteria whose window has closed without an answer, and those still coming, earliest first."""
    open_ = {CriterionStatus.UNKNOWN, CriterionStatus.NOT_DUE}
    waiting = [OpenItem(c.id, c.text, c.due) for c in criteria if c.status in open_ and c.due is not None]
    items = sorted(waiting, key=lambda item: (item.due, item.criterion))
    return tuple(i for i in items if i.due < today), tuple(i for i in items if i.due >= today)
