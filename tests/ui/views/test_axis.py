"""Tests of the time axis: in proportion, long empty stretches cut and said, zoom and pan within its ends."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bedside.ui.overview.axis import CourseAxis, Visible, axis_over, days_ahead

AS_OF = date(2020, 7, 31)
SPANS = [(date(2016, 9, 1), date(2016, 9, 8)), (date(2020, 1, 3), date(2020, 5, 29)), (date(2020, 6, 29), AS_OF)]


def axis() -> CourseAxis:
    return axis_over(SPANS, AS_OF)


def test_that_a_long_empty_stretch_is_cut_and_named_by_its_first_and_last_day() -> None:
    (cut,) = axis().cuts()
    assert (cut.first, cut.last) == (date(2016, 9, 9), date(2020, 1, 2))


def test_that_equal_spans_of_time_are_equally_wide_on_either_side_of_a_cut() -> None:
    one = axis()
    before = one.at(date(2016, 9, 8)) - one.at(date(2016, 9, 1))
    after = one.at(date(2020, 3, 8)) - one.at(date(2020, 3, 1))
    assert before == after == 7


def test_that_the_axis_goes_on_beyond_the_moment_and_at_least_to_a_deadline() -> None:
    deadline = date(2020, 12, 1)
    assert axis().end > axis().at(AS_OF) + 10
    assert axis_over(SPANS, AS_OF, deadline).day(axis_over(SPANS, AS_OF, deadline).end) >= deadline


def test_that_a_deadline_far_off_does_not_press_what_happened_into_a_corner() -> None:
    infused, deadline = AS_OF - timedelta(days=7), AS_OF + timedelta(days=85)
    early = axis_over([(infused, AS_OF)], AS_OF, deadline)
    assert early.at(AS_OF) > early.end / 3
    assert [days_ahead(100, days) for days in (None, 60, 61)] == [13, 62, 13]
    assert [days_ahead(7, days) for days in (12, 13)] == [14, 12]


@given(st.integers(0, 1500))
def test_that_a_day_that_is_drawn_is_found_again_where_it_lies(days: int) -> None:
    one, day = axis(), date(2016, 9, 1) + timedelta(days=days)
    if any(stretch.first <= day.toordinal() <= stretch.last for stretch in one.stretches):
        assert one.day(one.at(day)) == day


@given(st.lists(st.tuples(st.floats(0.2, 5), st.floats(-50, 400)), max_size=20))
def test_that_zoom_and_pan_never_leave_the_axis(moves: list[tuple[float, float]]) -> None:
    one = axis()
    visible = Visible(0, one.end)
    for factor, anchor in moves:
        visible = visible.zoomed(factor, anchor, one).moved(anchor, one)
        assert visible.low >= -1e-6
        assert visible.high <= one.end + 1e-6
        assert visible.high - visible.low >= 6.99


def test_that_a_pixel_and_a_place_turn_into_each_other() -> None:
    visible = Visible(10, 110)
    assert visible.place(visible.pixel(60, 236, 700), 236, 700) == 60
