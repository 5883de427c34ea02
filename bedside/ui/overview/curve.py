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
from bedside.ui.overview.stamps import Stamps

SMOOTH_UP_TO = 300
"""How many points in view are drawn with a smooth line and large markers; antialiasing costs ten times the time."""

FURTHER_THAN_ANY_PIXEL = 100_000.0
MARKER_PX, SMALL_MARKER_PX = 8, 5
THINNED_TO = 2.0
"""Small markers that lie in the same square of so many pixels are drawn once: they would cover each other."""
_SYMBOLS = {"t": "t1"}


@dataclass(frozen=True)
class Stroke:
    """How a series looks: its marker, its colour and that of the markers' edge, as `#RRGGBB` texts."""

    marker: str
    colour: str
    edge: str


class Curve(pg.GraphicsObject):  # type: ignore[misc]
    """Points in the order of time; it asks its view box for no range and keeps none of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._x: Any = np.empty(0)
        self._y: Any = np.empty(0)
        self._stroke = Stroke("o", "#000000", "#000000")
        self._stamps = Stamps()

    def show_points(self, x: ArrayLike, y: ArrayLike, stroke: Stroke) -> None:
        """Show these points of the plot."""
        self._x, self._y, self._stroke = np.array(x), np.array(y), stroke
        self.update()

    def clear(self) -> None:
        """Forget the points."""
        self.show_points([], [], self._stroke)

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
        self._draw_line(painter, x, y, smooth=smooth)
        self._draw_markers(painter, x, y, smooth=smooth)
        painter.restore()

    def _draw_line(self, painter: QPainter, x: Any, y: Any, *, smooth: bool) -> None:
        pen = QPen(pg.mkColor(self._stroke.colour), 1.75 if smooth else 1)
        painter.setPen(pen)
        if not smooth:
            x, y = x.round(), y.round()
            moved = np.concatenate(([True], (np.diff(x) != 0) | (np.diff(y) != 0)))
            x, y = x[moved], y[moved]
        painter.drawPolyline(pg.functions.arrayToQPolygonF(x, y))

    def _draw_markers(self, painter: QPainter, x: Any, y: Any, *, smooth: bool) -> None:
        ratio = dots_per_pixel(painter)
        if not smooth:
            squares = (x / THINNED_TO).round() * FURTHER_THAN_ANY_PIXEL + (y / THINNED_TO).round()
            _, kept = np.unique(squares, return_index=True)
            x, y = x[kept], y[kept]
        self._stamps.draw(painter, _marker(self._stroke, MARKER_PX if smooth else SMALL_MARKER_PX, ratio), x, y)


@lru_cache(maxsize=256)
def _marker(stroke: Stroke, size: int, ratio: float) -> QPixmap:
    """The marker as a picture, which a frame draws thousands of times."""
    symbol = _SYMBOLS.get(stroke.marker, stroke.marker)
    return QPixmap(renderSymbol(symbol, size, pg.mkPen(stroke.edge, width=1), pg.mkBrush(stroke.colour), dpr=ratio))
