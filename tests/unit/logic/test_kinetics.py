"""Tests of the kinetics of the CAR T cells (KIN-1): the trapezoid by hand, its ends, limits of detection, methods."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.derived.opinion import Kinetics
from bedside.chart.formats import NO_BREAK_SPACE
from tests.charts import Fields, assessed, entry, hsct, infusion, number_of, relapse


def level(when: Any, value: float, method: str = "qpcr", **fields: Any) -> Fields:
    return entry("car_t_level", when, method=method, value=value, **fields)


def below(when: int, limit: float) -> Fields:
    return level(when, limit, censored={"value": "<"})


def kinetics(*entries: Fields, when: int = 60) -> Kinetics | None:
    found = assessed([infusion(0), *entries], when).kinetics
    return found[0] if found else None


def read(*entries: Fields, when: int = 60) -> tuple[float, int | None, float, int, int | None]:
    one = kinetics(*entries, when=when)
    assert one is not None
    return one.cmax, one.tmax_day, one.auc_0_28, one.last_day_used, one.tlast_day


def test_that_kinetics_are_a_linear_trapezoid_from_day_0() -> None:
    held = [infusion(0), level(7, 700), level(14, 1400), level(28, 0), level(40, 3), level(10, 5, "fcm")]
    found = {one.method: one for one in assessed(held, 60).kinetics}
    one = found["qpcr"]
    assert (one.cmax, one.tmax_day, one.last_day_used, one.tlast_day) == (1400, 14, 28, 40)
    assert one.auc_0_28 == 7 * 350 + 7 * 1050 + 14 * 700
    assert (found["fcm"].cmax, found["fcm"].auc_0_28) == (5, 25)
    assert (one.unit, found["fcm"].unit) == ("copies/µg DNA", "cells/µL")


def test_that_ends_are_not_extrapolated_and_a_day_s_highest_counts() -> None:
    held = [infusion(0), level(7, 700), level(7, 100), level(29, 900)]
    (one,) = assessed(held, 60).kinetics
    assert (one.cmax, one.auc_0_28, one.last_day_used) == (700, 2450, 7)
    assert one.text.endswith("area ends at D+7, not extrapolated")
    assert kinetics(level(29, 900)) is None
    assert kinetics(level(-3, 900)) is None


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (27, (100, 27, 7 * 5 + 20 * 55, 27, 27)),
        (28, (100, 28, 7 * 5 + 21 * 55, 28, 28)),
        (29, (10, 7, 35, 7, 29)),
    ],
)
def test_that_levels_count_up_to_day_28_and_none_after_it_is_interpolated_back(
    last: int, expected: tuple[float, ...]
) -> None:
    assert read(level(7, 10), level(last, 100)) == expected


def test_that_a_level_of_day_0_stands_for_the_value_of_day_0() -> None:
    assert read(level(0, 4), level(7, 10)) == (10, 7, 49, 7, 7)


def test_that_the_first_of_two_equal_peaks_is_tmax() -> None:
    assert read(level(7, 10), level(14, 10))[1] == 7


def test_that_without_a_level_above_0_there_is_neither_tmax_nor_tlast() -> None:
    assert read(level(7, 0), level(14, 0)) == (0, None, 0, 14, None)


def test_that_a_level_below_the_limit_of_detection_counts_as_0_and_says_so() -> None:
    assert read(level(7, 100), below(14, 50), below(40, 50)) == (100, 7, 350 + 350, 14, 7)
    one = kinetics(level(7, 100), below(14, 50))
    assert one is not None
    assert "1 below the limit of detection, counted as 0" in one.text


def test_that_a_level_above_what_the_laboratory_measures_makes_the_peak_a_lower_bound() -> None:
    one = kinetics(level(7, 100, censored={"value": ">"}))
    assert one is not None
    assert one.cmax == 100
    assert "at least that" in one.text


def test_that_levels_of_the_day_of_a_relapse_do_not_count_and_of_an_hsct_do() -> None:
    assert read(level(7, 10), level(20, 90), relapse(20))[0] == 10
    assert read(level(7, 10), level(20, 90), hsct(20))[0] == 90
    assert read(level(7, 10), level(21, 90), hsct(20))[0] == 10


def test_that_each_course_has_its_own_kinetics() -> None:
    assert read(level(7, 900), relapse(40), infusion(50), level(57, 10)) == (10, 7, 35, 7, 7)


def test_that_contested_levels_do_not_count_and_are_named() -> None:
    wrong = {**level(14, 900), "id": number_of(70)}
    again = [
        {**level(14, value), "supersedes": number_of(70), "reason": "typed wrongly", "id": number_of(71 + place)}
        for place, value in enumerate((90, 80))
    ]
    one = kinetics(level(7, 10), wrong, *again)
    assert one is not None
    assert one.cmax == 10
    assert "conflict: " in one.text
    assert all(f"{value}{NO_BREAK_SPACE}copies/µg DNA" in one.text for value in (80, 90))


levels = st.dictionaries(st.integers(1, 28), st.integers(0, 10**6), min_size=1, max_size=8)


@given(levels)
def test_that_the_area_lies_under_the_peak_and_grows_with_each_level(held: dict[int, int]) -> None:
    cmax, tmax, area, last, tlast = read(*(level(day, value) for day, value in held.items()))
    assert cmax == max(held.values())
    assert last == max(held)
    assert 0 <= area <= cmax * last
    assert tmax == min((day for day, value in held.items() if value == cmax and cmax), default=None)
    assert tlast == max((day for day, value in held.items() if value), default=None)
    more = read(*(level(day, value + 1) for day, value in held.items()))
    assert more[2] > area


def test_that_zero_at_day_0_is_assumed_aloud_only_where_nothing_was_measured_then() -> None:
    assumed, measured = kinetics(level(7, 700)), kinetics(level(0, 10), level(7, 700))
    assert assumed is not None
    assert measured is not None
    assert "value 0 at day 0" in assumed.text
    assert "value 0 at day 0" not in measured.text
    assert measured.auc_0_28 == 7 * 355
