"""The schedule after infusion, and relapse."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Literal

from bedside.knowledge.sourced import Sourced, Table, Threshold


class ScheduledItem(Sourced):
    """Something due on a day or a month after day 0.

    Its window lies around the due date in days, or between two days after day 0. `mrd`: by which methods a marrow
    counts; NGS alone where a clone is informative, any method else.
    """

    what: str
    title: str
    day: int | None = None
    month: int | None = None
    days_before: int = 0
    days_after: int = 0
    first_day: int | None = None
    last_day: int | None = None
    only: Literal["extramedullary", "kmt2a_r"] | None = None
    mrd: Literal["pcr_or_ngs", "ngs_where_informative"] | None = None
    records: bool = True


@dataclass(frozen=True, slots=True)
class Planned:
    """A scheduled item in the form in which every chart is held against it: its days as spans of time.

    `after`: from day 0 to the due date, unless `month` gives it. The window lasts from `first` to `last`, counted from
    the due date, or from day 0 where it is `fixed`. `shown_by`: what items have in common that the same entries do.
    """

    what: str
    title: str
    month: int | None
    after: timedelta
    first: timedelta
    last: timedelta
    fixed: bool
    only: str | None
    mrd: str | None
    records: bool
    source: str
    policy: bool
    shown_by: tuple[str, str | None]


def planned(item: ScheduledItem) -> Planned:
    """Return an item as charts are held against it."""
    first, last, fixed = -item.days_before, item.days_after, False
    if item.first_day is not None and item.last_day is not None:
        first, last, fixed = item.first_day, item.last_day, True
    return Planned(
        what=item.what,
        title=item.title,
        month=item.month,
        after=timedelta(days=item.day or 0),
        first=timedelta(days=first),
        last=timedelta(days=last),
        fixed=fixed,
        only=item.only,
        mrd=item.mrd,
        records=item.records,
        source=item.source,
        policy=item.policy,
        shown_by=(item.what, item.mrd),
    )


class RepeatedItem(Sourced):
    """Something due again and again between two days after day 0, both included."""

    what: str
    title: str
    every_hours: int
    first_day: int
    last_day: int


class ScheduleNumbers(Table):
    """Repeats that a result asks for."""

    repeat_cd19_days: Threshold
    repeat_ngs_days: Threshold
    intrathecal_days: Threshold
    intrathecal_cns_days: Threshold


class ScheduleTables(Table):
    """All items."""

    items: dict[str, ScheduledItem]
    repeated: dict[str, RepeatedItem]
    numbers: ScheduleNumbers

    @cached_property
    def plan(self) -> tuple[Planned, ...]:
        """The scheduled items in order."""
        return tuple(map(planned, self.items.values()))


class OutcomeNumbers(Table):
    """Timing of a relapse."""

    early_relapse_months: Threshold
    very_early_relapse_months: Threshold
    early_after_hsct_days: Threshold
    one_relapse_days: Threshold


class SurvivalTable(Sourced):
    """Published median survival after a type of relapse: a result, which a centre does not replace."""

    text: str


class OutcomeTables(Table):
    """Relapse in numbers."""

    numbers: OutcomeNumbers
    survival: dict[str, SurvivalTable]
