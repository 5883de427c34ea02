"""Tests of dates: what is clear is read, what can be read in two ways is asked about, the rest is refused."""

import pytest

from bedside.exchange.counts.mapping import CountsMapping
from tests.unit.exchange.counts.tables import day, found

DAY_FIRST, MONTH_FIRST = CountsMapping(dates="day_first"), CountsMapping(dates="month_first")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04", "2026-05-04"),
        ("2026/05/04", "2026-05-04"),
        ("20260504", "2026-05-04"),
        ("04.05.2026", "2026-05-04"),
        ("4.5.2026", "2026-05-04"),
        ("04-May-2026", "2026-05-04"),
        ("04 may 2026", "2026-05-04"),
        ("05/05/2026", "2026-05-05"),
        ("13/05/2026", "2026-05-13"),
        ("05/13/2026", "2026-05-13"),
        ("04.05.2026 07:30", "2026-05-04T07:30:00+02:00"),
        ("04.05.2026, 07:30:15", "2026-05-04T07:30:15+02:00"),
        ("04 May 2026 7:30", "2026-05-04T07:30:00+02:00"),
        ("2026-05-04T07:30", "2026-05-04T07:30:00+02:00"),
        ("2026-12-04 07:30", "2026-12-04T07:30:00+01:00"),
        ("2026-05-04 7:30 PM", "2026-05-04T19:30:00+02:00"),
        ("2026-05-04 12:05 am", "2026-05-04T00:05:00+02:00"),
        ("2026-05-04T23:30:00Z", "2026-05-05T01:30:00+02:00"),
        ("2026-05-04 07:30-05:00", "2026-05-04T14:30:00+02:00"),
    ],
)
def test_that_a_clear_date_is_read_on_the_ward_s_clock(text: str, expected: str) -> None:
    sample = day(text)
    assert (sample.refused, sample.asked) == ((), ())
    assert sample.at is not None
    assert sample.at.text == expected
    assert sample.at.day.isoformat() == expected[:10]


@pytest.mark.parametrize(
    "text",
    ["31.02.2026", "2026-13-01", "00/00/2026", "04.05.26", "5/5/26", "0001-01-01", "9999-01-01", "2026-05-04 25:00",
     "2026-05-04 07:61", "2026-05-04 13:00 pm", "yesterday", "99999999", "12345678", "2026", "04.05.2026x",
     "٠٤.05.2026", "29.03.2026 02:30", "25.10.2026 02:30", "x" * 4000, "a" + " " * 3000 + "b", "04-Mai-2026"],
)  # fmt: skip
def test_that_what_is_no_clear_date_refuses_the_line(text: str) -> None:
    sample = day(text)
    assert sample.at is None
    assert len(sample.refused) == 1
    assert len(sample.refused[0]) < 250


def test_that_a_time_that_the_clocks_showed_twice_is_taken_with_its_offset() -> None:
    sample = day("2026-10-25 02:30+01:00")
    assert sample.at is not None
    assert sample.at.text == "2026-10-25T02:30:00+01:00"


def test_that_day_and_month_are_asked_about_and_never_guessed() -> None:
    read = found("date;Hb (g/L)\n03/04/2026;92\n05/06/2026;93\n")
    (question,) = read.questions
    assert question.key == "dates"
    assert "03/04/2026" in question.text
    assert [choice.value for choice in question.choices] == ["day_first", "month_first"]
    assert all(sample.at is None and sample.asked for sample in read.samples)


@pytest.mark.parametrize(("mapping", "expected"), [(DAY_FIRST, "2026-04-03"), (MONTH_FIRST, "2026-03-04")])
def test_that_the_answer_says_which_comes_first(mapping: CountsMapping, expected: str) -> None:
    sample = day("03/04/2026", mapping)
    assert sample.at is not None
    assert sample.at.text == expected


def test_that_a_date_against_the_answer_is_refused() -> None:
    assert "not a day of the calendar" in day("04/13/2026", DAY_FIRST).refused[0]
    assert "not a day of the calendar" in day("13/04/2026", MONTH_FIRST).refused[0]


def test_that_both_orders_in_one_file_are_asked_about() -> None:
    read = found("date;Hb (g/L)\n13/04/2026;92\n04/13/2026;93\n")
    assert [question.key for question in read.questions] == ["dates"]


@pytest.mark.parametrize(
    ("serials", "text", "expected"),
    [
        ("excel_1900", "46146", "2026-05-04"),
        ("excel_1900", "46146.3125", "2026-05-04T07:30:00+02:00"),
        ("excel_1900", "46146,5", "2026-05-04T12:00:00+02:00"),
        ("excel_1904", "44684", "2026-05-04"),
    ],
)
def test_that_excel_s_numbers_are_dates_once_a_person_has_said_from_when_they_count(
    serials: str, text: str, expected: str
) -> None:
    assert [one.key for one in found(f"date;Hb (g/L)\n{text};92\n").questions] == ["serials"]
    sample = day(text, CountsMapping.model_validate({"serials": serials}))
    assert sample.at is not None
    assert sample.at.text == expected


def test_that_serials_and_days_with_strokes_are_two_questions() -> None:
    read = found("date;Hb (g/L)\n03/04/2026;92\n46146;93\n")
    assert [question.key for question in read.questions] == ["dates", "serials"]
    both = CountsMapping(dates="day_first", serials="excel_1900")
    assert found("date;Hb (g/L)\n03/04/2026;92\n46146;93\n", both).questions == ()


def test_that_date_and_time_may_stand_in_two_columns() -> None:
    (sample,) = found("Datum;Uhrzeit;Hb (g/L)\n04.05.2026;07:30;92\n").samples
    assert sample.at is not None
    assert sample.at.text == "2026-05-04T07:30:00+02:00"
    (sample,) = found("Datum;Uhrzeit;Hb (g/L)\n04.05.2026;;92\n").samples
    assert sample.at is not None
    assert sample.at.text == "2026-05-04"


def test_that_a_row_without_a_date_is_refused() -> None:
    assert day("").refused == ("the row does not tell when the sample was taken",)
