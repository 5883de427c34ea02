"""Tests that a negative result of a method that was not sensitive enough is nowhere shown as a plain negative one."""

import pytest

from bedside.ui.marrow.levels import Mark, levels_of
from bedside.ui.marrow.levels_pane import level_words
from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.course_lanes import lanes_of
from bedside.ui.overview.lanes import Item
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.tracks import cd19_track
from bedside.ui.paragraph import plain
from tests.charts import chart, infusion, marrow, mrd, on
from tests.samples.index_case import knowledge, opened_chart


def facts(lod: float | None) -> CourseFacts:
    held = chart([infusion(0), marrow(28, 0, mrd("fcm", lod=lod))])
    return facts_of(opened_chart(held, on(60)), knowledge())


def in_lane(lod: float | None) -> Item:
    lanes = {lane.name: lane for lane in lanes_of(facts(lod))}
    return lanes["MRD by FCM"].items[0]


def in_plot(lod: float | None) -> Mark:
    series = {one.name: one for one in levels_of(facts(lod))[0].series}
    return series["FCM"].marks[0]


@pytest.mark.parametrize(
    ("lod", "soft", "short"),
    [
        (9e-5, "negative, <\u00a09\u00a0×\u00a010⁻⁵", "negative"),
        (1e-4, "negative, <\u00a010⁻⁴", "negative"),
        (1.1e-4, "negative, not sensitive enough, <\u00a01.1\u00a0×\u00a010⁻⁴", "negative, not sensitive enough"),
        (None, "negative, sensitivity not stated", "negative"),
    ],
)
def test_that_the_lane_says_it_also_where_there_is_little_room(lod: float | None, soft: str, short: str) -> None:
    item = in_lane(lod)
    assert (item.soft, item.short) == (soft, short)


def test_that_the_plot_says_it_where_the_limit_lies() -> None:
    weak, enough = in_plot(1e-3), in_plot(1e-4)
    assert (weak.words, weak.value) == ("FCM negative, not sensitive enough, limit 10⁻³", 1e-3)
    assert enough.words == "FCM negative, limit 10⁻⁴"


def test_that_who_hears_or_points_at_a_result_is_told_as_much_as_who_reads_it() -> None:
    assert in_lane(1e-3).spoken.endswith("; negative, not sensitive enough, <\u00a010⁻³")
    assert in_plot(1e-3).spoken.endswith("; FCM negative, not sensitive enough, limit 10⁻³")
    for item in (in_lane(1e-4), in_plot(1e-4)):
        assert "sensitive" not in item.spoken


def test_that_the_newest_result_beside_the_plot_says_it_without_its_limit() -> None:
    held = facts(1e-3)
    state = TimelineState()
    state.show(held, (cd19_track(held),))
    words = plain(level_words(levels_of(held)[0], state)).replace("\u00a0", " ").replace("\u2011", "-")
    assert "last blasts 0 %, FCM negative, not sensitive enough, 29-Jun" in words
