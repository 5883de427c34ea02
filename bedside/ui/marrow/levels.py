"""Turns an opened patient into the stacked plots of marrow and persistence: marks on log or linear scales."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bedside.chart.entries import CarTLevel, Immunoglobulin, Infection, Marrow, Mrd, Therapy
from bedside.chart.enums import CarTMethod, MrdMethod, MrdOutcome
from bedside.chart.formats import NO_BREAK_SPACE, day_text, field_quantity_text, fraction_text, label, number_text
from bedside.chart.sensitivity import negative_text, sensitive_enough
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.lanes import Shape, told
from bedside.ui.overview.tracks import Deadline, Limit, Track, cd19_track, only_shares, share_words
from bedside.ui.units_shown import quantity_words

LEAST_FRACTION = 1e-6
NO_VALUE = "0, no value"
IGG_TOP = 12.0
_METHOD_LOOKS = {
    MrdMethod.FCM: (Shape.DISC, "s3"),
    MrdMethod.PCR: (Shape.UP, "s4"),
    MrdMethod.NGS: (Shape.DIAMOND, "s2"),
}
_LEVEL_UNITS = {CarTMethod.QPCR: "copies/µg DNA", CarTMethod.FCM: "cells/µL"}


@dataclass(frozen=True)
class Mark:
    """One result on a date: its place on the scale (None: it has no value), its words, and its entry in words."""

    on: date
    value: float | None
    shape: Shape
    hollow: bool
    words: str
    entry: str
    spoken: str


@dataclass(frozen=True)
class Series:
    """The results of one analyte or method in one colour; `dotted` where limits and values are joined."""

    name: str
    token: str
    marks: tuple[Mark, ...]
    dotted: bool = False


@dataclass(frozen=True)
class Tick:
    """Something given or met on a date, drawn above the curve."""

    on: date
    shape: Shape
    words: str
    entry: str


@dataclass(frozen=True)
class Level:
    """One stacked plot; `low` is None on a linear scale from 0, on a log scale the last decade that is drawn.

    `floor` names the row beneath the scale, where lies what has no place on it; "" where there is no such row.
    """

    name: str
    unit: str
    series: tuple[Series, ...]
    high: float
    low: float | None = None
    limits: tuple[Limit, ...] = ()
    shaded: tuple[date, date] | None = None
    shaded_words: str = ""
    deadline: Deadline | None = None
    area: tuple[date, date] | None = None
    note: tuple[date, str] | None = None
    ticks: tuple[Tick, ...] = ()
    floor: str = ""

    @property
    def is_log(self) -> bool:
        """Whether the scale is logarithmic."""
        return self.low is not None

    def share(self, value: float | None) -> float | None:
        """How high a value lies, from 0 to 1; None for one that a log scale cannot hold: 0, and no value."""
        if value is None or (self.low is not None and value <= 0):
            return None
        if self.low is None:
            return min(value / self.high, 1.0)
        span = math.log10(self.high / self.low)
        return min(max(math.log10(value / self.low) / span, 0.0), 1.0)

    def grid(self) -> list[tuple[float, str]]:
        """The values of the grid with their words."""
        if self.low is None:
            return [(value, number_text(value)) for value in (0.0, self.high / 2, self.high)]
        decades = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
        words = fraction_text if self.high <= 1 else number_text
        return [(10.0**decade, words(10.0**decade)) for decade in decades]


def levels_of(facts: CourseFacts) -> tuple[Level, ...]:
    """The plots from top to bottom; the first two and IgG stand also when they are empty."""
    return (_burden(facts), _b_cells(facts), *_car_t(facts), _igg(facts))


def _burden(facts: CourseFacts) -> Level:
    marrows = facts.of(Marrow)
    blasts = tuple(_blasts(sample) for sample in marrows if sample.blasts_pct is not None)
    methods = [
        Series(label(method.value), token, tuple(_mrds(facts, method, shape)), dotted=True)
        for method, (shape, token) in _METHOD_LOOKS.items()
    ]
    series = (Series("blasts", "s1", blasts, dotted=True), *(one for one in methods if one.marks))
    values = [mark.value for one in series for mark in one.marks if mark.value]
    low = 10.0 ** math.floor(math.log10(min([LEAST_FRACTION, *values])))
    limit = facts.knowledge.thresholds.disease_blasts_pct.value
    line = Limit(limit / 100, f"{number_text(limit)}{NO_BREAK_SPACE}% blasts")
    return Level("Blasts and MRD", "fraction, log axis", series, 1.0, low, (line,), floor=NO_VALUE)


def _blasts(sample: Marrow) -> Mark:
    percent = sample.blasts_pct or 0.0
    censor = (sample.censored or {}).get("blasts_pct", "")
    words = f"blasts {field_quantity_text('blasts_pct', percent, censor)}"
    return Mark(sample.at.day, percent / 100, Shape.SQUARE, percent == 0, words, sample.id, told(sample))


def _mrds(facts: CourseFacts, method: MrdMethod, shape: Shape) -> Iterator[Mark]:
    for sample in facts.of(Marrow):
        for result in sample.mrd or ():
            if result.method is method:
                yield _mrd(sample, result, shape, facts.knowledge.numbers.mrd_cut_off)


def _mrd(sample: Marrow, result: Mrd, shape: Shape, cut_off: float) -> Mark:
    name, entry = label(result.method.value), told(sample)
    value: float | None = None
    if result.result is MrdOutcome.NOT_EVALUABLE:
        shape, said = Shape.UNSURE, "not evaluable"
    elif result.result is MrdOutcome.NEGATIVE:
        value, shape = result.lod, Shape.LIMIT
        sensitive = sensitive_enough(value, cut_off)
        said = negative_text(value, sensitive=sensitive)
        entry += "" if sensitive else f"; {name} {said}"
    else:
        value = result.value
        below = "below quantification" if result.below_loq else "no value"
        said = f"positive {fraction_text(value)}" if value else f"positive, {below}"
    hollow = result.result is not MrdOutcome.POSITIVE
    return Mark(sample.at.day, value, shape, hollow, f"{name} {said}", sample.id, entry)


def _b_cells(facts: CourseFacts) -> Level:
    track = cd19_track(facts)
    bca = facts.assessment.bca
    since = "" if bca.established_on is None else _day_words(facts, bca.established_on)
    words = f"aplasia, established {since}, {bca.status.value}" if since else ""
    shares = tuple(_shares(facts))
    series = tuple(_of_track(track))
    if shares:  # one colour; dotted, as no line may join what stands beneath the scale
        series = (replace(series[0], name="CD19⁺ count"), Series("CD19⁺ share", series[0].token, shares, dotted=True))
    return Level(
        track.name, track.unit, series, track.top, None, track.limits, track.shaded, words, track.deadline,
        floor="only in %" if shares else "",
    )  # fmt: skip


def _shares(facts: CourseFacts) -> Iterator[Mark]:
    for one in only_shares(facts):
        yield Mark(one.at.day, None, Shape.DISC, True, share_words(one), one.id, told(one))


def _of_track(track: Track) -> Iterator[Series]:
    for one in track.series:
        marks = tuple(
            Mark(value.on, value.number, Shape.DISC, False, value.words, value.entry, value.spoken)
            for value in one.values
        )
        yield Series(one.name, one.token, marks)


def _day_words(facts: CourseFacts, day: date) -> str:
    day0 = facts.assessment.day0
    return "" if day0 is None else day_text((day - day0).days)


def _car_t(facts: CourseFacts) -> Iterator[Level]:
    day0 = facts.assessment.day0
    for method, unit in _LEVEL_UNITS.items():
        marks = tuple(
            Mark(one.at.day, one.value, Shape.DISC, one.value == 0, number_text(one.value), one.id, told(one))
            for one in facts.of(CarTLevel)
            if one.method is method
        )
        if not marks:
            continue
        highest = max([mark.value or 1.0 for mark in marks] + [10.0])
        lowest = min([mark.value for mark in marks if mark.value] + [10.0])
        kinetics = next((one for one in facts.assessment.kinetics if one.method == method), None)
        area = note = None
        if kinetics is not None and day0 is not None:
            area = (day0, day0 + timedelta(days=kinetics.last_day_used))
            if kinetics.tmax_day is not None:
                note = (
                    day0 + timedelta(days=kinetics.tmax_day),
                    f"Cmax {number_text(kinetics.cmax)}, {day_text(kinetics.tmax_day)}",
                )
        low, high = _decades(lowest, highest)
        name = f"CAR-T level, {label(method.value)}"
        yield Level(name, f"{unit}, log", (Series(name, "s1", marks),), high, low, area=area, note=note, floor=NO_VALUE)


def _decades(lowest: float, highest: float) -> tuple[float, float]:
    return 10.0 ** math.floor(math.log10(lowest)), 10.0 ** math.ceil(math.log10(highest))


def _igg(facts: CourseFacts) -> Level:
    marks = tuple(
        Mark(
            one.at.day, one.igg, Shape.DIAMOND, False,
            quantity_words("igg", one.igg, (one.censored or {}).get("igg", "")), one.id, told(one),
        )
        for one in facts.of(Immunoglobulin)
        if one.igg is not None
    )  # fmt: skip
    agents = facts.knowledge.agents
    given = [
        Tick(one.at.day, Shape.TICK, "immunoglobulin", one.id)
        for one in facts.of(Therapy)
        if one.agent in agents and agents[one.agent].display == "immunoglobulin"
    ]
    infections = [Tick(one.at.day, Shape.SQUARE, "infection", one.id) for one in facts.of(Infection)]
    limit = facts.knowledge.numbers.igg_replacement
    line = Limit(limit, f"{number_text(limit)}{NO_BREAK_SPACE}g/L")
    top = max([IGG_TOP, *(mark.value or 0 for mark in marks)])
    ticks = tuple(sorted([*given, *infections], key=lambda tick: tick.on))
    return Level("IgG", "g/L", (Series("IgG", "s4", marks),), math.ceil(top), None, (line,), ticks=ticks)
