"""Infusions and courses: the role of an infusion, what ends a course and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.assessment import ClosedBy
from bedside.chart.entries import Death, Entry, Hsct, Infusion, Relapse
from bedside.chart.enums import InfusionRole
from bedside.knowledge.tables import Knowledge
from bedside.logic.facts import Before, CourseFacts, Feed, same_product

# On one day death comes before HSCT, HSCT before relapse.
_RANK = {ClosedBy.DEATH: 0, ClosedBy.HSCT: 1, ClosedBy.RELAPSE: 2, ClosedBy.NEXT_INFUSION: 3}


class End(NamedTuple):
    """What ended a course: the day that everything is judged at, and the entry."""

    day: date
    rank: int
    by: ClosedBy
    entry: Entry

    @property
    def counts_its_day(self) -> bool:
        """Whether results dated on the day of the end count."""
        return self.by is ClosedBy.HSCT


@dataclass(slots=True)
class CourseRecord:
    """One course: its start, its infusions, its results so far with the feeds they came from, and its end."""

    facts: CourseFacts
    infusions: list[Infusion]
    feeds: list[Feed] = field(default_factory=list)
    end: End | None = None

    @property
    def start(self) -> Before:
        """What was so at day 0."""
        return self.facts.before

    def judged_on(self, today: date) -> date:
        """Return the day that everything of the course is judged at."""
        return today if self.end is None else min(self.end.day, today)

    def counts_until(self, today: date) -> date:
        """Return the last day whose results count."""
        if self.end is None or today < self.end.day:
            return today
        return self.end.day if self.end.counts_its_day else self.end.day - timedelta(days=1)

    def take(self, feed: Feed) -> None:
        """Add the results of the next date while the course is open."""
        self.feeds.append(feed)
        self.facts.take(feed)

    def close(self, end: End, feed: Feed | None) -> bool:
        """End the course, or end it earlier than was known; return whether anything changed.

        `feed` is what the day of the news brought, the newest so far.
        """
        if self.end is not None and self.end[:2] <= end[:2]:
            return False
        is_news, before = self.end is None, self.feeds[-1:]
        self.end = end
        if is_news and feed is not None:
            self.feeds.append(feed)
            if self._counts(feed):
                self.facts.take(feed)
        if not is_news or not all(self._counts(held) for held in before):
            self._replay()
        return True

    def _counts(self, feed: Feed) -> bool:
        """Whether the results of a date lie before the end, or on it where they count."""
        end = self.end
        return end is None or feed.day < end.day or (feed.day == end.day and end.counts_its_day)

    def _replay(self) -> None:
        """Gather the results again without those that an earlier end excludes."""
        held = self.facts
        self.facts = CourseFacts(held.before, held.history, held.setting, held.first_referral)
        for feed in self.feeds:
            if self._counts(feed):
                self.facts.take(feed)


def is_split(infusion: Infusion, first: Infusion, knowledge: Knowledge) -> bool:
    """Tell whether an infusion lies so close after the first of its course that it is a split dose, whatever it is."""
    table = knowledge.products.get(first.product)
    split_days = table.split_days if table is not None and table.split_days else knowledge.numbers.split_days
    return (infusion.at.day - first.at.day).days <= split_days


def role_after(earlier: Infusion, infusion: Infusion, interruptions: Sequence[date]) -> InfusionRole:
    """Return whether an infusion that is no split dose begins a course or repeats an earlier one.

    `earlier`: the first infusion of the newest course, or the newest one while none began a course. `interruptions`:
    days of relapses and HSCT so far.
    """
    between = any(earlier.at.day < day <= infusion.at.day for day in interruptions)
    if between or not same_product(infusion, earlier):
        return InfusionRole.FIRST
    return InfusionRole.REINFUSION


def end_by(event: Relapse | Hsct | Death, day0: date, conditioning: Sequence[date], knowledge: Knowledge) -> End:
    """Return the end that an event after day 0 makes; an HSCT ends the course on its first day of conditioning."""
    day = event.at.day
    if isinstance(event, Death):
        return End(day, _RANK[ClosedBy.DEATH], ClosedBy.DEATH, event)
    if isinstance(event, Relapse):
        return End(day, _RANK[ClosedBy.RELAPSE], ClosedBy.RELAPSE, event)
    longest = knowledge.numbers.conditioning_days
    days = [began for began in conditioning if began > day0 and 0 <= (day - began).days <= longest]
    return End(min(days, default=day), _RANK[ClosedBy.HSCT], ClosedBy.HSCT, event)


def end_by_next(infusion: Infusion) -> End:
    """Return the end that the next course makes."""
    return End(infusion.at.day, _RANK[ClosedBy.NEXT_INFUSION], ClosedBy.NEXT_INFUSION, infusion)
