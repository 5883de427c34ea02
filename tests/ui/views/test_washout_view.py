"""Tests of therapy and wash-out as a widget: dates are tried by key, mouse and text, and nothing is stored by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.chart.enums import Milestone
from bedside.chart.moments import LAST_DAY
from bedside.service.planning import Planning, planning
from bedside.service.read import Opened
from bedside.ui.criteria import CriteriaWords
from bedside.ui.paragraph import plain
from bedside.ui.signs import Sign
from bedside.ui.washout.facts import agent_rows
from bedside.ui.washout.handle import DateHandle
from bedside.ui.washout.scale import LEAST_DAYS, scale_over
from bedside.ui.washout.tables import alternative_rows
from bedside.ui.washout.view import WashoutView
from bedside.ui.washout.words import date_status
from tests.samples.index_case import knowledge
from tests.samples.planner import COUNTS, PLANS, THERAPIES, before_apheresis, given
from tests.ui.views.conftest import Press

APHERESIS, INFUSION = Milestone.APHERESIS, Milestone.INFUSION


def plan(opened: Opened) -> Planning:
    return planning(opened, knowledge())


def shown_view(qtbot: QtBot, *fields: dict[str, Any]) -> WashoutView:
    view = WashoutView(CriteriaWords(knowledge()), plan, lambda: datetime(2020, 7, 31, 9, 41, tzinfo=UTC))
    qtbot.addWidget(view)
    view.resize(1280, 640)
    view.show_opened(before_apheresis(*fields))
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.entered()
    return view


@pytest.mark.parametrize(
    ("key", "modifier", "days"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, -1),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 7),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, -7),
    ],
)
def test_that_the_arrows_try_another_date(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, days: int) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    QTest.keyClick(view.chart.handles[APHERESIS], key, modifier)
    assert view.tried == {APHERESIS: date(2020, 8, 14) + timedelta(days=days)}
    assert "nothing is stored" in view.note()


def test_that_escape_puts_the_recorded_date_back(qtbot: QtBot, press: Press) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Escape)
    assert (view.tried, view.dates[APHERESIS]) == ({}, date(2020, 8, 14))


@pytest.mark.parametrize(
    ("typed", "day"), [("+7d", date(2020, 8, 21)), ("21.8.20", date(2020, 8, 21)), ("-2w", date(2020, 7, 31))]
)
def test_that_a_typed_date_is_tried_from_the_one_that_is_shown(
    qtbot: QtBot, press: Press, typed: str, day: date
) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    view.cells[APHERESIS].box.setFocus()
    press(typed)
    press(Qt.Key.Key_Return)
    assert view.tried == {APHERESIS: day}


def test_that_what_is_no_date_is_refused_beside_the_box_and_stays_typed(qtbot: QtBot, press: Press) -> None:
    view = shown_view(qtbot, *PLANS)
    view.cells[APHERESIS].box.setFocus()
    press("31.6.20")
    press(Qt.Key.Key_Return)
    assert view.tried == {}
    assert "no such date" in view.cells[APHERESIS].under.accessibleName()
    assert view.cells[APHERESIS].box.text() == "31.6.20"


def test_that_a_handle_that_is_dragged_follows_the_mouse_to_the_nearest_day(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    handle, scale = view.chart.handles[APHERESIS], view.chart.scale
    assert scale is not None
    middle = QPoint(handle.width() // 2, 4)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    view.chart.handles[APHERESIS].dragged.emit(scale.x(date(2020, 8, 19)) + scale.per_day * 0.4)
    assert view.tried == {APHERESIS: date(2020, 8, 19)}


def drag(handle: DateHandle, start: int, by: float) -> None:
    """The mouse takes a handle at a place of its own, and moves by so many pixels of the chart."""
    place = QPointF(start, 4)
    at = handle.mapToParent(place) + QPointF(by, 0)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.toPoint())
    handle.dragged.emit(at.x())


@pytest.mark.parametrize("place", [1, 60, 120])
def test_that_a_handle_keeps_its_distance_to_the_mouse_wherever_it_is_taken(qtbot: QtBot, place: int) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    handle, scale = view.chart.handles[APHERESIS], view.chart.scale
    assert scale is not None
    drag(handle, place, 1)
    assert view.tried == {}
    handle.dragged.emit(handle.mapToParent(QPointF(place, 4)).x() + 3 * scale.per_day)
    assert view.tried == {APHERESIS: date(2020, 8, 17)}


def test_that_the_scale_rests_while_a_date_is_dragged_and_makes_room_afterwards(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    handle, scale = view.chart.handles[INFUSION], view.chart.scale
    assert scale is not None
    mouse = handle.mapToParent(QPointF(40, 4)).x() + 20 * scale.per_day
    drag(handle, 40, 20 * scale.per_day)
    tried = date(2020, 10, 15)
    assert view.dates[INFUSION] == tried
    assert view.chart.scale == scale
    handle.dragged.emit(mouse)
    assert view.dates[INFUSION] == tried
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert view.dates[INFUSION] == tried
    assert view.chart.scale is not None
    assert view.chart.scale.last > scale.last


def test_that_what_took_place_cannot_be_moved(qtbot: QtBot) -> None:
    view = shown_view(qtbot, {"kind": "apheresis", "at": "2020-07-15"}, PLANS[1], *THERAPIES)
    assert view.chart.handles[APHERESIS].isHidden()
    view.try_date(APHERESIS, date(2020, 8, 1))
    assert view.tried == {}
    assert view.chart.handles[INFUSION].hasFocus()


def test_that_recording_hands_over_the_date_that_is_shown(qtbot: QtBot, press: Press) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    press(Qt.Key.Key_Right)
    with qtbot.waitSignal(view.plan_asked) as asked:
        view.record_date()
    assert asked.args == [APHERESIS, date(2020, 8, 15)]


def test_that_a_patient_without_a_plan_is_looked_at_as_if_today_and_says_so(qtbot: QtBot, press: Press) -> None:
    view = shown_view(qtbot, *COUNTS, *THERAPIES)
    assert view.dates == {}
    assert "as if today" in view.cells[APHERESIS].under.accessibleName()
    assert view.cells[APHERESIS].chip.words == "4 conflicts"
    assert view.hasFocus()
    press(Qt.Key.Key_Plus)
    assert view.cells[APHERESIS].box.hasFocus()
    QTest.keyClicks(view.cells[APHERESIS].box, "7d")
    QTest.keyClick(view.cells[APHERESIS].box, Qt.Key.Key_Return)
    assert view.tried == {APHERESIS: date(2020, 8, 7)}
    assert view.chart.handles[APHERESIS].hasFocus()


def test_that_a_figure_on_a_handle_begins_its_date_and_escape_leaves_the_box(qtbot: QtBot, press: Press) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    view.chart.handles[INFUSION].setFocus()
    press(Qt.Key.Key_2)
    assert view.cells[INFUSION].box.text() == "2"
    press(Qt.Key.Key_Escape)
    assert view.cells[INFUSION].box.text() == ""
    assert view.chart.handles[APHERESIS].hasFocus()
    assert view.tried == {}


def test_that_handles_of_near_dates_stand_beside_each_other(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    for day in (date(2020, 8, 14), date(2020, 8, 20), date(2020, 8, 1)):
        view.try_date(INFUSION, day)
        first, second = sorted(view.chart.handles.values(), key=lambda one: one.x())
        assert first.geometry().right() < second.x()
        assert second.geometry().right() <= sum(view.chart.strip)


def test_that_nothing_of_a_patient_is_left_after_forgetting(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    view.clear()
    assert (view.dates, view.chart.rows, view.chart.accessibleDescription()) == ({}, (), "")
    assert view.cells[APHERESIS].date.text() == ""
    assert view.silent.text() == ""


def test_that_the_gravest_agents_stand_first_and_those_long_clear_are_named_beneath(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    names = [row.agent for row in view.chart.rows]
    assert names[:3] == ["clofarabine", "dexamethasone", "pegaspargase"]
    assert "mitoxantrone" not in names
    assert "mitoxantrone" in view.silent.text()


def test_that_a_row_says_what_is_short_and_until_when_what_goes_on_may_be_given() -> None:
    held = plan(before_apheresis(*PLANS, *THERAPIES))
    rows = agent_rows(before_apheresis(*PLANS, *THERAPIES).journal.live, held.on({}), CriteriaWords(knowledge()))
    marks = {row.agent: row.mark for row in rows}
    assert marks["clofarabine"] == "7 d short, clear 21-Aug"
    assert marks["dexamethasone"] == "stop by 10-Aug for 14-Aug, 21-Sep for 25-Sep"
    assert marks["inotuzumab ozogamicin"] == "no interval given"
    assert marks["methotrexate"] == "clear 31-Jul for infusion"
    assert marks["cytarabine"] == "clear 11-Jul"


def test_that_an_agent_of_which_the_last_day_is_not_known_is_never_shown_as_clear() -> None:
    unknown = given("pegaspargase", "2020-06-20", None, stop_unknown=True)
    held = plan(before_apheresis(*PLANS, unknown))
    (row,) = agent_rows(before_apheresis(*PLANS, unknown).journal.live, held.on({}), CriteriaWords(knowledge()))
    assert row.under == "IV, last day not known"
    assert row.mark == "last day not known"
    assert all(verdict.alarming for verdict in row.verdicts)


@pytest.mark.parametrize(
    ("collected", "said"),
    [
        ("2020-07-27", "given through it, needs 14 d"),
        ("2020-07-28", "0 d of 14, 14 short"),
        ("2020-07-29", "1 d of 14, 13 short"),
    ],
)
def test_that_an_agent_given_on_after_the_cells_were_taken_says_so_and_counts_no_more_than_its_interval(
    collected: str, said: str
) -> None:
    opened = before_apheresis({"kind": "apheresis", "at": collected}, THERAPIES[5])
    (row,) = agent_rows(opened.journal.live, plan(opened).on({}), CriteriaWords(knowledge()))
    assert row.verdicts[0].words.replace("\u00a0", " ") == said
    assert row.mark == (
        "given through it, clear 11-Aug" if "through" in said else f"{said[-8:-6]} d short, clear 11-Aug"
    )


def test_that_an_agent_that_is_not_held_against_a_date_says_why() -> None:
    later = given("methotrexate", "2020-07-24", "2020-07-24", route="it")
    opened = before_apheresis({"kind": "apheresis", "at": "2020-07-15"}, PLANS[1], later, THERAPIES[0])
    rows = agent_rows(opened.journal.live, plan(opened).on({}), CriteriaWords(knowledge()))
    words = {row.agent: [verdict.words.replace("\u00a0", " ") for verdict in row.verdicts] for row in rows}
    assert words == {
        "clofarabine": ["19 d of 56, 37 short", "91 d of 56"],
        "methotrexate": ["given after it", "63 d of 7"],
    }


def test_that_the_other_agents_have_their_date_while_one_has_no_last_day(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    assert view.earliest.date.text() == "Not known"
    said = view.earliest.under.accessibleName().replace("\u2011", "-")
    assert "The others: 21-Aug-2020, clofarabine binds" in said
    assert view.chart.clear_from == (date(2020, 8, 21), "others clear")


@pytest.mark.parametrize(("tried", "said"), [("2020-09-24", False), ("2020-09-25", True), ("2020-10-21", True)])
def test_that_an_apheresis_that_is_not_before_the_infusion_says_so(qtbot: QtBot, tried: str, said: bool) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    view.try_date(APHERESIS, date.fromisoformat(tried))
    assert ("not before the infusion" in view.cells[APHERESIS].under.accessibleName()) is said
    assert "not before" not in view.cells[INFUSION].under.accessibleName()


def test_that_an_infusion_planned_after_cells_were_taken_is_in_order(qtbot: QtBot) -> None:
    view = shown_view(qtbot, {"kind": "apheresis", "at": "2020-07-29"}, PLANS[1], *COUNTS)
    view.try_date(INFUSION, date(2020, 7, 29))
    assert "not before" not in view.cells[APHERESIS].under.accessibleName()


def test_that_other_dates_say_until_when_what_is_still_given_may_be_given() -> None:
    opened = before_apheresis(*PLANS, THERAPIES[6])
    outlook = plan(opened).on({APHERESIS: date(2020, 8, 21)})
    ((_day, _sign, line),) = alternative_rows([outlook], APHERESIS)
    assert plain((line,)).replace("\u2011", "-") == "dexamethasone unless stopped by 17-Aug-2020"


def test_that_an_interval_shorter_than_preferred_is_a_caution_and_not_without_conflict(qtbot: QtBot) -> None:
    steroid = given("dexamethasone", "2020-07-01", "2020-07-28", route="po")
    found = plan(before_apheresis(*PLANS, steroid)).on({APHERESIS: date(2020, 7, 31)})
    assert [row.status.value for row in found.washout if row.milestone == APHERESIS] == ["caution"]
    assert date_status(APHERESIS, found) == (Sign.CAUTION, "1 caution")
    view = shown_view(qtbot, *PLANS, *COUNTS, steroid)
    assert view.cells[APHERESIS].chip.words == "no agent in conflict"
    view.try_date(APHERESIS, date(2020, 7, 31))
    assert view.cells[APHERESIS].chip.words == "1 caution"
    assert "dexamethasone" in view.cells[APHERESIS].under.accessibleName()


@pytest.mark.parametrize("width", [640, 960, 1280])
def test_that_no_caption_of_a_date_is_cut(qtbot: QtBot, width: int) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    view.resize(width, 640)
    qtbot.waitUntil(lambda: view.earliest.width() < width / 2)
    cells = (*view.cells.values(), view.earliest)
    assert all(cell.geometry().right() < width for cell in cells)
    captions = [cell.caption for cell in cells]
    assert all(one.height() >= one.heightForWidth(one.width()) for one in captions)
    assert width < 1280 or len({cell.date.y() for cell in cells}) == 1


def test_that_a_date_is_not_all_clear_while_an_agent_has_no_interval(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES[:6])
    infusion = view.cells[INFUSION]
    assert infusion.chip.words == "2 not judged"
    said = "Clear where an interval is known; none given for inotuzumab ozogamicin, vincristine"
    assert said in infusion.under.accessibleName()
    assert view.earliest.caption.text() == "Earliest date on which every agent with an interval is clear"
    outlook = plan(before_apheresis(*PLANS, *THERAPIES[:6])).on({INFUSION: date(2020, 9, 25)})
    assert date_status(INFUSION, outlook) == (Sign.NO_INTERVAL, "2 not judged")
    ((_day, sign, line),) = alternative_rows([outlook], INFUSION)
    assert sign == (Sign.NO_INTERVAL, "none")
    assert plain((line,)) == "every agent with an interval is clear; 2 not judged"


@pytest.mark.parametrize("today", [date(2020, 2, 29), date(2020, 12, 31)])
def test_that_the_scale_shows_every_date_and_finds_its_days_again(today: date) -> None:
    days = [today + timedelta(days=30), today + timedelta(days=90)]
    scale = scale_over([today - timedelta(days=4000)], days, today)
    assert scale.first <= today < days[-1] <= scale.last
    assert (scale.last - scale.first).days >= LEAST_DAYS
    assert [scale.day(scale.x(day)) for day in (today, *days)] == [today, *days]


def test_that_recording_one_date_leaves_the_other_that_is_tried(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    apheresis, infusion = (view.dates[one] + timedelta(days=7) for one in (APHERESIS, INFUSION))
    view.try_date(APHERESIS, apheresis)
    view.try_date(INFUSION, infusion)
    newer = {"kind": "plan", "at": "2020-07-31", "milestone": "apheresis", "date": apheresis.isoformat()}
    view.show_opened(before_apheresis(*PLANS, *COUNTS, *THERAPIES, newer))
    assert view.tried == {INFUSION: infusion}
    assert view.dates[APHERESIS] == apheresis
    view.clear()
    view.show_opened(before_apheresis(*PLANS, *COUNTS, *THERAPIES))
    assert view.tried == {}


def test_that_a_date_at_the_end_of_the_calendar_can_be_tried() -> None:
    scale = scale_over([], [LAST_DAY], date(2020, 7, 31))
    assert scale.first < date(2020, 7, 31) < LAST_DAY <= scale.last


def test_that_every_therapy_is_listed_and_leads_to_its_entry(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, *THERAPIES)
    section = view.therapies.section
    assert section is not None
    assert len(section.rows) == len(THERAPIES)
    newest, oldest = section.rows[0], section.rows[-1]
    assert "methotrexate" in newest.accessibleName()
    assert "mitoxantrone" in oldest.accessibleName()
    assert any("dexamethasone  still given" in row.accessibleName() for row in section.rows)
    with qtbot.waitSignal(view.entry_opened) as opened:
        QTest.keyClick(oldest, Qt.Key.Key_Return)
    assert opened.args == list(oldest.fact.evidence)
    view.clear()
    assert view.therapies.section is None


def test_that_a_view_that_is_entered_before_its_patient_gives_the_keyboard_to_the_date(qtbot: QtBot) -> None:
    view = WashoutView(CriteriaWords(knowledge()), plan, lambda: datetime(2020, 7, 31, 9, 41, tzinfo=UTC))
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.entered()
    assert not view.cells[APHERESIS].box.hasFocus()
    view.show_opened(before_apheresis(*PLANS, *COUNTS, *THERAPIES))
    assert view.chart.handles[APHERESIS].hasFocus()
    view.clear()
    assert not view.cells[APHERESIS].box.hasFocus()


def test_that_a_chart_without_a_therapy_is_not_known_and_never_clear(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS)
    assert view.cells[APHERESIS].chip.words == "no such therapy recorded"
    assert view.earliest.date.text() == "Not known"
    complete = {"kind": "referral", "at": "2020-07-20", "indication": "first_relapse", "therapy_history": "complete"}
    view.show_opened(before_apheresis(*PLANS, *COUNTS, complete))
    assert view.cells[APHERESIS].chip.words == "no agent in conflict"
    assert view.earliest.date.text() == "No agent binds"


def test_that_an_agent_without_a_known_last_day_is_no_date_without_conflict(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *PLANS, *COUNTS, given("clofarabine", "2020-03-01", None, stop_unknown=True))
    assert view.cells[APHERESIS].chip.words == "1 not known"
