"""Turns an opened patient into the tracks under the lanes: values by date, fixed ranges, limits."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple

from bedside.chart.base import Entry, Measured
from bedside.chart.entries import BloodCount, Chemistry, LymphocyteSubset, Marrow
from bedside.chart.formats import UNITS, date_text, field_quantity_text, quantity_text
from bedside.chart.moments import add_months
from bedside.knowledge.tables import Knowledge
from bedside.ui.overview.course import CourseFacts, aplasia_span
from bedside.ui.overview.lanes import told
from bedside.ui.units_shown import quantity_words

SILENT_DAYS, HEIGHT = 28, 58
ADULT_MONTHS = 216


class Value(NamedTuple):
    """One value on a date: the number, the sign `<` or `>` if any, its entry, and what puts number and sign in words.

    `part` of its day had passed by `clock`, its time; neither where only the date counts. Words are put together when
    they are asked for: a course has thousands of values, of which a few are ever read out.
    """

    on: date
    number: float
    censor: str
    of: Entry
    worded: Callable[[float, str], str]
    part: float = 0.0
    clock: str = ""

    @property
    def words(self) -> str:
        """Number and unit, with the sign before them if there is one."""
        return self.worded(self.number, self.censor)

    @property
    def entry(self) -> str:
        """The id of its entry."""
        return self.of.id

    @property
    def spoken(self) -> str:
        """Its entry in words."""
        return told(self.of)


_on = attrgetter("on")


@dataclass(frozen=True)
class Series:
    """The values of one analyte, drawn with one marker and colour."""

    name: str
    marker: str
    token: str
    values: tuple[Value, ...]

    def up_to(self, day: date) -> int:
        """How many of the values, which stand in the order of time, lie on a day or before it."""
        return bisect_right(self.values, day, key=_on)

    def between(self, first: date, last: date) -> tuple[Value, ...]:
        """The values from one day to another, both with theirs."""
        return self.values[bisect_left(self.values, first, key=_on) : self.up_to(last)]

    def on(self, day: date) -> tuple[Value, ...]:
        """The values of a day."""
        return self.between(day, day)

    def since(self, day: date) -> Value | None:
        """The first value on a day or after it."""
        place = bisect_left(self.values, day, key=_on)
        return self.values[place] if place < len(self.values) else None


@dataclass(frozen=True)
class Limit:
    """A horizontal line at a value, with its words at the left or at the right."""

    at: float
    words: str
    at_right: bool = False


class Aside(NamedTuple):
    """The newest value that the scale of a track cannot hold: its date, and in words."""

    on: date
    words: str


class Deadline(NamedTuple):
    """A date that matters to a track, its words and the token of their colour."""

    on: date
    words: str
    token: str


@dataclass(frozen=True)
class Track:
    """One stacked plot: name, unit, series, the fixed ends of its y axis, limits, a shaded span, a date that matters.

    `marked` are the values that the y axis names, when they are not the ends and the middle; `height` is in px.
    `aside` is what is recorded but has no place on the scale.
    """

    name: str
    unit: str
    series: tuple[Series, ...]
    top: float
    limits: tuple[Limit, ...] = ()
    shaded: tuple[date, date] | None = None
    deadline: Deadline | None = None
    bottom: float = 0.0
    marked: tuple[float, ...] = ()
    height: int = HEIGHT
    aside: Aside | None = None

    @property
    def grid(self) -> tuple[float, ...]:
        """The values that the y axis names."""
        return self.marked or (self.bottom, (self.bottom + self.top) / 2, self.top)

    def within(self, number: float) -> float:
        """A number, or the end of the y axis that it lies beyond."""
        return min(max(number, self.bottom), self.top)

    @cached_property
    def last(self) -> date | None:
        """The date of the newest value."""
        return max((one.values[-1].on for one in self.series if one.values), default=None)

    @property
    def nothing(self) -> str:
        """What stands in place of values where there is none."""
        return "nothing recorded" if self.aside is None else f"{self.aside.words}, {date_text(self.aside.on)}"

    def silence(self, as_of: date) -> str:
        """That nothing was recorded for long, in words, or what was instead; "" when something was."""
        last = self.last
        if last is None or (as_of - last).days <= SILENT_DAYS:
            return ""
        if self.aside is not None and self.aside.on > last:
            return f"since {date_text(last)} {self.nothing}"
        return f"nothing recorded since {date_text(last)} ({(as_of - last).days} d)"


def tracks_of(facts: CourseFacts) -> tuple[Track, ...]:
    """The tracks that hold a value, marrow and CD19⁺ first; these two stand also when they are empty."""
    tracks = [_marrow(facts), cd19_track(facts)]
    for name, kind, fields in (
        ("ANC and ALC", BloodCount, (("anc", "ANC", "o", "s1"), ("alc", "ALC", "t", "s2"))),
        ("Platelets", BloodCount, (("plt", "Platelets", "d", "s4"),)),
        ("Haemoglobin", BloodCount, (("hb", "Hb", "s", "s3"),)),
        ("CRP", Chemistry, (("crp", "CRP", "s", "s3"),)),
        ("Ferritin", Chemistry, (("ferritin", "Ferritin", "o", "s1"),)),
    ):
        series = [_series(facts, kind, field) for field in fields]
        if any(one.values for one in series):
            top = top_of(facts.knowledge, [field[0] for field in fields], highest_of(series))
            tracks.append(Track(name, UNITS[fields[0][0]], tuple(series), top))
    return tuple(tracks)


def _series(facts: CourseFacts, kind: type[Entry], field: tuple[str, str, str, str]) -> Series:
    code, name, marker, token = field
    return Series(name, marker, token, _values(facts, kind, code))


def _values(facts: CourseFacts, kind: type[Entry], code: str) -> tuple[Value, ...]:
    worded, entries = partial(quantity_words, code), facts.of(kind)
    signed = map(attrgetter("censored"), entries) if issubclass(kind, Measured) else repeat(None)
    return tuple(
        [
            Value(entry.at.day, number, str(signs.get(code, "")) if signs else "", entry, worded)
            for entry, number, signs in zip(entries, map(attrgetter(code), entries), signed, strict=False)
            if number is not None
        ]
    )


def _marrow(facts: CourseFacts) -> Track:
    limit = facts.knowledge.thresholds.disease_blasts_pct
    series = _series(facts, Marrow, ("blasts_pct", "Blasts", "s", "s1"))
    words = quantity_text(limit.value, limit.unit)
    return Track(
        "Marrow blasts", "%", (series,), facts.knowledge.ranges["blasts_pct"].hard_high, (Limit(limit.value, words),)
    )


def cd19_track(facts: CourseFacts) -> Track:
    """The CD19⁺ cells with the limit of recovery, the span of aplasia and the date that it has to outlast next."""
    recovery, bca = facts.knowledge.recovery, facts.assessment.bca
    series = _series(facts, LymphocyteSubset, ("cd19", "CD19⁺", "o", "s3"))
    policy = " (policy)" if recovery.policy else ""
    limit = Limit(recovery.cd19_per_ul, f"{quantity_text(recovery.cd19_per_ul, '/µL')}, recovery{policy}")
    shaded = aplasia_span(bca, facts.assessment.day0)
    top = top_of(facts.knowledge, ["cd19"], highest_of([series]))
    shares = only_shares(facts)
    aside = Aside(shares[-1].at.day, f"only in %: {share_words(shares[-1])}") if shares else None
    return Track("CD19⁺ cells", "per µL", (series,), top, (limit,), shaded, _deadline(facts), aside=aside)


def only_shares(facts: CourseFacts) -> list[LymphocyteSubset]:
    """The samples that give CD19⁺ cells in per cent alone, which no scale of counts can hold."""
    return [one for one in facts.of(LymphocyteSubset) if one.cd19 is None and one.cd19_pct is not None]


def share_words(subset: LymphocyteSubset) -> str:
    """The share of CD19⁺ cells with its sign: "4 % of lymphocytes"."""
    assert subset.cd19_pct is not None
    sign = (subset.censored or {}).get("cd19_pct", "")
    return f"{field_quantity_text('cd19_pct', subset.cd19_pct, sign)} of lymphocytes"


def _deadline(facts: CourseFacts) -> Deadline | None:
    """Until when a loss of aplasia is early, as long as one could be or was; then from when the aplasia is long."""
    day0, numbers, lost = facts.assessment.day0, facts.knowledge.numbers, facts.assessment.bca.lost_on
    if day0 is None:
        return None
    early = add_months(day0, numbers.early_loss_months)
    if facts.as_of <= early or (lost is not None and lost <= early):
        return Deadline(early, f"{numbers.early_loss_months} months", "high")
    long = numbers.long_aplasia_months
    return Deadline(add_months(day0, long), f"{long} months", "low")


def highest_of(series: list[Series]) -> float:
    """The highest value of the course, 0 without one."""
    return max([value.number for one in series for value in one.values], default=0.0)


def top_of(knowledge: Knowledge, fields: list[str], highest: float) -> float:
    """The fixed top of a y axis: the first rung of the analyte's ranges that holds every value of the course."""
    rungs: list[float] = []
    for field in fields:
        limit = knowledge.ranges[field]
        adult = [one.high for one in limit.references if one.high is not None and one.from_months >= ADULT_MONTHS]
        reference = max(adult or [one.high for one in limit.references if one.high is not None], default=0.0)
        rungs += [reference / 2, reference] if reference else []
        rungs += [limit.soft_high or limit.hard_high, limit.hard_high]
    return round_up(next((rung for rung in sorted(rungs) if rung and rung >= highest), max(rungs)))


_NICE = (1, 2, 3, 4, 5, 6, 8, 10)


def round_up(value: float) -> float:
    """The next round number at or above a value."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(nice * power for nice in _NICE if nice * power >= value - 1e-9)
