"""Owns the ticks of the time axis: months or dates above, days from day 0 below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bedside.chart.formats import MONTHS, date_text, day_text
from bedside.ui.overview.axis import CourseAxis, Visible

DAY_STEPS = (1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)
KEPT = 8
"""How many lists of ticks are kept: head, lanes and plots ask for the same ones in every frame."""

LEAST_DAY_PITCH, LEAST_MONTH_PITCH = 58.0, 72.0
FINE_DAYS = 75.0


@dataclass(frozen=True)
class Tick:
    """A place on the axis with its words; the first one after a cut is never without them."""

    at: float
    text: str
    after_cut: bool = False


@lru_cache(maxsize=KEPT)
def day_ticks(axis: CourseAxis, visible: Visible, width: float, day0: date | None) -> tuple[Tick, ...]:
    """Days from day 0, so spaced that their words have room; none without a day 0."""
    if day0 is None:
        return ()
    per_day = width / (visible.high - visible.low)
    step = next((step for step in DAY_STEPS if step * per_day >= LEAST_DAY_PITCH), DAY_STEPS[-1])
    return tuple(
        Tick(axis.at(day), day_text((day - day0).days))
        for first, last in _days_in_view(axis, visible)
        for day in _multiples(first, last, step, day0)
    )


def _multiples(first: date, last: date, step: int, origin: date) -> Iterator[date]:
    day = first + timedelta(days=-((first - origin).days) % step)
    while day <= last:
        yield day
        day += timedelta(days=step)


def _days_in_view(axis: CourseAxis, visible: Visible) -> Iterator[tuple[date, date]]:
    for stretch in axis.stretches:
        low, high = max(stretch.start, visible.low), min(stretch.end, visible.high)
        if low <= high:
            first = stretch.first + round(low - stretch.start)
            yield date.fromordinal(first), date.fromordinal(stretch.first + round(high - stretch.start))


@lru_cache(maxsize=KEPT)
def month_ticks(axis: CourseAxis, visible: Visible, width: float, day0: date | None) -> tuple[Tick, ...]:
    """The months in view at their first day; dates at the day ticks when few days are in view."""
    if visible.high - visible.low <= FINE_DAYS and day0 is not None:
        days = {axis.day(tick.at) for tick in day_ticks(axis, visible, width * 0.7, day0)}
        after = _days_after_cuts(axis, visible)
        return tuple(Tick(axis.at(day), date_text(day), day in after) for day in sorted(days | after))
    per_day = width / (visible.high - visible.low)
    step = next((step for step in MONTH_STEPS if step * 30.4 * per_day >= LEAST_MONTH_PITCH), MONTH_STEPS[-1])
    ticks: list[Tick] = []
    after = _days_after_cuts(axis, visible)
    for first, last in _days_in_view(axis, visible):
        starts = [day for day in _month_starts(first, last) if ((day.year * 12 + day.month - 1) % step) == 0]
        far = not starts or (axis.at(starts[0]) - axis.at(first)) * per_day > 2 * LEAST_MONTH_PITCH
        if far or (first in after and first not in starts):
            starts = [first, *starts]
        ticks += [Tick(axis.at(day), f"{MONTHS[day.month - 1]}-{day.year}", day in after) for day in starts]
    return tuple(ticks)


def _days_after_cuts(axis: CourseAxis, visible: Visible) -> set[date]:
    """The first day after each cut in view."""
    days = (date.fromordinal(stretch.first) for stretch in axis.stretches[1:])
    return {day for day in days if visible.low <= axis.at(day) <= visible.high}


def _month_starts(first: date, last: date) -> Iterator[date]:
    year, month = (first.year, first.month) if first.day == 1 else divmod(first.year * 12 + first.month, 12)
    if first.day != 1:
        month += 1
    while date(year, month, 1) <= last:
        yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
