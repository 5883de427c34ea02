"""What a person types is understood exactly, asked about, or refused."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.formats import date_text
from bedside.chart.moments import FIRST_DAY, LAST_DAY, At
from bedside.chart.reading import NO_SUCH_DATE, Ambiguous, Number, Refused, read_moment, read_number

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2020, 7, 31, 9, 41, 7, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("typed", "value", "sign"),
    [
        ("0.7", 0.7, ""),
        ("0,7", 0.7, ""),
        ("190", 190, ""),
        ("0", 0, ""),
        (" 12 ", 12, ""),
        ("<0.07", 0.07, "<"),
        ("> 100000", 100000, ">"),
        ("007", 7, ""),
    ],
)
def test_that_numbers_are_read_with_comma_or_point(typed: str, value: float, sign: str) -> None:
    assert read_number(typed) == Number(value, sign)


@pytest.mark.parametrize(
    "typed", ["1.9.", "1.000", "12,500", "1,000.5", "12 400", "1'000", "", "-3", "1e5", "nan", "0x1F", "٣", "+4", "5 g"]
)
def test_that_anything_else_is_refused_never_repaired(typed: str) -> None:
    assert isinstance(read_number(typed), Refused)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5.5.26", "2026-05-05"),
        ("2026-05-05", "2026-05-05"),
        ("05-May-2026", "2026-05-05"),
        ("5 may 26", "2026-05-05"),
        ("30.7.", "2020-07-30"),
        ("30.7", "2020-07-30"),
        ("+3d", "2020-08-03"),
        ("-2w", "2020-07-17"),
        ("−1d", "2020-07-30"),
        ("D+28", "2020-06-29"),
        ("d-10", "2020-05-22"),
        ("D0", "2020-06-01"),
        ("7:10", "2020-07-31T07:10:00+02:00"),
        ("30.7. 22:15", "2020-07-30T22:15:00+02:00"),
        ("now", "2020-07-31T09:41:00+02:00"),
        ("-2h", "2020-07-31T07:41:00+02:00"),
        ("31/12/2019", "2019-12-31"),
        ("5/5/2020", "2020-05-05"),
        ("1.2.99", "1999-02-01"),
        ("29.2.20", "2020-02-29"),
        ("15.1. 12:00", "2020-01-15T12:00:00+01:00"),
        ("0715", "2020-07-31T07:15:00+02:00"),
        ("715", "2020-07-31T07:15:00+02:00"),
        ("2359", "2020-07-31T23:59:00+02:00"),
        ("30.7. 2215", "2020-07-30T22:15:00+02:00"),
    ],
)
def test_that_dates_are_read_as_typed(typed: str, read: str) -> None:
    assert read_moment(typed, now=NOW, day0=date(2020, 6, 1)) == At.parse(read)


@pytest.mark.parametrize(
    "typed",
    [
        "29.2.19",
        "31.4.20",
        "D28",
        "25:00",
        "yesterday",
        "",
        "5 mai 26",
        "13/13/2020",
        "+3",
        "0.0.",
        "7.10.1",
        "2400",
        "0760",
        "60",
        "07150",
    ],
)
def test_that_what_is_no_date_is_refused_with_a_reason(typed: str) -> None:
    answer = read_moment(typed, now=NOW, day0=date(2020, 6, 1))
    assert isinstance(answer, Refused)
    assert answer.why.endswith(".")


@pytest.mark.parametrize("typed", ["0002-01-01", "8999-12-31", "31.12.8999", "31/12/8999", "31-Dec-8999"])
def test_that_the_first_and_the_last_date_that_can_be_recorded_are_read(typed: str) -> None:
    answer = read_moment(typed, now=NOW)
    assert isinstance(answer, At)
    assert answer.day in (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize("typed", ["0001-12-31", "9000-01-01", "1/1/9000", "9999-12-31", "31/12/9999", "12/31/9999"])
def test_that_a_date_beyond_what_can_be_recorded_is_refused_as_that_and_not_as_missing(typed: str) -> None:
    answer = read_moment(typed, now=NOW)
    assert isinstance(answer, Refused)
    assert "lies outside the dates that can be recorded, 01-Jan-0002 to 31-Dec-8999" in answer.why


def test_that_a_course_day_that_leads_beyond_what_can_be_recorded_is_refused_as_that() -> None:
    day0 = LAST_DAY - timedelta(days=1)
    assert read_moment("D+1", now=NOW, day0=day0) == At.parse(LAST_DAY.isoformat())
    answer = read_moment("D+2", now=NOW, day0=day0)
    assert isinstance(answer, Refused)
    assert answer.why.startswith("01-Jan-9000 lies outside")


@pytest.mark.parametrize("typed", ["31.4.20", "13/13/2020", "0000-01-01", "29-Feb-2019"])
def test_that_a_date_that_no_calendar_has_is_refused_as_such(typed: str) -> None:
    assert read_moment(typed, now=NOW) == NO_SUCH_DATE


def test_that_a_course_day_without_day_zero_is_refused() -> None:
    assert isinstance(read_moment("D+3", now=NOW), Refused)


def test_that_a_date_that_can_be_read_two_ways_is_asked_about() -> None:
    answer = read_moment("5/6/2020 7:10", now=NOW)
    assert isinstance(answer, Ambiguous)
    assert [at.day for at in answer.readings] == [date(2020, 6, 5), date(2020, 5, 6)]
    assert answer.text == "05-Jun-2020 07:10 or 06-May-2020 07:10?"


def test_that_a_clock_time_that_daylight_saving_leaves_out_is_refused_and_one_that_comes_twice_is_asked() -> None:
    assert isinstance(read_moment("29.3.20 2:30", now=NOW), Refused)
    twice = read_moment("25.10.20 2:30", now=NOW)
    assert isinstance(twice, Ambiguous)
    assert [at.text for at in twice.readings] == ["2020-10-25T02:30:00+02:00", "2020-10-25T02:30:00+01:00"]
    assert twice.text == "25-Oct-2020 02:30 (UTC+02:00) or 25-Oct-2020 02:30 (UTC+01:00)?"


def test_that_hours_back_across_daylight_saving_are_real_hours() -> None:
    now = datetime(2020, 3, 29, 4, 0, tzinfo=BERLIN)
    assert read_moment("-2h", now=now) == At.parse("2020-03-29T01:00:00+01:00")


@given(st.dates(date(1930, 1, 1), date(2040, 12, 31)))
def test_that_every_shown_date_can_be_typed_back(day: date) -> None:
    assert read_moment(date_text(day), now=NOW) == At.parse(day.isoformat())
