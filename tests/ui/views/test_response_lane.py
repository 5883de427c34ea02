"""Tests of the lane of the response above blasts and MRD: what was judged and derived, how long, and what ends it."""

from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.ui.criteria import CriteriaWords
from bedside.ui.marrow.response_lane import response_lane
from bedside.ui.marrow.view import MarrowView
from bedside.ui.overview.course import facts_of
from bedside.ui.overview.lanes import Lane, Shape
from bedside.ui.overview.state import LEFT
from tests.charts import Fields, chart, entry, infusion, marrow, number_of, on, relapse
from tests.samples.index_case import knowledge, opened_chart


def judged(day: int, response: str = "cr") -> Fields:
    return entry("remission", day, response=response)


def lane(*entries: Fields, when: int = 200) -> Lane:
    return response_lane(facts_of(opened_chart(chart([infusion(0), *entries]), on(when)), knowledge()))


def told(*entries: Fields, when: int = 200) -> list[tuple[Shape, str, str, str]]:
    """Shape, words, first and last day of what lies on the lane."""
    items = lane(*entries, when=when).items
    return [(one.shape, f"{one.strong} {one.soft}", one.start.isoformat(), one.end.isoformat()) for one in items]


def mark(shape: Shape, words: str, day: int) -> tuple[Shape, str, str, str]:
    return (shape, words, on(day), on(day))


def shown(qtbot: QtBot, *entries: Fields, when: int = 200) -> MarrowView:
    view = MarrowView(CriteriaWords(knowledge()))
    qtbot.addWidget(view)
    view.resize(1280, 640)
    with qtbot.waitExposed(view):
        view.show()
    view.show_opened(opened_chart(chart([infusion(0), *entries]), on(when)))
    return view


def test_that_every_judgement_and_relapse_stands_on_its_date() -> None:
    assert told(judged(-40, "no_response"), judged(29, "cri"), judged(90), relapse(180, "marrow", "cns")) == [
        mark(Shape.FALL, "no response as judged", -40),
        mark(Shape.DISC, "CRi as judged", 29),
        mark(Shape.DISC, "CR as judged", 90),
        mark(Shape.FALL, "relapse marrow and CNS", 180),
    ]


def test_that_the_same_remission_judged_again_is_one_span_up_to_the_last_judgement_and_not_to_now() -> None:
    assert told(judged(28), judged(90)) == [(Shape.SPAN, "CR as judged", on(28), on(90))]
    assert lane(judged(28), judged(90)).items[0].entries == (number_of(1), number_of(2))


@pytest.mark.parametrize(
    ("between", "spans"),
    [
        (marrow(60, 4.9), 1),
        (marrow(60, 5), 0),
        (marrow(60, None), 1),
        (marrow(20, 5), 1),
        (marrow(28, 5), 0),
        (marrow(90, 5), 0),
        (marrow(91, 5), 1),
        (relapse(60), 0),
        (infusion(60, role="reinfusion"), 0),
        (judged(60, "cri"), 0),
    ],
)
def test_that_a_span_ends_where_something_speaks_against_it(between: Fields, spans: int) -> None:
    found = [one for one in told(judged(28), between, judged(90)) if one[0] is Shape.SPAN and "CR " in one[1]]
    assert len(found) == spans


@pytest.mark.parametrize(
    ("blasts", "expected"),
    [
        (4.9, [(Shape.DISC, "remission by blasts, day 28")]),
        (5, [(Shape.FALL, "no response by blasts, day 28")]),
        (None, []),
    ],
)
def test_that_what_the_rules_derive_of_day_28_stands_there_without_a_judgement(
    blasts: float | None, expected: list[tuple[Shape, str]]
) -> None:
    assert [(shape, words) for shape, words, _first, _last in told(marrow(30, blasts))] == expected


@pytest.mark.parametrize(("day", "stands"), [(20, False), (21, True), (42, True), (43, False)])
def test_that_only_a_marrow_of_the_window_of_day_28_gives_it(day: int, stands: bool) -> None:
    assert bool(told(marrow(day, 0))) is stands


def test_that_a_judgement_of_the_window_is_not_told_twice() -> None:
    assert told(marrow(28, 0), judged(29)) == [mark(Shape.DISC, "CR as judged", 29)]
    assert told(judged(29, "no_response")) == [mark(Shape.FALL, "no response as judged", 29)]


def test_that_a_judgement_against_the_marrow_is_a_conflict_and_not_a_remission_alone() -> None:
    items = lane(marrow(28, 30), judged(29)).items
    assert [(one.shape, one.strong) for one in items] == [(Shape.DISC, "CR"), (Shape.UNSURE, "not known")]
    assert "conflict: CR as judged" in items[1].said


def test_that_contested_judgements_stand_on_day_28_as_not_known() -> None:
    wrong = {**judged(30), "id": number_of(70)}
    again = [
        {**judged(30, response), "id": number_of(place), "supersedes": number_of(70), "reason": "typed wrongly"}
        for place, response in ((71, "cri"), (72, "no_response"))
    ]
    (item,) = lane(wrong, *again).items
    assert (item.shape, item.start.isoformat(), item.soft) == (Shape.UNSURE, on(28), "conflict, day 28")
    assert set(item.entries) == {number_of(71), number_of(72)}


def test_that_an_empty_lane_says_that_nothing_is_recorded() -> None:
    assert (lane().items, lane().empty) == ((), "not recorded")


def test_that_the_lane_is_read_aloud_and_what_is_pressed_on_it_is_opened(qtbot: QtBot) -> None:
    view = shown(qtbot, judged(28), judged(90), relapse(150))
    assert "Response: 29-Jun-2020: Response: CR; 30-Aug-2020: Response: CR" in view.response.accessibleName()
    qtbot.waitUntil(lambda: view.response.height() > 0 and view.response.width() > LEFT)
    middle = 4 + 21 / 2
    for day, ids in ((120, None), (150, (number_of(3),))):
        point = QPointF(view.state.pixel(date.fromisoformat(on(day))), middle)
        item = view.response.item_at(point)
        assert (None if item is None else item.entries) == ids
    with qtbot.waitSignal(view.entries_opened) as asked:
        at = QPointF(view.state.pixel(date.fromisoformat(on(60))), middle).toPoint()
        QTest.mouseClick(view.response, Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [(number_of(1), number_of(2))]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (27, "not recorded so far"),
        (28, "remission by blasts, day 28  29-Jun-2020"),
        (149, "remission by blasts, day 28  29-Jun-2020"),
        (150, "relapse marrow  29-Oct-2020"),
    ],
)
def test_that_the_response_known_on_the_focus_date_stands_first_beside_the_plots(
    day: int, words: str, qtbot: QtBot
) -> None:
    view = shown(qtbot, marrow(28, 0), relapse(150))
    view.state.focus_on(date.fromisoformat(on(day)))
    part = next(one for one in view.side.parts if one.section.head.startswith("Known on"))
    said = part.rows[0].accessibleName().replace("\u2011", "-").replace("\u00a0", " ")
    assert said == f"Response {words}"


def test_that_nothing_of_the_patient_stays_on_the_lane(qtbot: QtBot) -> None:
    view = shown(qtbot, judged(28))
    view.clear()
    assert view.response.accessibleName() == ""
    assert view.response.item_at(QPointF(400, 14)) is None


def test_that_a_fact_that_rests_on_several_entries_leads_by_key_to_all_of_them(qtbot: QtBot) -> None:
    view = shown(qtbot, marrow(28, 30), judged(29))
    part = next(one for one in view.side.parts if one.section.head.startswith("Known on"))
    row = part.rows[0]
    assert row.accessibleName().startswith("Response not known conflict, day 28")
    with qtbot.waitSignal(view.entries_opened) as asked:
        QTest.keyClick(row, Qt.Key.Key_Return)
    assert asked.args == [(number_of(2), number_of(1))]
