"""Tests of a lane that holds more than can be told apart: words go, marks stay, and all come back when zoomed in."""

from datetime import timedelta
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.lanes import Item, Lane, Shape
from bedside.ui.overview.lanes_pane import SPOKEN_ITEMS, LanesPane
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.strip import CROWDED, Laid, Strip
from tests.samples.index_case import knowledge, opened


@pytest.fixture
def facts() -> CourseFacts:
    return facts_of(opened(), knowledge())


def laid(facts: CourseFacts, count: int, shape: Shape = Shape.SQUARE) -> list[Laid]:
    """That many marks on successive days up to the last one, laid on the whole course."""
    state = TimelineState()
    state.show(facts, ())
    days = [facts.as_of - timedelta(days=back) for back in reversed(range(count))]
    state.show_days(days[0], days[-1])
    items = tuple(Item(shape, day, day, strong="1 %") for day in days)
    return Strip(Lane("Marrow blasts", items), state).lay(0)


@pytest.mark.parametrize(("count", "words"), [(CROWDED - 1, True), (CROWDED, False), (CROWDED + 1, False)])
def test_that_words_stand_beside_marks_until_the_lane_is_crowded(facts: CourseFacts, count: int, words: bool) -> None:
    found = laid(facts, count)
    assert len(found) == count
    assert {one.place.words_at is not None for one in found} == {words}


def test_that_a_crowded_lane_keeps_every_item_under_the_pointer_and_paints_no_mark_upon_its_like(
    facts: CourseFacts,
) -> None:
    found = laid(facts, 900)
    painted = [one.left for one in found if one.painted]
    assert len(found) == 900
    assert 200 < len(painted) < 900
    assert min(b - a for a, b in pairwise(painted)) >= 2


def test_that_a_lane_in_rows_of_a_hundred_marks_stays_low(facts: CourseFacts) -> None:
    assert max(one.place.row for one in laid(facts, 400)) < 6


def test_that_the_name_of_the_lanes_tells_the_newest_items_and_how_many_came_before(
    facts: CourseFacts, qtbot: QtBot
) -> None:
    state = TimelineState()
    state.show(facts, ())
    pane = LanesPane(state)
    qtbot.addWidget(pane)
    items = tuple(
        Item(Shape.DISC, facts.as_of, facts.as_of, strong=f"No. {place}") for place in range(SPOKEN_ITEMS + 2)
    )
    pane.show_lanes((Lane("Events", items),))
    assert pane.accessibleName().startswith("Course: Events: 2 earlier, No. 2, No. 3")
    assert pane.accessibleName().endswith(f"No. {SPOKEN_ITEMS + 1}")
