"""Owns the pane of stacked plots: names at the left, scales, limits, curves and marks on the shared axis."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.chart.formats import NON_BREAKING_HYPHEN, date_text, short_date_text
from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.marrow.level_paint import Plot
from bedside.ui.marrow.levels import Level, Mark
from bedside.ui.overview.state import LEFT, NAMES_LEFT, TimelineState
from bedside.ui.overview.ticks import day_ticks, month_ticks
from bedside.ui.paragraph import Line, block_height, draw_block

TOP, GAP, AXIS_ROOM, FLOOR = 14, 30, 64, 22
TALL, LOW, STRETCH = 128, 92, 1.7
REACH = 9


class LevelsPane(QWidget):
    """Shows plots; its height follows from how many there are."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.levels: tuple[Level, ...] = ()
        self._stretch = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)
        state.changed.connect(self.update)

    def show_levels(self, levels: tuple[Level, ...]) -> None:
        """Show these plots."""
        self.levels = levels
        self.fit(0)
        self.setAccessibleName("; ".join(_spoken(one) for one in levels) or "Marrow and persistence")
        self.update()

    def fit(self, room: int) -> None:
        """Let the plots grow with the room that the window leaves, in px."""
        fixed = TOP + sum(GAP + _floor(one) for one in self.levels)
        drawn = sum(map(_height, self.levels))
        self._stretch = min(max((room - fixed) / drawn, 1.0), STRETCH) if drawn else 1.0
        self.setFixedHeight(round(fixed + drawn * self._stretch))
        self.update()

    def plots(self) -> list[Plot]:
        """Each plot with the room it has now."""
        found, top = [], float(TOP)
        for level in self.levels:
            height = _height(level) * self._stretch
            found.append(Plot(level, QRectF(LEFT, top, self._state.width, height), self._state))
            top += height + _floor(level) + GAP
        return found

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark within reach of a point of the pane."""
        if self._state.axis is None:
            return None
        near: tuple[float, Mark] | None = None
        for plot in self.plots():
            for mark in plot.marks():
                away = (plot.place(mark) - point).manhattanLength()
                if away <= REACH and (near is None or away < near[0]):
                    near = away, mark
        return near[1] if near else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """What lies ahead, the grid of days, then each plot, then day 0 and the focus line through all of them."""
        state, look = self._state, theme.current()
        if state.axis is None or state.facts is None:
            return
        painter = QPainter(self)
        self._draw_ground(painter, look)
        for plot in self.plots():
            plot.draw(painter, look)
            words, width = level_words(plot.level, state), LEFT - AXIS_ROOM - NAMES_LEFT
            while block_height(words, width) > plot.room.height() + _floor(plot.level) + GAP - 4:
                words.pop()
            draw_block(painter, (NAMES_LEFT, plot.room.top() - 8), width, look, words)
        lines = [(state.focus, "action")] if state.day0 is None else [(state.day0, "ink"), (state.focus, "action")]
        for day, token in lines:
            x = round(state.pixel(day))
            if LEFT - 1 <= x <= LEFT + state.width + 1:
                painter.fillRect(QRectF(x - 0.5, 0, 1.6, self.height()), look.colour(token))
        for plot in self.plots():
            plot.draw_words(painter, look)
        painter.end()

    def _draw_ground(self, painter: QPainter, look: theme.Theme) -> None:
        state = self._state
        assert state.axis is not None
        assert state.facts is not None
        ahead, right = max(state.pixel(state.facts.as_of), LEFT), LEFT + state.width
        painter.fillRect(QRectF(ahead, 0, max(right - ahead, 0), self.height()), look.colour("sheet2"))
        ticks = day_ticks(state.axis, state.visible, state.width, state.day0)
        for tick in ticks or month_ticks(state.axis, state.visible, state.width, None):
            x = round(state.visible.pixel(tick.at, LEFT, state.width))
            painter.fillRect(QRectF(x, 0, 1, self.height()), look.colour("grid"))


def level_words(level: Level, state: TimelineState) -> list[Line]:
    """Name, unit, the last result up to the focus date and the one before, as lines of the left column."""
    lines: list[Line] = [(Run(level.name, 12, 600, "ink"),), (Run(level.unit, 11, 400, "ink2"),)]
    known = sorted((m for one in level.series for m in one.marks if m.on <= state.focus), key=lambda mark: mark.on)
    if not known:
        later = any(one.marks for one in level.series)
        return [*lines, (Run("none so far" if later else "not recorded", 11, 400, "ink2", missing=True),)]
    last = [mark for mark in known if mark.on == known[-1].on]
    lines.append((Run("last ", 11, 400, "ink2"), Run(_dated(last, level, state), 11, 600, "ink")))
    earlier = [mark for mark in known if mark.on < known[-1].on]
    if earlier:
        before = [mark for mark in earlier if mark.on == earlier[-1].on]
        lines.append((Run(f"before {_dated(before, level, state)}", 11, 400, "ink2"),))
    return lines


def _dated(marks: list[Mark], level: Level, state: TimelineState) -> str:
    """Every result of one date; those of several methods without their limits, which stand in the plot."""
    on = marks[0].on
    day = short_date_text(on) if on.year == state.focus.year else date_text(on)
    words = [mark.words.partition(", limit ")[0] if len(level.series) > 1 else mark.words for mark in marks]
    return f"{', '.join(words)}, {day.replace('-', NON_BREAKING_HYPHEN)}"


def _height(level: Level) -> float:
    return TALL if level.high <= 1 else LOW


def _floor(level: Level) -> float:
    return (2 * FLOOR if level.high <= 1 else FLOOR) if level.floor else 0


def _spoken(level: Level) -> str:
    marks = [f"{mark.words} on {mark.on.isoformat()}" for one in level.series for mark in one.marks]
    return f"{level.name}: {', '.join(marks) or 'nothing recorded'}"
