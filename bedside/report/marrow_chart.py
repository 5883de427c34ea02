"""Owns the drawing of marrow, MRD and B cells: a log axis with limits of detection, and the CD19 count below it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from reportlab.platypus.flowables import Flowable

from bedside.chart.entries import LymphocyteSubset, Marrow, Mrd
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.formats import day_text, field_quantity_text, fraction_text, number_text
from bedside.knowledge.tables import Knowledge
from bedside.report.course_chart import draw_cut
from bedside.report.facts import Facts
from bedside.report.lettering import width
from bedside.report.styles import GREY_LIGHT, GRID, INK, PAPER, REGULAR, RULE, SOFT_INK, STRONG
from bedside.report.time_axis import Axis, axis_over

_LEFT = 78.0
_SIZE = 7.0
_DECADES = 6
_UPPER, _NO_VALUE, _LOWER = 84.0, 13.0, 48.0
_TOP = 26.0
_BETWEEN = 12.0
_DAY_ROOM = 28.0
_SIDE_BY_SIDE = 6.4
_STEPS = (1, 2, 5)
_BESIDE, _MARK = 5.0, 2.7

Point = tuple[float, float]


@dataclass(frozen=True)
class _Mark:
    shape: str
    hollow: bool
    x: float
    y: float


class MarrowChart(Flowable):
    """Marrow blasts and MRD on a log axis over the CD19 count with the span of aplasia, on one time axis."""

    def __init__(self, facts: Facts, knowledge: Knowledge, room: float) -> None:
        super().__init__()
        self.facts, self.knowledge = facts, knowledge
        self.width, self.height = room, _TOP + _UPPER + _NO_VALUE + _BETWEEN + _LOWER + 4
        days = {day.toordinal() for day in facts.sample_days()} | {facts.as_of.day.toordinal()}
        if facts.assessment.day0 is not None:
            days.add(facts.assessment.day0.toordinal())
        self.axis: Axis = axis_over(((day, day) for day in days), _LEFT + 12, room - 14)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the drawing."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw both panels."""
        canvas = self.canv
        canvas.saveState()
        top = self.height - _TOP
        self._draw_time(canvas, top)
        self._draw_burden(canvas, top)
        self._draw_b_cells(canvas, top - _UPPER - _NO_VALUE - _BETWEEN)
        canvas.restoreState()

    def _draw_time(self, canvas: Any, top: float) -> None:
        canvas.setLineWidth(0.4)
        canvas.setFont(REGULAR, _SIZE)
        for x, words, _ in self.axis.months(44):
            canvas.setStrokeColor(GRID)
            canvas.line(x, top, x, 2)
            canvas.setFillColor(SOFT_INK)
            canvas.drawString(x + 1, top + 14, words)
        canvas.setStrokeColor(INK)
        for x, _, _ in self.axis.cuts():
            draw_cut(canvas, x - 2, top + 5)
            draw_cut(canvas, x + 1.5, top + 5)
        day0 = self.facts.assessment.day0
        if day0 is not None:
            self._draw_days(canvas, top, day0)

    def _draw_days(self, canvas: Any, top: float, day0: date) -> None:
        x0 = self.axis.x(day0)
        canvas.setLineWidth(1.3)
        canvas.line(x0, top, x0, 2)
        canvas.setFillColor(INK)
        canvas.roundRect(x0 - 9, top + 1, 18, 10.4, 1.5, stroke=0, fill=1)
        canvas.setFillColor(PAPER)
        canvas.setFont(STRONG, _SIZE)
        canvas.drawCentredString(x0, top + 3.7, "D0")
        canvas.setFillColor(SOFT_INK)
        canvas.setFont(REGULAR, _SIZE)
        taken = [x0, *(x for x, _, _ in self.axis.cuts())]
        for day in reversed(self.facts.sample_days()):
            x = self.axis.x(day)
            if all(abs(x - other) > _DAY_ROOM for other in taken):
                taken.append(x)
                canvas.drawCentredString(x, top + 3.7, self.facts.day(day))

    def _draw_burden(self, canvas: Any, top: float) -> None:
        self._side(canvas, top, "Marrow, MRD", ["■ blasts", "● FCM  ▲ PCR", "◆ NGS", "▽ not detected,", "at its limit"])
        canvas.setFont(REGULAR, _SIZE)
        for decade in range(_DECADES + 1):
            y = top - decade * _UPPER / _DECADES
            canvas.setStrokeColor(GRID)
            canvas.setLineWidth(0.4)
            canvas.line(_LEFT, y, self.width, y)
            canvas.setFillColor(SOFT_INK)
            words = "100 %" if decade == 0 else fraction_text(10.0**-decade)
            canvas.drawRightString(_LEFT - 2, y - 2.3, words)
        canvas.drawRightString(_LEFT - 2, top - _UPPER - _NO_VALUE + 1, "0, no value")
        canvas.setStrokeColor(RULE)
        canvas.line(_LEFT, top - _UPPER - _NO_VALUE, self.width, top - _UPPER - _NO_VALUE)
        for mark in self._burden_marks(top):
            _draw_mark(canvas, mark)

    def _burden_marks(self, top: float) -> list[_Mark]:
        marks: list[_Mark] = []
        for sample in self.facts.of(Marrow):
            x = self.axis.x(sample.at.day)
            found = [_mrd_mark(top, x, m) for m in sample.mrd or () if m.result is not MrdOutcome.NOT_EVALUABLE]
            if sample.blasts_pct is not None:
                found.insert(0, _Mark("square", sample.blasts_pct == 0, x, _log_y(top, sample.blasts_pct / 100)))
            for mark in found:
                while any(abs(mark.x - one.x) < 5 and abs(mark.y - one.y) < 5 for one in marks):
                    mark = replace(mark, x=mark.x + _SIDE_BY_SIDE)  # noqa: PLW2901  (moved until it stands clear)
                marks.append(mark)
        return marks

    def _draw_b_cells(self, canvas: Any, top: float) -> None:
        counts = [e for e in self.facts.of(LymphocyteSubset) if e.cd19 is not None]
        limit = self.knowledge.recovery.cd19_per_ul
        highest = _nice(max([limit * 1.5, *((e.cd19 or 0.0) for e in counts)]))
        policy = ["(policy)"] if self.knowledge.recovery.policy else []
        dashed = ["dashed: recovery", f"from {field_quantity_text('cd19', limit)}", *policy]
        self._side(canvas, top, "CD19⁺ cells", ["per µL", *dashed])
        self._draw_aplasia(canvas, top)
        canvas.setFont(REGULAR, _SIZE)
        for value in (0.0, highest / 2, highest):
            y = _linear_y(top, value, highest)
            canvas.setStrokeColor(GRID)
            canvas.setLineWidth(0.4)
            canvas.line(_LEFT, y, self.width, y)
            canvas.setFillColor(SOFT_INK)
            canvas.drawRightString(_LEFT - 2, y - 2.3, number_text(value))
        y = _linear_y(top, limit, highest)
        canvas.setStrokeColor(INK)
        canvas.setDash(4, 3)
        canvas.line(_LEFT, y, self.width, y)
        canvas.setDash()
        points = [(self.axis.x(e.at.day), _linear_y(top, e.cd19 or 0.0, highest)) for e in counts]
        _draw_line(canvas, points)
        for x, y in points:
            _draw_mark(canvas, _Mark("disc", False, x, y))
        self._last_count(canvas, counts, points, top)

    def _last_count(self, canvas: Any, counts: Sequence[LymphocyteSubset], points: Sequence[Point], top: float) -> None:
        if not counts:
            canvas.setFillColor(SOFT_INK)
            canvas.drawString(self.width / 2, top - _LOWER + 4, "no count recorded")
            return
        newest = counts[-1]
        day0 = self.facts.assessment.day0
        when = "" if day0 is None else f", {day_text((newest.at.day - day0).days)}"
        sign = (newest.censored or {}).get("cd19", "")
        words = f"{field_quantity_text('cd19', newest.cd19 or 0.0, sign)}{when}"
        canvas.setFont(STRONG, _SIZE)
        canvas.setFillColor(INK)
        canvas.drawString(*place_of_words(points, width(words, STRONG, _SIZE), self.width, top), words)

    def _draw_aplasia(self, canvas: Any, top: float) -> None:
        bca = self.facts.assessment.bca
        if bca.established_on is None:
            return
        last = bca.lost_on or self._last_counted() or bca.established_on
        start, end = self.axis.x(bca.established_on), self.axis.x(last)
        canvas.setFillColor(GREY_LIGHT)
        canvas.rect(start, top - _LOWER, max(end - start, 2), _LOWER, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, _SIZE)
        canvas.drawString(start + 3, top - 8, "aplasia")

    def _last_counted(self) -> date | None:
        entries = self.facts.by_id
        days = [entries[i].at.day for i in self.facts.assessment.bca.evidence if i in entries]
        return max(days, default=None)

    def _side(self, canvas: Any, top: float, name: str, lines: list[str]) -> None:
        canvas.setFillColor(INK)
        canvas.setFont(STRONG, 7.5)
        canvas.drawString(0, top - 6, name)
        canvas.setFillColor(SOFT_INK)
        canvas.setFont(REGULAR, 6.5)
        for number, line in enumerate(lines):
            canvas.drawString(0, top - 16 - 9 * number, line)


def place_of_words(points: Sequence[Point], length: float, right: float, top: float) -> Point:
    """Return where words of a length stand beside the last point of a panel: at its right, else free of the line."""
    x, y = points[-1]
    if x + _BESIDE + length <= right:
        return x + _BESIDE, y + 2.5
    left = x - _BESIDE - length
    heights = [y + _BESIDE, y - _SIZE - 1, *(y + rise for rise in range(8, int(_LOWER), 3))]
    within = [one for one in heights if top - _LOWER <= one <= top - _SIZE]
    return left, next((one for one in within if not _is_crossed(points, (left, one), length)), y + _BESIDE)


def _is_crossed(points: Sequence[Point], place: Point, length: float) -> bool:
    """Whether the line or a mark on it comes into words drawn there."""
    left, bottom = place
    for (x1, y1), (x2, y2) in pairwise(points):
        steps = max(int(max(abs(x2 - x1), abs(y2 - y1))), 1)
        for step in range(steps + 1):
            x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
            if left - _MARK < x < left + length + _MARK and bottom - _MARK < y < bottom + _SIZE:
                return True
    return False


def _log_y(top: float, fraction: float) -> float:
    """Return the height of a fraction of cells; zero and what lies below the axis stand in the row without a value."""
    if fraction < 10.0**-_DECADES:
        return top - _UPPER - _NO_VALUE / 2
    return top + math.log10(fraction) * _UPPER / _DECADES


def _linear_y(top: float, value: float, highest: float) -> float:
    return top - _LOWER + value / highest * _LOWER


def _nice(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in _STEPS if step * power >= value), 10 * power)


def _mrd_mark(top: float, x: float, result: Mrd) -> _Mark:
    if result.result is MrdOutcome.NEGATIVE:
        return _Mark("down", True, x, _log_y(top, result.lod or 0.0))
    shape = {MrdMethod.FCM: "disc", MrdMethod.PCR: "up", MrdMethod.NGS: "diamond"}[result.method]
    return _Mark(shape, False, x, _log_y(top, result.value or 0.0))


def _draw_mark(canvas: Any, mark: _Mark) -> None:
    canvas.setStrokeColor(INK)
    canvas.setFillColor(PAPER if mark.hollow else INK)
    canvas.setLineWidth(0.9)
    x, y, r = mark.x, mark.y, _MARK
    if mark.shape == "disc":
        canvas.circle(x, y, 2.5, stroke=1, fill=1)
        return
    corners = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "up": ((0, r), (r, -r), (-r, -r)),
        "down": ((0, -r), (r, r), (-r, r)),
        "diamond": ((0, r + 0.6), (r + 0.6, 0), (0, -r - 0.6), (-r - 0.6, 0)),
    }[mark.shape]
    path = canvas.beginPath()
    path.moveTo(x + corners[0][0], y + corners[0][1])
    for dx, dy in corners[1:]:
        path.lineTo(x + dx, y + dy)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _draw_line(canvas: Any, points: Sequence[Point]) -> None:
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    for (x1, y1), (x2, y2) in pairwise(points):
        canvas.line(x1, y1, x2, y2)
