"""Owns how one agent is painted: its bars, the interval that runs, the days that are short, and the verdicts."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from bedside.ui.lettering import CENTRE, Run, dashed_pen, draw_halo_text, draw_text
from bedside.ui.painting import draw_sign
from bedside.ui.theme import Theme
from bedside.ui.washout.facts import AgentRow, Bar, Verdict
from bedside.ui.washout.scale import Scale

NAMES, VERDICT, ROW, BAR = 196, 186, 43, 16
TIP = 6


def bar_box(bar: Bar, scale: Scale, today: date, middle: float) -> QRectF:
    """Where an administration lies; one that goes on reaches to today, one without a last day is a stub."""
    stop = bar.stop if bar.stop is not None else bar.start if bar.unknown else max(today, bar.start)
    left, right = scale.x(bar.start), scale.x(stop) + scale.per_day
    return QRectF(left, middle - BAR / 2, max(right - left, 5), BAR)


@dataclass(frozen=True)
class RowPainter:
    """Paints one agent into its room; `planned` are the dates that are looked at."""

    painter: QPainter
    look: Theme
    scale: Scale
    today: date
    planned: tuple[date, ...]
    room: QRectF

    @property
    def middle(self) -> float:
        """The height of bars and lines."""
        return self.room.center().y()

    def draw(self, row: AgentRow) -> None:
        """Name, interval, bars, short days, verdicts."""
        painter, look, room = self.painter, self.look, self.room
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        name = QRectF(room.left(), room.top() + 3, NAMES - 8, 20)
        draw_text(painter, name, look, Run(row.agent, 13, 600))
        draw_text(painter, name.translated(0, 18), look, Run(row.under, 12, 400, "ink2"))
        self._draw_run(row)
        for bar in row.bars:
            self._draw_bar(bar)
        for start, end in row.short:
            self._draw_short(start, end)
        for place, verdict in enumerate(row.verdicts):
            left = self.scale.left + self.scale.width + place * VERDICT + 22
            self._draw_verdict(verdict, QRectF(left, room.top(), VERDICT - 22, ROW))

    def _draw_run(self, row: AgentRow) -> None:
        """The line of the interval from the last day to the first clear one, with its tick."""
        last = max((bar.stop for bar in row.bars if bar.stop is not None), default=None)
        if last is None or row.run_to is None or row.run_to <= self.scale.first:
            return
        start, end = self.scale.x(last), self.scale.x(row.run_to)
        self.painter.setPen(QPen(self.look.colour("edge"), 1.6))
        self.painter.drawLine(QPointF(start, self.middle), QPointF(end, self.middle))
        self.painter.drawLine(QPointF(end, self.middle - 7), QPointF(end, self.middle + 7))

    def _draw_bar(self, bar: Bar) -> None:
        if bar.stop is not None and bar.stop < self.scale.first:
            return
        painter, box = self.painter, bar_box(bar, self.scale, self.today, self.middle)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.colour("edge"), 1))
        painter.setBrush(self.look.colour("bar1"))
        if bar.stop is None and not bar.unknown:
            self._draw_open(box)
        else:
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.restore()
        if bar.unknown:
            draw_text(painter, box.adjusted(0, 0, 14, 0), self.look, Run("?", 12, 600, "ink"), align=CENTRE)

    def _draw_open(self, box: QRectF) -> None:
        """A bar with a head that points on, and a dashed line to the next date."""
        tip = QPointF(box.right() + TIP, self.middle)
        shape = QPolygonF([box.topLeft(), box.topRight(), tip, box.bottomRight(), box.bottomLeft()])
        self.painter.drawPolygon(shape)
        ahead = [self.scale.x(day) for day in self.planned if day > self.today]
        if ahead:
            self.painter.setPen(dashed_pen(self.look.colour("high"), 1.6, on=3, off=2))
            self.painter.drawLine(QPointF(tip.x() + 3, self.middle), QPointF(min(ahead), self.middle))

    def _draw_short(self, start: date, end: date) -> None:
        """The days that are short: hatched, from the date to the first clear day."""
        painter, left = self.painter, self.scale.x(start)
        box = QRectF(left, self.middle - BAR / 2, max(self.scale.x(end) - left, 4), BAR)
        painter.save()
        painter.setPen(QPen(self.look.colour("highsolid"), 1.2))
        painter.setBrush(self.look.colour("hightint"))
        painter.drawRect(box)
        painter.setBrush(QBrush(self.look.colour("highsolid"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)
        painter.restore()

    def draw_mark(self, row: AgentRow) -> None:
        """What binds, in words to the right of what is drawn; it stays within the strip."""
        scale = self.scale
        run = Run(row.mark, 11, 600 if row.alarming else 400, "high" if row.alarming else "ink2")
        ends = [scale.x(end) for _start, end in row.short]
        ends += [scale.x(row.run_to)] if row.run_to is not None else []
        ends += [bar_box(bar, scale, self.today, 0).right() + TIP for bar in row.bars]
        ahead = [day for day in self.planned if day > self.today]
        ends += [scale.x(min(ahead))] if row.goes_on and ahead else []
        x = min(max([*ends, scale.left]) + 6, scale.left + scale.width - run.width - 4)
        draw_halo_text(self.painter, QPointF(x, self.middle + 4), self.look, run)

    def _draw_verdict(self, verdict: Verdict, room: QRectF) -> None:
        draw_sign(self.painter, QRectF(room.left(), room.top() + 5, 16, 16), self.look, verdict.sign)
        weight, tone = (600, "high") if verdict.alarming else (400, "ink")
        line = QRectF(room.left() + 22, room.top() + 3, room.width() - 22, 20)
        draw_text(self.painter, line, self.look, Run(verdict.words, 12, weight, tone))
        draw_text(self.painter, line.translated(0, 18), self.look, Run(verdict.source, 11, 400, "ink2"))
