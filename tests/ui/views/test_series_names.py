"""Tests of the names beside the curves of one track: in view, clear of curves, values and each other."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QApplication

from bedside.ui.overview.canvas import Canvas
from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.series_names import FAR, OVER, placed_names
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.tracks import Series, Track, Value, tracks_of
from tests.charts import DAY0, Fields, chart, entry, infusion, on, referral
from tests.samples.index_case import knowledge, opened_chart

WIDE, HIGH = 700.0, 58.0


def count(day: int, anc: float | None, alc: float | None) -> Fields:
    return entry("blood_count", day, anc=anc, alc=alc)


def facts(*entries: Fields, when: int = 45) -> CourseFacts:
    return facts_of(opened_chart(chart([infusion(0), *entries]), on(when)), knowledge())


def canvas(held: CourseFacts, prepare: Callable[[TimelineState], None] = TimelineState.show_all) -> Canvas:
    """The track of two series as it is painted on a strip of 700 × 58 px."""
    track = next(one for one in tracks_of(held) if one.name == "ANC and ALC")
    state = TimelineState()
    state.show(held, (track,))
    prepare(state)
    return Canvas(QPainter(), transform(state, track), track, state)


def transform(state: TimelineState, track: Track) -> QTransform:
    across = WIDE / (state.visible.high - state.visible.low)
    up = HIGH / (track.top - track.bottom)
    return QTransform(across, 0, 0, -up, -state.visible.low * across, track.top * up)


def marks(drawn: Canvas) -> list[QRectF]:
    """The values in view as they are drawn."""
    places = [drawn.place(value) for series in drawn.track.series for value in series.values]
    return [QRectF(place.x() - 4, place.y() - 4, 8, 8) for place in places if 0 <= place.x() <= WIDE]


def curves(drawn: Canvas) -> Sequence[Series]:
    """The curves that are drawn, of which there is at least one."""
    assert drawn.track.series
    return drawn.track.series


def named(drawn: Canvas) -> dict[str, QRectF]:
    return {run.text: box for box, run in placed_names(drawn)}


@pytest.fixture(autouse=True)
def _app(qapp: QApplication) -> None:
    assert qapp is not None


EARLY = referral(-60)
"""What makes the axis begin long before the first count."""


def test_that_names_stand_left_of_the_first_values_at_their_heights_where_there_is_room() -> None:
    drawn = canvas(facts(EARLY, count(-20, 1.8, 0.2), count(20, 1.6, 0.4)))
    boxes = named(drawn)
    for series in curves(drawn):
        place = drawn.place(series.values[0])
        assert boxes[series.name].right() == pytest.approx(place.x() - 9)
        assert boxes[series.name].center().y() == pytest.approx(place.y())


@pytest.mark.parametrize("value", [0.0, 0.1, 0.5, 1.0, 1.5, 1.6, 1.7, 1.9, 2.0])
def test_that_two_of_one_height_stand_one_above_the_other_in_their_order_and_within_the_plot(value: float) -> None:
    boxes = named(canvas(facts(EARLY, count(-20, value, value), count(20, value, value))))
    assert boxes["ANC"].bottom() <= boxes["ALC"].top()
    assert boxes["ANC"].top() >= -OVER
    assert boxes["ALC"].bottom() <= HIGH + OVER


def test_that_values_of_the_first_day_itself_move_no_name_however_wide_a_day_stands() -> None:
    held = facts(referral(-2), count(0, 0.5, 0.4), count(0, 1.5, 0.4), count(3, 0.5, 0.4), when=7)
    drawn = canvas(held)
    boxes = named(drawn)
    for series in curves(drawn):
        place = drawn.place(series.values[0])
        assert boxes[series.name].right() == pytest.approx(place.x() - 9)
        assert abs(boxes[series.name].center().y() - place.y()) < 12


def test_that_no_name_stands_so_far_from_its_curve_that_it_seems_another_ones() -> None:
    drawn = canvas(facts(*(count(day, 2.0 * (day % 2), 1.0) for day in range(-400, 400)), when=400))
    boxes = named(drawn)
    for series in curves(drawn):
        ends = [drawn.place(series.values[place]).y() for place in (0, -1)]
        assert min(abs(boxes[series.name].center().y() - y) for y in ends) <= FAR


def test_that_names_go_to_the_other_end_where_the_first_values_lie_at_the_edge() -> None:
    drawn = canvas(facts(*(count(day, 1.8, 0.2) for day in range(0, 30, 3))))
    boxes = named(drawn)
    for series in curves(drawn):
        assert boxes[series.name].left() == pytest.approx(drawn.place(series.values[-1]).x() + 9)


def test_that_a_name_leaves_the_end_where_it_is_said_that_nothing_was_recorded() -> None:
    drawn = canvas(facts(*(count(day, 1.8, 0.2) for day in range(0, 30, 3)), when=90))
    assert drawn.track.silence(drawn.state.facts.as_of) if drawn.state.facts else False
    for box in named(drawn).values():
        assert box.left() < WIDE / 10


def test_that_a_curve_that_begins_amid_another_keeps_its_name_clear_of_it() -> None:
    late = [count(day, None, 1.4) for day in range(12, 30)]
    drawn = canvas(facts(EARLY, *(count(day, 1.5, None) for day in range(30)), *late))
    assert not any(box.intersects(mark) for box in named(drawn).values() for mark in marks(drawn))


def test_that_no_name_stands_for_a_curve_that_is_not_in_view() -> None:
    held = facts(EARLY, count(-50, 1.8, None), count(20, None, 0.4))
    drawn = canvas(held, lambda state: state.show_from(held.as_of))
    assert "ANC" not in named(drawn)


amounts = st.floats(0, 2).map(lambda number: round(number, 2))
drawn_values = st.lists(st.tuples(st.integers(-58, 44), amounts), min_size=1, max_size=40, unique_by=lambda one: one[0])


@cache
def long_course() -> CourseFacts:
    """A course with an entry every few days, so that no stretch of its axis is trimmed."""
    return facts(EARLY, *(count(day, 1.0, 1.0) for day in range(-58, 45, 3)))


def curve(name: str, values: list[tuple[int, float]]) -> Series:
    given = long_course().entries[0]
    made = [Value(DAY0 + timedelta(days=day), number, "", given, lambda _n, _c: "") for day, number in sorted(values)]
    return Series(name, "o", "s1", tuple(made))


@settings(max_examples=200, deadline=None)
@given(drawn_values, drawn_values, st.floats(1, 12), st.integers(-58, 44))
def test_that_names_lie_in_view_and_never_over_each_other(
    anc: list[tuple[int, float]], alc: list[tuple[int, float]], zoom: float, day: int
) -> None:
    track = Track("ANC and ALC", "10⁹/L", (curve("ANC", anc), curve("ALC", alc)), 2.0)
    state = TimelineState()
    state.show(long_course(), (track,))
    state.focus_on(DAY0 + timedelta(days=day))
    state.zoom(zoom)
    boxes = list(named(Canvas(QPainter(), transform(state, track), track, state)).values())
    for box in boxes:
        assert box.left() >= -1e-6
        assert box.right() <= WIDE + 1e-6
        assert box.top() >= -OVER - 1e-6
        assert box.bottom() <= HIGH + OVER + 1e-6
    assert len(boxes) < 2 or not boxes[0].adjusted(0.1, 0.1, -0.1, -0.1).intersects(boxes[1])


@pytest.mark.parametrize(("first", "struck"), [(3, True), (14, False)])
def test_that_a_name_goes_where_the_line_of_day_0_does_not_strike_it_through(first: int, struck: bool) -> None:
    drawn = canvas(facts(EARLY, *(count(first + day, 1.8, 0.2) for day in range(0, 20, 2))))
    box, line = named(drawn)["ANC"], drawn.day(DAY0)
    place = drawn.place(drawn.track.series[0].values[0])
    assert (place.x() - 9 - box.width() < line < place.x() - 9) is struck
    assert not box.left() <= line <= box.right()
    assert (box.right() < place.x()) is not struck
