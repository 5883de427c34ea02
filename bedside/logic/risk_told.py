"""The risk class as it is shown for one point in time: its criteria, what is missing, what would change it."""

from collections.abc import Mapping, Sequence

from bedside.chart.assessment import Change, Risk
from bedside.chart.entries import Entry
from bedside.logic.course import CourseRecord
from bedside.logic.criteria import LOW, NOT_DUE, PLACE, UNKNOWN, WORDS, Statuses
from bedside.logic.risk import changes
from bedside.logic.scene import Scene
from bedside.logic.told import criteria
from bedside.logic.verdict_words import headline, meaning, missing
from bedside.logic.wording import Case


def risk(scene: Scene) -> Risk:
    """Return the class with every criterion in words, and its history."""
    passed, record = scene.passed, scene.record
    statuses, touched = passed.statuses(scene.today)
    verdict = passed.verdict(scene.today)
    told = criteria(_case(scene), statuses, _contested(scene, touched))
    reachable = verdict.low_reachable and not scene.closed
    infusion_contested = any(entry.kind == "infusion" for entry in passed.contested)
    return Risk(
        class_=verdict.risk_class,
        provisional=verdict.provisional,
        low_reachable=reachable,
        headline=headline(verdict, record, told, infusion_contested=infusion_contested),
        meaning=meaning(verdict, record, passed.kinds.get("decision", ())),
        decided_by=verdict.decided_by,
        missing=missing(told, scene.knowledge.criteria, record, touched, scene.today),
        criteria=told,
        what_would_change=_changes(statuses, record),
        low_needs=_low_needs(statuses) if reachable else (),
        history=tuple(passed.rows),
    )


def _case(scene: Scene) -> Case:
    facts = None if scene.record is None else scene.record.facts
    passed = scene.passed
    return Case(passed.setting, passed.gathered.history, facts, scene.judged_on, scene.counted_until, scene.closed)


def _contested(scene: Scene, touched: Mapping[str, Sequence[str]]) -> dict[str, tuple[Entry, ...]]:
    """The entries of every conflict that leaves a criterion unknown."""
    return {name: scene.entries_of_conflicts(touching) for name, touching in touched.items()}


def _changes(statuses: Statuses, record: CourseRecord | None) -> tuple[Change, ...]:
    if record is None:
        return ()
    found = changes(statuses, record.facts.is_cd28, closed=record.end is not None)
    return tuple(Change(criterion=name, if_=WORDS[outcome], class_=then) for name, outcome, then in found)


def _low_needs(statuses: Statuses) -> tuple[str, ...]:
    return tuple(name for name in LOW if statuses[PLACE[name]] in {UNKNOWN, NOT_DUE})
