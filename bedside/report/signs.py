"""Owns the signs of class and criterion in black, drawn as the window draws them: paths in a box of 16, y downwards."""

from typing import Any

from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import CriterionStatus, RiskClass
from bedside.report.styles import GREY_MIDDLE, INK, PAPER, SOFT_INK

BOX = 16.0
_TICK = ((5.1, 8.3), (7.2, 10.3), (11, 6.0))
_TRIANGLE = ((8, 1.9), (15, 14.1), (1, 14.1))
_DIAMOND = ((8, 1.3), (14.7, 8), (8, 14.7), (1.3, 8))

Points = tuple[tuple[float, float], ...]


class Sign(Flowable):
    """The sign of a risk class or of a criterion's status, `size` points wide and high."""

    def __init__(self, status: RiskClass | CriterionStatus, size: float) -> None:
        super().__init__()
        self.status = status
        self.width = self.height = size

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the sign."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the sign into its box."""
        draw_sign(self.canv, self.status, 0, 0, self.width)


def draw_sign(canvas: Any, status: RiskClass | CriterionStatus, x: float, y: float, size: float) -> None:
    """Draw the sign with its lower left corner at x, y."""
    canvas.saveState()
    canvas.translate(x, y + size)
    canvas.scale(size / BOX, -size / BOX)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    _DRAWN[status](canvas)
    canvas.restoreState()


def _line(canvas: Any, points: Points, *, width: float, fill: bool = False, closed: bool = False) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    canvas.setLineWidth(width)
    canvas.drawPath(path, stroke=1 if width else 0, fill=1 if fill else 0)


def _high(canvas: Any) -> None:
    _line(canvas, _TRIANGLE, width=0, fill=True, closed=True)


def _ambiguous(canvas: Any) -> None:
    canvas.setFillColor(GREY_MIDDLE)
    _line(canvas, _DIAMOND, width=1.3, fill=True, closed=True)


def _low(canvas: Any) -> None:
    canvas.circle(8, 8, 6, stroke=0, fill=1)


def _pending(canvas: Any) -> None:
    canvas.setLineWidth(1.5)
    canvas.setDash(2.4, 2.4)
    canvas.circle(8, 8, 5.9, stroke=1, fill=0)


def _met(canvas: Any) -> None:
    canvas.circle(8, 8, 6.6, stroke=0, fill=1)
    canvas.setStrokeColor(PAPER)
    _line(canvas, _TICK, width=1.8)


def _not_met(canvas: Any) -> None:
    _ring(canvas)
    _line(canvas, ((5.2, 8), (10.8, 8)), width=1.4)


def _not_due(canvas: Any) -> None:
    _ring(canvas)
    _line(canvas, ((8, 4.5), (8, 8.2), (10.3, 9.7)), width=1.4)


def _ring(canvas: Any) -> None:
    canvas.setStrokeColor(SOFT_INK)
    canvas.setLineWidth(1.3)
    canvas.circle(8, 8, 6.3, stroke=1, fill=0)


def _unknown(canvas: Any) -> None:
    canvas.setLineWidth(1.4)
    canvas.setDash(2.2, 2.2)
    canvas.circle(8, 8, 6.4, stroke=1, fill=0)
    canvas.setDash()
    hook = canvas.beginPath()
    hook.moveTo(6.1, 6.5)
    hook.curveTo(6.2, 3.7, 10.1, 3.9, 9.9, 6.5)
    hook.curveTo(9.8, 7.8, 8.1, 7.7, 8.0, 9.3)
    canvas.drawPath(hook, stroke=1, fill=0)
    canvas.circle(8, 11.5, 0.9, stroke=0, fill=1)


_DRAWN = {
    RiskClass.HIGH: _high,
    RiskClass.AMBIGUOUS: _ambiguous,
    RiskClass.LOW: _low,
    RiskClass.PENDING: _pending,
    CriterionStatus.MET: _met,
    CriterionStatus.NOT_MET: _not_met,
    CriterionStatus.NOT_DUE: _not_due,
    CriterionStatus.UNKNOWN: _unknown,
}
