"""Tests of CD19⁺ cells that are given in per cent alone: beneath the scale of counts, in words, and never left out."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from bedside.ui.criteria import CriteriaWords
from bedside.ui.marrow.level_paint import FLOOR
from bedside.ui.marrow.levels import Level, levels_of
from bedside.ui.marrow.view import MarrowView
from bedside.ui.overview.course import facts_of
from tests.charts import Fields, chart, infusion, on, subset
from tests.samples.index_case import knowledge, opened_chart


def level(*entries: Fields, when: int = 120) -> Level:
    return levels_of(facts_of(opened_chart(chart([infusion(0), *entries]), on(when)), knowledge()))[1]


def shown(qtbot: QtBot, *entries: Fields) -> MarrowView:
    view = MarrowView(CriteriaWords(knowledge()))
    qtbot.addWidget(view)
    view.resize(1280, 640)
    with qtbot.waitExposed(view):
        view.show()
    view.show_opened(opened_chart(chart([infusion(0), *entries]), on(120)))
    return view


def test_that_a_share_has_no_place_on_the_scale_and_keeps_its_words() -> None:
    found = level(subset(28), subset(56, None, 2.5), subset(84, None, 0, censored=None))
    count, share = found.series
    assert [mark.value for mark in count.marks] == [0]
    assert [(mark.words, mark.value, mark.hollow) for mark in share.marks] == [
        ("2.5\u00a0% of lymphocytes", None, True),
        ("0\u00a0% of lymphocytes", None, True),
    ]
    assert found.floor == "only in %"


def test_that_a_share_below_a_limit_keeps_its_sign() -> None:
    (mark,) = level(subset(28, None, 0.1, censored={"cd19_pct": "<"})).series[1].marks
    assert mark.words == "<0.1\u00a0% of lymphocytes"


@pytest.mark.parametrize("entries", [[], [subset(28, 5)], [subset(28, 5, 0.4)]])
def test_that_without_one_given_in_per_cent_alone_there_is_no_row_of_them(entries: list[Fields]) -> None:
    found = level(*entries)
    assert (len(found.series), found.series[0].name, found.floor) == (1, "CD19⁺", "")


def test_that_the_mark_lies_beneath_the_scale_on_its_date_with_its_words_beside_it(qtbot: QtBot) -> None:
    view = shown(qtbot, subset(28), subset(56, None, 2.5))
    plot = view.pane.plots()[1]
    (mark,) = plot.level.series[1].marks
    place = plot.place(mark)
    assert place.y() == plot.room.bottom() + FLOOR
    assert place.x() == view.state.pixel(date.fromisoformat(on(56)))
    ((box, words),) = plot.on_floor()
    assert words == "2.5\u00a0% of lymphocytes"
    assert not any(box.intersects(other) for other in plot.taken())
    assert view.pane.plots()[2].room.top() > box.bottom()
    assert view.pane.mark_at(place) == mark


def test_that_words_that_have_no_room_are_left_to_the_newest_and_none_covers_another(qtbot: QtBot) -> None:
    view = shown(qtbot, *(subset(day, None, day / 100) for day in range(30, 110, 5)))
    plot = view.pane.plots()[1]
    boxes = plot.on_floor()
    assert boxes[0][1] == "1.05\u00a0% of lymphocytes"
    for number, (box, _words) in enumerate(boxes):
        assert not any(box.intersects(other) for other, _said in boxes[:number])


def test_that_it_is_named_among_what_is_known_and_read_aloud(qtbot: QtBot) -> None:
    view = shown(qtbot, subset(56, None, 2.5))
    part = next(one for one in view.side.parts if one.section.head.startswith("Known on"))
    said = [row.accessibleName().replace("\u2011", "-").replace("\u00a0", " ") for row in part.rows]
    assert "CD19⁺ share 2.5 % of lymphocytes  27-Jul-2020" in said
    assert "CD19⁺ count not recorded so far" in said
    assert "2.5\u00a0% of lymphocytes on 2020-07-27" in view.pane.accessibleName()
