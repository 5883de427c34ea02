"""What is shown of the courses beside the class: the way, aplasia, response, marrow samples, alerts."""

from datetime import timedelta
from typing import Any

from bedside.chart.assessment import Alert, Aplasia, Course, MrdSample, Response
from bedside.logic import alerts
from bedside.logic.aplasia import gives_cd19
from bedside.logic.aplasia_words import interval
from bedside.logic.contradicting_dates import contradicting_dates
from bedside.logic.course import CourseRecord
from bedside.logic.phase import Way, way
from bedside.logic.response import is_at_day28, response_at_day28
from bedside.logic.scene import Scene, once
from bedside.logic.told import conflict_words
from bedside.logic.wording import marrow_words


@once
def way_of(scene: Scene) -> Way:
    """Return where the patient stands on the way, its stretches, and what was out of order."""
    passed = scene.passed
    return way(scene.kinds, scene.courses, passed.first_day, scene.today, scene.knowledge.numbers)


def courses(scene: Scene) -> tuple[Course, ...]:
    """Return every course in order: day 0, product, infusions and how it ended."""
    return tuple(_course(record) for record in scene.courses)


def _course(record: CourseRecord) -> Course:
    infusion = record.facts.before.infusion
    return Course(
        day0=record.facts.day0,
        infusion=infusion.id,
        product=infusion.product.value,
        costimulation=record.facts.before.costimulation,
        infusions=tuple([entry.id for entry in record.infusions]),
        closed_by=None if record.end is None else record.end.by,
        closed_on=None if record.end is None else record.end.day,
    )


def aplasia(scene: Scene) -> Aplasia:
    """Return the interval of aplasia of the newest course."""
    track = None if scene.record is None else scene.record.facts.aplasia
    return interval(track, scene.knowledge.recovery, conflict=_counts_in_conflict(scene))


def second_interval(scene: Scene) -> Aplasia | None:
    """Return the interval of aplasia after a reinfusion of the newest course; None without one."""
    record = scene.record
    if record is None or record.facts.second_interval is None:
        return None
    recovery, conflict = scene.knowledge.recovery, _counts_in_conflict(scene)
    return interval(record.facts.second_interval, recovery, record.facts.day0, conflict)


def _counts_in_conflict(scene: Scene) -> str:
    """The words of contested lymphocyte subsets of the course; empty without one."""
    record = scene.record
    if record is None or not scene.conflicts:
        return ""
    day0, until = record.facts.day0, scene.counted_until
    contested = scene.contested_of("lymphocyte_subset", bears=lambda e: gives_cd19(e) and day0 < e.at.day <= until)
    return conflict_words(contested).text if contested else ""


@once
def response(scene: Scene) -> Response | None:
    """Return the response at day 28 of the newest course; None before an infusion, or while there is none (RSP-1)."""
    record = scene.record
    if record is None:
        return None
    facts, until = record.facts, scene.counted_until
    contested = scene.contested_of("marrow", "remission", bears=lambda e: is_at_day28(facts, e.at.day, until))
    remissions = scene.kinds.get("remission", ())
    return response_at_day28(facts, facts.history.samples, remissions, until, contested)


def mrd(scene: Scene) -> tuple[MrdSample, ...]:
    """Return each marrow entry with the status of its date's sample."""
    day0 = scene.day0
    return tuple(
        [
            MrdSample(
                entry=entry.id,
                date=sample.day,
                day=None if day0 is None else (sample.day - day0).days,
                status=sample.status,
                text=marrow_words(sample, blasts=True),
            )
            for sample in scene.passed.gathered.history.samples
            for entry in sample.entries
        ]
    )


def course_alerts(scene: Scene) -> list[Alert]:
    """Return what a person should look at in the courses, in the order of their rules."""
    record, knowledge, kinds = scene.record, scene.knowledge, scene.kinds
    gathered = scene.passed.gathered
    found: list[Any] = [*alerts.conflict_alerts(scene.conflicts), *contradicting_dates(kinds)]
    found += alerts.relapse_alerts(gathered.history.samples, kinds, knowledge.numbers.disease_blasts_pct)
    found += alerts.response_alerts(response(scene))
    if record is not None:
        track = record.facts.aplasia
        if record.end is None:
            since = record.facts.day0 + timedelta(days=knowledge.numbers.day28_first)
            found += alerts.outside_marrow_alerts(kinds, since)
            found += alerts.aplasia_alerts(track)
        if "death" not in kinds:
            found += alerts.haematogone_alerts(track, kinds.get("marrow", ()))
            found += alerts.igg_alerts(track, kinds, knowledge)
    found += alerts.order_alerts(way_of(scene).out_of_order, gathered.stray, record)
    return found
