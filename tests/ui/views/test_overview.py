"""Tests of the overview: lanes and tracks of the index case, the focus line, what a click opens, lazy loading."""

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from bedside.chart.entries import AnyEntry
from bedside.chart.patient import Chart
from bedside.ui import theme
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.axis_keys import AxisKeys
from bedside.ui.overview.bar import CourseBar
from bedside.ui.overview.course import facts_of
from bedside.ui.overview.course_lanes import lanes_of
from bedside.ui.overview.due import open_rows
from bedside.ui.overview.lanes import Shape
from bedside.ui.overview.plots import AXIS_WIDTH, TOP
from bedside.ui.overview.state import LEFT, TimelineState
from bedside.ui.overview.track_paint import track_words
from bedside.ui.overview.tracks import tracks_of
from bedside.ui.overview.view import OverviewView
from bedside.ui.paragraph import plain
from tests.conftest import ROOT
from tests.samples import toxicity
from tests.samples.index_case import chart, knowledge, opened, opened_chart, without_entries
from tests.ui.views.conftest import shown_overview, timeline_of


@pytest.fixture
def view(qtbot: QtBot) -> OverviewView:
    made = shown_overview(qtbot, opened())
    qtbot.waitUntil(lambda: timeline_of(made).state.width == 1280 - 336 - 1 - 236 - 24)
    return made


def keys(view: OverviewView) -> AxisKeys:
    assert view.keys is not None
    return view.keys


def lane(name: str, day: str = "2020-07-31") -> list[tuple[Shape, str]]:
    lanes = {one.name: one for one in lanes_of(facts_of(opened(day), knowledge()))}
    return [(item.shape, f"{item.strong} {item.soft}".strip()) for item in lanes[name].items]


def test_that_a_negative_result_is_a_hollow_mark_at_its_limit_and_a_positive_one_filled() -> None:
    assert lane("MRD by FCM") == [(Shape.LIMIT, "negative, <\u00a010⁻⁴")]
    assert lane("MRD by NGS") == [(Shape.DIAMOND, "positive, below quantification")] * 2


def test_that_the_loss_of_aplasia_stands_at_the_end_of_its_span() -> None:
    assert lane("B-cell aplasia") == [(Shape.SPAN, "aplasia"), (Shape.LOSS, "lost, 75/µL")]


def test_that_blasts_from_five_percent_on_are_filled_and_none_is_hollow() -> None:
    filled, hollow = Shape.SQUARE, Shape.SQUARE_EMPTY
    assert lane("Marrow blasts") == [
        (filled, "26\u00a0%"),
        (filled, "30\u00a0%"),
        (hollow, "0\u00a0%"),
        (hollow, "0\u00a0%"),
    ]


def test_that_nothing_after_the_moment_is_drawn() -> None:
    facts = facts_of(opened("2020-05-31"), knowledge())
    assert max(entry.at.day for entry in facts.entries) <= date(2020, 5, 31)
    assert all(item.end <= date(2020, 5, 31) for one in lanes_of(facts) for item in one.items)


def test_that_a_lane_without_entries_says_so_in_words() -> None:
    lanes = {one.name: one.empty for one in lanes_of(facts_of(opened(), knowledge())) if not one.items}
    assert lanes == {"Infections": "none recorded"}


def toxicity_lane(entries: list[AnyEntry]) -> list[tuple[str, str]]:
    lanes = {one.name: one for one in lanes_of(facts_of(toxicity.opened(entries), knowledge()))}
    lane = lanes["CRS and ICANS"]
    return [(item.shape.value, f"{item.strong} {item.soft}".strip()) for item in lane.items] or [("", lane.empty)]


def test_that_a_scale_without_an_episode_is_told_beside_the_other_one() -> None:
    assert lane("CRS and ICANS") == [(Shape.BAR, "CRS 2  D+4; ICANS grade 0")]


def test_that_doses_of_one_agent_are_marks_named_once() -> None:
    assert toxicity_lane(toxicity.typical_course()) == [
        ("bar", "CRS 3  D+2 to D+7"),
        ("bar", "ICANS 1  D+7"),
        ("words", "tocilizumab twice"),
        ("fall", ""),
        ("fall", ""),
        ("bar", "dexamethasone"),
    ]


@pytest.mark.parametrize(
    ("second", "bars"),
    [
        ({}, ["mercaptopurine, methotrexate by mouth"]),
        ({"route": "it"}, ["mercaptopurine by mouth", "methotrexate intrathecal"]),
        ({"stop": None}, ["mercaptopurine by mouth", "methotrexate by mouth"]),
        (
            {"stop": None, "stop_unknown": True},
            ["mercaptopurine by mouth", "methotrexate by mouth, last day not known"],
        ),
    ],
)
def test_that_one_bar_holds_only_agents_of_which_the_same_is_told(second: dict[str, object], bars: list[str]) -> None:
    given = {"kind": "therapy", "at": "2020-07-20", "stop": "2020-07-22", "intent": "bridging", "route": "po"}
    other = {key: value for key, value in {**given, **second}.items() if value is not None}
    entries = [
        toxicity.entry(30, agent="mercaptopurine", **given),
        toxicity.entry(31, agent="methotrexate", **other),
    ]
    lanes = {one.name: one for one in lanes_of(facts_of(toxicity.opened(entries), knowledge()))}
    assert [f"{item.strong} {item.soft}" for item in lanes["Chemotherapy"].items] == bars


def test_that_a_treatment_without_a_grade_never_stands_for_no_toxicity() -> None:
    given = toxicity.entry(
        9, kind="therapy", at="2020-07-26", agent="tocilizumab", intent="toxicity", stop="2020-07-26"
    )
    assert toxicity_lane([toxicity.infusion()]) == [("", "CRS and ICANS never assessed")]
    assert toxicity_lane([toxicity.infusion(), given])[0] == ("words", "CRS and ICANS never assessed")
    signs = toxicity.entry(8, kind="vitals", at="2020-07-25", temp_c=37.0, hypotension=False, oxygen="none")
    assert toxicity_lane([toxicity.infusion(), given, signs])[0] == ("words", "CRS grade 0, ICANS never assessed")


def test_that_the_grades_of_an_earlier_infusion_are_said_to_be_left_out() -> None:
    other = "brexucabtagene_autoleucel"
    again = toxicity.entry(7, kind="infusion", at="2020-07-01", product=other, reason="low_expansion")
    twice = Chart.model_construct(patient=chart().patient, entries=(*chart().entries, again), source=None, as_of=None)
    lanes = {one.name: one for one in lanes_of(facts_of(opened_chart(twice, "2020-07-31"), knowledge()))}
    words = [(item.start.isoformat(), item.soft) for item in lanes["CRS and ICANS"].items]
    assert words == [
        ("2020-07-01", "CRS and ICANS never assessed"),
        ("2020-06-01", "earlier infusion: not graded here"),
    ]


def test_that_a_silent_track_says_since_when() -> None:
    tracks = {one.name: one for one in tracks_of(facts_of(opened(), knowledge()))}
    assert tracks["Platelets"].silence(date(2020, 7, 31)) == "nothing recorded since 02-Apr-2020 (120 d)"
    assert tracks["CD19⁺ cells"].silence(date(2020, 7, 31)) == ""


def last_words(*counts: dict[str, object]) -> str:
    entries = [toxicity.entry(20 + place, kind="blood_count", **fields) for place, fields in enumerate(counts)]
    facts = facts_of(toxicity.opened([toxicity.infusion(), *entries]), knowledge())
    state = TimelineState()
    tracks = tracks_of(facts)
    state.show(facts, tracks)
    track = next(one for one in tracks if one.name == "ANC and ALC")
    return plain(track_words(track, state)[2:]).replace("\u2011", "-")


def test_that_two_values_of_one_date_stand_together_and_others_each_with_name_and_date() -> None:
    both: dict[str, object] = {"at": "2020-07-30", "anc": 0.2, "alc": 0.4}
    assert last_words(both) == "last 0.2 and 0.4, 30-Jul"
    assert last_words({"at": "2020-07-28", "alc": 0.8}, {"at": "2020-07-30", "anc": 0.2}) == (
        "last ANC 0.2, 30-Jul; ALC 0.8, 28-Jul"
    )
    assert last_words({"at": "2020-07-30", "anc": 0.2}) == "last ANC 0.2, 30-Jul"
    older: dict[str, object] = {"at": "2020-07-29", "anc": 0.3}
    assert last_words(older, both) == "last 0.2 and 0.4, 30-Jul, before ANC 0.3, 29-Jul"


def test_that_y_axes_hold_every_value_and_do_not_depend_on_what_is_in_view() -> None:
    for track in tracks_of(facts_of(opened(), knowledge())):
        assert track.top >= max(value.number for one in track.series for value in one.values)


def test_that_arrows_move_the_focus_line_and_cross_a_cut_in_one_step(view: OverviewView) -> None:
    state = timeline_of(view).state
    keys(view).earlier()
    assert state.focus == date(2020, 7, 30)
    state.focus_on(date(2020, 1, 3))
    while state.focus.year == 2020:
        keys(view).earlier()
    assert state.focus == date(2016, 9, 8)


def test_that_the_focus_goes_from_entry_to_entry(view: OverviewView) -> None:
    keys(view).entry_before()
    assert timeline_of(view).state.focus == date(2020, 6, 29)


def test_that_the_sentence_says_what_is_trimmed_and_what_is_out_of_view(view: OverviewView) -> None:
    assert view.bar.sentence.text() == "09-Sep-2016 to 02-Jan-2020 trimmed, no entry in it"
    view.show_part(2)
    assert "not in view" in view.bar.sentence.text()


def test_that_hovering_tells_the_exact_entry_in_words(view: OverviewView) -> None:
    timeline = timeline_of(view)
    laid = next(one for one in timeline.lanes_pane._laid if one.item.shape is Shape.LIMIT)
    at = timeline.lanes_pane.mapTo(timeline, QPoint(round(laid.left), round(laid.y)))
    assert "MRD FCM negative (limit of detection 10⁻⁴)" in timeline.words_at(at.toPointF())


def test_that_hovering_over_a_curve_tells_the_entry_of_its_point(view: OverviewView) -> None:
    timeline = timeline_of(view)
    timeline.area.verticalScrollBar().setValue(timeline.area.verticalScrollBar().maximum())
    plot = timeline.tracks_pane.graphics.plots[-1]
    value = plot.track.series[0].values[0]
    assert timeline.state.axis is not None
    where = plot.box.mapViewToScene(QPointF(timeline.state.axis.at(value.on), value.number))
    graphics = timeline.tracks_pane.graphics
    at = graphics.mapTo(timeline, QPoint(round(where.x()), round(where.y())))
    assert timeline.words_at(at.toPointF()) == value.spoken
    assert timeline.words_at(at.toPointF() + QPointF(0, 30)) == ""


def test_that_the_grid_of_the_tracks_moves_with_the_part_in_view(view: OverviewView, qtbot: QtBot) -> None:
    timeline = timeline_of(view)
    graphics, state = timeline.tracks_pane.graphics, timeline.state
    qtbot.waitUntil(graphics.isVisible)
    graphics.grab()
    state.show_days(date(2020, 6, 1), date(2020, 7, 31))
    picture, scale = graphics.grab().toImage(), graphics.devicePixelRatioF()
    ticks = [round(state.visible.pixel(tick.at, LEFT, state.width)) - LEFT + AXIS_WIDTH for tick in state.day_ticks()]
    gap = round((TOP / 2) * scale)
    colours = {picture.pixelColor(round(x * scale), gap).name() for x in ticks if AXIS_WIDTH < x < AXIS_WIDTH + 400}
    assert colours == {theme.current().colour("grid").name()}


def test_that_a_patient_without_entries_has_an_overview_without_an_error(view: OverviewView) -> None:
    view.show_opened(opened_chart(without_entries(), "2020-07-31"))
    assert view.note() == "0 entries known"
    assert not view.grab().isNull()


def colours_of(widget: QWidget) -> set[int]:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return set(memoryview(picture.constBits()).cast("I"))


def test_that_a_forgotten_patient_leaves_room_and_nothing_in_it(view: OverviewView) -> None:
    lanes, tracks, due = timeline_of(view).lanes_pane, timeline_of(view).tracks_pane, view.side.open_list
    panes = (lanes, tracks.graphics, due)
    heights = [pane.height() for pane in panes]
    assert all(len(colours_of(pane)) > 3 for pane in panes)
    view.clear()
    assert [pane.height() for pane in panes] == heights
    assert all(len(colours_of(pane)) == 1 for pane in panes)
    assert lanes.accessibleName() + tracks.accessibleName() + due.accessibleName() == ""


def test_that_the_next_patient_takes_the_room_that_is_needed_and_no_more(view: OverviewView, qtbot: QtBot) -> None:
    fresh = OverviewView(CriteriaWords(knowledge()))
    qtbot.addWidget(fresh)
    view.clear()
    for one in (view, fresh):
        one.show_opened(opened_chart(without_entries(), "2020-07-31"))
    for name in ("lanes_pane", "tracks_pane"):
        assert getattr(timeline_of(view), name).height() == getattr(timeline_of(fresh), name).height()
    due = view.side.open_list
    assert due.minimumHeight() == fresh.side.open_list.heightForWidth(due.width())


def test_that_lanes_laid_out_anew_for_a_width_are_as_high_as_those_shown_at_it(view: OverviewView) -> None:
    narrow = timeline_of(view).lanes_pane.height()
    for width in (1900, 800, 1280):
        view.resize(width, 620)
        height = timeline_of(view).lanes_pane.height()
        view.clear()
        view.show_opened(opened())
        assert timeline_of(view).lanes_pane.height() == height
    assert height == narrow


def test_that_the_tracks_keep_their_width_when_the_same_patient_is_read_again(view: OverviewView, qtbot: QtBot) -> None:
    pane = timeline_of(view).tracks_pane
    width = timeline_of(view).state.width
    qtbot.waitUntil(lambda: abs(pane.graphics.plots[0].box.size().width() - width) < 2)
    view.show_opened(opened())
    qtbot.wait(20)
    assert all(abs(plot.box.size().width() - width) < 2 for plot in pane.graphics.plots)


def test_that_the_parts_of_the_course_stand_joined(view: OverviewView) -> None:
    parts = [button for button in view.bar.findChildren(QToolButton) if button.property("look") == "segment"]
    assert [button.property("joined") for button in parts] == ["first", "middle", "last"]
    for left, right in pairwise(parts):
        assert right.x() == left.x() + left.width()


@pytest.mark.parametrize(("width", "below"), [(900, False), (560, True)])
def test_that_what_is_out_of_view_is_told_below_the_buttons_where_little_room_is_beside_them(
    qtbot: QtBot, width: int, below: bool
) -> None:
    bar = CourseBar("Marrow and persistence", ("Whole course", "From day 0"))
    qtbot.addWidget(bar)
    bar.sentence.setText("3 entries before 13-Jan-2020 not in view")
    bar.resize(width, bar.sizeHint().height())
    with qtbot.waitExposed(bar):
        bar.show()
    qtbot.waitUntil(lambda: (bar.sentence.y() > bar.parts.height()) is below)
    assert bar.sentence.width() > 200


def test_that_a_panel_of_which_nothing_is_due_is_not_said_to_be_met_by_none(view: OverviewView) -> None:
    view.show_opened(toxicity.opened([toxicity.infusion()]))
    assert view.side.panels[2].accessibleName().startswith("High, none of 4 due yet: H1 not due")
    view.show_opened(opened("2020-06-29"))
    assert view.side.panels[2].accessibleName().startswith("High, 0 of 4 met, 1 not known: ")


def test_that_what_was_missed_several_times_is_told_since_the_first_of_them() -> None:
    rows = {row.what: row for row in open_rows(opened().assessment, CriteriaWords(knowledge()))}
    missed = rows["CAR-T level, 4 times"]
    assert (missed.on, missed.state.text) == (date(2020, 6, 8), "53\u00a0d overdue")


def test_that_a_closed_course_is_not_said_to_have_nothing_open(view: OverviewView) -> None:
    view.show_opened(opened("2020-09-30"))
    assert view.side.open_list.accessibleName() == "The course is closed; what was open is not listed."


def test_that_clearing_leaves_no_item_and_no_sentence(view: OverviewView) -> None:
    view.clear()
    assert timeline_of(view).lanes_pane._laid == []
    assert view.bar.sentence.text() == ""
    assert view.note() == ""


@pytest.mark.slow
def test_that_importing_the_ward_loads_neither_numpy_nor_pyqtgraph() -> None:
    code = "import sys, bedside.ui.ward; print([n for n in ('numpy', 'pyqtgraph') if n in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
