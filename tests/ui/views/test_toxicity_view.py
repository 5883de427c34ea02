"""Tests of the toxicity view: grades by day, support, what was given, episodes, prompts, focus line, keyboard."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.entries import AnyEntry
from bedside.chart.moments import AsOf, At
from bedside.knowledge.loader import centre_knowledge
from bedside.ui.actions import install
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.course import facts_of
from bedside.ui.overview.lanes import Item, Lane, Shape
from bedside.ui.overview.timeline import Timeline
from bedside.ui.overview.tracks import Track
from bedside.ui.toxicity.lanes import toxicity_lanes
from bedside.ui.toxicity.side import StandingCard
from bedside.ui.toxicity.tracks import toxicity_tracks
from bedside.ui.toxicity.view import DAY0, LAST, WHOLE, ToxicityView
from bedside.ui.toxicity.window import toxicity_facts
from bedside.ui.toxicity.words import EntryLine, ago_words, assessment_lines, episode_lines, standing
from tests.samples.index_case import knowledge
from tests.samples.toxicity import (
    BORN,
    CHILD,
    FULL,
    ID,
    NOW,
    REASON,
    alarming_course,
    at,
    entry,
    fever_course,
    infusion,
    opened,
    typical_course,
)

Press = Callable[..., None]


def lanes(entries: list[AnyEntry]) -> dict[str, Lane]:
    return {one.name: one for one in toxicity_lanes(toxicity_facts(facts_of(opened(entries), knowledge())))}


def episodes(entries: list[AnyEntry]) -> tuple[EntryLine, ...]:
    return episode_lines(facts_of(opened(entries), knowledge()))


def tracks(entries: list[AnyEntry], born: date = BORN) -> dict[str, Track]:
    facts = toxicity_facts(facts_of(opened(entries, born=born), knowledge()))
    return {one.name: one for one in toxicity_tracks(facts)}


def crs(entries: list[AnyEntry]) -> tuple[Item, ...]:
    return lanes(entries)["CRS, worst of the day"].items


@pytest.fixture
def view(qtbot: QtBot) -> ToxicityView:
    made = ToxicityView(CriteriaWords(knowledge()))
    qtbot.addWidget(made)
    made.resize(1280, 620)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_opened(opened(alarming_course()))
    install(made, made.actions_offered())
    made.setFocus()
    return made


def timeline(view: ToxicityView) -> Timeline:
    assert view.timeline is not None
    return view.timeline


def test_that_each_day_from_day_0_has_the_box_of_its_worst_grade() -> None:
    assert [item.grade for item in crs(typical_course())] == [0, 0, 1, 1, 1, 2, 3, 2]


def test_that_a_day_without_an_assessment_is_a_dash_and_never_zero() -> None:
    found = crs(fever_course())
    assert [item.grade for item in found] == [None, None, None, None, None, None, 0, None]
    assert found[1].spoken == "CRS D+1, 25-Jul-2020: not assessed"


def test_that_a_grade_that_may_be_higher_says_so_in_its_box() -> None:
    found = crs([infusion(), entry(9, kind="vitals", at=at(2, "08:00"), temp_c=38.5)])
    assert (found[2].grade, found[2].short) == (1, "≥1")
    assert "at least grade 1" in found[2].spoken


def test_that_the_box_of_a_day_leads_to_the_entry_that_decides() -> None:
    assert crs(typical_course())[6].entries == (ID.format(160),)


def test_that_before_an_infusion_the_lanes_say_so() -> None:
    assert {lane.empty for lane in lanes([]).values()} == {"no infusion so far"}


def test_that_support_never_needed_differs_from_support_not_recorded() -> None:
    silent = [infusion(), entry(9, kind="vitals", at=at(2, "08:00"), temp_c=38.5)]
    assert lanes(silent)["Oxygen"].empty == "not recorded"
    assert lanes(fever_course())["Oxygen"].empty == "none"


def test_that_support_holds_from_a_reading_to_the_one_that_says_otherwise() -> None:
    (bar,) = lanes(typical_course())["Vasopressor"].items
    assert (bar.strong, bar.start, bar.end) == ("noradrenaline", date(2020, 7, 30), date(2020, 7, 30))
    assert bar.begins == pytest.approx((2 * 60 + 10) / 1440)
    assert bar.ends == pytest.approx(20 / 24)
    assert bar.spoken == "noradrenaline, 30-Jul-2020 02:10 to 30-Jul-2020 20:00"


def test_that_support_that_goes_on_has_an_open_end() -> None:
    (bar,) = lanes(typical_course())["Oxygen"].items
    assert bar.open_ended
    assert bar.ends == pytest.approx(8 / 24)


def test_that_support_is_not_drawn_on_over_days_without_a_reading() -> None:
    mask = {"temp_c": 38.5, "oxygen": "mask"}
    readings = [
        entry(
            10 + day, kind="vitals", at=at(day, "08:00"), **(mask if day == 1 else {"temp_c": 38.0, "oxygen": "none"})
        )
        for day in (1, 4)
    ]
    (bar,) = lanes([infusion(), *readings])["Oxygen"].items
    assert (bar.end, bar.open_ended) == (date(2020, 7, 25), True)


def test_that_one_dose_is_a_mark_and_a_course_a_bar() -> None:
    shapes = {(item.strong, item.shape) for item in lanes(typical_course())["Given"].items}
    assert shapes == {
        ("paracetamol", Shape.PART),
        ("tocilizumab", Shape.FALL),
        ("dexamethasone", Shape.PART),
    }


def test_that_what_is_still_given_is_drawn_up_to_now_and_an_unknown_end_is_said() -> None:
    by_name = {item.strong: item for item in lanes(typical_course())["Given"].items}
    assert by_name["dexamethasone"].ends == pytest.approx((9 * 60 + 41) / 1440, abs=0.001)
    lost = entry(9, kind="therapy", at=at(2), agent="anakinra", intent="toxicity", stop_unknown=True)
    (bar,) = lanes([infusion(), lost])["Given"].items
    assert (bar.end, bar.soft, bar.open_ended) == (date(2020, 7, 26), "last day not known", True)


def test_that_temperatures_stand_at_their_times_with_the_limit_of_fever() -> None:
    found = tracks(typical_course())["Temperature"]
    last = found.series[0].values[-1]
    assert (last.number, last.clock) == (37.6, "08:00")
    assert last.part == pytest.approx(8 / 24)
    assert [limit.words for limit in found.limits] == ["38.0 and above: fever"]


def test_that_the_score_that_was_taken_is_drawn() -> None:
    child = [infusion(), entry(9, kind="neuro", at=at(2), capd=11, consciousness="awake")]
    assert [value.number for value in tracks(typical_course())["ICE score"].series[0].values][-2:] == [10, 9]
    assert set(tracks(child, born=CHILD)) == {"Temperature", "Systolic pressure", "CAPD score"}


def test_that_the_age_of_a_score_is_that_of_the_tables() -> None:
    centre = centre_knowledge(b'centre = "T"\n[toxicity.ice_from_years]\nvalue = 13\n', "centre.toml")
    for tables, years in ((knowledge(), 12), (centre, 13)):
        facts = toxicity_facts(facts_of(opened(typical_course()), tables))
        (score,) = [one for one in toxicity_tracks(facts) if one.name == "ICE score"]
        assert score.unit == f"of 10, {years} y and over"


def test_that_an_episode_names_onset_peak_length_and_treatments() -> None:
    crs_episode, icans_episode = episodes(typical_course())
    assert crs_episode.words.startswith("CRS D+2 to D+7, 6 days, still open. Peak grade 3, D+6: fever 40.1")
    assert "Given: tocilizumab D+5, tocilizumab D+6, dexamethasone since D+6, still given" in crs_episode.words
    assert crs_episode.entry == ID.format(160)
    assert icans_episode.words.startswith("ICANS D+7, 1 day, still open")


def test_that_what_was_begun_before_an_episode_and_given_in_it_belongs_to_it() -> None:
    _crs, icans_episode = episodes(typical_course())
    assert icans_episode.words.endswith("Given: dexamethasone since D+6, still given")


@pytest.mark.parametrize(
    ("begun", "end", "words"),
    [
        (2, {"stop": at(6)}, "No treatment of toxicity recorded"),
        (2, {"stop": at(7)}, "Given: anakinra D+2 to D+7"),
        (2, {"stop": at(20)}, "Given: anakinra since D+2, still given"),
        (2, {"stop_unknown": True}, "Given: anakinra since D+2, last day not known"),
    ],
)
def test_that_an_episode_names_what_was_given_on_one_of_its_days(begun: int, end: dict[str, Any], words: str) -> None:
    ill = entry(8, kind="neuro", at=at(7, "08:30"), ice={**FULL, "writing": 0}, consciousness="awake")
    given = entry(9, kind="therapy", at=at(begun), agent="anakinra", intent="toxicity", **end)
    (episode,) = episodes([infusion(), ill, given])
    assert episode.words.endswith(words)


def test_that_the_card_asks_what_the_signs_leave_open() -> None:
    signs = {"temp_c": 39.0, "oxygen": "positive_pressure", "hypotension": False}
    found = opened([infusion(), entry(8, kind="vitals", at=at(6, "20:00"), **signs)]).assessment.crs
    assert "Is the positive pressure for hypoxia?" in str(standing("CRS", found, AsOf(NOW.date(), NOW), "ASTCT 2019"))


def test_that_fever_alone_is_not_told_as_a_fall() -> None:
    worse = entry(8, kind="vitals", at=at(6, "20:00"), temp_c=39.0, hypotension=True, oxygen="low_flow")
    fever = entry(9, kind="vitals", at=at(7, "06:00"), temp_c=39.1)
    found = opened([infusion(), worse, fever]).assessment.crs
    shown = standing("CRS", found, AsOf(NOW.date(), NOW), "ASTCT 2019")
    assert shown.moved is None
    assert "CRS at least grade 1" in str(shown)
    assert "falling" not in str(shown)


def test_that_grade_0_throughout_is_said_and_only_of_what_could_be_told() -> None:
    def said(*entries: AnyEntry) -> str:
        found = opened([infusion(), *entries]).assessment.crs
        return str(standing("CRS", found, AsOf(NOW.date(), NOW), "ASTCT 2019"))

    well = entry(8, kind="vitals", at=at(6, "20:00"), temp_c=37.2, hypotension=False, oxygen="none")
    untold = entry(9, kind="vitals", at=at(5, "20:00"), sbp=110.0)
    assert "Grade 0 on every assessed day." in said(well)
    assert "Grade 0 whenever it could be told." in said(well, untold)


def test_that_an_override_stands_beside_the_proposed_grade() -> None:
    found = assessment_lines(opened(alarming_course()).assessment, NOW.date())
    (overridden,) = [line for line in found if line.entry == ID.format(171)]
    assert overridden.grade == 1
    assert f"Set by a physician; proposed was grade 2. Reason: {REASON}" in overridden.words


@pytest.mark.parametrize(
    ("then", "words"),
    [("2020-07-31T08:00:00+02:00", "1 h 41 min ago"), ("2020-07-31", "today"), ("2020-07-29", "2 d ago")],
)
def test_that_the_time_since_the_last_assessment_is_said(then: str, words: str) -> None:
    assert ago_words(At.parse(then), AsOf(NOW.date(), NOW)) == words


def test_that_the_cards_say_where_both_toxicities_stand(view: ToxicityView) -> None:
    crs_card, icans_card = [card.accessibleName() for card in view.side.findChildren(StandingCard)]
    assert crs_card.startswith("CRS grade 4, rising")
    assert "31 min ago" in crs_card.replace("\u00a0", " ")
    assert "Before infusion ICE 10" in icans_card


def test_that_never_assessed_is_said_and_is_no_grade(view: ToxicityView) -> None:
    view.show_opened(opened([infusion()]))
    cards = [card.accessibleName() for card in view.side.findChildren(StandingCard)]
    assert all("not assessed" in card for card in cards)
    assert not view.alerts.isVisible()


def test_that_alerts_stand_above_and_lead_to_their_entry(view: ToxicityView, qtbot: QtBot) -> None:
    names = [alert.accessibleName() for alert in view.alerts.shown]
    assert names[0].startswith("Warning: CRS grade 4, rising")
    assert "the centre's protocol" in view.alerts.guide.text()
    with qtbot.waitSignal(view.entry_opened) as opened_entry:
        view.alerts.shown[0].link.click()
    assert opened_entry.args == [ID.format(500)]


def test_that_the_focus_day_lists_its_assessments_and_enter_opens_the_entry(
    view: ToxicityView, press: Press, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Left)
    row = next(row for row in view.side.rows if row.line.scale)
    assert row.line.words.startswith("20:00 CRS grade 2")
    qtbot.waitUntil(row.isVisible)
    row.setFocus()
    with qtbot.waitSignal(view.entry_opened) as opened_entry:
        press(Qt.Key.Key_Return)
    assert opened_entry.args == [ID.format(162)]


def test_that_the_arrows_go_from_row_to_row(view: ToxicityView, press: Press) -> None:
    view.side.rows[0].setFocus()
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is view.side.rows[1]
    press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is view.side.rows[0]


def test_that_g_asks_for_another_grade_of_the_focused_assessment(
    view: ToxicityView, press: Press, qtbot: QtBot
) -> None:
    next(row for row in view.side.rows if row.line.entry == ID.format(171)).setFocus()
    with qtbot.waitSignal(view.grade_asked) as asked:
        press("g")
    assert asked.args == [ID.format(171), "crs"]


def test_that_whoever_may_set_no_grade_is_told_why(qtbot: QtBot) -> None:
    view = ToxicityView(CriteriaWords(knowledge()), may_grade=lambda: "that is for physicians")
    qtbot.addWidget(view)
    view.show_opened(opened(typical_course()))
    (grade,) = [one for one in view.actions_offered() if one.id == "toxicity.grade"]
    assert grade.refusal() == "that is for physicians"
    view.show_opened(opened([infusion()]))
    assert grade.refusal() == "nothing was graded on this day"


def test_that_the_parts_of_the_course_are_shown(view: ToxicityView) -> None:
    state, day0 = timeline(view).state, date(2020, 7, 24)
    assert state.axis is not None
    assert state.visible.low == state.axis.at(day0)
    view.show_part(LAST)
    assert state.visible.high - state.visible.low == pytest.approx(3)
    assert state.visible.low == state.axis.at(NOW.date() - timedelta(days=2))
    view.show_part(WHOLE)
    assert state.visible.low == 0
    view.show_part(DAY0)
    assert state.visible.low == state.axis.at(day0)


def test_that_day_0_and_now_stand_at_their_times(view: ToxicityView) -> None:
    state = timeline(view).state
    assert state.day0_x == pytest.approx(state.pixel(date(2020, 7, 24)) + state.day_wide / 2)
    assert state.focus_x == pytest.approx(state.pixel(NOW.date(), (9 * 60 + 41) / 1440))


def test_that_a_click_on_a_box_opens_the_entry(view: ToxicityView, qtbot: QtBot) -> None:
    pane, state = timeline(view).lanes_pane, timeline(view).state
    middle = QPoint(round(state.pixel(date(2020, 7, 30), 0.5)), 18)
    with qtbot.waitSignal(view.entry_opened) as opened_entry:
        QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=middle)
    assert opened_entry.args == [ID.format(160)]


def test_that_another_patient_finds_nothing_left(view: ToxicityView) -> None:
    view.clear()
    assert view.side.rows == []
    assert view.side.findChildren(StandingCard) == []
    assert view.alerts.shown == []
    assert timeline(view).lanes == ()
    assert view.bar.sentence.text() == ""


def test_that_every_row_says_its_words_and_where_it_leads(view: ToxicityView) -> None:
    assert view.side.rows
    assert all(row.accessibleName() and row.accessibleDescription() for row in view.side.rows)
