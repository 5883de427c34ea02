"""Owns where the places and values of one track lie in pixels while it is painted."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTransform

from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.tracks import Track, Value


@dataclass(frozen=True)
class Canvas:
    """A painter in pixels, how a place of the plot maps to them, the track and what all panes share."""

    painter: QPainter
    transform: QTransform
    track: Track
    state: TimelineState

    def x(self, at: float) -> float:
        """Where a place of the axis lies."""
        return at * self.transform.m11() + self.transform.dx()

    def at(self, x: float) -> float:
        """Which place of the axis lies there."""
        return (x - self.transform.dx()) / self.transform.m11()

    def y(self, value: float) -> float:
        """Where a value lies."""
        return value * self.transform.m22() + self.transform.dy()

    def day(self, day: date) -> float:
        """Where a day lies."""
        assert self.state.axis is not None
        return self.x(self.state.axis.at(day))

    def place(self, value: Value) -> QPointF:
        """Where a value is drawn."""
        assert self.state.axis is not None
        return QPointF(self.x(self.state.axis.at(value.on) + value.part), self.y(self.track.within(value.number)))

    @cached_property
    def room(self) -> QRectF:
        """The plot from its bottom to its top, all that is in view."""
        left, right = self.x(self.state.visible.low), self.x(self.state.visible.high)
        top, bottom = self.y(self.track.top), self.y(self.track.bottom)
        return QRectF(left, top, right - left, bottom - top)
