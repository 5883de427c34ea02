"""Which signs are graded: those in the window of an infusion, or judged to be CRS or ICANS (section 8)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bedside.chart.entries import Death, Infusion
from bedside.chart.moments import At
from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene


def graded_entries(scene: Scene, record: CourseRecord, kind: str, own_cause: str) -> list[Any]:
    """Return the entries of a kind that are graded in a course, in order.

    From each infusion to the end of its window, later only when `own_cause` is their judged cause; nothing after the
    day of death. A relapse or a transplant in the window ends the course, not the toxicity: signs are graded on.
    """
    window = timedelta(days=scene.knowledge.toxicity.window)
    last = next((death.at.day for death in deaths(scene, record)), scene.today)
    return [
        entry
        for entry in scene.kinds.get(kind, ())
        if entry.at.day <= last
        and (infusion := _newest_before(record.infusions, entry.at)) is not None
        and (entry.cause == own_cause or entry.at.day <= infusion.at.day + window)
    ]


def deaths(scene: Scene, record: CourseRecord) -> list[Death]:
    """Return the death since day 0, as one entry or as several of one day; one on a later day is a contradiction."""
    held = [death for death in scene.kinds.get("death", ()) if death.at.day >= record.facts.day0]
    return [death for death in held if death.at.day == held[0].at.day]


def _newest_before(infusions: Sequence[Infusion], at: At) -> Infusion | None:
    """The newest infusion up to a moment; on its own day only two clocks can tell that signs came before it."""
    return next((infusion for infusion in reversed(infusions) if not _precedes(at, infusion.at)), None)


def _precedes(at: At, infused: At) -> bool:
    if at.day == infused.day and at.instant is not None and infused.instant is not None:
        return at.instant < infused.instant
    return at.day < infused.day
