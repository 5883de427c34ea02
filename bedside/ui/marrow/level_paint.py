"""Owns how one plot is painted: scale, shading, limits, curves, marks, and the words that stay clear of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from bedside.ui.dots import dots_per_pixel
from bedside.ui.lettering import RIGHT, Run, dashed_pen, draw_halo_text, draw_text
from bedside.ui.marrow.levels import Level, Mark, Series
from bedside.ui.overview.lanes import Shape
from bedside.ui.overview.shapes import draw_mark, mark_path
from bedside.ui.overview.state import LEFT, TimelineState
from bedside.ui.theme import Theme

FLOOR = 16
EDGE = 1.4
TICK_ROWS = {Shape.TICK: 4, Shape.SQUARE: 20}
# What lies on the floor on one date: blasts above, MRD by its methods beneath, close enough to keep the date.
_MRD_LOWER = 15
_ASIDE = {Shape.UP: -5, Shape.DIAMOND: 5}


@dataclass(frozen=True)
class Plot:
    """A plot in its room on the shared axis; what has no place on the scale lies on the floor beneath it."""

    level: Level
    room: QRectF
    state: TimelineState

    def y(self, value: float | None) -> float:
        """How high a value lies."""
        share = self.level.share(value)
        return self.room.bottom() + FLOOR if share is None else self.room.bottom() - share * self.room.height()

    def place(self, mark: Mark) -> QPointF:
        """Where a mark lies."""
        x, y = self.state.pixel(mark.on), self.y(mark.value)
        if self.level.share(mark.value) is not None or mark.shape is Shape.SQUARE:
            return QPointF(x, y)
        return QPointF(x + _ASIDE.get(mark.shape, 0), y + (_MRD_LOWER if self.level.high <= 1 else 0))

    def marks(self) -> Iterator[Mark]:
        """Every mark in view."""
        for series in self.level.series:
            for mark in series.marks:
                if LEFT - 6 <= self.state.pixel(mark.on) <= LEFT + self.state.width + 6:
                    yield mark

    def draw(self, painter: QPainter, look: Theme) -> None:
        """Grid and scale, shading, limits, curves, marks."""
        self._draw_scale(painter, look)
        painter.save()
        painter.setClipRect(QRectF(LEFT - 8, self.room.top() - 20, self.state.width + 16, self.room.height() + 64))
        self._draw_shading(painter, look)
        for limit in self.level.limits:
            painter.setPen(dashed_pen(look.colour("amb"), 1.0, on=4, off=3))
            level = round(self.y(limit.at)) + 0.5
            painter.drawLine(QPointF(LEFT, level), QPointF(self.room.right(), level))
        self._draw_deadline(painter, look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for series in self.level.series:
            self._draw_series(painter, look, series)
        ratio = dots_per_pixel(painter)
        for tick in self.level.ticks:
            place = QPointF(self.state.pixel(tick.on), self.room.top() + TICK_ROWS[tick.shape])
            draw_mark(painter, place, look, tick.shape, ratio)
        painter.restore()

    def _draw_scale(self, painter: QPainter, look: Theme) -> None:
        for value, words in self.level.grid():
            y = round(self.y(value) if value else self.room.bottom())
            painter.fillRect(QRectF(LEFT, y, self.state.width, 1), look.colour("grid"))
            draw_text(painter, QRectF(LEFT - 58, y - 9, 52, 18), look, Run(words, 11, 400, "ink2"), align=RIGHT)
        if self.level.floor:
            floor = QRectF(LEFT - 70, self.room.bottom() + FLOOR - 9, 64, 18)
            draw_text(painter, floor, look, Run(self.level.floor, 11, 400, "ink2"), align=RIGHT)

    def _draw_shading(self, painter: QPainter, look: Theme) -> None:
        if self.level.shaded is not None:
            start, end = (self.state.pixel(day) for day in self.level.shaded)
            painter.fillRect(QRectF(start, self.room.top(), end - start, self.room.height()), look.colour("lowtint"))
        if self.level.area is not None:
            first, last = self.level.area
            for series in self.level.series:
                held = [mark for mark in series.marks if first <= mark.on <= last]
                self._fill_under(painter, look, held)

    def _fill_under(self, painter: QPainter, look: Theme, marks: list[Mark]) -> None:
        """The area that was summed up, from the curve down to the foot of the scale."""
        if len(marks) < 2:
            return
        places = [self.place(mark) for mark in marks]
        bottom = self.room.bottom()
        path = QPainterPath(QPointF(places[0].x(), bottom))
        for place in places:
            path.lineTo(QPointF(place.x(), min(place.y(), bottom)))
        path.lineTo(QPointF(places[-1].x(), bottom))
        painter.fillPath(path, look.colour("actiontint"))

    def _draw_deadline(self, painter: QPainter, look: Theme) -> None:
        if self.level.deadline is not None:
            x = round(self.state.pixel(self.level.deadline.on)) + 0.5
            painter.setPen(dashed_pen(look.colour(self.level.deadline.token), 1.2, on=2, off=2))
            painter.drawLine(QPointF(x, self.room.top()), QPointF(x, self.room.bottom()))

    def _draw_series(self, painter: QPainter, look: Theme, series: Series) -> None:
        colour = look.colour(series.token)
        joined = [mark for mark in series.marks if self.level.share(mark.value) is not None or not series.dotted]
        painter.setPen(dashed_pen(colour, EDGE, on=1.5, off=2.5) if series.dotted else QPen(colour, 1.75))
        painter.save()
        painter.setClipRect(QRectF(LEFT, 0, self.state.width, self.room.bottom() + 64), Qt.ClipOperation.IntersectClip)
        for one, other in pairwise(joined):
            painter.drawLine(self.place(one), self.place(other))
        painter.restore()
        for mark in series.marks:
            if self.state.pixel(mark.on) >= LEFT - 1:
                self._draw_mark(painter, look, mark, colour)

    def _draw_mark(self, painter: QPainter, look: Theme, mark: Mark, colour: QColor) -> None:
        edge = QPen(colour if mark.hollow else look.colour("ink"), 1.6 if mark.hollow else 1.0)
        if mark.shape is Shape.UNSURE:
            edge = dashed_pen(look.colour("ink"), 1.3, on=2, off=1.6)
        edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(edge)
        painter.setBrush(look.colour("sheet") if mark.hollow else colour)
        painter.drawPath(mark_path(self.place(mark), mark.shape))

    def draw_words(self, painter: QPainter, look: Theme) -> None:
        """Limits at the right, the deadline, aplasia, the note of the curve, and the newest result of each series."""
        for limit in self.level.limits:
            run = Run(limit.words, 11, 600, "amb")
            draw_halo_text(painter, QPointF(self.room.right() - run.width - 4, self.y(limit.at) - 4), look, run)
        if self.level.shaded is not None and self.level.shaded_words:
            run = Run(self.level.shaded_words, 11, 600, "low")
            left = max(self.state.pixel(self.level.shaded[0]), LEFT) + 8
            at = QPointF(min(left, self.room.right() - run.width - 4), self.room.top() + 14)
            draw_halo_text(painter, at, look, run, surface="lowtint")
        if self.level.deadline is not None:
            self._draw_beside(painter, look, *self.level.deadline)
        if self.level.note is not None:
            self._draw_beside(painter, look, self.level.note[0], self.level.note[1], "ink")
        self._draw_newest(painter, look)
        for shape, row in TICK_ROWS.items():
            last = [tick for tick in self.level.ticks if tick.shape is shape and self.state.pixel(tick.on) >= LEFT][-1:]
            for tick in last:
                at = QPointF(self.state.pixel(tick.on) + 9, self.room.top() + row + 4)
                draw_halo_text(painter, at, look, Run(tick.words, 11, 400, "ink2"))

    def _draw_beside(self, painter: QPainter, look: Theme, day: object, words: str, token: str) -> None:
        x = self.state.pixel(day)  # type: ignore[arg-type]
        run = Run(words, 11, 600, token)
        if LEFT <= x <= self.room.right():
            left = x + 6 if x + 6 + run.width < self.room.right() else x - 6 - run.width
            draw_halo_text(painter, QPointF(left, self.room.top() + 2), look, run)

    def _draw_newest(self, painter: QPainter, look: Theme) -> None:
        for box, words in (*self.newest(), *self.on_floor()):
            draw_halo_text(painter, QPointF(box.left(), box.bottom() - 2), look, Run(words, 11, 400, "ink2"))

    def newest(self) -> list[tuple[QRectF, str]]:
        """The words of the newest result in view of each series, where they cover nothing as far as there is room."""
        taken, found = self.taken(), list[tuple[QRectF, str]]()
        for series in self.level.series if self.level.high <= 1 else ():
            seen = [m for m in series.marks if LEFT <= self.state.pixel(m.on) <= self.room.right()]
            if seen:
                spots = self._spots(self.place(seen[-1]), Run(seen[-1].words, 11).width)
                box = next((spot for spot in spots if not any(spot.intersects(other) for other in taken)), spots[0])
                taken.append(box)
                found.append((box, seen[-1].words))
        return found

    def on_floor(self) -> list[tuple[QRectF, str]]:
        """The words of what lies beneath a linear scale, each beside its mark, the newest first as far as room goes."""
        marks = [] if self.level.is_log else [mark for mark in self.marks() if self.level.share(mark.value) is None]
        taken, found = self.taken(), list[tuple[QRectF, str]]()
        for mark in sorted(marks, key=lambda mark: mark.on, reverse=True):
            place, width = self.place(mark), Run(mark.words, 11).width
            spots = (
                QRectF(place.x() + 10, place.y() - 7, width, 14),
                QRectF(place.x() - 10 - width, place.y() - 7, width, 14),
            )
            box = next((one for one in spots if self._is_free(one, taken)), None)
            if box is not None:
                taken.append(box)
                found.append((box, mark.words))
        return found

    def _is_free(self, box: QRectF, taken: list[QRectF]) -> bool:
        inside = box.left() >= LEFT and box.right() <= self.room.right()
        return inside and not any(box.intersects(other) for other in taken)

    def taken(self) -> list[QRectF]:
        """Where marks and limits lie, and the words of these."""
        places = (self.place(mark) for mark in self.marks())
        found = [QRectF(place.x() - 6, place.y() - 6, 12, 12) for place in places]
        for limit in self.level.limits:
            y, width = self.y(limit.at), Run(limit.words, 11, 600).width
            found.append(QRectF(self.room.left(), y - 1, self.room.width(), 3))
            found.append(QRectF(self.room.right() - width - 8, y - 16, width + 8, 16))
        return found

    def _spots(self, place: QPointF, width: float) -> list[QRectF]:
        """Where the words of a mark may stand: above, right, left, below, then further away; on the floor beside it."""
        right, left = place.x() + 12, place.x() - 12 - width
        if place.y() > self.room.bottom() + 1:
            wished = [(right, -8.0), (left, -8.0), (right, 7.0), (left, 7.0)]
        else:
            wished = [(place.x() - 4, -21.0), (right, -7.0), (left, -7.0), (place.x() - 4, 7.0)]
            wished += [(place.x() - 4, dy) for dy in (-34.0, 20.0, -47.0, 33.0)]
        edge = self.room.right() - width - 4
        return [QRectF(max(min(x, edge), LEFT + 4), place.y() + dy, width, 14) for x, dy in wished]
