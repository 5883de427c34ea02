"""Tests of the grade on a list: the worst of 24 hours, and whether it rose, fell or stood still within them."""

from collections.abc import Sequence

import pytest

from bedside.chart.entries import AnyEntry
from bedside.chart.moments import AsOf
from bedside.service.board_grade import GradeNow, grade_now
from tests.samples.toxicity import at, entry, infusion, opened

SIGNS: dict[int, dict[str, object]] = {
    0: {"temp_c": 37.0},
    1: {"temp_c": 38.6, "hypotension": False, "oxygen": "none"},
    2: {"temp_c": 38.6, "hypotension": False, "oxygen": "low_flow"},
    3: {"temp_c": 38.6, "hypotension": False, "oxygen": "high_flow"},
}
FEVER_ALONE = -1
SIGNS[FEVER_ALONE] = {"temp_c": 39.1}
"""At least grade 1."""
NOON = "2020-07-31T12:00:00+02:00"
"""Noon of day 7."""


def vitals(*graded: tuple[int, str, int]) -> list[AnyEntry]:
    """Vitals of that day of the course, at that time ("" for none), which are graded so."""
    return [
        entry(10 + place, kind="vitals", at=at(day, clock), **SIGNS[grade])
        for place, (day, clock, grade) in enumerate(graded)
    ]


def crs_of(graded: Sequence[tuple[int, str, int]], now: str = NOON) -> GradeNow | None:
    return grade_now(opened([infusion(), *vitals(*graded)]).assessment.crs, AsOf.parse(now), 2)


def test_that_the_worst_grade_is_serious_from_the_grade_that_alerts() -> None:
    found = opened([infusion(), *vitals((7, "08:00", 2))]).assessment.crs
    assert [now.serious for grade in (2, 3) if (now := grade_now(found, AsOf.parse(NOON), grade))] == [True, False]


def moved(*graded: tuple[int, str, int], now: str = NOON) -> tuple[int, int | None] | None:
    found = crs_of(graded, now)
    return None if found is None else (found.worst, found.moved)


def test_that_a_rise_within_one_day_is_a_rise_though_the_day_before_was_as_bad() -> None:
    assert moved((6, "08:00", 2), (6, "20:00", 1), (7, "06:00", 1), (7, "08:00", 2)) == (2, 1)


def test_that_a_rise_within_the_first_day_that_is_graded_is_a_rise() -> None:
    assert moved((7, "06:00", 1), (7, "08:00", 2)) == (2, 1)


def test_that_a_rise_stays_one_for_24_hours_even_where_the_grade_fell_since() -> None:
    assert moved((5, "08:00", 1), (7, "06:00", 1), (7, "08:00", 3), (7, "10:00", 1)) == (3, 1)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2020-07-31T08:59:00+02:00", (2, 1)),
        ("2020-07-31T09:00:00+02:00", (2, 0)),
        ("2020-07-31T09:01:00+02:00", (2, 0)),
    ],
)
def test_that_a_rise_is_one_until_24_hours_have_passed_since_it(now: str, said: tuple[int, int]) -> None:
    assert moved((6, "08:00", 1), (6, "09:00", 2), (6, "20:00", 2), now=now) == said


def test_that_the_last_grade_before_the_24_hours_is_what_the_first_of_them_is_held_against() -> None:
    assert moved((6, "08:00", 1), (7, "08:00", 2)) == (2, 1)
    assert moved((6, "08:00", 2), (6, "11:00", 0), (7, "08:00", 1)) == (1, 1)
    assert moved((6, "08:00", 1), (6, "11:00", 2), (7, "08:00", 2)) == (2, 0)


def test_that_a_grade_that_only_fell_within_the_day_fell() -> None:
    assert moved((6, "02:00", 3), (6, "20:00", 3), (7, "08:00", 2)) == (3, -1)
    assert moved((6, "02:00", 2), (7, "06:00", 2), (7, "08:00", 1)) == (2, -1)


def test_that_grades_that_are_all_the_same_stood_still() -> None:
    assert moved((6, "02:00", 1), (6, "20:00", 1), (7, "08:00", 1)) == (1, 0)


def test_that_nothing_is_said_where_nothing_is_known_before() -> None:
    assert moved((7, "08:00", 1)) == (1, None)
    assert moved((7, "06:00", 1), (7, "08:00", 1)) == (1, None)
    assert moved((7, "06:00", 2), (7, "08:00", 1)) == (2, None)


def test_that_two_grades_of_a_day_without_times_say_nothing_of_their_order() -> None:
    assert moved((7, "", 1), (7, "", 2)) == (2, None)
    assert moved((6, "", 2), (7, "", 1), (7, "", 2)) == (2, 0)
    assert moved((7, "08:00", 1), (7, "", 2)) == (2, None)


def test_that_a_day_without_times_is_held_against_the_worst_of_the_day_before() -> None:
    assert moved((6, "", 1), (7, "", 2)) == (2, 1)
    assert moved((6, "", 1), (6, "", 2), (7, "", 2)) == (2, 0)
    assert moved((6, "", 3), (7, "", 2)) == (3, -1)


def test_that_a_rise_between_times_is_seen_beside_a_grade_without_one() -> None:
    assert moved((6, "", 3), (7, "06:00", 1), (7, "", 0), (7, "08:00", 3)) == (3, 1)


def test_that_a_rise_of_yesterday_without_a_time_is_not_one_of_24_hours_once_today_is_graded() -> None:
    assert moved((5, "", 0), (6, "", 2), now="2020-07-31") == (2, 1)
    assert moved((5, "", 0), (6, "", 2), (7, "", 1), now="2020-07-31") == (2, -1)


def test_that_the_end_of_a_day_sees_a_rise_within_that_day() -> None:
    assert moved((6, "08:00", 2), (7, "06:00", 1), (7, "08:00", 2), now="2020-07-31") == (2, 1)


def test_that_what_lies_after_the_point_in_time_moves_nothing() -> None:
    assert moved((6, "08:00", 1), (7, "06:00", 1), (7, "13:00", 3)) == (1, 0)


def test_that_no_grade_of_24_hours_is_no_grade_and_not_zero() -> None:
    assert moved((6, "12:00", 1)) is None
    assert moved((6, "12:01", 1)) == (1, None)


def test_that_what_was_not_recorded_lets_no_grade_fall_or_stand_still() -> None:
    assert moved((7, "06:00", 1), (7, "08:00", 2), (7, "09:00", FEVER_ALONE)) == (2, 1)
    assert moved((6, "02:00", 2), (7, "06:00", 2), (7, "09:00", FEVER_ALONE)) == (2, None)
    assert moved((6, "02:00", 1), (7, "09:00", FEVER_ALONE)) == (1, None)
    assert moved((6, "02:00", 0), (7, "09:00", FEVER_ALONE)) == (1, 1)
    assert moved((6, "02:00", 2), (7, "06:00", FEVER_ALONE), (7, "09:00", 1)) == (1, -1)
