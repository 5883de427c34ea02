"""Owns the tracks under the lanes: one pyqtgraph view box each on the shared axis; imported when first shown."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from bedside.chart.formats import cells_text, number_text
from bedside.ui import theme
from bedside.ui.lettering import RIGHT, Run, draw_text
from bedside.ui.overview.canvas import Canvas
from bedside.ui.overview.curve import Curve, Stroke
from bedside.ui.overview.state import LEFT, NAMES_LEFT, TimelineState
from bedside.ui.overview.track_paint import draw_over, draw_under, track_words
from bedside.ui.overview.tracks import Series, Track, Value
from bedside.ui.paragraph import block_height, draw_block

AXIS_WIDTH, GAP, TOP = 40, 20, 10
SCALE_GAP = 5
"""How far the numbers of the y axes stand from the plots, in px."""
LONGEST = 100_000
REACH = 9
PAD = 0.07
SPOKEN_VALUES = 40
"""How many of the newest values of a track its accessible name tells."""


NOTHING = Track("", "", (), 1.0)


class TrackPlot:
    """One track: its plot, and what is painted under and over its curves; it shows one track after another."""

    def __init__(self, state: TimelineState) -> None:
        self.track = NOTHING
        self.state = state
        # A PlotItem would make five menus without a parent, and an AxisItem for three numbers takes longer than both.
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._curves: list[Curve] = []
        self.ground, self.words = Overlay(self, over=False), Overlay(self, over=True)
        for overlay in (self.ground, self.words):
            self.box.addItem(overlay, ignoreBounds=True)

    def show(self, track: Track) -> None:
        """Show a track on the axis of the state; `NOTHING` forgets the one before."""
        self.track = track
        if track is not NOTHING:
            room = PAD * (track.top - track.bottom)
            self.box.setYRange(track.bottom - room, track.top + room, padding=0)
        drawn = [series for series in track.series if series.values]
        while len(self._curves) < len(drawn):
            self._curves.append(Curve())
            self.box.addItem(self._curves[-1], ignoreBounds=True)
        for number, curve in enumerate(self._curves):
            self._fill(curve, drawn[number] if number < len(drawn) else None)

    def _fill(self, curve: Curve, series: Series | None) -> None:
        look, axis = theme.current(), self.state.axis
        if series is None or axis is None:
            curve.clear()
            return
        places = {day: axis.at(day) for day in {value.on for value in series.values}}
        x = [places[value.on] + value.part for value in series.values]
        y = np.clip([value.number for value in series.values], self.track.bottom, self.track.top)
        signs = [value.censor for value in series.values]
        stroke = Stroke(series.marker, look.hex(series.token), look.hex("ink"), look.hex("sheet"))
        curve.show_points(x, y, signs, stroke)

    def level(self, value: float) -> float:
        """How far below the upper edge of all plots a value stands, in px."""
        return float(self.box.mapViewToScene(QPointF(0, value)).y())

    def show_window(self) -> None:
        """Show the part of the axis that is in view."""
        self.box.setXRange(self.state.visible.low, self.state.visible.high, padding=0)
        self.ground.update()
        self.words.update()

    def value_at(self, point: QPointF) -> Value | None:
        """The value within 9 px of a point of the viewport."""
        box, axis = self.box, self.state.axis
        if axis is None:
            return None
        at, reach = box.mapSceneToView(point).x(), REACH * box.viewPixelSize()[0]
        first, last = axis.day(at - reach - 1), axis.day(at + reach)
        near: tuple[float, Value] | None = None
        for series in self.track.series:
            for value in series.between(first, last):
                where = box.mapViewToScene(QPointF(axis.at(value.on) + value.part, self.track.within(value.number)))
                distance = abs(where.x() - point.x()) + abs(where.y() - point.y())
                if distance <= REACH and (near is None or distance < near[0]):
                    near = distance, value
        return near[1] if near else None


class Overlay(pg.GraphicsObject):  # type: ignore[misc]
    """Paints in pixels: under the curves grid, shading and limits; over them lines, words and values."""

    def __init__(self, owner: TrackPlot, *, over: bool) -> None:
        super().__init__()
        self._owner = owner
        self._over = over
        self.setZValue(20 if over else -20)

    def boundingRect(self) -> QRectF:
        """All that is in view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The part in view moved."""
        self.prepareGeometryChange()
        super().viewTransformChanged()  # it forgets which part was in view

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Map the plot's corners to pixels once, then paint there."""
        transform = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        canvas = Canvas(painter, transform, self._owner.track, self._owner.state)
        (draw_over if self._over else draw_under)(canvas)
        painter.restore()


def scale_of(track: Track) -> list[tuple[float, Run]]:
    """The values that the y axis of a track names; one without the room for all its figures, which are another, is not.

    A hundred thousand and more stand as a power of ten.
    """
    words = {value: number_text(value) if value < LONGEST else cells_text(value) for value in track.grid}
    runs = [(value, Run(text, 11, 400, "ink2")) for value, text in words.items()]
    return [(value, run) for value, run in runs if run.width < AXIS_WIDTH]


class Graphics(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """The view of all plots; what runs through every one of them is painted here, in the gaps too."""

    def __init__(self, state: TimelineState, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.setBackground(None)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # a kept background would show the grid of the part before
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or what lies under it is painted too
        self.place_plots(TOP, GAP, GAP)
        self._pool: list[TrackPlot] = []
        self._heights: list[int] = []
        self.plots: Sequence[TrackPlot] = ()

    def place_plots(self, top: int, gap: int, bottom: int) -> None:
        """Set what stays free above the plots, between them and below them, in px."""
        self.ci.layout.setContentsMargins(AXIS_WIDTH, top, 0, bottom)
        self.ci.layout.setSpacing(0)
        self.ci.layout.setVerticalSpacing(gap)

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show these tracks one under the other; a plot takes longer to make than to fill, so they are used again."""
        while len(self._pool) < len(tracks):
            self._pool.append(TrackPlot(self._state))
        self.plots = self._pool[: len(tracks)]
        for number, plot in enumerate(self._pool):
            plot.show(tracks[number] if number < len(tracks) else NOTHING)
        heights = [track.height for track in tracks]
        if tracks and heights != self._heights:
            self._heights = heights
            self.clear()
            for row, plot in enumerate(self.plots):
                self.addItem(plot.box, row=row, col=0)
                self.ci.layout.setRowFixedHeight(row, plot.track.height)

    def settle(self) -> None:
        """Fill the pane, once its size is set.

        Emptied, the layout shrank to the first axis, and a pane that keeps its size never tells it to grow again.
        """
        self.ci.setGeometry(self.viewRect())

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """The sheet, what lies ahead, the grid of the axis."""
        look, state = theme.current(), self._state
        painter.fillRect(rect, look.colour("sheet"))
        if state.axis is None or state.facts is None:
            return
        ahead, right = max(self._x(state.as_of_x), AXIS_WIDTH), AXIS_WIDTH + state.width
        height = self.height()
        painter.fillRect(QRectF(ahead, 0, max(right - ahead, 0), height), look.colour("sheet2"))
        for tick in state.day_ticks() or state.month_ticks():
            x = round(self._x(state.visible.pixel(tick.at, LEFT, state.width)))
            painter.fillRect(QRectF(x, 0, 1, height), look.colour("grid"))
        for plot in self.plots:
            for value, run in scale_of(plot.track):
                end = max(AXIS_WIDTH - SCALE_GAP, run.width)  # 20 000 needs the room of the gap too
                draw_text(painter, QRectF(0, plot.level(value) - 8, end, 16), look, run, align=RIGHT)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Day 0 and the focus line."""
        state, look = self._state, theme.current()
        if state.axis is None:
            return
        lines = [(state.focus_x, "action")]
        for place, token in lines if state.day0 is None else [(state.day0_x, "ink"), *lines]:
            x = self._x(place)
            if AXIS_WIDTH - 1 <= x <= AXIS_WIDTH + state.width + 1:
                painter.fillRect(QRectF(round(x) - 0.5, 0, 1.6, self.height()), look.colour(token))

    def _x(self, pixel: float) -> float:
        return pixel - LEFT + AXIS_WIDTH


class TracksPane(QFrame):
    """All plots, one under the other, with their words at the left."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.graphics = Graphics(state, self)
        self._worded = state.focus
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)
        state.changed.connect(self.follow)

    def show_tracks(self, tracks: tuple[Track, ...]) -> None:
        """Show these tracks in place of the ones before."""
        self.graphics.show_tracks(tracks)
        self.setFixedHeight(TOP + sum(track.height + GAP for track in tracks))
        self.setAccessibleName("; ".join(_spoken(track) for track in tracks))
        self._place()
        self.graphics.settle()
        self.update()
        self.follow()

    def clear(self) -> None:
        """Forget the tracks; their room stays until the next ones stand in it."""
        self.graphics.show_tracks(())
        self.setAccessibleName("")
        self.graphics.viewport().update()
        self.update()

    def follow(self) -> None:
        """Show the part of the axis that is in view, and the words of the focus date where it is another one."""
        if self._state.axis is None:
            return
        self._place()
        for plot in self.graphics.plots:
            plot.show_window()
        self.graphics.scene().prepareForPaint()  # each plot takes its part in view now; while painting, it paints twice
        self.graphics.viewport().update()
        if self._worded != self._state.focus:
            self._worded = self._state.focus
            self.update()

    def _place(self) -> None:
        width = round(AXIS_WIDTH + self._state.width)
        self.graphics.setGeometry(LEFT - AXIS_WIDTH, 1, width, self.height() - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the plots on the strip."""
        super().resizeEvent(event)
        self._place()

    def value_at(self, point: QPointF) -> Value | None:
        """The value under a point of the pane."""
        inside = point - QPointF(self.graphics.pos())
        return next((value for plot in self.graphics.plots if (value := plot.value_at(inside)) is not None), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words of each track at the left: name, unit, the last value up to the focus date, the one before."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(QRectF(NAMES_LEFT, 0, LEFT + self._state.width - NAMES_LEFT, 1), look.colour("edge"))
        top = TOP - 6
        for plot in self.graphics.plots:
            width, words = LEFT - AXIS_WIDTH - NAMES_LEFT, track_words(plot.track, self._state)
            while block_height(words, width) > plot.track.height + GAP - 2:
                words.pop()
            draw_block(painter, (NAMES_LEFT, top), width, look, words)
            top += plot.track.height + GAP
        painter.end()


def _spoken(track: Track) -> str:
    newest = sorted((value for one in track.series for value in one.values[-SPOKEN_VALUES:]), key=attrgetter("on"))
    told = [f"{value.words} on {value.on.isoformat()}" for value in newest[-SPOKEN_VALUES:]]
    count = sum(len(one.values) for one in track.series)
    earlier = [f"{count - len(told)} earlier"] if count > len(told) else []
    return f"{track.name}: {', '.join([*earlier, *told]) or track.nothing}"
