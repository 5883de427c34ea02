"""Tests of what a row of the board says of an infusion that was planned and has not taken place."""

from datetime import date

import pytest

from bedside.chart.moments import AsOf
from bedside.service.board import board_row
from bedside.service.board_listed import as_listed
from bedside.ui.board.adapter import line_of
from bedside.ui.board.lines import BoardLine
from tests.samples.planner import PLANS, before_apheresis


def line(today: str) -> BoardLine:
    opened = before_apheresis(*PLANS, as_of=today)
    row = as_listed(board_row(opened.chart, opened.assessment, AsOf.parse(today)))
    return line_of(row, date.fromisoformat(today))


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
