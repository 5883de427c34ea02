"""Tests that the words of a limit stand inside the plot and off the curve, and that no scale and no date is cut."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform

from bedside.ui.counts.trend_tracks import Highest, TrendMaker
from bedside.ui.counts.trends import title_of
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.lettering import Run
from bedside.ui.overview.canvas import Canvas
from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.limit_words import limit_box
from bedside.ui.overview.plots import AXIS_WIDTH, scale_of
from bedside.ui.overview.series_names import OVER
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.tracks import Limit, Track
from bedside.ui.paragraph import advance, plain
from tests.charts import Fields, chart, entry, infusion, on
from tests.samples.index_case import knowledge, opened_chart

WIDE, HIGH = 264.0, 54.0


def facts(*entries: Fields) -> CourseFacts:
    return facts_of(opened_chart(chart([infusion(0), *entries]), on(12)), knowledge())


def canvas(hb: list[float]) -> Canvas:
    """The trend of haemoglobin as it is painted beside the counts, a value a day."""
    held = facts(*(entry("blood_count", day, hb=value) for day, value in enumerate(hb)))
    limits = Limit(50, "critical below 50 g/L"), Limit(200, "critical above 200 g/L")
    maker = TrendMaker(held.entries, Highest(held.entries), knowledge())
    track = replace(maker.selected(Analyte("blood_count", "hb")), top=200.0, limits=limits)
    state = TimelineState()
    state.show(held, (track,))
    across, up = WIDE / (state.visible.high - state.visible.low), HIGH / (track.top - track.bottom)
    across_up = QTransform(across, 0, 0, -up, -state.visible.low * across, track.top * up)
    return Canvas(QPainter(), across_up, track, state)


def boxes(drawn: Canvas) -> list[QRectF]:
    return [limit_box(drawn, one, Run(one.words, 11, 600).width) for one in drawn.track.limits]


@pytest.mark.parametrize("hb", [[80.0] * 9, [90.0, 60.0] * 5, [30.0] * 9, [180.0] * 9])
def test_that_the_words_of_limits_stand_inside_the_plot_and_off_the_curve(hb: list[float]) -> None:
    drawn = canvas(hb)
    room = drawn.room.adjusted(0, -OVER, 0, OVER)
    points = [drawn.place(value) for value in drawn.track.series[0].values]
    for box in boxes(drawn):
        assert room.contains(box)
        assert not any(box.contains(point) for point in points)


def test_that_words_keep_the_side_that_their_limit_asks_for_where_it_is_free() -> None:
    drawn = canvas([80.0] * 9)
    limit = replace(drawn.track.limits[0], at_right=True)
    width = Run(limit.words, 11, 600).width
    assert limit_box(drawn, limit, width).right() > limit_box(drawn, drawn.track.limits[0], width).right()


def test_that_words_stand_inside_where_a_curve_runs_everywhere() -> None:
    drawn = canvas([10.0, 190.0] * 6)
    room = drawn.room.adjusted(0, -OVER, 0, OVER)
    assert all(room.contains(box) for box in boxes(drawn))


@pytest.mark.parametrize(
    ("top", "words"),
    [(200, ["0", "100", "200"]), (20000, ["0", "10\u202f000", "20\u202f000"]), (500000, ["0", "5\u00a0×\u00a010⁵"])],
)
def test_that_a_value_of_which_the_axis_could_show_a_part_only_is_not_named(top: float, words: list[str]) -> None:
    named = scale_of(Track("Ferritin", "µg/L", (), top))
    assert [run.text for _value, run in named] == words
    assert all(run.width < AXIS_WIDTH for _value, run in named)


def trend(held: CourseFacts) -> Track:
    return TrendMaker(held.entries, Highest(held.entries), knowledge()).always(None)[0]


def test_that_the_value_before_is_left_out_whole_where_it_has_no_room() -> None:
    held = facts(
        entry("blood_count", 3, anc=0.05, alc=0.04, censored={"anc": "<"}), entry("blood_count", 9, anc=0.1, alc=0.2)
    )
    state = TimelineState()
    state.show(held, ())
    lines = [title_of(trend(held), state, width)[1] for width in (304, 200, 140)]
    said = [plain([line]).replace("\u2011", "-") for line in lines]
    assert said[0] == "last 0.1 and 0.2, 10-Jun before <0.05 and 0.04, 04-Jun"
    assert said[1:] == ["last 0.1 and 0.2, 10-Jun"] * 2
    assert all(advance(line) <= width for line, width in zip(lines, (304, 200, 140), strict=True))
