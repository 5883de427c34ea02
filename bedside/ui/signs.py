"""Owns the signs of status: each one drawn as its own paths in a box of 16 × 16 px, never as a character of a font."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

BOX = 16.0


class Sign(StrEnum):
    """Every sign that says a status; the value is its name in code, the word beside it is the caller's."""

    HIGH = "high"
    AMBIGUOUS = "ambiguous"
    LOW = "low"
    PENDING = "pending"
    MET_HIGH = "met_high"
    MET_AMBIGUOUS = "met_ambiguous"
    MET_LOW = "met_low"
    MET_INK = "met_ink"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"
    NOT_KNOWN = "not_known"
    CONFLICT = "conflict"
    CAUTION = "caution"
    CLEAR = "clear"
    NO_INTERVAL = "no_interval"
    ALERT_WARNING = "alert_warning"
    ALERT_CAUTION = "alert_caution"
    ALERT_NOT_RUN = "alert_not_run"
    SAVED = "saved"


CLASS_SIGNS = {"high": Sign.HIGH, "ambiguous": Sign.AMBIGUOUS, "low": Sign.LOW, "pending": Sign.PENDING}
MET_SIGNS = {"high": Sign.MET_HIGH, "ambiguous": Sign.MET_AMBIGUOUS, "low": Sign.MET_LOW}


@dataclass(frozen=True)
class Layer:
    """One path of a sign: fill and stroke tokens ("" for none), the stroke's width in box px, dashed or not."""

    path: QPainterPath
    fill: str = ""
    stroke: str = ""
    width: float = 1.3
    dashed: bool = False


Drawing = tuple[Layer, ...]


def _polygon(*points: tuple[float, float], closed: bool = True) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    if closed:
        path.closeSubpath()
    return path


def _disc(radius: float, x: float = 8, y: float = 8) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def triangle() -> QPainterPath:
    """The filled triangle of high risk."""
    return _polygon((8, 1.9), (15, 14.1), (1, 14.1))


def diamond(half: float = 6.7) -> QPainterPath:
    """The diamond of ambiguous; half is the distance from the middle to a corner."""
    return _polygon((8, 8 - half), (8 + half, 8), (8, 8 + half), (8 - half, 8))


def _tick() -> QPainterPath:
    return _polygon((5.1, 8.3), (7.2, 10.3), (11, 6.0), closed=False)


def _exclamation(top: float, bottom: float, dot: float) -> tuple[QPainterPath, QPainterPath]:
    return _polygon((8, top), (8, bottom), closed=False), _disc(0.95, 8, dot)


def _question() -> tuple[QPainterPath, QPainterPath]:
    hook = QPainterPath(QPointF(6.1, 6.5))
    hook.cubicTo(QPointF(6.2, 3.7), QPointF(10.1, 3.9), QPointF(9.9, 6.5))
    hook.cubicTo(QPointF(9.8, 7.8), QPointF(8.1, 7.7), QPointF(8.0, 9.3))
    return hook, _disc(0.9, 8, 11.5)


def _met(solid: str, tick: str) -> Drawing:
    outline = "amb" if solid == "ambsolid" else ""
    return Layer(_disc(6.6), fill=solid, stroke=outline), Layer(_tick(), stroke=tick, width=1.8)


def _pending() -> Drawing:
    return (Layer(_disc(5.9), stroke="none", width=1.5, dashed=True),)


def _not_met() -> Drawing:
    dash = _polygon((5.2, 8), (10.8, 8), closed=False)
    return Layer(_disc(6.3), stroke="edge"), Layer(dash, stroke="edge", width=1.4)


def _not_due() -> Drawing:
    hands = _polygon((8, 4.5), (8, 8.2), (10.3, 9.7), closed=False)
    return Layer(_disc(6.3), stroke="edge"), Layer(hands, stroke="edge", width=1.4)


def _not_known() -> Drawing:
    hook, dot = _question()
    return (
        Layer(_disc(6.4), stroke="ink", width=1.4, dashed=True),
        Layer(hook, stroke="ink", width=1.4),
        Layer(dot, fill="ink"),
    )


def _conflict() -> Drawing:
    bar, dot = _exclamation(6.3, 9.6, 12.0)
    return Layer(triangle(), fill="highsolid"), Layer(bar, stroke="onhigh", width=1.6), Layer(dot, fill="onhigh")


def _caution() -> Drawing:
    bar, dot = _exclamation(4.9, 8.7, 11.0)
    return (
        Layer(diamond(7.2), fill="ambsolid", stroke="amb"),
        Layer(bar, stroke="onamb", width=1.6),
        Layer(dot, fill="onamb"),
    )


def _ringed_tick() -> Drawing:
    return Layer(_disc(6.4), stroke="lowsolid", width=1.5), Layer(_tick(), stroke="lowsolid", width=1.6)


def _no_interval() -> Drawing:
    return (Layer(_polygon((3, 8), (13, 8), closed=False), stroke="edge", width=1.6),)


def _alert_warning() -> Drawing:
    corner, far = 4.9, 11.1
    octagon = _polygon(
        (corner, 1.2), (far, 1.2), (14.8, corner), (14.8, far), (far, 14.8), (corner, 14.8), (1.2, far), (1.2, corner)
    )
    bar, dot = _exclamation(4.8, 8.6, 11.2)
    return Layer(octagon, stroke="high", width=1.4), Layer(bar, stroke="high", width=1.5), Layer(dot, fill="high")


def _alert_caution() -> Drawing:
    bar, dot = _exclamation(6.2, 9.4, 11.7)
    outline = _polygon((8, 1.9), (14.8, 13.8), (1.2, 13.8))
    return Layer(outline, stroke="amb", width=1.4), Layer(bar, stroke="amb", width=1.5), Layer(dot, fill="amb")


def _alert_not_run() -> Drawing:
    hook, dot = _question()
    return Layer(_disc(6.7), stroke="ink", width=1.4), Layer(hook, stroke="ink", width=1.4), Layer(dot, fill="ink")


_DRAWN: dict[Sign, Callable[[], Drawing]] = {
    Sign.HIGH: lambda: (Layer(triangle(), fill="highsolid"),),
    Sign.AMBIGUOUS: lambda: (Layer(diamond(), fill="ambsolid", stroke="amb"),),
    Sign.LOW: lambda: (Layer(_disc(6.0), fill="lowsolid"),),
    Sign.PENDING: _pending,
    Sign.MET_HIGH: lambda: _met("highsolid", "onhigh"),
    Sign.MET_AMBIGUOUS: lambda: _met("ambsolid", "onamb"),
    Sign.MET_LOW: lambda: _met("lowsolid", "onlow"),
    Sign.MET_INK: lambda: _met("ink", "sheet"),
    Sign.NOT_MET: _not_met,
    Sign.NOT_DUE: _not_due,
    Sign.NOT_KNOWN: _not_known,
    Sign.CONFLICT: _conflict,
    Sign.CAUTION: _caution,
    Sign.CLEAR: _ringed_tick,
    Sign.NO_INTERVAL: _no_interval,
    Sign.ALERT_WARNING: _alert_warning,
    Sign.ALERT_CAUTION: _alert_caution,
    Sign.ALERT_NOT_RUN: _alert_not_run,
    Sign.SAVED: _ringed_tick,
}


@cache
def drawing(sign: Sign) -> Drawing:
    """The layers of a sign from back to front, in a box of 16 × 16 px."""
    return _DRAWN[sign]()


FLAG_PITCH = 6.2


@cache
def arrow(up: bool) -> QPainterPath:
    """One narrow flag arrow in a box of 6.2 × 10 px, to be stroked 1.4 px."""
    head, tail = (0.9, 9.1) if up else (9.1, 0.9)
    back = 3.4 if up else -3.4
    path = _polygon((3.1, tail), (3.1, head), closed=False)
    path.addPath(_polygon((0.8, head + back * 0.75), (3.1, head), (5.4, head + back * 0.75), closed=False))
    return path


@cache
def arrow_right() -> QPainterPath:
    """The arrow of a grade that did not move, in a box of 10 × 10 px, to be stroked 1.4 px."""
    path = _polygon((0.9, 5), (9.1, 5), closed=False)
    path.addPath(_polygon((6.4, 2.6), (9.1, 5), (6.4, 7.4), closed=False))
    return path
