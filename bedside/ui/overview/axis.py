"""Owns the time axis: days in proportion, long empty stretches cut out, and the part of it that is in view."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from bedside.chart.stretches import joined, without_long_gaps

# How the drawing behaves, nothing clinical: which stretch counts as long and empty, and how wide its mark is.
SHORTEST_CUT = 90
LONGEST_EMPTY_SHARE = 0.16
CUT_SHARE = 0.035
AHEAD_SHARE = 0.13
LEAST_AHEAD = 12
DEADLINE_SHARE = 0.6
LEAST_VISIBLE = 7.0

Span = tuple[date, date]


@dataclass(frozen=True)
class Stretch:
    """Days (as ordinals) that are drawn to scale, the first of them at `start`."""

    first: int
    last: int
    start: float

    @property
    def end(self) -> float:
        """Where the stretch ends on the axis."""
        return self.start + self.last - self.first


@dataclass(frozen=True)
class Cut:
    """A stretch that is left out: where its mark is, and the first and last day that are missing."""

    at: float
    first: date
    last: date


@dataclass(frozen=True)
class CourseAxis:
    """Where a day lies, in days from the left end; a day within a cut lies in the middle of its mark."""

    stretches: tuple[Stretch, ...]
    _held: dict[date, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def at(self, day: date) -> float:
        """Where the start of a day lies; it is asked for every value of a day, and for each frame again."""
        found = self._held.get(day)
        if found is None:
            found = self._held[day] = self._at(day)
        return found

    def _at(self, day: date) -> float:
        ordinal = day.toordinal()
        before: Stretch | None = None
        for stretch in self.stretches:
            if ordinal < stretch.first and before is not None:
                return (before.end + stretch.start) / 2
            if ordinal <= stretch.last:
                return stretch.start + ordinal - stretch.first
            before = stretch
        last = self.stretches[-1]
        return last.start + ordinal - last.first

    def day(self, at: float) -> date:
        """The day that lies there; within a cut the last one before it."""
        for stretch in self.stretches:
            if at < stretch.start:
                break
            found = stretch
            if at <= stretch.end:
                return date.fromordinal(round(stretch.first + at - stretch.start))
        else:
            return date.fromordinal(round(found.first + at - found.start))
        if stretch is self.stretches[0]:
            return date.fromordinal(round(stretch.first + at - stretch.start))
        return date.fromordinal(found.last)

    @property
    def end(self) -> float:
        """The right end of the axis."""
        return self.stretches[-1].end

    def cuts(self) -> list[Cut]:
        """What is left out, from left to right."""
        return [
            Cut((a.end + b.start) / 2, date.fromordinal(a.last + 1), date.fromordinal(b.first - 1))
            for a, b in pairwise(self.stretches)
        ]


def days_ahead(passed: float, deadline: int | None) -> int:
    """How many days stand ahead of now beside so many that passed: up to a deadline, unless it would press these."""
    near = deadline is not None and deadline <= max(passed * DEADLINE_SHARE, LEAST_AHEAD)
    return max(LEAST_AHEAD, round(passed * AHEAD_SHARE), deadline + 2 if near and deadline is not None else 0)


def axis_over(spans: Iterable[Span], as_of: date, ahead_to: date | None = None) -> CourseAxis:
    """The axis that shows every span and what lies ahead of `as_of`, up to `ahead_to` where that is not far off."""
    covered = joined([*((a.toordinal(), b.toordinal()) for a, b in spans), (as_of.toordinal(), as_of.toordinal())])
    kept = without_long_gaps(covered, shortest_days=SHORTEST_CUT, share=LONGEST_EMPTY_SHARE)
    length = sum(last - first for first, last in kept)
    ahead = days_ahead(length, None if ahead_to is None else (ahead_to - as_of).days)
    before = max(2, round(length * 0.01))
    kept[0] = (kept[0][0] - before, kept[0][1])
    kept[-1] = (kept[-1][0], max(kept[-1][1], as_of.toordinal() + ahead))
    gap = max(5.0, (length + ahead) * CUT_SHARE)
    stretches, start = [], 0.0
    for first, last in kept:
        stretches.append(Stretch(first, last, start))
        start += last - first + gap
    return CourseAxis(tuple(stretches))


@dataclass(frozen=True)
class Visible:
    """The part of the axis that is in view."""

    low: float
    high: float

    def zoomed(self, factor: float, anchor: float, axis: CourseAxis, least: float = LEAST_VISIBLE) -> "Visible":
        """The part after zooming around an anchor, `least` days at least: a factor below 1 shows less."""
        width = min(max((self.high - self.low) * factor, least), axis.end)
        share = (anchor - self.low) / max(self.high - self.low, 1e-9)
        return Visible(anchor - width * share, anchor + width * (1 - share)).kept_within(axis)

    def moved(self, by: float, axis: CourseAxis) -> "Visible":
        """The part after moving by days, to the right when positive."""
        return Visible(self.low + by, self.high + by).kept_within(axis)

    def kept_within(self, axis: CourseAxis) -> "Visible":
        """The same width, moved so that nothing beyond the ends of the axis is in view."""
        width = min(self.high - self.low, axis.end)
        low = min(max(self.low, 0.0), axis.end - width)
        return Visible(low, low + width)

    def pixel(self, at: float, left: float, width: float) -> float:
        """Where a place of the axis lies in a strip of that left edge and width."""
        return left + (at - self.low) / (self.high - self.low) * width

    def place(self, pixel: float, left: float, width: float) -> float:
        """Which place of the axis lies at a pixel of the strip."""
        return self.low + (pixel - left) / max(width, 1) * (self.high - self.low)
