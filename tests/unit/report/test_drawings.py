"""Tests of the drawings: the axis is proportional and says what it leaves out, labels do not collide."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.live import resolve
from bedside.knowledge.tables import Knowledge
from bedside.report.course_chart import CourseChart
from bedside.report.facts import Facts
from bedside.report.frame import runs_width
from bedside.report.lanes import LABEL_SIZE, Item, Mark, place
from bedside.report.lettering import Lettering, faces
from bedside.report.marrow_chart import place_of_words
from bedside.report.styles import REGULAR
from bedside.report.time_axis import axis_over
from tests.unit.report.assessed import index_on_day_60
from tests.unit.report.printed import plain, printed, whole

START = date(2020, 1, 1).toordinal()


def test_that_equal_stretches_of_time_are_equally_long() -> None:
    axis = axis_over([(START, START + 100)], 0, 500)
    first, second = (
        axis.x(date(2020, 2, 10)) - axis.x(date(2020, 1, 31)),
        axis.x(date(2020, 3, 11)) - axis.x(date(2020, 3, 1)),
    )
    assert abs(first - second) < 1e-9


def test_that_a_long_empty_stretch_is_cut_out_and_named() -> None:
    axis = axis_over([(START, START + 3), (START + 1200, START + 1400)], 0, 500)
    ((_, first, last),) = axis.cuts()
    assert first > date.fromordinal(START + 3)
    assert last < date.fromordinal(START + 1200)
    assert not axis.shows(date.fromordinal(START + 600))


def test_that_a_short_empty_stretch_stays() -> None:
    assert axis_over([(START, START + 100), (START + 130, START + 200)], 0, 500).cuts() == []


spans = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60)), min_size=1, max_size=12)


@given(spans)
def test_that_what_was_recorded_is_shown_in_order_within_the_axis(found: list[tuple[int, int]]) -> None:
    stretches = [(START + first, START + first + length) for first, length in found]
    axis = axis_over(stretches, 80.0, 480.0)
    days = sorted({day for stretch in stretches for day in stretch})
    places = [axis.x(date.fromordinal(day)) for day in days]
    assert places == sorted(places)
    assert all(79.9 <= x <= 480.1 for x in places)
    assert all(axis.shows(date.fromordinal(day)) for day in days)


bars = st.lists(st.tuples(st.floats(80, 400), st.floats(1, 90), st.text("abcdefghij ,", max_size=30)), max_size=14)


def bar_items(drawn: list[tuple[float, float, str]]) -> list[Item]:
    faces()
    return [
        Item(Mark.BAR, date(2020, 2, 14), start, start + length, ((REGULAR, words),) if words else ())
        for start, length, words in drawn
    ]


@given(bars)
def test_that_no_label_lies_over_another_label_or_bar(drawn: list[tuple[float, float, str]]) -> None:
    items = bar_items(drawn)
    placed = place(items, (80, 520), [300.0], rows=len(items) + 1)
    taken: dict[int, list[tuple[float, float]]] = {}
    for one in placed:
        start, end = one.item.shape
        if one.label_x is not None:
            start = min(start, one.label_x)
            end = max(end, one.label_x + runs_width(one.item.label, LABEL_SIZE))
        taken.setdefault(one.row, []).append((start, end))
    for stretches in taken.values():
        ordered = sorted(stretches)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))


@given(bars, st.integers(1, 3))
def test_that_without_room_words_are_left_out_and_never_lie_over_another_bar(
    drawn: list[tuple[float, float, str]], rows: int
) -> None:
    placed = place(bar_items(drawn), (80, 520), [300.0], rows)
    for one in placed:
        first, last = one.label_span
        others = [other.item.shape for other in placed if other is not one and other.row == one.row]
        assert one.label_x is None or all(last <= start or first >= end for start, end in others)


def test_that_what_has_no_room_for_its_words_is_named_with_its_day(knowledge: Knowledge) -> None:
    chart, assessment = index_on_day_60(knowledge)
    drawing = CourseChart(Facts(chart, resolve(chart.entries), assessment), Lettering(), knowledge, 200, rows=1)
    lost = [p.item for placed in drawing.placed for p in placed if p.item.label and p.label_x is None]
    named = [plain(words) for words in drawing.unlabelled()]
    assert "30 % (22-May-2020)" in named
    assert len(named) == len(lost)


def test_that_the_course_of_the_index_case_labels_everything_and_names_its_cut(knowledge: Knowledge) -> None:
    chart, assessment = index_on_day_60(knowledge)
    facts = Facts(chart, resolve(chart.entries), assessment)
    drawing = CourseChart(facts, Lettering(), knowledge, 515)
    assert drawing.unlabelled() == []
    ((first, last),) = drawing.cut_words()
    assert not any(first <= entry.at.day <= last for entry in facts.live)
    assert last == date(2020, 1, 3) - timedelta(days=1)


def test_that_lanes_hold_what_the_chart_holds(knowledge: Knowledge) -> None:
    chart, assessment = index_on_day_60(knowledge)
    drawing = CourseChart(Facts(chart, resolve(chart.entries), assessment), Lettering(), knowledge, 515)
    words = {lane.name: [plain("".join(t for _, t in item.label)) for item in lane.items] for lane in drawing.lanes}
    assert words["Immunotherapy"] == ["blinatumomab no CR"]
    assert words["Marrow, MRD"] == ["26 %", "30 %", "0 %, FCM −, NGS +", "0 %, NGS +"]
    assert words["B-cell aplasia"] == ["aplasia", "lost, 75/µL"]
    assert words["Events"][-1] == "data as of"


def test_that_the_limit_of_recovery_is_named_beside_the_drawing_and_never_in_it(knowledge: Knowledge) -> None:
    text = whole(printed(*index_on_day_60(knowledge)))
    assert "dashed: recovery from 10/µL (policy)" in text


@given(st.lists(st.integers(0, 48), min_size=2, max_size=6))
def test_that_the_words_of_the_last_count_stay_in_their_panel(heights: list[int]) -> None:
    points = [(100.0 + 30 * number, float(height)) for number, height in enumerate(heights)]
    x, y = place_of_words(points, 40, points[-1][0] + 10, 48)
    assert x + 40 < points[-1][0]
    assert y >= 0


@pytest.mark.parametrize("heights", [(0, 0, 0), (0, 0, 40), (30, 30, 30), (40, 20, 0), (48, 24, 24)])
def test_that_the_words_of_the_last_count_lie_over_no_mark_and_no_line(heights: tuple[int, ...]) -> None:
    points = [(100.0 + 30 * number, float(height)) for number, height in enumerate(heights)]
    x, y = place_of_words(points, 40, points[-1][0] + 10, 48)
    over = [
        (one, height)
        for (x1, y1), (x2, y2) in pairwise(points)
        for one in range(int(x1), int(x2) + 1)
        for height in [y1 + (y2 - y1) * (one - x1) / (x2 - x1)]
        if x <= one <= x + 40 and y - 2.5 < height < y + 5
    ]
    assert over == []
