"""Owns where the names of several curves of one track stand: near them, in view, over no value and no other name."""

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtCore import QRectF

from bedside.ui.lettering import Run
from bedside.ui.overview.canvas import Canvas
from bedside.ui.overview.tracks import Series, Value

NAME_HIGH, BESIDE, CLEAR, OVER, FAR = 12.0, 9.0, 5.0, 6.0, 24.0
"""How high a name is, how far it stands from its value and from curves, how far it may reach over its plot, in px.

Further away than the last it would be taken for the name of another curve.
"""
ONE_DAY = timedelta(days=1)


def placed_names(canvas: Canvas) -> list[tuple[QRectF, Run]]:
    """The name of each series in view and its place: clear of curves and of the other names, inside the plot.

    It stands left of the first value in view, else right of the last, else at the left edge, and where a line would
    strike it through only if one strikes everywhere. Names stand in the order of their curves: the lowest has the first
    choice, or the highest where there is no room above it.
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
    """The nearest free place beside the curve; over curves, but over no other name, where none is free near it."""
    sides = sorted(_name_sides(canvas, series, first, width), key=lambda side: _is_struck(canvas, side[0], width))
    for left, wished in sides:
        hulls = [hull(canvas, other, left, left + width) for other in canvas.track.series]
        found = _free_box(canvas.room, QRectF(left, wished, width, NAME_HIGH), [*taken, *filter(None, hulls)])
        if found is not None and abs(found.center().y() - wished) <= FAR:
            return found
    left, wished = sides[-1]
    wished = min(max(wished, canvas.room.top()), canvas.room.bottom())
    box = QRectF(left, wished, width, NAME_HIGH)
    return _free_box(canvas.room, box, taken) or box


def _is_struck(canvas: Canvas, left: float, width: float) -> bool:
    """Whether the line of day 0 or of the focus date would strike a name through."""
    lines = [day for day in (canvas.state.day0, canvas.state.focus) if day is not None]
    return any(left - 1 < canvas.day(day) < left + width + 1 for day in lines)


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


def hull(canvas: Canvas, series: Series, left: float, right: float) -> QRectF | None:
    """What a curve covers between two pixels, with what it comes from and goes on to; None where it does not run."""
    start, end = _between(canvas, series, left, right)
    if start == end and (start == 0 or end == len(series.values)):
        return None
    numbers = [canvas.track.within(value.number) for value in series.values[max(start - 1, 0) : end + 1]]
    top, bottom = canvas.y(max(numbers)) - CLEAR, canvas.y(min(numbers)) + CLEAR
    return QRectF(left, top, right - left, bottom - top)


def _between(canvas: Canvas, series: Series, left: float, right: float) -> tuple[int, int]:
    """From which value on to before which one a series lies between two pixels."""
    axis, values = canvas.state.axis, series.values
    assert axis is not None
    start, end = series.up_to(axis.day(canvas.at(left)) - ONE_DAY), series.up_to(axis.day(canvas.at(right)) + ONE_DAY)
    while start < end and canvas.place(values[start]).x() < left:
        start += 1
    while end > start and canvas.place(values[end - 1]).x() > right:
        end -= 1
    return start, end
