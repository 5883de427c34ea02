"""Owns how one series of a track is drawn: its line and its markers, in pixels, and nothing twice on one pixel."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike
from pyqtgraph.graphicsItems.ScatterPlotItem import renderSymbol
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QPixmap

from bedside.ui.dots import dots_per_pixel
from bedside.ui.lettering import dashed_pen
from bedside.ui.overview.stamps import Stamps

SMOOTH_UP_TO = 300
"""How many points in view are drawn with a smooth line and large markers; antialiasing costs ten times the time."""

FURTHER_THAN_ANY_PIXEL = 100_000.0
MARKER_PX, SMALL_MARKER_PX = 8, 5
THINNED_TO = 2.0
"""Small markers that lie in the same square of so many pixels are drawn once: they would cover each other."""
_SYMBOLS = {"t": "t1", ">": "t1", "<": "t"}
CENSORED_PX = 9


@dataclass(frozen=True)
class Stroke:
    """How a series looks: its marker, its colour, that of the markers' edge and of the sheet, as `#RRGGBB` texts."""

    marker: str
    colour: str
    edge: str
    sheet: str = "#FFFFFF"


class Curve(pg.GraphicsObject):  # type: ignore[misc]
    """Points in the order of time; it asks its view box for no range and keeps none of its own.

    A value that lies beyond what was measured is hollow and points to where it lies; no line tells how far it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._x: Any = np.empty(0)
        self._y: Any = np.empty(0)
        self._signs: Any = np.empty(0, "U1")
        self._stroke = Stroke("o", "#000000", "#000000")
        self._stamps = Stamps()

    def show_points(self, x: ArrayLike, y: ArrayLike, signs: ArrayLike, stroke: Stroke) -> None:
        """Show these points of the plot; the sign of each is `<` or `>`, or "" where the value was measured."""
        self._x, self._y, self._signs, self._stroke = np.array(x), np.array(y), np.array(signs, "U1"), stroke
        self.update()

    def clear(self) -> None:
        """Forget the points."""
        self.show_points([], [], [], self._stroke)

    def boundingRect(self) -> QRectF:
        """All that is in view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The part in view moved."""
        self.prepareGeometryChange()
        super().viewTransformChanged()  # it forgets which part was in view

    def paint(self, painter: QPainter, *_: Any) -> None:
        """The points in view with one neighbour on each side, the line first."""
        transform, seen = painter.worldTransform(), self.viewRect()
        first = max(int(np.searchsorted(self._x, seen.left())) - 1, 0)
        last = int(np.searchsorted(self._x, seen.right(), "right")) + 1
        x = self._x[first:last] * transform.m11() + transform.dx()
        y = self._y[first:last] * transform.m22() + transform.dy()
        if not len(x):
            return
        painter.save()
        painter.resetTransform()
        smooth = len(x) <= SMOOTH_UP_TO
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        signs = self._signs[first:last]
        measured = signs == ""
        self._draw_lines(painter, x, y, measured, smooth=smooth)
        self._draw_markers(painter, x[measured], y[measured], smooth=smooth)
        for sign in "<>":
            self._draw_censored(painter, x[signs == sign], y[signs == sign], sign)
        painter.restore()

    def _draw_lines(self, painter: QPainter, x: Any, y: Any, measured: Any, *, smooth: bool) -> None:
        if not smooth:
            x, y = x.round(), y.round()
            moved = np.concatenate(([True], (np.diff(x) != 0) | (np.diff(y) != 0)))
            x, y, measured = x[moved], y[moved], measured[moved]
        colour = pg.mkColor(self._stroke.colour)
        painter.setPen(QPen(colour, 1.75 if smooth else 1))
        if measured.all():
            painter.drawPolyline(pg.functions.arrayToQPolygonF(x, y))
            return
        joined = np.append(measured[:-1] & measured[1:], False)
        painter.drawPath(pg.functions.arrayToQPath(x, y, connect=joined.astype(np.int32)))
        painter.setPen(dashed_pen(colour, 1.0, on=2, off=3))
        painter.drawPath(pg.functions.arrayToQPath(x, y, connect=(~joined).astype(np.int32)))

    def _draw_censored(self, painter: QPainter, x: Any, y: Any, sign: str) -> None:
        if len(x):
            hollow = Stroke(sign, self._stroke.sheet, self._stroke.colour)
            self._stamps.draw(painter, _marker(hollow, CENSORED_PX, dots_per_pixel(painter), 1.5), x, y)

    def _draw_markers(self, painter: QPainter, x: Any, y: Any, *, smooth: bool) -> None:
        if not len(x):
            return
        ratio = dots_per_pixel(painter)
        if not smooth:
            squares = (x / THINNED_TO).round() * FURTHER_THAN_ANY_PIXEL + (y / THINNED_TO).round()
            _, kept = np.unique(squares, return_index=True)
            x, y = x[kept], y[kept]
        self._stamps.draw(painter, _marker(self._stroke, MARKER_PX if smooth else SMALL_MARKER_PX, ratio), x, y)


@lru_cache(maxsize=256)
def _marker(stroke: Stroke, size: int, ratio: float, line: float = 1.0) -> QPixmap:
    """The marker as a picture, which a frame draws thousands of times."""
    symbol = _SYMBOLS.get(stroke.marker, stroke.marker)
    return QPixmap(renderSymbol(symbol, size, pg.mkPen(stroke.edge, width=line), pg.mkBrush(stroke.colour), dpr=ratio))
