"""CAR-T kinetics from the levels of day 0 to `last_day` (KIN-1)."""

from collections.abc import Sequence
from itertools import pairwise

from bedside.chart.derived.opinion import Kinetics
from bedside.chart.entries import CarTLevel
from bedside.chart.enums import CarTMethod, Censor
from bedside.chart.formats import day_text
from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_of

UNITS = {CarTMethod.QPCR: "copies/µg DNA", CarTMethod.FCM: "cells/µL"}


def kinetics(scene: Scene) -> tuple[Kinetics, ...]:
    """Return the kinetics of the newest course by each method, methods never mixed; empty without a level.

    Linear trapezoid from value 0 at day 0; ends are not extrapolated; of several values of a day the highest counts.
    A value below the limit of detection (`<`) counts as 0. Tlast is the last day of the course with a value above 0,
    also after `last_day`; without a value above 0 there is no Tmax.
    """
    record = scene.record
    if record is None:
        return ()
    last = int(scene.knowledge.kinetics.last_day.value)
    found = (_of(method, scene, record, last) for method in CarTMethod)
    return tuple(one for one in found if one is not None)


def _of(method: CarTMethod, scene: Scene, record: CourseRecord, last: int) -> Kinetics | None:
    day0, until = record.facts.day0, record.counts_until(scene.today)
    entries: list[CarTLevel] = [
        entry
        for entry in scene.kinds.get("car_t_level", ())
        if entry.method is method and day0 <= entry.at.day <= until
    ]
    early = [entry for entry in entries if (entry.at.day - day0).days <= last]
    if not early:
        return None
    levels = {0: 0.0}
    for entry in early:
        day = (entry.at.day - day0).days
        levels[day] = max(_detected(entry), levels.get(day, 0.0))
    highest = max(levels.values())
    peak = min(day for day, value in levels.items() if value == highest)
    days = sorted(levels)
    positive = [(entry.at.day - day0).days for entry in entries if _detected(entry) > 0]
    return Kinetics(
        method=method.value,
        unit=UNITS[method],
        cmax=highest,
        tmax_day=peak if highest else None,
        auc_0_28=round(sum((levels[a] + levels[b]) / 2 * (b - a) for a, b in pairwise(days)), 6),
        last_day_used=days[-1],
        tlast_day=positive[-1] if positive else None,
        text="; ".join(
            (_text(early, days[-1], last, from_zero=early[0].at.day > day0), *conflict_of(scene, "car_t_level"))
        ),
        evidence=tuple(entry.id for entry in early),
        first=early[0].at.day,
    )


def _detected(entry: CarTLevel) -> float:
    """The level, 0 where it lies below the limit of detection."""
    return 0.0 if _mark(entry) is Censor.BELOW else entry.value


def _mark(entry: CarTLevel) -> Censor | None:
    return (entry.censored or {}).get("value")


def _text(early: Sequence[CarTLevel], used: int, last: int, *, from_zero: bool) -> str:
    values = "1 value" if len(early) == 1 else f"{len(early)} values"
    words = f"{values} up to {day_text(used)}; {'value 0 at day 0, ' if from_zero else ''}linear between"
    if used < last:
        words += f"; area ends at {day_text(used)}, not extrapolated"
    below = sum(_mark(entry) is Censor.BELOW for entry in early)
    if below:
        words += f"; {below} below the limit of detection, counted as 0"
    if any(_mark(entry) is Censor.ABOVE for entry in early):
        words += "; a value above what the laboratory measures: Cmax and area are at least that"
    return words
