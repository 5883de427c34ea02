"""Tests that a value beyond what was measured is hollow, points to where it lies, and no solid line leads to it."""

from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from bedside.ui import theme
from bedside.ui.overview.plots import Graphics, TrackPlot
from bedside.ui.overview.state import TimelineState
from tests.samples.counts import DAY0, entry, opened_counts
from tests.ui.counts.conftest import Counts
from tests.ui.views.conftest import shown_overview, timeline_of

ROWS = range(-7, 8)


class Drawn:
    """A picture of the ferritin of a course, measured and then beyond what the laboratory measures, or not."""

    def __init__(self, graphics: Graphics, state: TimelineState) -> None:
        self._state = state
        self.plot: TrackPlot = next(one for one in graphics.plots if one.track.name == "Ferritin")
        self.picture: QImage = graphics.grab().toImage()
        self.points = [self._point(place) for place in (0, 1)]
        self.colour = theme.current().colour("s1")

    def _point(self, place: int) -> QPointF:
        assert self._state.axis is not None
        value = self.plot.track.series[0].values[place]
        at = self.plot.box.mapViewToScene(QPointF(self._state.axis.at(value.on) + value.part, value.number))
        return QPointF(at.x(), at.y()) * self.picture.devicePixelRatio()

    def pixel(self, x: float, y: float) -> QColor:
        return self.picture.pixelColor(round(x), round(y))

    def is_hollow(self, place: int) -> bool:
        point = self.points[place]
        return self.pixel(point.x(), point.y() + 1) != self.colour

    def joined(self) -> float:
        """Which share of the way from one point to the next is drawn."""
        start, end = (round(point.x()) for point in self.points)
        level = self.points[0].y()
        sheet = theme.current().colour("sheet").lightness()
        dark = [min(self.pixel(x, level + row).lightness() for row in (-1, 0, 1)) for x in range(start + 8, end - 8)]
        return sum(one < sheet - 60 for one in dark) / len(dark)

    def widths(self, place: int) -> list[int]:
        """How wide the marker is, row by row from above."""
        point, found = self.points[place], []
        for row in ROWS:
            marked = [x for x in range(-6, 7) if self.pixel(point.x() + x, point.y() + row).lightness() < 190]
            found.append(max(marked) - min(marked) if marked else 0)
        return found


def course(sign: str) -> Any:
    second: dict[str, Any] = {"ferritin": 20000.0} | ({"censored": {"ferritin": sign}} if sign else {})
    entries = [entry(2, 2, kind="chemistry", ferritin=20000.0), entry(3, 40, kind="chemistry", **second)]
    return [entry(1, 0, kind="infusion", product="tisagenlecleucel"), *entries]


def overview(qtbot: QtBot, sign: str) -> Drawn:
    view = shown_overview(qtbot, opened_counts(course(sign), "2020-10-20"))
    timeline_of(view).state.focus_on(DAY0)
    return Drawn(timeline_of(view).tracks_pane.graphics, timeline_of(view).state)


def test_that_a_measured_value_is_filled_and_joined(qtbot: QtBot) -> None:
    drawn = overview(qtbot, "")
    assert not drawn.is_hollow(1)
    assert drawn.joined() == 1


@pytest.mark.parametrize("sign", "<>")
def test_that_one_beyond_what_was_measured_is_hollow_and_points_to_where_it_lies(sign: str, qtbot: QtBot) -> None:
    drawn = overview(qtbot, sign)
    assert not drawn.is_hollow(0)
    assert drawn.is_hollow(1)
    assert drawn.joined() < 0.6
    widths = [one for one in drawn.widths(1) if one]
    assert (widths[0] < widths[-1]) == (sign == ">")


def test_that_the_trends_beside_the_counts_draw_it_alike(qtbot: QtBot) -> None:
    counts = Counts(qtbot, course(">"), day="2020-10-20")
    counts.view.side.state.focus_on(DAY0)
    drawn = Drawn(counts.view.side.panes()[1].graphics, counts.view.side.state)
    assert drawn.is_hollow(1)
    counts.frame.close_views()
