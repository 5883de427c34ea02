"""Owns how pictures that are kept for painting fall on the dots of the screen, at 125 and 150 % too."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter


def dots_per_pixel(painter: QPainter) -> float:
    """How many dots of what is painted on make a logical pixel, while the painter itself is moved at most."""
    return painter.deviceTransform().m11()


def on_a_dot(painter: QPainter, at: QPointF) -> QPointF:
    """The nearest point that lies on a whole dot: a picture that begins between two is drawn blurred."""
    onto = painter.deviceTransform()
    x, y = round(at.x() * onto.m11() + onto.dx()), round(at.y() * onto.m22() + onto.dy())
    return QPointF((x - onto.dx()) / onto.m11(), (y - onto.dy()) / onto.m22())
