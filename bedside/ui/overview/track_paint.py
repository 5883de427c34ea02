"""Owns what is painted under and over the curves of a track: grid, shading, limits, lines, values, silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTransform

from bedside.chart.formats import NON_BREAKING_HYPHEN, date_text, short_date_text
from bedside.ui import theme
from bedside.ui.lettering import Run, dashed_pen, draw_halo_text
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.tracks import Series, Track, Value
from bedside.ui.paragraph import Line

NAME_HIGH, BESIDE, CLEAR, OVER = 12.0, 9.0, 5.0, 6.0
"""How high a name is, how far it stands from its value and from curves, how far it may reach over its plot, in px."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Canvas:
    """A painter in pixels, how a place of the plot maps to them, the track and what all panes share."""

    painter: QPainter
    transform: QTransform
    track: Track
    state: TimelineState

    def x(self, at: float) -> float:
        """Where a place of the axis lies."""
        return at * self.transform.m11() + self.transform.dx()

    def at(self, x: float) -> float:
        """Which place of the axis lies there."""
        return (x - self.transform.dx()) / self.transform.m11()

    def y(self, value: float) -> float:
        """Where a value lies."""
        return value * self.transform.m22() + self.transform.dy()

    def day(self, day: date) -> float:
        """Where a day lies."""
        assert self.state.axis is not None
        return self.x(self.state.axis.at(day))

    def place(self, value: Value) -> QPointF:
        """Where a value is drawn."""
        assert self.state.axis is not None
        return QPointF(self.x(self.state.axis.at(value.on) + value.part), self.y(self.track.within(value.number)))

    @cached_property
    def room(self) -> QRectF:
        """The plot from its bottom to its top, all that is in view."""
        left, right = self.x(self.state.visible.low), self.x(self.state.visible.high)
        top, bottom = self.y(self.track.top), self.y(self.track.bottom)
        return QRectF(left, top, right - left, bottom - top)


def draw_under(canvas: Canvas) -> None:
    """Grid, aplasia, limits."""
    look, painter, room = theme.current(), canvas.painter, canvas.room
    if canvas.state.axis is None:
        return
    for value in canvas.track.grid:
        painter.fillRect(QRectF(room.left(), round(canvas.y(value)), room.width(), 1), look.colour("grid"))
    if canvas.track.shaded is not None:
        start, end = (canvas.day(day) for day in canvas.track.shaded)
        painter.fillRect(QRectF(start, room.top(), end - start, room.height()), look.colour("lowtint"))
    for limit in canvas.track.limits:
        painter.setPen(dashed_pen(look.colour("amb"), 1.0, on=4, off=3))
        level = round(canvas.y(limit.at)) + 0.5
        painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))


def draw_over(canvas: Canvas) -> None:
    """Deadline, the words of limits, silence, names of series, the values of the focus date."""
    look, state, room = theme.current(), canvas.state, canvas.room
    if state.axis is None or state.facts is None:
        return
    for limit in canvas.track.limits:
        run = Run(limit.words, 11, 600, "amb")
        left = room.right() - run.width - 5 if limit.at_right else room.left() + 5
        _words(canvas, look, QPointF(left, canvas.y(limit.at) - 4), run)
    if canvas.track.deadline is not None:
        _draw_deadline(canvas, look)
    _draw_silence(canvas, look)
    if len(canvas.track.series) > 1:
        _draw_names(canvas, look)
    if state.focus != state.facts.as_of:
        _draw_focus_values(canvas, look)


def _words(canvas: Canvas, look: theme.Theme, at: QPointF, run: Run) -> None:
    draw_halo_text(canvas.painter, at, look, run)


def _draw_deadline(canvas: Canvas, look: theme.Theme) -> None:
    assert canvas.track.deadline is not None
    day, words, token = canvas.track.deadline
    x, room = round(canvas.day(day)) + 0.5, canvas.room
    if not room.left() <= x <= room.right():
        return
    canvas.painter.setPen(dashed_pen(look.colour(token), 1.2, on=2, off=2))
    canvas.painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
    run = Run(words, 11, 600, token)
    _words(canvas, look, QPointF(x - run.width - 5, room.top() + 10), run)


def _draw_silence(canvas: Canvas, look: theme.Theme) -> None:
    assert canvas.state.facts is not None
    as_of, last, room = canvas.state.facts.as_of, canvas.track.last, canvas.room
    words = canvas.track.silence(as_of)
    if last is None:
        run = Run(canvas.track.nothing, 11, 400, "ink2")
        _words(canvas, look, QPointF(room.left() + 6, room.center().y() + 4), run)
        return
    if not words:
        return
    value = next(found[0] for one in canvas.track.series if (found := one.on(last)))
    level = round(canvas.place(value).y()) + 0.5
    start, end = canvas.place(value).x() + 8, canvas.day(as_of)
    canvas.painter.setPen(dashed_pen(look.colour("edge"), 1.0, on=1.5, off=2.5))
    canvas.painter.drawLine(QPointF(start, level), QPointF(end, level))
    run = Run(words, 11, 400, "ink2")
    if end - start > run.width + 16:
        _words(canvas, look, QPointF(max(start, room.left()) + 10, level - 6), run)


def _draw_names(canvas: Canvas, look: theme.Theme) -> None:
    for box, run in placed_names(canvas):
        _words(canvas, look, QPointF(box.left(), box.center().y() + 4), run)


def placed_names(canvas: Canvas) -> list[tuple[QRectF, Run]]:
    """The name of each series in view and its place: clear of curves and of the other names, inside the plot.

    It stands left of the first value in view, else right of the last, else at the left edge. Names stand in the order
    of their curves: the lowest has the first choice, or the highest where there is no room above it.
    """
    assert canvas.state.axis is not None
    low = canvas.state.axis.day(canvas.state.visible.low)
    firsts = [(series, first) for series in canvas.track.series if (first := series.since(low)) is not None]
    firsts.sort(key=lambda one: canvas.place(one[1]).y())
    room_above = NAME_HIGH * (len(firsts) - 0.5) - OVER
    if firsts and canvas.place(firsts[0][1]).y() >= canvas.room.top() + room_above:
        firsts.reverse()
    found: list[tuple[QRectF, Run]] = []
    for series, first in firsts:
        run = Run(series.name, 11, 400, "ink2")
        found.append((_name_box(canvas, series, first, run.width, [box for box, _run in found]), run))
    return found


def _name_box(canvas: Canvas, series: Series, first: Value, width: float, taken: list[QRectF]) -> QRectF:
    """The nearest free place beside the curve; over curves, but over no other name, where every one is covered."""
    sides = list(_name_sides(canvas, series, first, width))
    for left, wished in sides:
        hulls = [_hull(canvas, other, left, left + width) for other in canvas.track.series]
        found = _free_box(canvas.room, QRectF(left, wished, width, NAME_HIGH), [*taken, *filter(None, hulls)])
        if found is not None:
            return found
    left, wished = sides[-1]
    wished = min(max(wished, canvas.room.top()), canvas.room.bottom())
    box = QRectF(left, wished, width, NAME_HIGH)
    return _free_box(canvas.room, box, taken) or box


def _free_box(room: QRectF, wished: QRectF, covered: list[QRectF]) -> QRectF | None:
    """The place nearest to a wished one, which is given by its middle, at which nothing is covered; None without."""
    middle, half = wished.top(), wished.height() / 2
    near = [one for one in covered if one.left() < wished.right() and wished.left() < one.right()]
    ends = [y for one in near for y in (one.top() - half, one.bottom() + half)]
    for y in sorted((middle, *ends), key=lambda y: abs(y - middle)):
        inside = room.top() - OVER <= y - half and y + half <= room.bottom() + OVER
        if inside and all(y + half <= one.top() or y - half >= one.bottom() for one in near):
            return QRectF(wished.left(), y - half, wished.width(), wished.height())
    return None


def _name_sides(canvas: Canvas, series: Series, first: Value, width: float) -> Iterator[tuple[float, float]]:
    """The left edge and the height that a name would like to have, the best first."""
    state, room, at = canvas.state, canvas.room, canvas.place(first)
    assert state.axis is not None
    assert state.facts is not None
    if at.x() - BESIDE - width >= room.left():
        yield at.x() - BESIDE - width, at.y()
    newest = series.values[series.up_to(state.axis.day(state.visible.high)) - 1]
    last = canvas.place(newest)
    if not canvas.track.silence(state.facts.as_of) and last.x() + BESIDE + width <= room.right():
        yield last.x() + BESIDE, last.y()
    yield room.left() + BESIDE, at.y()


def _hull(canvas: Canvas, series: Series, left: float, right: float) -> QRectF | None:
    """What a curve covers between two pixels, with what it comes from and goes on to; None where it does not run."""
    axis = canvas.state.axis
    assert axis is not None
    start, end = series.up_to(axis.day(canvas.at(left)) - ONE_DAY), series.up_to(axis.day(canvas.at(right)))
    if start == end and (start == 0 or end == len(series.values)):
        return None
    numbers = [canvas.track.within(value.number) for value in series.values[max(start - 1, 0) : end + 1]]
    top, bottom = canvas.y(max(numbers)) - CLEAR, canvas.y(min(numbers)) + CLEAR
    return QRectF(left, top, right - left, bottom - top)


def _draw_focus_values(canvas: Canvas, look: theme.Theme) -> None:
    found = [value for one in canvas.track.series for value in one.on(canvas.state.focus)]
    x, room = canvas.day(canvas.state.focus), canvas.room
    for number, value in enumerate(found):
        run = Run(value.words, 11, 600, "action")
        left = x + 8 if x + 8 + run.width < room.right() else x - 8 - run.width
        _words(canvas, look, QPointF(left, room.top() + 8 + 13 * number), run)


def track_words(track: Track, state: TimelineState) -> list[Line]:
    """Name, unit, the last value up to the focus date and the one before, as lines of the left column."""
    lines: list[Line] = [(Run(track.name, 12, 600, "ink"),), (Run(track.unit, 11, 400, "ink2"),)]
    known = [(one, one.up_to(state.focus)) for one in track.series]
    last = [(one.name, one.values[count - 1]) for one, count in known if count]
    before = [(one.name, one.values[count - 2]) for one, count in known if count > 1]
    if not last:
        return [*lines, (_no_value(track, state),)]
    several = len(track.series)
    lines.append((Run("last ", 11, 400, "ink2"), Run(_values(last, several, state), 11, 600, "ink")))
    if before:
        lines.append((Run(f"before {_values(before, several, state)}", 11, 400, "ink2"),))
    return lines


def _no_value(track: Track, state: TimelineState) -> Run:
    if track.aside is not None and track.aside.on <= state.focus:
        return Run(track.nothing, 11, 400, "ink2")
    return Run("none so far" if track.last else "not recorded", 11, 400, "ink2", missing=True)


def _values(values: list[tuple[str, Value]], several: int, state: TimelineState) -> str:
    """Values of one date together in the order of their series; where one is missing or older, each by its name."""
    if len(values) == several and len({(value.on, value.clock) for _name, value in values}) == 1:
        return f"{' and '.join(_number(value) for _name, value in values)}, {_when(values[0][1], state)}"
    return "; ".join(f"{name} {_number(value)}, {_when(value, state)}" for name, value in values)


def _number(value: Value) -> str:
    return value.words.split("\u00a0×")[0]


def _when(value: Value, state: TimelineState) -> str:
    day = short_date_text(value.on) if value.on.year == state.focus.year else date_text(value.on)
    return f"{day.replace('-', NON_BREAKING_HYPHEN)}{f' {value.clock}' if value.clock else ''}"
