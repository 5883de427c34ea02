"""Owns what is painted under and over the curves of a track: grid, shading, limits, lines, values, silence."""

from PySide6.QtCore import QPointF, QRectF

from bedside.chart.formats import NON_BREAKING_HYPHEN, date_text, short_date_text
from bedside.ui import theme
from bedside.ui.lettering import Run, dashed_pen, draw_halo_text
from bedside.ui.overview.canvas import Canvas
from bedside.ui.overview.limit_words import limit_box
from bedside.ui.overview.series_names import placed_names
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.tracks import Track, Value
from bedside.ui.paragraph import Line

ONE_SAMPLE = 3.0
"""How wide an aplasia stands that a single sample shows so far, in px."""


def draw_under(canvas: Canvas) -> None:
    """Grid, aplasia, limits."""
    look, painter, room = theme.current(), canvas.painter, canvas.room
    if canvas.state.axis is None:
        return
    for value in canvas.track.grid:
        painter.fillRect(QRectF(room.left(), round(canvas.y(value)), room.width(), 1), look.colour("grid"))
    if canvas.track.shaded is not None:
        start, end = (canvas.day(day) for day in canvas.track.shaded)
        painter.fillRect(QRectF(start, room.top(), max(end - start, ONE_SAMPLE), room.height()), look.colour("lowtint"))
    for limit in canvas.track.limits:
        painter.setPen(dashed_pen(look.colour("amb"), 1.0, on=4, off=3))
        level = round(canvas.y(limit.at)) + 0.5
        painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))


def draw_over(canvas: Canvas) -> None:
    """Deadline, the words of limits, silence, names of series, the values of the focus date."""
    look, state = theme.current(), canvas.state
    if state.axis is None or state.facts is None:
        return
    for limit in canvas.track.limits:
        run = Run(limit.words, 11, 600, "amb")
        box = limit_box(canvas, limit, run.width)
        _words(canvas, look, QPointF(box.left(), box.bottom() - 3), run)
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
