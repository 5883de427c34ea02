"""Owns where the words of a limit stand: at one end of its line, inside the plot, and clear of the curves."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF

from bedside.ui.overview.canvas import Canvas
from bedside.ui.overview.series_names import OVER, hull
from bedside.ui.overview.tracks import Limit

HIGH, BESIDE, OFF = 13.0, 5.0, 2.0
"""How high words are, how far they stand from the end of the plot and from their line, in px."""


def limit_box(canvas: Canvas, limit: Limit, width: float) -> QRectF:
    """The first place where no curve runs, above the line before below it; without one the first inside the plot."""
    room = canvas.room.adjusted(0, -OVER, 0, OVER)
    boxes = list(_boxes(canvas, limit, width))
    inside = [box for box in boxes if room.top() <= box.top() and box.bottom() <= room.bottom()] or boxes
    return next((box for box in inside if not _is_covered(canvas, box)), inside[0])


def _boxes(canvas: Canvas, limit: Limit, width: float) -> Iterator[QRectF]:
    level, ends = canvas.y(limit.at), [canvas.room.left() + BESIDE, canvas.room.right() - width - BESIDE]
    for left in reversed(ends) if limit.at_right else ends:
        for top in (level - HIGH - OFF, level + OFF):
            yield QRectF(left, top, width, HIGH)


def _is_covered(canvas: Canvas, box: QRectF) -> bool:
    curves = (hull(canvas, series, box.left(), box.right()) for series in canvas.track.series)
    return any(curve is not None and curve.intersects(box) for curve in curves)
