"""The parts of an assessment by their field: which rule gives each, asked only for what is wanted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bedside.chart.assessment import ClosedBy
from bedside.logic.cns import cns_class, cns_remission
from bedside.logic.course_told import aplasia, course_alerts, courses, mrd, response, second_interval, way_of
from bedside.logic.families import RULES, Derived, family_alerts
from bedside.logic.relapses import relapses
from bedside.logic.risk_told import risk
from bedside.logic.scene import Scene
from bedside.logic.verdict_words import event_headline


def _headline(scene: Scene, derived: Derived) -> str:
    record = scene.record
    if record is None or record.end is None:
        return str(derived["risk"].headline)
    return event_headline(record, relapses(scene))


def _closed_by(scene: Scene) -> ClosedBy | None:
    return None if scene.record is None or scene.record.end is None else scene.record.end.by


def _closed_on(scene: Scene) -> date | None:
    return None if scene.record is None or scene.record.end is None else scene.record.end.day


def _conflicts(scene: Scene) -> tuple[str, ...]:
    return tuple([entry.id for entry in scene.entries_of_conflicts()])


PARTS: Mapping[str, Callable[[Scene, Derived], Any]] = {
    "phase": lambda scene, _: way_of(scene).phase,
    "day": lambda scene, _: None if scene.day0 is None else (scene.today - scene.day0).days,
    "day0": lambda scene, _: scene.day0,
    "closed_by": lambda scene, _: _closed_by(scene),
    "closed_on": lambda scene, _: _closed_on(scene),
    "headline": _headline,
    "conflicts": lambda scene, _: _conflicts(scene),
    "courses": lambda scene, _: courses(scene),
    "phases": lambda scene, _: way_of(scene).spans,
    "risk": lambda scene, _: risk(scene),
    "cns_class": lambda scene, _: cns_class(scene.csf, scene.knowledge.numbers.cns3_leukocytes_per_ul),
    "cns_remission": lambda scene, _: cns_remission(scene.csf, scene.knowledge.numbers.cns_remission_dates),
    "bca": lambda scene, _: aplasia(scene),
    "second_interval": lambda scene, _: second_interval(scene),
    "response": lambda scene, _: response(scene),
    "mrd": lambda scene, _: mrd(scene),
    **RULES,
    "alerts": lambda scene, derived: (*course_alerts(scene), *family_alerts(scene, derived)),
    "centre": lambda scene, _: scene.knowledge.centre,
}
"""Every field of `Assessment` that follows from a chart, with its rule."""


class Parts(Derived):
    """The parts of one scene by field: each is derived when it is first asked for, with what it rests on, and kept."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene

    def __missing__(self, name: str) -> Any:
        """Derive a part; KeyError for a name that is none."""
        part = self[name] = PARTS[name](self._scene, self)
        return part
