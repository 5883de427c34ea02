"""Words for numbers, dates and units, exactly as the conventions ask."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart import formats
from bedside.chart.formats import (
    age_text,
    at_text,
    date_text,
    day_text,
    duration_text,
    field_quantity_text,
    fraction_text,
    number_text,
)
from bedside.chart.moments import At


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (30.0, "30"),
        (0.5, "0.5"),
        (0.1, "0.1"),
        (9120, "9120"),
        (12400, "12\u202f400"),
        (1234567.5, "1\u202f234\u202f567.5"),
        (1e-7, "0.0000001"),
        (-3.5, "\u22123.5"),
        (100.0, "100"),
    ],
)
def test_that_numbers_have_a_leading_and_no_trailing_zero(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(min_value=0, max_value=1e12, allow_nan=False))
def test_that_the_number_shown_is_the_number_kept(value: float) -> None:
    assert float(number_text(value).replace("\u202f", "")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-4, "10⁻⁴"),
        (1e-6, "10⁻⁶"),
        (3.2e-5, "3.2\u00a0×\u00a010⁻⁵"),
        (0.632, "6.32\u00a0×\u00a010⁻¹"),
        (0, "0"),
        (9e7, "9\u00a0×\u00a010⁷"),
        (9.9999e-5, "9.9999\u00a0×\u00a010⁻⁵"),
        (0.001, "10⁻³"),
    ],
)
def test_that_fractions_of_cells_are_powers_of_ten(value: float, text: str) -> None:
    assert fraction_text(value) == text


def test_that_units_follow_their_number_without_a_break() -> None:
    assert field_quantity_text("hb", 79.0) == "79\u00a0g/L"
    assert field_quantity_text("cd19", 0.0) == "0/µL"
    assert field_quantity_text("wbc", 0.7) == "0.7\u00a0×10⁹/L"
    assert field_quantity_text("iga", 0.07, "<") == "<0.07\u00a0g/L"
    assert field_quantity_text("blasts_pct", 30.0) == "30\u00a0%"
    assert field_quantity_text("dose_car_t_cells", 9e7) == "9\u00a0×\u00a010⁷\u00a0CAR⁺ T cells"


def test_that_dates_and_days_read_as_on_the_ward() -> None:
    assert date_text(date(2026, 5, 5)) == "05-May-2026"
    assert at_text(At.parse("2020-06-29T07:10:00+02:00")) == "29-Jun-2020 07:10"
    assert [day_text(day) for day in (0, 28, -10, None)] == ["D0", "D+28", "D\u221210", "–"]


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2020, 1, 20), "5 d"),
        (date(2020, 2, 15), "1 mo"),
        (date(2021, 12, 31), "23 mo"),
        (date(2022, 1, 15), "2 y"),
    ],
)
def test_that_age_is_in_days_months_or_years(on: date, text: str) -> None:
    assert age_text(date(2020, 1, 15), on) == text


def test_that_nobody_has_an_age_before_the_birth() -> None:
    assert age_text(date(2020, 1, 15), date(2020, 1, 14)) == "not born yet"


def test_that_durations_have_two_units_at_most() -> None:
    assert duration_text(timedelta(days=3, hours=4)) == "3 d 4 h"
    assert duration_text(timedelta(hours=2, minutes=19)) == "2 h 19 min"
    assert duration_text(timedelta(minutes=45)) == "45 min"


def test_that_month_names_do_not_depend_on_the_locale() -> None:
    assert formats.MONTHS == ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def test_that_a_negative_zero_reads_as_zero() -> None:
    assert number_text(-0.0) == "0"
