"""Tests of what is opened from the course: by a click on a mark or a bar, and by Enter on the focus date."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.ui.actions import Action
from bedside.ui.overview.lanes import Shape
from bedside.ui.overview.view import OverviewView
from tests.samples.index_case import opened
from tests.ui.views.conftest import shown_overview, timeline_of


@pytest.fixture
def view(qtbot: QtBot) -> OverviewView:
    return shown_overview(qtbot, opened())


def action(view: OverviewView, name: str) -> Action:
    return next(one for one in view.actions_offered() if one.id == name)


def test_that_a_click_on_a_mark_opens_its_entry(view: OverviewView, qtbot: QtBot) -> None:
    timeline = timeline_of(view)
    laid = next(
        one for one in timeline.lanes_pane._laid if one.item.shape is Shape.DISC and one.item.soft == "Infusion"
    )
    with qtbot.waitSignal(view.entry_opened) as asked:
        QTest.mouseClick(
            timeline.lanes_pane,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(round(laid.left), round(laid.y)),
        )
    assert asked.args == list(laid.item.entries)


def test_that_a_click_on_a_bar_of_several_entries_opens_all_of_them(view: OverviewView, qtbot: QtBot) -> None:
    timeline = timeline_of(view)
    laid = next(one for one in timeline.lanes_pane._laid if len(one.item.entries) > 1)
    with qtbot.waitSignal(view.entries_opened) as asked:
        QTest.mouseClick(
            timeline.lanes_pane,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(round(laid.left) + 2, round(laid.y)),
        )
    assert asked.args == [laid.item.entries]


@pytest.mark.parametrize(("day", "count"), [("2020-07-31", 2), ("2020-05-22", 3)])
def test_that_enter_on_a_focus_date_of_several_entries_opens_all_of_them(
    view: OverviewView, qtbot: QtBot, day: str, count: int
) -> None:
    timeline_of(view).state.focus_on(date.fromisoformat(day))
    of_the_day = tuple(entry.id for entry in opened().journal.live if entry.at.text.startswith(day))
    with qtbot.assertNotEmitted(view.entry_opened), qtbot.waitSignal(view.entries_opened) as asked:
        action(view, "overview.open").callback()
    assert len(of_the_day) == count
    assert asked.args == [of_the_day]


def test_that_enter_on_a_focus_date_of_one_entry_opens_that_one(view: OverviewView, qtbot: QtBot) -> None:
    timeline_of(view).state.focus_on(date(2020, 6, 1))
    (only,) = [entry.id for entry in opened().journal.live if entry.at.text.startswith("2020-06-01")]
    with qtbot.assertNotEmitted(view.entries_opened), qtbot.waitSignal(view.entry_opened) as asked:
        action(view, "overview.open").callback()
    assert asked.args == [only]


def test_that_enter_on_a_focus_date_without_an_entry_opens_nothing(view: OverviewView, qtbot: QtBot) -> None:
    timeline_of(view).state.focus_on(date(2020, 6, 2))
    with qtbot.assertNotEmitted(view.entries_opened), qtbot.assertNotEmitted(view.entry_opened):
        action(view, "overview.open").callback()
