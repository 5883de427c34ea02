"""Tests of the ward board's rows as plain values: filter, order and the sentence that says so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bedside.ui.board.filtering import COLUMNS, Showing, by_chip, found, ordered, sentence
from bedside.ui.board.lines import BoardLine, Grade, Move
from tests.samples.board import TYPICAL, due, row

MOST_FIRST = {
    "from Z to A",
    "highest first",
    "last step first",
    "high risk first",
    "worst first",
    "newest first",
    "latest first",
}


def names(showing: Showing) -> list[str]:
    return [line.family for line in shown(TYPICAL, showing)]


def shown(lines: Sequence[BoardLine], showing: Showing) -> Sequence[BoardLine]:
    return found(by_chip(ordered(lines, showing))[showing.chip], showing.typed)


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
        (Grade(2, -1), False, False),
        (Grade(2, -1, serious=True), False, True),
    ],
)
def test_that_a_grade_asks_for_attention_when_it_alerts_or_rose(grade: Grade | None, rose: bool, asks: bool) -> None:
    for line in (row("One", "Elder", 3, crs=grade), row("One", "Elder", 3, icans=grade)):
        assert (line.grade_rose, line.grade_asks) == (rose, asks)


def test_that_not_graded_is_read_aloud_as_such_and_never_as_grade_0() -> None:
    said = row("One", "Elder", 3, crs=Grade(2, 1, serious=True)).sentence
    assert "CRS grade 2, rose" in said
    assert "ICANS not graded in 24 hours" in said


def test_that_a_grade_that_may_be_higher_is_read_aloud_as_the_least() -> None:
    assert "CRS at least grade 2, rose" in row("One", "Elder", 3, crs=Grade(2, 1, serious=True, at_least=True)).sentence


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


def test_that_who_is_gone_from_the_ward_stands_among_the_closed_courses_and_says_how() -> None:
    lines = [replace(row("One", "Elder", 3), gone="transferred"), row("Two", "Alder", 4)]
    assert [line.family for line in shown(lines, Showing())] == ["Alder"]
    assert [line.phase_words for line in shown(lines, Showing(chip="closed"))] == ["follow-up, transferred"]
    assert sentence(lines, Showing(), 1).endswith("1 closed or gone course not shown")
    assert lines[0].class_words == "Pending"


@pytest.mark.parametrize(
    ("chip", "expected"),
    [("open", 12), ("moved", 2), ("rose", 2), ("overdue", 2), ("blocked", 1), ("conflicts", 1), ("closed", 1)],
)
def test_that_each_chip_says_how_many_rows_it_keeps(chip: str, expected: int) -> None:
    assert len(by_chip(TYPICAL)[chip]) == expected == len(shown(TYPICAL, Showing(chip=chip)))


@pytest.mark.parametrize("typed", ["testberg", "HOLUNDER marie", "d+3", "von  der"])
def test_that_every_typed_word_is_looked_for(typed: str) -> None:
    assert "von der Testberg-Holunder" in names(Showing(typed=typed))


@pytest.mark.parametrize("turned", [False, True])
def test_that_what_is_not_known_stands_last_whichever_way_a_column_runs(turned: bool) -> None:
    assert names(Showing(column=1, descending=turned))[-1] == "Elder"
    for column, unknown in ((3, "product"), (5, "crs"), (6, "icans"), (7, "touched"), (8, "next_due")):
        lines = ordered(TYPICAL, Showing(column=column, descending=turned))
        missing = [not getattr(line, unknown) for line in lines]
        assert missing == sorted(missing)


@pytest.mark.parametrize(
    ("column", "words", "turned"),
    [
        (0, "family name, from A to Z", "family name, from Z to A"),
        (1, "day, lowest first", "day, highest first"),
        (2, "pathway, first step first", "pathway, last step first"),
        (4, "class, high risk first", "class, low risk first"),
        (5, "CRS, worst first", "CRS, mildest first"),
        (7, "last entry, newest first", "last entry, oldest first"),
        (8, "next due, earliest first", "next due, latest first"),
    ],
)
def test_that_the_sentence_says_the_order_in_which_the_rows_stand(column: int, words: str, turned: str) -> None:
    for descending, said in ((False, words), (True, turned)):
        showing = Showing(column=column, descending=descending)
        assert sentence(TYPICAL, showing, 12).split("sorted by ")[1].startswith(f"{said} ·")
        known = [value for line in ordered(TYPICAL, showing) if (value := COLUMNS[column].value(line)) is not None]
        assert known == sorted(known, reverse=said.partition(", ")[2] in MOST_FIRST)


def test_that_falling_order_turns_the_rising_one_round() -> None:
    assert names(Showing(column=0, descending=True)) == names(Showing(column=0))[::-1]


def test_that_the_sentence_names_filter_order_and_what_is_not_shown() -> None:
    said = sentence(TYPICAL, Showing(chip="overdue", typed="row", column=4), 1)
    assert said == (
        "1 of 12 open courses shown · only overdue and only rows with “row” · sorted by class, high risk first · "
        "1 closed course not shown"
    )


def test_that_a_row_read_aloud_names_movement_due_date_and_conflict() -> None:
    line = replace(row("Two", "Quince", 60, risk="high"), moved=Move("low", date(2020, 7, 30)), conflicts=2)
    said = replace(line, next_due=due("NGS-MRD", date(2020, 8, 24))).sentence
    for words in ("QUINCE, Synthetic Two", "D+60", "High risk", "from\u00a0low", "NGS-MRD", "2 entries have two"):
        assert words in said


def test_that_what_is_overdue_for_as_long_is_named_together_and_the_rest_counted() -> None:
    late = (due("CSF", date(2020, 6, 24)), due("IgG", date(2020, 7, 24)), due("PET", date(2020, 7, 24)))
    assert row("One", "Elder", 1, overdue=late).overdue_words == "CSF 37\u00a0d, IgG, PET 7\u00a0d"
    assert row("One", "Elder", 1, overdue=late, more_overdue=1).overdue_words.endswith("PET 7\u00a0d, and 1\u00a0more")
