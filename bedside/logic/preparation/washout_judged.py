"""How one administration lies to one milestone: its interval, and the first dates that keep it."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.moments import add_months
from bedside.knowledge.families.washout import WashoutInterval
from bedside.knowledge.tables import Knowledge
from bedside.logic.preparation.milestones import Planned
from bedside.logic.preparation.washout_classes import Given

GRAVITY = {
    WashoutStatus.CONFLICT: 0,
    WashoutStatus.UNKNOWN: 1,
    WashoutStatus.CAUTION: 2,
    WashoutStatus.NO_INTERVAL: 3,
    WashoutStatus.CLEAR: 4,
}


class Judged(NamedTuple):
    """One administration against one milestone; `hours` where both times are known."""

    held: Given
    interval: WashoutInterval | None
    status: WashoutStatus
    last: date | None
    days: int | None
    hours: float | None

    @property
    def in_dates(self) -> bool:
        """Whether hours would decide and only dates are known."""
        return self.interval is not None and self.interval.minimum_hours is not None and self.hours is None

    @property
    def rank(self) -> tuple[int, float]:
        """The order in which administrations of an agent stand for it: the gravest, then the shortest interval."""
        if self.hours is not None:
            return GRAVITY[self.status], self.hours / 24
        return GRAVITY[self.status], -1 if self.days is None else self.days


def judged(held: Given, planned: Planned, knowledge: Knowledge) -> Judged:
    """Return how an administration that counts lies to a milestone (WSH-1).

    No stop: given through it, a conflict; a stop that is not known: unknown; an agent that the catalogue does not know:
    no interval, whatever is recorded. Without a date of the milestone: unknown.
    """
    interval = held.interval(planned.milestone)
    stop = held.entry.stop
    if planned.day is None:
        return Judged(held, interval, WashoutStatus.UNKNOWN, stop, None, None)
    last = None if stop is None else min(stop, planned.day)
    days = None if last is None else (planned.day - last).days
    if interval is None:
        return Judged(held, None, WashoutStatus.NO_INTERVAL, last, days, None)
    if last is None or days is None:
        status = WashoutStatus.UNKNOWN if held.stop_unknown else WashoutStatus.CONFLICT
        return Judged(held, interval, status, None, None, None)
    hours = None if interval.minimum_hours is None else _hours(held, planned)
    if hours is not None:
        return Judged(held, interval, _by_hours(hours, interval), last, days, hours)
    return Judged(held, interval, _by_days(days, interval, last, knowledge), last, days, None)


def _hours(held: Given, planned: Planned) -> float | None:
    """The hours from the last dose; its time is known where the administration ended on the day that it began."""
    at = held.entry.at
    if at.instant is None or planned.instant is None or held.entry.stop != at.day:
        return None
    return (planned.instant - at.instant) / timedelta(hours=1)


def _by_hours(hours: float, interval: WashoutInterval) -> WashoutStatus:
    limit = interval.minimum_hours or 0
    kept = hours >= limit if interval.hours_included else hours > limit
    return WashoutStatus.CLEAR if kept else WashoutStatus.CONFLICT


def _by_days(days: int, interval: WashoutInterval, last: date, knowledge: Knowledge) -> WashoutStatus:
    if interval.minimum_hours is not None:
        clear = int(knowledge.washout.steroid_clear_days.value)
        if days >= clear:
            return WashoutStatus.CLEAR
        return WashoutStatus.CAUTION if days == clear - 1 else WashoutStatus.CONFLICT
    if interval.minimum_days is None:
        given_on_the_day = interval.must_be_stopped and days == 0
        return WashoutStatus.CONFLICT if given_on_the_day else WashoutStatus.NO_INTERVAL
    if days < interval.minimum_days:
        return WashoutStatus.CONFLICT
    preferred = preferred_days(interval, last)
    return WashoutStatus.CAUTION if preferred is not None and days < preferred else WashoutStatus.CLEAR


def preferred_days(interval: WashoutInterval, last: date | None) -> int | None:
    """Return what is preferred in days; months are calendar months from the last day, None while that is not known."""
    if interval.preferred_months is None:
        return interval.preferred_days
    return None if last is None else (add_months(last, interval.preferred_months) - last).days


def first_dates(
    last: date, interval: WashoutInterval, knowledge: Knowledge, moment: datetime | None = None
) -> tuple[date, date]:
    """Return the first date that keeps the minimum after a last day, and the first that keeps what is preferred.

    A minimum in hours counts from the `moment` of the last dose; without one, in dates that hold it whatever the times.
    """
    if interval.minimum_hours is not None:
        days = timedelta(days=int(knowledge.washout.steroid_clear_days.value))
        first = last + days if moment is None else (moment + timedelta(hours=interval.minimum_hours)).date()
        return first, first
    first = last + timedelta(days=interval.minimum_days or 0)
    preferred = preferred_days(interval, last)
    return first, first if preferred is None else last + timedelta(days=preferred)
