"""Owns the pane of lanes: names at the left, items on the shared axis, words that never collide."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.dots import dots_per_pixel
from bedside.ui.lettering import Run, draw_halo_text, draw_runs, draw_text
from bedside.ui.overview.lanes import Item, Lane, Shape
from bedside.ui.overview.shapes import BAR, BARS, MARKS, RADIUS, draw_bar, draw_tick, picture_of
from bedside.ui.overview.stamps import Stamps
from bedside.ui.overview.state import LEFT, NAMES_LEFT, TimelineState
from bedside.ui.overview.strip import Laid, Strip, runs_of
from bedside.ui.painting import GRADE_HEIGHT, draw_grade

RULED, TOP, BOTTOM = 5, 4, 6
SPOKEN_ITEMS = 40
"""How many of the newest items of a lane its accessible name tells."""


class LanesPane(QWidget):
    """Paints lanes as high as their words need; at one width it never shrinks while one patient is shown."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._strips: tuple[Strip, ...] = ()
        self._rows: list[int] = []
        self._wide = state.width
        self._laid: list[Laid] = []
        self._stamps = Stamps()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)
        state.changed.connect(self.lay_out)

    def show_lanes(self, lanes: tuple[Lane, ...]) -> None:
        """Show these lanes."""
        self._strips = tuple(Strip(lane, self._state) for lane in lanes)
        self._rows = [1] * len(lanes)
        self.setAccessibleName("Course: " + "; ".join(_spoken(lane) for lane in lanes))
        if not lanes:
            self.setFixedHeight(TOP + BOTTOM)
        self.lay_out()

    def clear(self) -> None:
        """Forget the lanes; their room stays until the next ones stand in it."""
        self._strips, self._rows, self._laid = (), [], []
        self.setAccessibleName("")
        self.update()

    def lay_out(self) -> None:
        """Place every item in view anew."""
        self._laid = []
        if self._state.axis is None or not self._strips:
            return
        if self._state.width != self._wide:
            self._wide, self._rows = self._state.width, [1] * len(self._strips)
        y = float(TOP)
        for number, strip in enumerate(self._strips):
            y += RULED if strip.lane.ruled else 0
            laid = strip.lay(y)
            self._laid += laid
            self._rows[number] = max([self._rows[number], *(one.place.rows for one in laid)])
            y += self._rows[number] * strip.lane.pitch
        self.setFixedHeight(round(y) + BOTTOM)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ahead, grid, day 0, names, items, focus line."""
        state, look, painter = self._state, theme.current(), QPainter(self)
        if state.axis is not None and state.facts is not None:
            self._draw_ground(painter, look)
            self._draw_names(painter, look)
            painter.save()
            painter.setClipRect(QRectF(LEFT - 8, 0, self.width() - LEFT + 8, self.height()))
            self._draw_bars(painter, look)
            self._draw_marks(painter, look)
            draw_line(painter, look, state.focus_x, self.height(), "action", state)
            for laid in self._laid:
                if laid.item.shape is Shape.GRADE:
                    self._draw_grade(painter, look, laid)
            painter.restore()
            for laid in self._laid:
                if laid.place.words_at is not None:
                    self._draw_words(painter, look, laid, laid.place.words_at)
        painter.end()

    def _draw_ground(self, painter: QPainter, look: theme.Theme) -> None:
        state = self._state
        assert state.axis is not None
        assert state.facts is not None
        ahead = max(state.as_of_x, LEFT)
        painter.fillRect(QRectF(ahead, 0, max(LEFT + state.width - ahead, 0), self.height()), look.colour("sheet2"))
        for tick in state.day_ticks() or state.month_ticks():
            x = round(state.visible.pixel(tick.at, LEFT, state.width))
            painter.fillRect(QRectF(x, 0, 1, self.height()), look.colour("grid"))
        if state.day0 is not None:
            draw_line(painter, look, state.day0_x, self.height(), "ink", state)

    def _draw_names(self, painter: QPainter, look: theme.Theme) -> None:
        y, wide = float(TOP), LEFT + self._state.width - NAMES_LEFT
        for strip, rows in zip(self._strips, self._rows, strict=True):
            lane = strip.lane
            if lane.ruled:
                painter.fillRect(QRectF(NAMES_LEFT, round(y + 2), wide, 1), look.colour("line"))
                y += RULED
            draw_text(
                painter, QRectF(NAMES_LEFT, y, LEFT - NAMES_LEFT - 8, lane.pitch), look, Run(lane.name, 12, 400, "ink")
            )
            if not lane.items:
                run = Run(lane.empty, 11, 400, "ink2")
                draw_halo_text(painter, QPointF(LEFT + 6, round(y + lane.pitch / 2) + 4), look, run)
            y += rows * lane.pitch

    def _draw_bars(self, painter: QPainter, look: theme.Theme) -> None:
        for laid in self._laid:
            if laid.item.shape in BARS and laid.item.shape is not Shape.GRADE:
                box = QRectF(laid.left, round(laid.y - BAR / 2), laid.right - laid.left, BAR)
                draw_bar(painter, box, look, laid.item)

    def _draw_marks(self, painter: QPainter, look: theme.Theme) -> None:
        """The marks, all of one shape in one go: a crowded lane has hundreds."""
        places: dict[Shape, list[tuple[float, int]]] = {}
        for laid in self._laid:
            if laid.painted and laid.item.shape in MARKS:
                places.setdefault(laid.item.shape, []).append((laid.left, round(laid.y)))
        ratio = dots_per_pixel(painter)
        for shape in MARKS:
            if shape in places:
                self._stamps.draw(painter, picture_of(shape, look, ratio), *zip(*places[shape], strict=True))
        for laid in self._laid:
            if laid.item.shape is Shape.TICK and laid.painted:
                draw_tick(painter, QPointF(laid.left, round(laid.y)), look)

    def _draw_grade(self, painter: QPainter, look: theme.Theme, laid: Laid) -> None:
        """A box that fills its day, over the lines, which would strike its digit through."""
        box = QRectF(laid.left + 1, round(laid.y - GRADE_HEIGHT / 2), laid.right - laid.left - 2, GRADE_HEIGHT)
        if laid.item.grade in (None, 0):
            digit = QRectF(box.center().x() - 7, box.top(), 14, box.height())
            ahead = box.center().x() > self._state.as_of_x
            painter.fillRect(digit, look.colour("sheet2" if ahead else "sheet"))
        draw_grade(painter, box, look, laid.item.grade, words=laid.item.short)

    def _draw_words(self, painter: QPainter, look: theme.Theme, laid: Laid, x: float) -> None:
        baseline = round(laid.words_y) + 4
        if laid.place.inside:
            draw_runs(painter, x, baseline, look, runs_of(laid.item, short=laid.place.short))
            return
        for run in runs_of(laid.item, short=laid.place.short, outside=True):
            draw_halo_text(painter, QPointF(x, baseline), look, run)
            x += run.width

    def item_at(self, point: QPointF) -> Item | None:
        """The item under a point of the pane, the one drawn last first."""
        for laid in reversed(self._laid):
            box = QRectF(laid.left, laid.y - BAR / 2, laid.right - laid.left, BAR).adjusted(-RADIUS, 0, RADIUS, 0)
            if box.contains(point):
                return laid.item
            at = laid.place.words_at
            if at is None:
                continue
            words = sum(run.width for run in runs_of(laid.item, short=laid.place.short))
            if QRectF(at, laid.words_y - BAR / 2, words, BAR).contains(point):
                return laid.item
        return None


def draw_line(painter: QPainter, look: theme.Theme, x: float, height: float, token: str, state: TimelineState) -> None:
    """A vertical line through the pane, if it is in view: day 0 in ink, the focus in the action colour."""
    if LEFT - 1 <= x <= LEFT + state.width + 1:
        painter.fillRect(QRectF(round(x) - 0.5, 0, 1.6, height), look.colour(token))


def _spoken(lane: Lane) -> str:
    told = [item.spoken or item.strong or item.soft for item in lane.items[-SPOKEN_ITEMS:]]
    earlier = [f"{len(lane.items) - len(told)} earlier"] if len(lane.items) > len(told) else []
    return f"{lane.name}: " + (", ".join([*earlier, *told]) or lane.empty)
