"""CAR-T kinetics from the levels of D0 to D+28 (KIN-1)."""

from collections.abc import Sequence
from itertools import pairwise

from bedside.chart.derived.opinion import Kinetics
from bedside.chart.entries import CarTLevel
from bedside.chart.enums import CarTMethod
from bedside.chart.formats import number_text
from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene

UNITS = {CarTMethod.QPCR: "copies/µg DNA", CarTMethod.FCM: "cells/µL"}


def kinetics(scene: Scene) -> tuple[Kinetics, ...]:
    """Return the kinetics of the newest course by each method, methods never mixed; empty without a level.

    Linear trapezoid from value 0 at day 0; ends are not extrapolated; of several values of a day the highest counts.
    Tlast is the last day of the course with a value above 0, also after D+28.
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
        levels[day] = max(entry.value, levels.get(day, 0.0))
    highest = max(levels.values())
    peak = min(day for day, value in levels.items() if value == highest)
    days = sorted(levels)
    positive = [(entry.at.day - day0).days for entry in entries if entry.value > 0]
    return Kinetics(
        method=method.value,
        unit=UNITS[method],
        cmax=highest,
        tmax_day=peak,
        auc_0_28=round(sum((levels[a] + levels[b]) / 2 * (b - a) for a, b in pairwise(days)), 6),
        last_day_used=days[-1],
        tlast_day=positive[-1] if positive else None,
        text=_text(early, days[-1], last),
        evidence=tuple(entry.id for entry in early),
        first=early[0].at.day,
    )


def _text(early: Sequence[CarTLevel], used: int, last: int) -> str:
    words = f"{len(early)} values up to D+{number_text(used)}; value 0 at day 0, linear between"
    return words if used >= last else f"{words}; area ends at D+{number_text(used)}, not extrapolated"
