"""What a rule family looks at: the live entries up to a point in time, the courses, and the knowledge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.live import Conflict
from bedside.chart.moments import AsOf
from bedside.chart.patient import Patient
from bedside.knowledge.tables import Knowledge
from bedside.logic.course import CourseRecord
from bedside.logic.history import Pass

_OPENING = ("referral", "plan", "apheresis")


@dataclass(frozen=True, slots=True)
class Scene:
    """One chart at one point; `kinds` holds the entries that count, each kind in the rulebook's order.

    `today` is the local date of the point. Contested entries stand in no kind: `contested_of` finds them.
    """

    patient: Patient
    as_of: AsOf
    today: date
    passed: Pass
    knowledge: Knowledge
    jurisdiction: str
    conflicts: tuple[Conflict, ...]

    @property
    def kinds(self) -> Mapping[str, Sequence[Any]]:
        """The entries that count, by kind; ask with `.get(kind, ())`."""
        return self.passed.kinds

    @property
    def record(self) -> CourseRecord | None:
        """The newest course, None before the first infusion."""
        return self.passed.record

    @property
    def courses(self) -> Sequence[CourseRecord]:
        """All courses in order."""
        return self.passed.gathered.courses

    @property
    def day0(self) -> date | None:
        """The day of infusion of the newest course."""
        record = self.passed.record
        return None if record is None else record.facts.day0

    @property
    def judged_on(self) -> date:
        """The day that everything of the newest course is judged at: today, or the end of the course."""
        record = self.passed.record
        return self.today if record is None else record.judged_on(self.today)

    @property
    def way_since(self) -> date | None:
        """The end of the newest course once a referral, a plan or an apheresis after it has opened the next way.

        None while steps belong to the newest course, open or ended, or there is none.
        """
        record = self.passed.record
        if record is None or record.end is None:
            return None
        ended = record.end.entry.at.day
        reopened = any(entry.at.day > ended for kind in _OPENING for entry in self.kinds.get(kind, ())[-1:])
        return ended if reopened else None

    def newest(self, kind: str) -> Any | None:
        """Return the newest entry of a kind, None where there is none."""
        entries = self.kinds.get(kind, ())
        return entries[-1] if entries else None

    def contested_of(self, *kinds: str, bears: Callable[[Any], bool] | None = None) -> tuple[Entry, ...]:
        """Return the entries of every open conflict of these kinds: what depends on them is unknown.

        `bears` tells whether an entry would have a say; a conflict without such an entry is left out.
        """
        if not self.conflicts:
            return ()
        found = [
            c.entries for c in self.conflicts if any(e.kind in kinds and (not bears or bears(e)) for e in c.entries)
        ]
        return tuple({entry.id: entry for entries in found for entry in entries}.values())
