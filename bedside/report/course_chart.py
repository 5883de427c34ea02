"""Owns the drawing of the course: lanes on one proportional time axis with day 0, in greys with black outlines."""

from datetime import date, timedelta
from typing import Any

from reportlab.platypus.flowables import Flowable

from bedside.chart.formats import date_text, day_text
from bedside.knowledge.tables import Knowledge
from bedside.report.course_lanes import MOST_ROWS, Lane, LaneMaker
from bedside.report.facts import Facts
from bedside.report.frame import draw_runs, runs_width
from bedside.report.lanes import LABEL_SIZE, Mark, Placed, place
from bedside.report.lettering import Lettering, width
from bedside.report.styles import GREY_LIGHT, GRID, INK, PAPER, REGULAR, RULE, SOFT_INK, STRONG
from bedside.report.therapy_classes import lanes_of_agents
from bedside.report.time_axis import axis_over

_LABELS = 78.0
_ROW = 11.2
_BAR = 8.4
_HEAD, _HEAD_WITHOUT_DAYS = 27.0, 16.0
_MONTH_ROOM = 44.0
_DAY_ROOM = 34.0
_AHEAD = 60.0
_DAY_STEPS = (7, 14, 30, 60, 90, 180, 360, 720)


class CourseChart(Flowable):
    """The course of one patient over the width that it is given; no lane takes more than `rows` rows."""

    def __init__(
        self, facts: Facts, lettering: Lettering, knowledge: Knowledge, room: float, rows: int = MOST_ROWS
    ) -> None:
        super().__init__()
        self.facts = facts
        self.axis = axis_over(_spans(facts), _LABELS + 6, room - _AHEAD)
        self.lanes = LaneMaker(facts, lettering, self.axis, lanes_of_agents(knowledge), knowledge.numbers).lanes()
        lines = (facts.assessment.day0, facts.as_of.day)
        avoid = [self.axis.x(day) for day in lines if day is not None]
        self.placed = [place(lane.items, (_LABELS + 2, room), avoid, min(lane.rows, rows)) for lane in self.lanes]
        self.rows = [max((p.row for p in placed), default=0) + 1 for placed in self.placed]
        self.width = room
        self.head = _HEAD if facts.assessment.day0 is not None else _HEAD_WITHOUT_DAYS
        self.height = self.head + _ROW * sum(self.rows) + 3.0 * sum(lane.ruled for lane in self.lanes) + 3.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the drawing."""
        return self.width, self.height

    def unlabelled(self) -> list[str]:
        """Return what found no room for its label, in its words and with its first day."""
        lost = [p.item for placed in self.placed for p in placed if p.item.label and p.label_x is None]
        return [f"{''.join(words for _, words in item.label)} ({date_text(item.day)})" for item in lost]

    def cut_words(self) -> list[tuple[date, date]]:
        """Return the stretches that are cut out of the axis."""
        return [(first, last) for _, first, last in self.axis.cuts()]

    def draw(self) -> None:
        """Draw axis, grid, lanes and labels."""
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(0.5)
        self._draw_head(canvas)
        y = self.height - self.head
        for lane, placed, rows in zip(self.lanes, self.placed, self.rows, strict=True):
            if lane.ruled:
                y -= 3
                canvas.setStrokeColor(RULE)
                canvas.line(0, y + 1.2, self.width, y + 1.2)
            self._draw_lane(canvas, lane, placed, y)
            y -= rows * _ROW
        canvas.restoreState()

    def _draw_head(self, canvas: Any) -> None:
        top = self.height - 12
        canvas.setFillColor(SOFT_INK)
        canvas.setFont(REGULAR, LABEL_SIZE)
        for x, words, _ in self.axis.months(_MONTH_ROOM):
            canvas.drawString(x + 1, top + 4, words)
            canvas.setStrokeColor(GRID)
            canvas.line(x, top, x, 0)
        canvas.setStrokeColor(INK)
        for segment in self.axis.segments:
            canvas.line(segment.left, top, segment.right, top)
        for x, _, _ in self.axis.cuts():
            draw_cut(canvas, x - 2, top)
            draw_cut(canvas, x + 1.5, top)
        canvas.setDash(2, 2)
        now = self.axis.x(self.facts.as_of.day)
        canvas.line(now, top, now, 0)
        canvas.setDash()
        self._draw_days(canvas, top)

    def _draw_days(self, canvas: Any, top: float) -> None:
        day0 = self.facts.assessment.day0
        if day0 is None or not self.axis.shows(day0):
            return
        x0 = self.axis.x(day0)
        step = next((s for s in _DAY_STEPS if s * self.axis.points_per_day >= _DAY_ROOM), _DAY_STEPS[-1])
        canvas.setFillColor(INK)
        now = self.axis.x(self.facts.as_of.day)
        if abs(now - x0) > _DAY_ROOM * 0.7:
            words = self.facts.day(self.facts.as_of.day)
            half = width(words, STRONG, LABEL_SIZE) / 2 + 1
            canvas.setFillColor(PAPER)
            canvas.rect(now - half, top - 11, 2 * half, 9, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.setFont(STRONG, LABEL_SIZE)
            canvas.drawCentredString(now, top - 9.5, self.facts.day(self.facts.as_of.day))
            canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(SOFT_INK)
        for segment in self.axis.segments:
            first = (segment.first - day0.toordinal()) // step
            for number in range(first, (segment.last - day0.toordinal()) // step + 1):
                day = day0 + timedelta(days=number * step)
                words = day_text(number * step)
                half = width(words, REGULAR, LABEL_SIZE) / 2
                x = self.axis.x(day)
                clear = abs(x - now) > _DAY_ROOM * 0.8 and abs(x - x0) > _DAY_ROOM * 0.7
                if clear and segment.left + half <= x <= segment.right - half + 6:
                    canvas.line(x, top, x, top - 2)
                    canvas.setFillColor(PAPER)
                    canvas.rect(x - half, top - 11, 2 * half, 8.4, stroke=0, fill=1)
                    canvas.setFillColor(SOFT_INK)
                    canvas.drawCentredString(x, top - 9.5, words)
        canvas.setLineWidth(1.3)
        canvas.line(x0, top, x0, 0)
        canvas.setFillColor(INK)
        canvas.roundRect(x0 - 9, top - 12, 18, 10.4, 1.5, stroke=0, fill=1)
        canvas.setFillColor(PAPER)
        canvas.setFont(STRONG, LABEL_SIZE)
        canvas.drawCentredString(x0, top - 9.3, "D0")
        canvas.setLineWidth(0.5)

    def _draw_lane(self, canvas: Any, lane: Lane, placed: list[Placed], y: float) -> None:
        canvas.setFillColor(SOFT_INK)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(0, y - 8.6, lane.name)
        if not lane.items:
            canvas.drawString(_LABELS + 8, y - 8.6, "nothing recorded")
        for one in placed:
            base = y - (one.row + 1) * _ROW + (_ROW - _BAR) / 2
            self._draw_shape(canvas, one, base)
        for one in placed:
            self._draw_label(canvas, one, y - (one.row + 1) * _ROW + (_ROW - _BAR) / 2)

    def _draw_label(self, canvas: Any, one: Placed, base: float) -> None:
        if one.label_x is None:
            return
        if not one.inside:
            canvas.setFillColor(PAPER)
            canvas.rect(one.label_x - 1, base, runs_width(one.item.label, LABEL_SIZE) + 2, _BAR, stroke=0, fill=1)
        canvas.setFillColor(INK)
        draw_runs(canvas, one.label_x, base + 1.9, one.item.label, LABEL_SIZE)

    def _draw_shape(self, canvas: Any, one: Placed, base: float) -> None:
        item, middle = one.item, base + _BAR / 2
        canvas.setStrokeColor(INK)
        canvas.setFillColor(item.fill or GREY_LIGHT)
        canvas.setLineWidth(0.6)
        match item.mark:
            case Mark.BAR:
                canvas.rect(item.start, base, item.end - item.start, _BAR, stroke=1, fill=1)
                if item.open_ended:
                    _polygon(canvas, [(item.end, base), (item.end + 3.5, middle), (item.end, base + _BAR)])
            case Mark.SPAN:
                canvas.setFillColor(PAPER)
                canvas.setLineWidth(1)
                canvas.rect(item.start, base, item.end - item.start, _BAR, stroke=1, fill=1)
            case Mark.SQUARE_FULL | Mark.SQUARE_EMPTY:
                canvas.setFillColor(INK if item.mark is Mark.SQUARE_FULL else PAPER)
                canvas.setLineWidth(1)
                canvas.rect(item.start - 2.6, middle - 2.6, 5.2, 5.2, stroke=1, fill=1)
            case Mark.DOT:
                canvas.setFillColor(INK)
                canvas.circle(item.start, middle, 2.2, stroke=0, fill=1)
            case Mark.GRADE:
                canvas.setFillColor(PAPER)
                canvas.rect(item.start - 3.2, base, 6.4, _BAR, stroke=1, fill=1)
                canvas.setFillColor(INK)
                canvas.setFont(STRONG, LABEL_SIZE)
                canvas.drawCentredString(item.start, base + 1.9, item.grade)
            case Mark.TRIANGLE:
                canvas.setFillColor(INK)
                x = item.start
                _polygon(canvas, [(x, base + _BAR), (x - 4, base + 0.6), (x + 4, base + 0.6)])


def _spans(facts: Facts) -> list[tuple[int, int]]:
    """The stretches that hold something: every entry's day, and every therapy from its first to its last day."""
    end = facts.as_of.day
    spans = [(end.toordinal(), end.toordinal())]
    for entry in facts.live:
        first = entry.at.day
        stop = getattr(entry, "stop", None)
        ongoing = stop is None and entry.kind == "therapy" and not getattr(entry, "stop_unknown", None)
        last = facts.last_day if ongoing else min(stop or first, end)
        spans.append((first.toordinal(), max(first, last).toordinal()))
    aplasia = facts.assessment.bca
    if aplasia.established_on is not None and aplasia.lost_on is not None:
        spans.append((aplasia.established_on.toordinal(), aplasia.lost_on.toordinal()))
    return spans


def draw_cut(canvas: Any, x: float, y: float) -> None:
    """Draw one half of the mark of a cut across a time axis."""
    path = canvas.beginPath()
    path.moveTo(x - 1, y - 6)
    for dx, dy in ((1.6, -2.5), (-1.6, 1), (1.6, 4.5), (0, 6)):
        path.lineTo(x + dx, y + dy)
    canvas.drawPath(path, stroke=1, fill=0)


def _polygon(canvas: Any, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)
