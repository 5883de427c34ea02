"""Tests of the ward board's rows as plain values: filter, order and the sentence that says so."""

from dataclasses import replace
from datetime import date

import pytest

from bedside.ui.board.filtering import Showing, counts, ordered, sentence, shown
from bedside.ui.board.lines import Grade, Move
from tests.samples.board import TYPICAL, due, row


def names(showing: Showing) -> list[str]:
    return [line.family for line in shown(ordered(TYPICAL, showing), showing)]


def test_that_a_conflict_stands_first_then_grades_then_what_moved_towards_high() -> None:
    assert names(Showing())[:6] == ["Tamarisk", "von der Testberg-Holunder", "Quince", "Sorrel", "Published", "Alder"]


@pytest.mark.parametrize(
    ("grade", "rose", "asks"),
    [
        (None, False, False),
        (Grade(0), False, False),
        (Grade(0, 0), False, False),
        (Grade(1), True, True),
        (Grade(1, 1), True, True),
        (Grade(1, 0), False, False),
        (Grade(1, -1), False, False),
        (Grade(2, -1), False, True),
    ],
)
def test_that_a_grade_asks_for_attention_from_2_on_or_when_it_rose(grade: Grade | None, rose: bool, asks: bool) -> None:
    for line in (row("One", "Elder", 3, crs=grade), row("One", "Elder", 3, icans=grade)):
        assert (line.grade_rose, line.grade_asks) == (rose, asks)


def test_that_not_graded_is_read_aloud_as_such_and_never_as_grade_0() -> None:
    said = row("One", "Elder", 3, crs=Grade(2, 1)).sentence
    assert "CRS grade 2, rose" in said
    assert "ICANS not graded in 24 hours" in said


def test_that_the_worst_grade_sorts_first_and_patients_without_one_last() -> None:
    assert names(Showing(column=5))[:3] == ["Quince", "Sorrel", "von der Testberg-Holunder"]
    assert names(Showing(column=6))[0] == "Sorrel"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2020, 7, 30), "since 30‑Jul‑2020, window to 13‑Aug"),
        (date(2020, 7, 31), "today, 31‑Jul‑2020"),
        (date(2020, 8, 1), "01‑Aug‑2020, in 1 d"),
    ],
)
def test_that_what_is_due_says_its_date_and_how_far_it_is(on: date, words: str) -> None:
    assert row("One", "Elder", 3, next_due=due("IgG", on)).due_words == ("IgG", words)


def test_that_closed_courses_are_left_out_of_the_open_ones_and_reachable_by_their_chip() -> None:
    assert "Spindle" not in names(Showing())
    assert names(Showing(chip="closed")) == ["Spindle"]


@pytest.mark.parametrize(
    ("chip", "expected"),
    [("open", 12), ("moved", 2), ("rose", 2), ("overdue", 2), ("blocked", 1), ("conflicts", 1), ("closed", 1)],
)
def test_that_each_chip_says_how_many_rows_it_keeps(chip: str, expected: int) -> None:
    assert counts(TYPICAL)[chip] == expected == len(shown(TYPICAL, Showing(chip=chip)))


@pytest.mark.parametrize("typed", ["testberg", "HOLUNDER marie", "d+3", "von  der"])
def test_that_every_typed_word_is_looked_for(typed: str) -> None:
    assert "von der Testberg-Holunder" in names(Showing(typed=typed))


def test_that_a_row_without_a_day_0_sorts_behind_all_days_in_both_directions_of_time() -> None:
    assert names(Showing(column=1))[-1] == "Elder"


def test_that_falling_order_turns_the_rising_one_round() -> None:
    assert names(Showing(column=0, descending=True)) == names(Showing(column=0))[::-1]


def test_that_the_sentence_names_filter_order_and_what_is_not_shown() -> None:
    said = sentence(TYPICAL, Showing(chip="overdue", typed="row", column=4), 1)
    assert said == (
        "1 of 12 open courses shown · only overdue and only rows with “row” · sorted by class, rising · "
        "1 closed course not shown"
    )


def test_that_a_row_read_aloud_names_movement_due_date_and_conflict() -> None:
    line = replace(row("Two", "Quince", 60, risk="high"), moved=Move("low", date(2020, 7, 30)), conflicts=2)
    said = replace(line, next_due=due("NGS-MRD", date(2020, 8, 24))).sentence
    for words in ("QUINCE, Synthetic Two", "D+60", "High risk", "from\u00a0low", "NGS-MRD", "2 entries have two"):
        assert words in said


def test_that_what_is_overdue_is_listed_the_longest_first_and_the_rest_counted() -> None:
    first = (due("IgG", date(2020, 7, 24)), due("CSF", date(2020, 6, 24)), due("PET", date(2020, 7, 24)))
    assert row("One", "Elder", 1, overdue=first).overdue_words == "CSF 37\u00a0d, IgG, PET 7\u00a0d"
    more = (*first, due("MRI", date(2020, 7, 30)))
    assert row("One", "Elder", 1, overdue=more).overdue_words.endswith("IgG, PET 7\u00a0d, and 1\u00a0more")
