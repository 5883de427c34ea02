"""Tests of the curves: after another patient, another part of the course or a scroll every point in view is drawn."""

from typing import Any

import pytest
from pyqtgraph import GraphicsObject
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bedside.ui.overview.curve import Curve
from bedside.ui.overview.plots import Graphics, Overlay
from bedside.ui.overview.stamps import Stamps
from tests.samples import toxicity
from tests.samples.counts import long_course, opened_counts
from tests.samples.index_case import opened
from tests.sent_keys import send_keys
from tests.ui.counts.conftest import Counts
from tests.ui.views.conftest import shown_overview, timeline_of


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many points each painted curve has drawn, the newest last."""
    counts: list[int] = []
    draw = Stamps.draw

    def count(stamps: Stamps, painter: Any, picture: Any, x: Any, y: Any) -> None:
        counts.append(len(x))
        draw(stamps, painter, picture, x, y)

    monkeypatch.setattr(Stamps, "draw", count)
    return counts


def outdated(graphics: Graphics) -> list[GraphicsObject]:
    """What takes another part of the course for the one in view than its plot does."""
    items = [item for item in graphics.scene().items() if isinstance(item, Curve | Overlay)]
    assert items
    return [item for item in items if item.viewRect().toAlignedRect() != item.getViewBox().viewRect().toAlignedRect()]


def test_that_a_longer_course_after_a_short_one_is_drawn_to_its_end(qtbot: QtBot, drawn: list[int]) -> None:
    view = shown_overview(qtbot, toxicity.opened(toxicity.fever_course()))
    graphics = timeline_of(view).tracks_pane.graphics
    graphics.grab()
    view.show_opened(opened_counts(long_course(400), "2021-03-01"))
    graphics.grab()
    drawn.clear()
    graphics.grab()
    assert outdated(graphics) == []
    assert sum(drawn) == sum(len(one.values) for plot in graphics.plots for one in plot.track.series)


def test_that_a_part_of_the_course_is_drawn_with_all_its_points(qtbot: QtBot) -> None:
    view = shown_overview(qtbot, opened())
    graphics = timeline_of(view).tracks_pane.graphics
    for part in (2, 1, 0):
        view.show_part(part)
        graphics.grab()
        assert outdated(graphics) == []


def test_that_the_trends_beside_the_counts_follow_a_scroll(qtbot: QtBot) -> None:
    counts = Counts(qtbot, long_course(60), day="2020-09-01")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        send_keys(key)
        counts.view.side.catch_up()
        for pane in counts.view.side.panes():
            pane.graphics.grab()
            assert outdated(pane.graphics) == []
    counts.frame.close_views()
