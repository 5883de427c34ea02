"""Owns the drawing of toxicity: CRS and ICANS by day in boxes, what was given, and the temperature on one axis."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from reportlab.platypus.flowables import Flowable

from bedside.chart.derived.toxicity import DayGrade
from bedside.chart.entries import Vitals
from bedside.chart.enums import VitalsCause
from bedside.chart.formats import day_text, field_quantity_text, label, number_text
from bedside.report.facts import Facts
from bedside.report.frame import draw_runs
from bedside.report.lanes import LABEL_SIZE, Item, Mark, place
from bedside.report.lettering import Lettering
from bedside.report.styles import GREY_DARK, GREY_LIGHT, GREY_MIDDLE, GRID, INK, PAPER, REGULAR, SOFT_INK, STRONG

_LEFT, _RIGHT = 78.0, 16.0
_ROW, _BOX = 13.0, 10.0
_HEAD, _CURVE, _BETWEEN = 14.0, 62.0, 8.0
_LEAST_DAYS, _MOST_DAYS = 14, 60
_COLDEST, _WARMEST = 35.0, 41.0
_FEVER = 38.0
_FILLS = {0: PAPER, 1: PAPER, 2: GREY_LIGHT, 3: GREY_MIDDLE, 4: GREY_DARK, 5: INK}
_LABELS_EVERY = (1, 2, 7, 14)
_DAY_ROOM = 26.0


class ToxicityChart(Flowable):
    """The first days after infusion, at most 60, over the width that it is given."""

    def __init__(self, facts: Facts, lettering: Lettering, room: float) -> None:
        super().__init__()
        self.facts, self.lettering, self.width = facts, lettering, room
        self.crs, self.icans = facts.assessment.crs.by_day, facts.assessment.icans.by_day
        temperatures = list(_temperatures(facts))
        self.points = temperatures if any(value >= _FEVER for _, value in temperatures) else []
        shown = [grade.day for grade in (*self.crs, *self.icans)] + [int(day) for day, _ in temperatures]
        self.last = min(max([_LEAST_DAYS, *(day for day in shown if day <= _MOST_DAYS)]), _MOST_DAYS)
        self.per_day = (room - _LEFT - _RIGHT) / (self.last + 0.999)
        self.given = place(list(self._treatments()), (_LEFT, room), [], 3)
        self.given_rows = max((one.row for one in self.given), default=-1) + 1
        curve = _BETWEEN + _CURVE if self.points else 0.0
        self.height = _HEAD + _ROW * (2 + self.given_rows) + curve + 4

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw: no grade and no fever."""
        return not (self.crs or self.icans or self.points)

    @property
    def beyond(self) -> int:
        """How many graded days lie after the drawing's last day."""
        return sum(one.day > self.last for one in (*self.crs, *self.icans))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the drawing."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the axis, the grades, what was given, and the curve."""
        canvas = self.canv
        canvas.saveState()
        top = self.height - _HEAD
        self._draw_days(canvas, top)
        self._draw_grades(canvas, top, "CRS grade", self.crs)
        self._draw_grades(canvas, top - _ROW, "ICANS grade", self.icans)
        self._draw_given(canvas, top - 2 * _ROW)
        if self.points:
            self._draw_curve(canvas, top - (2 + self.given_rows) * _ROW - _BETWEEN)
        canvas.restoreState()

    def _x(self, day: float) -> float:
        return _LEFT + day * self.per_day

    def _treatments(self) -> Iterator[Item]:
        told = (*self.facts.assessment.crs.treatments, *self.facts.assessment.icans.treatments)
        for one in {one.entry: one for one in told}.values():
            if 0 <= one.day <= self.last:
                x = self._x(one.day + 0.5)
                words = tuple(self.lettering.runs(label(one.agent), STRONG))
                yield Item(Mark.DOT, one.date, x, x, words)

    def _draw_days(self, canvas: Any, top: float) -> None:
        step = next((s for s in _LABELS_EVERY if s * self.per_day >= _DAY_ROOM), _LABELS_EVERY[-1])
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setLineWidth(0.4)
        for day in range(0, self.last + 1, step):
            x = self._x(day + 0.5)
            canvas.setStrokeColor(GRID)
            canvas.line(x, top, x, 2)
            canvas.setFillColor(SOFT_INK)
            canvas.drawCentredString(x, top + 4, day_text(day))
        canvas.setStrokeColor(INK)
        canvas.line(_LEFT, top, self.width - _RIGHT, top)

    def _draw_grades(self, canvas: Any, top: float, name: str, days: Sequence[DayGrade]) -> None:
        self._name(canvas, top - 9, name)
        if not days:
            canvas.drawString(_LEFT + 2, top - 9, "never assessed")
        room = min(_BOX, self.per_day - 0.6)
        for one in days:
            if not 0 <= one.day <= self.last:
                continue
            left = self._x(one.day + 0.5) - room / 2
            canvas.setFillColor(_FILLS[one.grade])
            canvas.setStrokeColor(INK)
            canvas.rect(left, top - 11.5, room, _BOX, stroke=int(one.grade > 0), fill=1)
            canvas.setFillColor(PAPER if one.grade >= 4 else INK)
            canvas.setFont(STRONG if one.grade else REGULAR, LABEL_SIZE)
            canvas.drawCentredString(left + room / 2, top - 9, str(one.grade))

    def _draw_given(self, canvas: Any, top: float) -> None:
        if self.given:
            self._name(canvas, top - 9, "Given against it")
        for one in self.given:
            y = top - one.row * _ROW - 6.5
            canvas.setFillColor(INK)
            canvas.circle(one.item.start, y, 2.2, stroke=0, fill=1)
            if one.label_x is not None:
                draw_runs(canvas, one.label_x, y - 2.4, one.item.label, LABEL_SIZE)

    def _draw_curve(self, canvas: Any, top: float) -> None:
        self._name(canvas, top - 4, "Temperature, °C")
        canvas.setFont(REGULAR, LABEL_SIZE)
        for value in (36, 38, 40):
            y = _height(top, value)
            canvas.setStrokeColor(INK if value == _FEVER else GRID)
            canvas.setDash(*((4, 3) if value == _FEVER else ()))
            canvas.line(_LEFT, y, self.width - _RIGHT, y)
            canvas.setDash()
            canvas.setFillColor(SOFT_INK)
            canvas.drawRightString(_LEFT - 3, y - 2.3, number_text(float(value)))
        places = [(self._x(day), _height(top, value)) for day, value in self.points]
        canvas.setStrokeColor(INK)
        canvas.setFillColor(INK)
        canvas.setLineWidth(0.9)
        for (x1, y1), (x2, y2) in pairwise(places):
            canvas.line(x1, y1, x2, y2)
        for x, y in places:
            canvas.circle(x, y, 1.5, stroke=0, fill=1)
        self._draw_highest(canvas, places)

    def _draw_highest(self, canvas: Any, places: Sequence[tuple[float, float]]) -> None:
        number, (_, value) = max(enumerate(self.points), key=lambda one: one[1][1])
        x, y = places[number]
        canvas.setFont(STRONG, LABEL_SIZE)
        canvas.drawString(x + 4, y + 1.5, field_quantity_text("temp_c", value))

    def _name(self, canvas: Any, y: float, words: str) -> None:
        canvas.setFillColor(SOFT_INK)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(0, y, words)


def _temperatures(facts: Facts) -> Iterator[tuple[float, float]]:
    """The days after day 0, with the part of the day where the time is known, and the temperatures."""
    day0, graded = facts.assessment.day0, {one.entry for one in facts.assessment.crs.by_entry}
    for entry in facts.of(Vitals):
        if entry.id not in graded or day0 is None:
            continue
        if entry.temp_c is not None and entry.cause is not VitalsCause.OTHER:
            instant = entry.at.instant
            part = 0.5 if instant is None else (instant.hour * 60 + instant.minute) / 1440
            day = (entry.at.day - day0).days + part
            if day <= _MOST_DAYS + 1:
                yield day, entry.temp_c


def _height(top: float, value: float) -> float:
    inside = min(max(value, _COLDEST), _WARMEST)
    return top - (_WARMEST - inside) / (_WARMEST - _COLDEST) * _CURVE
