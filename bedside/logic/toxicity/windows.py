"""Which signs are graded: those in the window of an infusion, or judged to be CRS or ICANS."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bedside.chart.entries import Death, Infusion
from bedside.chart.enums import ToxicityScale
from bedside.chart.live import Conflict
from bedside.chart.moments import At
from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene
from bedside.logic.toxicity.treatments import dampens

_KINDS = {ToxicityScale.CRS: "vitals", ToxicityScale.ICANS: "neuro"}


def graded_entries(scene: Scene, record: CourseRecord, scale: ToxicityScale) -> list[Any]:
    """Return the entries that are graded on a scale in a course, in order.

    From each infusion to the end of its window, later only when the toxicity is their judged cause; nothing after the
    day of death. A relapse or a transplant in the window ends the course, not the toxicity: signs are graded on.
    """
    window = timedelta(days=scene.knowledge.toxicity.window)
    last = next((death.at.day for death in deaths(scene, record)), scene.today)
    return [
        entry
        for entry in scene.kinds.get(_KINDS[scale], ())
        if entry.at.day <= last and _in_window(entry, record.infusions, window, scale)
    ]


def conflicts_about(scene: Scene, record: CourseRecord, scale: ToxicityScale) -> list[Conflict]:
    """Return the open conflicts that bear on the grades of a scale, whichever of their entries is chosen."""
    window = timedelta(days=scene.knowledge.toxicity.window)

    def bears(entry: Any) -> bool:
        if entry.kind == _KINDS[scale]:
            return _in_window(entry, record.infusions, window, scale)
        if entry.kind == "therapy":
            spares_fever = entry.at.day >= record.facts.day0 and dampens(entry, scene.knowledge)
            return scale is ToxicityScale.CRS and spares_fever
        own = {"grade_override": "scale", "death": "cause"}.get(entry.kind)
        return own is not None and bool(getattr(entry, own) == scale)

    return [conflict for conflict in scene.conflicts if any(bears(entry) for entry in conflict.entries)]


def deaths(scene: Scene, record: CourseRecord) -> list[Death]:
    """Return the death since day 0, as one entry or as several of one day; one on a later day is a contradiction."""
    held = [death for death in scene.kinds.get("death", ()) if death.at.day >= record.facts.day0]
    return [death for death in held if death.at.day == held[0].at.day]


def _in_window(entry: Any, infusions: Sequence[Infusion], window: timedelta, scale: ToxicityScale) -> bool:
    infusion = _newest_before(infusions, entry.at)
    return infusion is not None and (entry.cause == scale or entry.at.day <= infusion.at.day + window)


def _newest_before(infusions: Sequence[Infusion], at: At) -> Infusion | None:
    """The newest infusion up to a moment; on its own day only two clocks can tell that signs came before it."""
    return next((infusion for infusion in reversed(infusions) if not _precedes(at, infusion.at)), None)


def _precedes(at: At, infused: At) -> bool:
    if at.day == infused.day and at.instant is not None and infused.instant is not None:
        return at.instant < infused.instant
    return at.day < infused.day
