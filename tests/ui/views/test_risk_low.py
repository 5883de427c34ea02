"""Tests of the risk view with little height, as at 200 % on a small screen: head and columns scroll as one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.frame import Frame
from bedside.ui.risk.view import LOW, RiskView
from bedside.ui.view import SMALLEST_VIEW, View, ViewEntry
from tests.ui.views.conftest import Press


@pytest.fixture
def low(risk: RiskView, qtbot: QtBot) -> RiskView:
    """The risk view as high as a small screen leaves it at 200 %."""
    risk.resize(960, 280)
    qtbot.waitUntil(lambda: risk.page.verticalScrollBar().maximum() > 0)
    return risk


def is_whole_in_sight(risk: RiskView, widget: QWidget) -> bool:
    port = risk.page.viewport()
    top = widget.mapTo(port, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= port.height()


def bars(risk: RiskView) -> list[int]:
    return [area.verticalScrollBar().maximum() for area in (risk.area, risk.side_area)]


def test_that_nothing_scrolls_inside_the_page_that_scrolls(low: RiskView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bars(low) == [0, 0])


def test_that_each_criterion_comes_whole_into_sight(low: RiskView, press: Press) -> None:
    for _ in low.rows:
        press(Qt.Key.Key_Down)
        assert is_whole_in_sight(low, low.focused_row())


def test_that_a_section_that_is_opened_stands_whole_too(low: RiskView, qtbot: QtBot) -> None:
    section = next(one for one in low.side.sections if not one.is_open)
    section.head.click()
    assert section.is_open
    qtbot.waitUntil(lambda: bars(low) == [0, 0])


def test_that_with_room_the_columns_scroll_under_their_heads(low: RiskView, qtbot: QtBot) -> None:
    low.resize(960, LOW)
    qtbot.waitUntil(lambda: low.page.verticalScrollBar().maximum() == 0)
    assert low.area.verticalScrollBar().maximum() > 0


def test_that_the_frame_scrolls_a_view_that_cannot_and_leaves_one_that_can(risk: RiskView, qtbot: QtBot) -> None:
    other, frame = View(), Frame()
    other.setMinimumSize(*SMALLEST_VIEW)
    qtbot.addWidget(frame)
    frame.resize(960, 400)
    frame.set_views([ViewEntry("risk", "Risk", lambda: risk), ViewEntry("other", "Other", lambda: other)])
    with qtbot.waitExposed(frame):
        frame.show()
    bar = frame.room.verticalScrollBar()
    for view in ("other", "risk", "other"):
        frame.show_view(view)
        qtbot.waitUntil(lambda: (bar.maximum() > 0) == (frame.current_view is other))
    frame.close_views()
