"""Tests of the words above a course: the first day after a cut is named, day 0 keeps its pill beside the focus."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from bedside.ui.overview.axis import CourseAxis, Visible
from bedside.ui.overview.course import facts_of
from bedside.ui.overview.header import AxisHead
from bedside.ui.overview.state import LEFT, TimelineState
from tests.samples.index_case import knowledge, opened

WIDTH = 680
DAY0 = date(2020, 6, 1)


@pytest.fixture
def head(qtbot: QtBot) -> AxisHead:
    """The head of the index case, of which nothing is drawn between 2016 and 2020."""
    state = TimelineState()
    made = AxisHead(state)
    state.setParent(made)
    qtbot.addWidget(made)
    state.show(facts_of(opened(), knowledge()), ())
    state.width = WIDTH
    return made


def axis_of(head: AxisHead) -> CourseAxis:
    assert head.state.axis is not None
    return head.state.axis


def see(head: AxisHead, day: date, share: float, days: float) -> None:
    """Show so many days, one of them at a share of the width."""
    at = axis_of(head).at(day)
    head.state.visible = Visible(at - days * share, at + days * (1 - share))


@pytest.mark.parametrize("days", [40.0, 90.0, 300.0, 600.0])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.98])
def test_that_the_first_day_after_a_cut_is_named_whatever_stands_before_it(
    days: float, share: float, head: AxisHead
) -> None:
    first = date.fromordinal(axis_of(head).stretches[1].first)
    see(head, first, share, days)
    named = head.months()
    words = {round(x): run.text for x, _start, run in named}
    assert words[round(head.state.pixel(first))] in ("Jan-2020", "03-Jan-2020")
    assert all(start + run.width < after for (_x, start, run), (_at, after, _run) in pairwise(named))
    assert all(start + run.width <= LEFT + WIDTH + 20 for _x, start, run in named)


@pytest.mark.parametrize("days", [*range(-6, 0), *range(1, 10)])
def test_that_day_0_keeps_its_pill_when_the_focus_is_near(days: int, head: AxisHead) -> None:
    see(head, DAY0, 0.5, 200)
    head.state.focus_on(DAY0 + timedelta(days=days))
    (zero, text, _token), (focus, _words, _action) = head.pills()
    assert text == "D0"
    assert (zero.right() < focus.left()) if days > 0 else (focus.right() < zero.left())
    assert zero.left() <= head.state.day0_x <= zero.right()


def test_that_at_the_right_edge_day_0_gives_way_to_the_focus(head: AxisHead) -> None:
    head.state.focus_on(DAY0 + timedelta(days=1))
    see(head, DAY0, 0.99, 90)
    (zero, _text, _token), (focus, _words, _action) = head.pills()
    assert zero.right() < focus.left()
    assert focus.right() <= LEFT + WIDTH + 22


def test_that_on_day_0_one_pill_says_both(head: AxisHead) -> None:
    head.state.focus_on(DAY0)
    assert [text for _box, text, _token in head.pills()] == ["D0"]
