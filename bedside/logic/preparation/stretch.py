"""The stretch of time that one way to an infusion covers: from the end of the course before it to its day 0."""

from datetime import date
from typing import Any, NamedTuple

from bedside.logic.scene import Scene, once


class Stretch(NamedTuple):
    """The days after `since` up to `until`, the day of infusion; None at an end that is open."""

    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies on the way; that of the infusion does."""
        return (self.since is None or day > self.since) and (self.until is None or day <= self.until)

    def of(self, scene: Scene, kind: str) -> list[Any]:
        """Return the entries of a kind that lie on the way."""
        return [entry for entry in scene.kinds.get(kind, ()) if self.holds(entry.at.day)]

    def last_day(self, scene: Scene) -> date:
        """Return the last day that counts: that of the infusion, else today."""
        return self.until or scene.today


@once
def way_now(scene: Scene) -> Stretch:
    """Return the way that the patient is on: to the newest infusion, or the next one once it is open."""
    opened = scene.way_since
    return course_way(scene) if opened is None else Stretch(opened, None)


def course_way(scene: Scene) -> Stretch:
    """Return the way to the newest infusion; it begins at the end of the course before, or its day 0 if it went on."""
    if len(scene.courses) < 2:
        return Stretch(None, scene.day0)
    before = scene.courses[-2]
    ended = None if before.end is None else before.end.entry.at.day
    since = before.facts.day0 if ended is None or ended == scene.day0 else ended
    return Stretch(since, scene.day0)
