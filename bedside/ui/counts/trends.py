"""Owns the trends beside the flowsheet: one plot each on the same days; it loads the plotting library."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from bedside.ui import theme
from bedside.ui.counts.trend_tracks import HEIGHT
from bedside.ui.lettering import Run, draw_text
from bedside.ui.overview.plots import AXIS_WIDTH, Graphics
from bedside.ui.overview.state import LEFT, TimelineState
from bedside.ui.overview.track_paint import track_words
from bedside.ui.overview.tracks import Track
from bedside.ui.paragraph import Line, advance, draw_line

TITLE, DAYS, RIGHT = 46, 20, 20


class TrendGraphics(Graphics):
    """The plots with their titles above them, and the days above all where they have room."""

    def __init__(self, state: TimelineState, days: int, parent: QWidget) -> None:
        super().__init__(state, parent)
        self._days = days
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.place_plots(days + TITLE, TITLE, 0)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Day 0 and the focus line, then words that stay readable over them."""
        super().drawForeground(painter, rect)
        look, state = theme.current(), self._state
        if state.axis is None:
            return
        painter.fillRect(QRectF(0, 0, self.width(), self._days), look.colour("sheet"))
        for tick in (state.day_ticks() or state.month_ticks()) if self._days else ():
            x = self._x(state.visible.pixel(tick.at, LEFT, state.width))
            if AXIS_WIDTH <= x <= self.width():
                run = Run(tick.text, 11, 400, "ink2")
                left = min(x - run.width / 2, self.width() - run.width - 1)
                draw_text(painter, QRectF(left, 0, run.width + 1, self._days), look, run)
        for number, plot in enumerate(self.plots):
            top = self._days + number * (TITLE + HEIGHT)
            painter.fillRect(QRectF(0, top, self.width(), TITLE - 4), look.colour("sheet"))
            for line, words in enumerate(title_of(plot.track, state, self.width())):
                draw_line(painter, 0, top + 7 + 17 * line, look, words)


def title_of(track: Track, state: TimelineState, width: float) -> list[Line]:
    """Name and unit; the last value up to the focus date and the one before it, where there is room for both."""
    lines = track_words(track, state)
    first = (*lines[0], Run(" ", 12), *lines[1])
    both = tuple(run for line in lines[2:] for run in (*line, Run(" ", 11)))
    return [first, both if advance(both) <= width else lines[2]]


class TrendsPane(QFrame):
    """Plots one under the other, all on the days that its state shows; with_days writes them above."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None, *, with_days: bool = True) -> None:
        super().__init__(parent)
        self._state = state
        self._days = DAYS if with_days else 0
        self.graphics = TrendGraphics(state, self._days, self)
        state.changed.connect(self.follow)

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show these tracks in place of the ones before."""
        self.graphics.show_tracks(tracks)
        self.setFixedHeight(self._days + len(tracks) * (TITLE + HEIGHT))
        self.setAccessibleName("; ".join(_spoken(track) for track in tracks))
        self._place()
        self.graphics.settle()
        self.follow()

    def follow(self) -> None:
        """Show the days that are in view, and the words of the focus date."""
        if self._state.axis is None:
            return
        for plot in self.graphics.plots:
            plot.show_window()
        self.graphics.viewport().update()

    def _place(self) -> None:
        self.graphics.setGeometry(0, 0, self.width() - RIGHT, self.height())
        self._state.width = max(self.width() - RIGHT - AXIS_WIDTH, 60)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the plots as wide as the pane."""
        super().resizeEvent(event)
        self._place()
        self.follow()


def _spoken(track: Track) -> str:
    values = [value for one in track.series for value in one.values]
    newest = max(values, key=lambda value: value.on, default=None)
    if newest is None:
        return f"Trend of {track.name}: nothing recorded"
    return f"Trend of {track.name}: {len(values)} values, the last {newest.words} on {newest.on.isoformat()}"
