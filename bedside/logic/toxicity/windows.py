"""Which signs are graded: those in the window of an infusion, or judged to be CRS or ICANS (section 8)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene


def graded_entries(scene: Scene, record: CourseRecord, kind: str, own_cause: str) -> list[Any]:
    """Return the entries of a kind that are graded in a course, in order.

    From each infusion to the end of its window, later only when `own_cause` is their judged cause; nothing that the
    end of the course excludes.
    """
    days = sorted({infusion.at.day for infusion in record.infusions})
    window = timedelta(days=scene.knowledge.toxicity.window)
    until = record.counts_until(scene.today)
    return [
        entry
        for entry in scene.kinds.get(kind, ())
        if days[0] <= entry.at.day <= until
        and (entry.cause == own_cause or entry.at.day <= _last_before(days, entry.at.day) + window)
    ]


def _last_before(days: Sequence[date], day: date) -> date:
    """The newest infusion on or before a day; there is one."""
    return days[bisect_right(days, day) - 1]
