"""Tests of what a row of the board says: of an infusion that was only planned, and of what is new to the person."""

from datetime import date

import pytest

from bedside.chart.moments import AsOf
from bedside.service.board import board_row
from bedside.service.board_listed import as_listed
from bedside.ui.board.adapter import NOTHING_NEW, News, line_of
from bedside.ui.board.cells import HEADS, cells_of
from bedside.ui.board.lines import BoardLine
from bedside.ui.paragraph import Line, plain
from tests.samples.planner import PLANS, before_apheresis


def line(today: str, news: News = NOTHING_NEW) -> BoardLine:
    opened = before_apheresis(*PLANS, as_of=today)
    row = as_listed(board_row(opened.chart, opened.assessment, AsOf.parse(today), alert_grade=2))
    return line_of(row, date.fromisoformat(today), news)


def last_entry(row: BoardLine) -> tuple[Line, ...]:
    return cells_of(row)[HEADS.index("Last entry")].paragraphs


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2020-09-24", ("D−1", "25-Sep-2020")),
        ("2020-09-25", ("D0", "planned today")),
        ("2020-09-26", ("–", "planned 25-Sep-2020, not infused so far")),
    ],
)
def test_that_no_row_counts_days_from_an_infusion_that_was_only_planned(today: str, said: tuple[str, str]) -> None:
    row = line(today)
    assert (row.day_words, row.day0_words.replace("\u2011", "-")) == said


@pytest.mark.parametrize(
    ("unseen", "unopened", "said"),
    [
        (None, None, ""),
        (3, None, "3 new"),
        (None, True, "new patient"),
        (None, False, "new to you"),
        (3, False, "3 new"),
    ],
)
def test_that_a_row_says_in_words_what_is_new_and_stands_in_the_list_of_it(
    unseen: int | None, unopened: bool | None, said: str
) -> None:
    mrn = line("2020-09-24").mrn
    counted = {} if unseen is None else {mrn: unseen}
    first = {} if unopened is None else {mrn: unopened}
    row = line("2020-09-24", News(counted, first))
    assert row.unseen_words.replace("\u00a0", " ") == said
    assert ("new" in row.lists) is bool(said)
    assert (said in row.sentence.replace("\u00a0", " ").split(", ")) is bool(said)
    assert (said in [plain((one,)).replace("\u00a0", " ") for one in last_entry(row)]) is bool(said)


def test_that_what_is_new_of_another_patient_says_nothing() -> None:
    row = line("2020-09-24", News({"X-1": 3}, {"X-2": True}))
    assert (row.unseen_words, "new" in row.lists) == ("", False)
