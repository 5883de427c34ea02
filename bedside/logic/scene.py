"""What a rule family looks at: the live entries up to a point in time, the courses, and the knowledge."""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

from bedside.chart.base import Entry
from bedside.chart.entries import Csf
from bedside.chart.live import Conflict
from bedside.chart.moments import AsOf
from bedside.chart.patient import Patient
from bedside.knowledge.tables import Knowledge
from bedside.logic.course import CourseRecord
from bedside.logic.history import Pass

P = ParamSpec("P")
Found = TypeVar("Found")

_DAY = attrgetter("at.day")
_OPENING = ("referral", "plan", "apheresis")


@dataclass(frozen=True, slots=True)
class Scene:
    """One chart at one point; `kinds` holds the entries that count, each kind in the order of their dates.

    `today` is the local date of the point. Contested entries stand in no kind: `contested_of` finds them.
    """

    patient: Patient
    as_of: AsOf
    today: date
    passed: Pass
    knowledge: Knowledge
    jurisdiction: str
    conflicts: tuple[Conflict, ...]
    kinds: Mapping[str, Sequence[Any]] = field(init=False, repr=False)
    """The entries that count, by kind; ask with `.get(kind, ())`."""
    record: CourseRecord | None = field(init=False, repr=False)
    """The newest course, None before the first infusion."""
    courses: Sequence[CourseRecord] = field(init=False, repr=False)
    """All courses in order."""
    day0: date | None = field(init=False, repr=False)
    """The day of infusion of the newest course."""
    worked_out: dict[object, Any] = field(init=False, repr=False, compare=False)
    """What was worked out so far for several families, by the rule (see `once`)."""

    def __post_init__(self) -> None:
        """Look up once what every family asks for."""
        record = self.passed.record
        found: dict[str, Any] = {
            "kinds": self.passed.kinds,
            "record": record,
            "courses": self.passed.gathered.courses,
            "day0": None if record is None else record.facts.day0,
            "worked_out": {},
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    @property
    def judged_on(self) -> date:
        """The day that everything of the newest course is judged at: today, or the end of the course."""
        return self.today if self.record is None else self.record.judged_on(self.today)

    @property
    def counted_until(self) -> date:
        """The last day whose results count for the newest course."""
        return self.today if self.record is None else self.record.counts_until(self.today)

    @property
    def closed(self) -> bool:
        """Whether the newest course has ended."""
        return self.record is not None and self.record.end is not None

    @property
    def csf(self) -> Sequence[Csf]:
        """Every CSF in order."""
        return self.passed.gathered.history.csf

    @property
    def way_since(self) -> date | None:
        """The end of the newest course once a referral, a plan or an apheresis after it has opened the next way.

        None while steps belong to the newest course, open or ended, or there is none.
        """
        if self.record is None or self.record.end is None:
            return None
        ended = self.record.end.entry.at.day
        reopened = any(entry.at.day > ended for kind in _OPENING for entry in self.kinds.get(kind, ())[-1:])
        return ended if reopened else None

    def newest(self, kind: str) -> Any | None:
        """Return the newest entry of a kind, None where there is none."""
        entries = self.kinds.get(kind, ())
        return entries[-1] if entries else None

    def newest_with(self, kind: str, field: str, until: date | None = None) -> Any | None:
        """Return the newest entry of a kind that gives a value for a field, up to a day where one is named."""
        entries = self.kinds.get(kind, ())
        held = entries if until is None else entries_until(entries, until)
        for entry in reversed(held):
            if getattr(entry, field) is not None:
                return entry
        return None

    def contested_of(self, *kinds: str, bears: Callable[[Any], bool] | None = None) -> tuple[Entry, ...]:
        """Return the entries of every open conflict of these kinds: what depends on them is unknown.

        `bears` tells whether an entry would have a say; a conflict without such an entry is left out.
        """
        if not self.conflicts:
            return ()
        return entries_in(
            c for c in self.conflicts if any(e.kind in kinds and (not bears or bears(e)) for e in c.entries)
        )

    def entries_of_conflicts(self, touching: Container[str] | None = None) -> tuple[Entry, ...]:
        """Return the entries of the open conflicts, each once; of those alone that hold one of the ids `touching`."""
        if touching is None:
            return entries_in(self.conflicts)
        return entries_in(c for c in self.conflicts if any(entry.id in touching for entry in c.entries))


def entries_in(conflicts: Iterable[Conflict]) -> tuple[Entry, ...]:
    """Return the entries of conflicts, each once: a correction of a contested correction stands in two."""
    return tuple({entry.id: entry for conflict in conflicts for entry in conflict.entries}.values())


def entries_until(entries: Sequence[Any], day: date) -> Sequence[Any]:
    """Return those of entries in order that lie up to a day."""
    return entries[: bisect_right(entries, day, key=_DAY)]


def once(rule: Callable[Concatenate[Scene, P], Found]) -> Callable[Concatenate[Scene, P], Found]:
    """Let what several families rest on be worked out once a scene; what it returns must not be changed."""

    @wraps(rule)
    def worked_out(scene: Scene, /, *args: P.args, **kwargs: P.kwargs) -> Found:
        key = (rule, args, *kwargs.items())
        if key not in scene.worked_out:
            scene.worked_out[key] = rule(scene, *args, **kwargs)
        found: Found = scene.worked_out[key]
        return found

    return worked_out
