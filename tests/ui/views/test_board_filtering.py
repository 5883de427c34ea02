"""Tests of the ward board's rows as plain values: filter, order and the sentence that says so."""

from dataclasses import replace
from datetime import date

import pytest

from bedside.ui.board.filtering import Showing, counts, sentence, shown
from bedside.ui.board.lines import Move
from tests.samples.board import TYPICAL, due, row


def names(showing: Showing) -> list[str]:
    return [line.family for line in shown(TYPICAL, showing)]


def test_that_a_conflict_stands_first_then_what_moved_towards_high() -> None:
    assert names(Showing())[:3] == ["Tamarisk", "Published", "Alder"]


def test_that_closed_courses_are_left_out_of_the_open_ones_and_reachable_by_their_chip() -> None:
    assert "Spindle" not in names(Showing())
    assert names(Showing(chip="closed")) == ["Spindle"]


@pytest.mark.parametrize(
    ("chip", "expected"), [("open", 12), ("moved", 2), ("overdue", 1), ("conflicts", 1), ("closed", 1)]
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
    said = replace(line, next_due=due("H2", "NGS-MRD", date(2020, 8, 24))).sentence
    for words in ("QUINCE, Synthetic Two", "D+60", "High risk", "from\u00a0low", "H2 NGS-MRD", "2 entries have two"):
        assert words in said


def test_that_overdue_criteria_are_listed_the_longest_first() -> None:
    overdue = (due("H2", "", date(2020, 7, 24)), due("H1", "", date(2020, 6, 24)))
    assert row("One", "Elder", 1, overdue=overdue).overdue_words == "H1 37\u00a0d, H2 7\u00a0d"
