"""Owns the time axis of the PDF's charts: proportional, with long empty stretches cut out, and said to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bedside.chart.formats import MONTHS
from bedside.chart.stretches import Stretch, joined, without_long_gaps

# How the drawing behaves, nothing clinical: what counts as a long empty stretch, and how wide its mark is.
_LONGEST_EMPTY_SHARE = 0.17
_SHORTEST_CUT_DAYS = 60
_NARROWEST_SHARE = 0.12
_CUT_WIDTH = 16.0


@dataclass(frozen=True)
class Segment:
    """A stretch of days that is drawn to scale, from x `left` to `right`."""

    first: int
    last: int
    left: float
    right: float


@dataclass(frozen=True)
class Axis:
    """Days (as ordinals) on a line; every segment has the same points per day."""

    segments: tuple[Segment, ...]
    points_per_day: float

    def x(self, day: date) -> float:
        """Return where a day lies; a day within a cut lies at its middle."""
        ordinal = day.toordinal()
        for segment in self.segments:
            if ordinal <= segment.last:
                if ordinal < segment.first:
                    return segment.left - _CUT_WIDTH / 2
                return segment.left + (ordinal - segment.first) * self.points_per_day
        return self.segments[-1].right

    def shows(self, day: date) -> bool:
        """Tell whether a day lies in a drawn stretch."""
        return any(segment.first <= day.toordinal() <= segment.last for segment in self.segments)

    def cuts(self) -> list[tuple[float, date, date]]:
        """Return each cut: its middle, its first and its last day."""
        pairs = zip(self.segments, self.segments[1:], strict=False)
        return [((a.right + b.left) / 2, date.fromordinal(a.last + 1), date.fromordinal(b.first - 1)) for a, b in pairs]

    def months(self, room: float) -> list[tuple[float, str, date]]:
        """Return month starts with their words (Jun-2020), so spaced that each has `room` points."""
        found = []
        for segment in self.segments:
            free_from = segment.left - 0.1
            for day in (date.fromordinal(segment.first), *_month_starts(segment)):
                where = self.x(day)
                following = self.x(_next_month(day)) if day.day > 1 else where + room
                if where >= free_from and where + room * 0.8 <= min(segment.right + _CUT_WIDTH, following + room * 0.3):
                    found.append((where, f"{MONTHS[day.month - 1]}-{day.year}", day))
                    free_from = where + room
        return found


def axis_over(spans: Iterable[Stretch], left: float, right: float) -> Axis:
    """Return the axis that shows every span of (first, last) day from x `left` to `right`."""
    covered = joined(spans)
    padding = max(2, round((covered[-1][1] - covered[0][0]) * 0.004))
    kept = without_long_gaps(covered, shortest_days=_SHORTEST_CUT_DAYS, share=_LONGEST_EMPTY_SHARE)
    kept = [(kept[0][0] - padding, kept[0][1]), *kept[1:]]
    kept = _widened(kept)
    total = sum(last - first for first, last in kept)
    scale = (right - left - _CUT_WIDTH * (len(kept) - 1)) / max(total, 1)
    segments, x = [], left
    for first, last in kept:
        width = (last - first) * scale
        segments.append(Segment(first, last, x, x + width))
        x += width + _CUT_WIDTH
    return Axis(tuple(segments), scale)


def _widened(kept: Sequence[Stretch]) -> list[Stretch]:
    """Let very short stretches run on into the emptiness after them, so that their labels find room."""
    total = sum(last - first for first, last in kept)
    least = max(4, round(total * _NARROWEST_SHARE))
    ends = [*(first for first, _ in kept[1:]), None]
    widened = []
    for (first, last), following in zip(kept, ends, strict=True):
        wanted = max(last, first + least)
        widened.append((first, wanted if following is None else min(wanted, following - 2)))
    return widened


def _month_starts(segment: Segment) -> Iterable[date]:
    day = date.fromordinal(segment.first)
    if day.day > 1:
        day = _next_month(day)
    while day.toordinal() <= segment.last:
        yield day
        day = _next_month(day)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
