"""Owns the tracks of the toxicity view: temperature, systolic pressure, and the score of the age."""

from collections.abc import Callable
from functools import partial

from bedside.chart.bedside_signs import CAPD_TOTAL, ICE_TOTAL
from bedside.chart.entries import Neuro, Vitals
from bedside.chart.formats import field_quantity_text, number_text, time_text
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.state import part_of_day
from bedside.ui.overview.tracks import Limit, Series, Track, Value

TEMPERATURE = (35.5, 41.5, (36.0, 37.0, 38.0, 39.0, 40.0, 41.0))
PRESSURE = (40.0, 180.0, (60.0, 100.0, 140.0))
ICE = (0.0, float(ICE_TOTAL), (0.0, 3.0, 7.0, float(ICE_TOTAL)))
CAPD = (0.0, float(CAPD_TOTAL), (0.0, 9.0, float(CAPD_TOTAL)))
TALL, LOW = 136, 68
"""The fixed ends of each y axis with the values it names, and how high the plots stand."""


def toxicity_tracks(facts: CourseFacts) -> tuple[Track, ...]:
    """Temperature and pressure always; ICE or CAPD where one was taken, ICE where neither was."""
    return (_temperature(facts), _pressure(facts), *_scores(facts))


def _temperature(facts: CourseFacts) -> Track:
    bottom, top, marked = TEMPERATURE
    fever = facts.knowledge.toxicity.fever_c.value
    limit = Limit(fever, f"{fever:.1f} and above: fever", at_right=True)
    series = Series("Temperature", "o", "s1", tuple(_vitals(facts, "temp_c")))
    return Track("Temperature", "°C", (series,), top, (limit,), bottom=bottom, marked=marked, height=TALL)


def _pressure(facts: CourseFacts) -> Track:
    bottom, top, marked = PRESSURE
    series = Series("Systolic", "s", "s2", tuple(_vitals(facts, "sbp")))
    return Track("Systolic pressure", "mmHg", (series,), top, bottom=bottom, marked=marked, height=LOW)


def _vitals(facts: CourseFacts, field: str) -> list[Value]:
    worded = partial(field_quantity_text, field)
    return [
        _value(entry, number, worded) for entry in facts.of(Vitals) if (number := getattr(entry, field)) is not None
    ]


def _value(entry: Vitals | Neuro, number: float, worded: Callable[[float, str], str]) -> Value:
    instant = entry.at.instant
    clock = time_text(instant) if instant is not None else ""
    return Value(entry.at.day, number, "", entry, worded, part_of_day(instant), clock)


def _scores(facts: CourseFacts) -> list[Track]:
    scored = [(one, sum(dict(one.ice).values())) for one in facts.of(Neuro) if one.ice is not None]
    ice = [_value(one, points, _points("ICE")) for one, points in scored]
    capd = [_value(one, one.capd, _points("CAPD")) for one in facts.of(Neuro) if one.capd is not None]
    years = number_text(facts.knowledge.toxicity.ice_from_years.value)
    made = [_score("CAPD score", f"of {CAPD_TOTAL}, below {years} y", capd, CAPD)] if capd else []
    return [_score("ICE score", f"of {ICE_TOTAL}, {years} y and over", ice, ICE), *made] if ice or not made else made


def _points(score: str) -> Callable[[float, str], str]:
    """What puts the points of a score in words."""

    def words(points: float, _censor: str) -> str:
        return f"{score} {points:.0f}"

    return words


def _score(name: str, unit: str, values: list[Value], ends: tuple[float, float, tuple[float, ...]]) -> Track:
    bottom, top, marked = ends
    series = Series(name, "d", "s4", tuple(values))
    return Track(name, unit, (series,), top, bottom=bottom, marked=marked, height=LOW)
