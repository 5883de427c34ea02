"""Owns how the marks and bars of the course are painted, each outlined in ink so that colour alone says nothing."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from bedside.ui.dots import on_a_dot
from bedside.ui.lettering import dashed_pen
from bedside.ui.overview.lanes import Item, Shape
from bedside.ui.theme import Theme

RADIUS = 5.0
MIDDLE = 9.0
BAR = 16.0
_FILLS = {
    Shape.DISC: "ink",
    Shape.FALL: "ink",
    Shape.SQUARE: "s1",
    Shape.SQUARE_EMPTY: "sheet",
    Shape.LIMIT: "sheet",
    Shape.DIAMOND: "s2",
    Shape.UP: "s2",
    Shape.LOSS: "highsolid",
    Shape.UNSURE: "sheet",
}
_EDGES = {Shape.SQUARE_EMPTY: "s1", Shape.LIMIT: "low", Shape.LOSS: "highsolid", Shape.UNSURE: "ink"}
MARKS = tuple(_FILLS)
"""The shapes that are pictures; where they cover each other, a later one lies above."""
BARS = frozenset({Shape.BAR, Shape.PHASE, Shape.CURRENT, Shape.SPAN, Shape.PART, Shape.GRADE})


def draw_tick(painter: QPainter, at: QPointF, look: Theme) -> None:
    """A dose as a short upright line."""
    painter.fillRect(QRectF(round(at.x()) - 0.5, at.y() - 6, 2, 12), look.colour("s2"))


def draw_mark(painter: QPainter, at: QPointF, look: Theme, shape: Shape, ratio: float) -> None:
    """A mark with its middle at the point, on a device of so many dots for a pixel."""
    if shape is Shape.TICK:
        draw_tick(painter, at, look)
    else:
        corner = on_a_dot(painter, QPointF(at.x() - MIDDLE, at.y() - MIDDLE))
        painter.drawPixmap(corner, picture_of(shape, look, ratio))


@lru_cache(maxsize=256)
def picture_of(shape: Shape, look: Theme, ratio: float) -> QPixmap:
    """The mark as a picture with its middle in the middle: each of hundreds would cost a path in every frame."""
    picture = QPixmap(ceil(2 * MIDDLE * ratio), ceil(2 * MIDDLE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter, edge = QPainter(picture), look.colour(_EDGES.get(shape, "ink"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(dashed_pen(edge, 1.3, on=2, off=1.6) if shape is Shape.UNSURE else QPen(edge, _width(shape)))
    painter.setBrush(look.colour(_FILLS[shape]))
    painter.drawPath(mark_path(QPointF(MIDDLE, MIDDLE), shape))
    painter.end()
    return picture


def _width(shape: Shape) -> float:
    return 1.8 if shape in (Shape.SQUARE_EMPTY, Shape.LIMIT) else 1.0


def mark_path(at: QPointF, shape: Shape) -> QPainterPath:
    """The outline of a mark with its middle at the point."""
    path, x, y, r = QPainterPath(), at.x(), at.y(), RADIUS
    if shape in (Shape.DISC, Shape.UNSURE):
        path.addEllipse(at, r - 0.6, r - 0.6)
    elif shape in (Shape.SQUARE, Shape.SQUARE_EMPTY):
        path.addRect(QRectF(x - r + 0.8, y - r + 0.8, 2 * r - 1.6, 2 * r - 1.6))
    elif shape in (Shape.FALL, Shape.LIMIT):
        path.addPolygon(QPolygonF([QPointF(x - r, y - r + 1), QPointF(x + r, y - r + 1), QPointF(x, y + r - 1)]))
        path.closeSubpath()
    elif shape is Shape.DIAMOND:
        path.addPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))
        path.closeSubpath()
    else:
        top = r + (1 if shape is Shape.LOSS else 0)
        path.addPolygon(QPolygonF([QPointF(x, y - top), QPointF(x + r + 1, y + r), QPointF(x - r - 1, y + r)]))
        path.closeSubpath()
    return path


def draw_bar(painter: QPainter, rect: QRectF, look: Theme, item: Item) -> None:
    """A bar in its rectangle; one that goes on has an open right end, a span of aplasia the colour of its panel."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = "lowsolid" if item.shape is Shape.SPAN else "ink" if item.shape is Shape.CURRENT else "edge"
    painter.setPen(QPen(look.colour(edge), 1.2 if item.shape is Shape.SPAN else 1.0))
    painter.setBrush(look.colour(item.fill))
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if item.open_ended:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRect(box)
        painter.setPen(QPen(look.colour(edge), 1.0))
        painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.setPen(dashed_pen(look.colour(edge), 1.0))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
    else:
        painter.drawRoundedRect(box, 2, 2)
    painter.restore()
