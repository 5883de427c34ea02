"""Tests that the list of what is open tells a missed round as missed, beneath what is still waited for."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.due import STATE, OpenList, OpenRow, open_rows
from tests.charts import Fields, assessed, entry, infusion, on
from tests.samples.index_case import knowledge


def igg(day: int) -> Fields:
    return entry("immunoglobulin", day, igg=5.0)


def rows(*entries: Fields, when: int) -> list[OpenRow]:
    found = open_rows(assessed([infusion(0), *entries], when), CriteriaWords(knowledge()))
    return [row for row in found if row.what.startswith("IgG")]


def test_that_rounds_that_a_later_one_followed_stand_last_with_their_number_and_the_newest_date() -> None:
    late, _ahead, missed = rows(igg(90), when=130)
    assert (late.what, late.state.text) == ("IgG", "18\u00a0d overdue")
    assert (missed.what, missed.state.text, missed.days) == ("IgG, 2 times", "missed", None)
    assert missed.on is not None
    assert missed.on.isoformat() == on(56)


def test_that_a_round_that_was_missed_is_not_counted_as_due_today() -> None:
    assert [row.state.text for row in rows(igg(56), when=60)] == ["in\u00a024\u00a0d", "missed"]


def test_that_without_a_later_round_it_stays_overdue() -> None:
    assert [row.state.text for row in rows(when=43)] == ["15\u00a0d overdue", "in\u00a013\u00a0d"]


def test_that_what_is_due_since_days_ago_tells_until_when_its_window_stays_open() -> None:
    first, *_ = rows(when=30)
    assert first.on is not None
    assert (first.on.isoformat(), first.state.text) == (on(28), "due")
    assert first.what.replace("\u2011", "-") == "IgG, window to 13-Jul"
    assert next(row.state.text for row in rows(when=28)) == "today"


def test_that_what_was_missed_is_read_aloud(qtbot: QtBot) -> None:
    shown = OpenList()
    qtbot.addWidget(shown)
    shown.show_rows(rows(igg(56), when=60))
    assert shown.accessibleName().endswith("IgG, 29-Jun-2020 missed")


@pytest.mark.parametrize("late", [2, 200, 2000])
def test_that_the_date_stays_clear_of_how_long_something_is_overdue(late: int, qtbot: QtBot) -> None:
    shown = OpenList()
    qtbot.addWidget(shown)
    row = OpenRow("IgG", True, date(2020, 6, 29), -late)
    shown.show_rows([row])
    assert shown.state_room >= max(row.state.width, STATE)
    shown.show_rows([])
    assert shown.state_room == STATE
