"""Dates stay what was written, and calendar arithmetic is right at its edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.moments import AsOf, At, add_months, birthday, completed_years, day_number


@pytest.mark.parametrize(
    "text", ["2020-02-29", "2020-06-29T07:10:00+02:00", "2020-06-29T07:10Z", "2020-06-29T07:10:00.123456-03:30"]
)
def test_that_the_text_of_a_moment_is_kept_as_written(text: str) -> None:
    assert At.parse(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-29",
        "2020-6-29",
        "20200629",
        "2020-06-29T07:10:00",
        "2020-06-29 07:10:00+02:00",
        "2020-06-29T25:00+00:00",
        "",
        "today",
        "2020-W01-1",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "２０２０-06-29",
        20200629,
        None,
        [],
        "2020-06-29T07:10:00+24:00",
    ],
)
def test_that_anything_but_a_date_or_a_moment_with_an_offset_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        At.parse(text)


@pytest.mark.parametrize("offset", ["+24:00", "-24:00", "+23:60", "+99:99"])
def test_that_an_offset_of_a_day_and_more_is_refused_by_its_rule(offset: str) -> None:
    with pytest.raises(ValueError, match=r"^expected an offset of less than 24 hours$"):
        At.parse(f"2020-06-29T07:10:00{offset}")
    assert At.parse("2020-06-29T07:10:00-23:59").day == date(2020, 6, 29)


def test_that_the_local_date_is_the_date_as_written_not_the_date_in_utc() -> None:
    at = At.parse("2020-06-30T00:30:00+02:00")
    assert at.day == date(2020, 6, 30)
    assert at.instant is not None
    assert at.instant.utctimetuple().tm_mday == 29


@pytest.mark.parametrize(
    ("as_of", "at", "covered"),
    [
        ("2020-06-29", "2020-06-29", True),
        ("2020-06-29", "2020-06-29T23:59:59+00:00", True),
        ("2020-06-29", "2020-06-30", False),
        ("2020-06-29", "2020-06-30T00:00:00+14:00", False),
        ("2020-06-29T12:00:00+02:00", "2020-06-29", True),
        ("2020-06-29T12:00:00+02:00", "2020-06-29T10:00:00Z", True),
        ("2020-06-29T12:00:00+02:00", "2020-06-29T10:00:01Z", False),
        ("2020-06-29T12:00:00+02:00", "2020-06-30", False),
    ],
)
def test_that_a_date_means_the_end_of_that_day_and_a_moment_that_instant(as_of: str, at: str, covered: bool) -> None:
    assert AsOf.parse(as_of).covers(At.parse(at)) is covered


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 6, 1), 3, date(2020, 9, 1)),
        (date(2020, 12, 31), 6, date(2021, 6, 30)),
    ],
)
def test_that_months_are_calendar_months_with_the_end_clipped(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_that_months_never_leave_the_target_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2012, 2, 29), date(2013, 2, 28), 0),
        (date(2012, 2, 29), date(2013, 3, 1), 1),
        (date(2012, 2, 29), date(2016, 2, 29), 4),
        (date(2000, 6, 15), date(2020, 6, 14), 19),
        (date(2000, 6, 15), date(2020, 6, 15), 20),
    ],
)
def test_that_age_is_in_completed_years(birth: date, on: date, years: int) -> None:
    assert completed_years(birth, on) == years


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 99))
def test_that_age_rises_on_the_birthday_and_not_a_day_before(birth: date, years: int) -> None:
    on = birthday(birth, years)
    assert completed_years(birth, on) == years
    if years:
        assert completed_years(birth, date.fromordinal(on.toordinal() - 1)) == years - 1


def test_that_days_are_calendar_days_across_daylight_saving() -> None:
    assert day_number(date(2020, 3, 30), date(2020, 3, 28)) == 2
    assert day_number(date(2020, 2, 28), date(2020, 3, 1)) == -2
