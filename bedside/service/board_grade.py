"""The grade of a toxicity on a list: the worst of the last 24 hours, and how it moved within them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.moments import AsOf, At

LATE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GradeNow:
    """The worst grade of the last 24 hours; `moved` +1 rose, −1 fell, 0 stayed, None with nothing known before it
    and where what was not recorded may have raised the last one.

    It rose where any grade of the last 24 hours is above the one known before it, even if it fell again since. Where
    the point in time or an assessment has a date alone, today and yesterday count, and days are compared by their
    worst. `serious`: it is one that alerts (TOX-5). `at_least` says that what was not recorded may raise it.
    """

    worst: int
    moved: int | None
    serious: bool
    at_least: bool = False

    @property
    def text(self) -> str:
        """The grade in as few signs as a list has room for."""
        return f"{'≥' if self.at_least else ''}{self.worst}"


class _Known(NamedTuple):
    at: At
    grade: int
    at_least: bool

    @property
    def day(self) -> date:
        return self.at.day


def grade_now(found: Toxicity, now: AsOf, alert_grade: float) -> GradeNow | None:
    """Return the worst grade of the last 24 hours and how it moved, None where no grade could be told.

    A grade from `alert_grade` on is serious.
    """
    graded = [_Known(At.parse(one.at), one.grade, one.at_least) for one in found.by_entry if one.grade is not None]
    known = [one for one in graded if now.covers(one.at)]
    late = [one for one in known if _is_late(one.at, now)]
    if not late:
        return None
    worst = _worst(late)
    at_least = any(one.at_least for one in late if one.grade == worst)
    return GradeNow(worst, _movement(known, now), worst >= alert_grade, at_least)


def _is_late(at: At, now: AsOf) -> bool:
    """Whether a moment up to now lies in the last 24 hours, by the days where a time is not known."""
    if now.instant is not None and at.instant is not None:
        return now.instant - LATE < at.instant
    return now.day - LATE <= at.day


def _movement(known: Sequence[_Known], now: AsOf) -> int | None:
    days = [list(one) for _, one in groupby(sorted(known, key=lambda one: one.day), key=lambda one: one.day)]
    steps = [
        (one.grade, _grade_before(one, day, earlier))
        for earlier, day in pairwise([[], *days])
        for one in day
        if _is_late(one.at, now) and (_has_time(one.at, now) or day is days[-1])
    ]
    if any(before is not None and before < grade for grade, before in steps):
        return 1
    if len(steps) == len(known):
        return None
    last = _last_of(days[-1])
    if any(one.at_least for one in last):
        return None
    highest = max(grade if before is None else max(grade, before) for grade, before in steps)
    return -1 if _worst(last) < highest else 0


def _has_time(at: At, now: AsOf) -> bool:
    return now.instant is not None and at.instant is not None


def _grade_before(one: _Known, day: Sequence[_Known], earlier: Sequence[_Known]) -> int | None:
    """The grade that is known to stand before one of a day: by the times of that day, else by the day before it."""
    instant = one.at.instant
    same = [] if instant is None else [o for o in day if o.at.instant is not None and o.at.instant < instant]
    before = same or earlier
    return _worst(_last_of(before)) if before else None


def _last_of(day: Sequence[_Known]) -> list[_Known]:
    """The last of a day; what has no time may have been the last, so it is among these."""
    last = max((one.at.instant for one in day if one.at.instant is not None), default=None)
    return [one for one in day if one.at.instant in (None, last)]


def _worst(graded: Sequence[_Known]) -> int:
    return max(one.grade for one in graded)
