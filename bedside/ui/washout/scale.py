"""Owns where a day lies on the planner: one stretch of days in proportion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bedside.ui.overview.axis import CourseAxis, Stretch, Visible
from bedside.ui.overview.ticks import Tick, month_ticks

BEFORE_DAYS, AFTER_DAYS, LEAST_DAYS = 6, 12, 42
WORDS_SHARE = 0.32
LONGEST_BACK_DAYS = 120


@dataclass(frozen=True)
class Scale:
    """From the first to the last day that is shown, in a strip of that left edge and width."""

    first: date
    last: date
    left: float = 0.0
    width: float = 1.0

    @property
    def per_day(self) -> float:
        """How wide a day is."""
        return self.width / max((self.last - self.first).days, 1)

    def x(self, day: date) -> float:
        """Where a day begins, never outside the strip."""
        return min(max(self.left + (day - self.first).days * self.per_day, self.left), self.left + self.width)

    def day(self, x: float) -> date:
        """The day that lies nearest to a place."""
        return self.first + timedelta(days=round((x - self.left) / self.per_day))

    def months(self) -> tuple[Tick, ...]:
        """The months in view, at their places from the first day on."""
        days = (self.last - self.first).days
        axis = CourseAxis((Stretch(self.first.toordinal(), self.last.toordinal(), 0.0),))
        return month_ticks(axis, Visible(0.0, float(days)), self.width, None)


def scale_over(ends: Iterable[date], dates: Iterable[date], today: date) -> Scale:
    """The scale that shows today, the dates, and what ended not long before them, with room for words at the right."""
    ahead = list(dates)
    anchor = min([today, *ahead])
    back = [day for day in ends if day >= anchor - timedelta(days=LONGEST_BACK_DAYS)]
    first = min([anchor, *back]) - timedelta(days=BEFORE_DAYS)
    last = max([today, *ahead, *back])
    room = max(AFTER_DAYS, round((last - first).days * WORDS_SHARE))
    return Scale(first, max(last + min(timedelta(days=room), date.max - last), first + timedelta(days=LEAST_DAYS)))
