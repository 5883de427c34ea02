"""Owns the head of the timeline, which never scrolls away: months above, days below, the pills of day 0 and focus."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import CENTRE, Run, draw_halo_text, draw_text
from bedside.ui.overview.state import LEFT, RIGHT, TimelineState
from bedside.ui.overview.ticks import Tick
from bedside.ui.painting import draw_frame

HEIGHT, RULE = 52, 26
BETWEEN = 8
"""How far words stand from those before them, in px."""


class AxisHead(QWidget):
    """Two rows of words on one rule."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Months, rule with cuts, days, pills."""
        state, look, painter = self.state, theme.current(), QPainter(self)
        if state.axis is not None:
            right = LEFT + state.width
            painter.fillRect(QRectF(LEFT, RULE, state.width, 1), look.colour("edge"))
            for x, start, run in self.months():
                painter.fillRect(QRectF(round(x), RULE - 5, 1, 5), look.colour("edge"))
                draw_halo_text(painter, QPointF(start, 18), look, run)
            pills = self.pills()
            self._draw_days(painter, look, state.day_ticks(), [box for box, _words, _token in pills])
            for cut in state.axis.cuts():
                x = state.visible.pixel(cut.at, LEFT, state.width)
                if LEFT <= x <= right:
                    draw_zigzag(painter, QPointF(round(x), RULE), look)
            for box, words, token in pills:
                draw_frame(painter, box, look, fill=token, radius=2)
                tone = "onaction" if token == "action" else "sheet"
                draw_text(painter, box, look, Run(words, 12, 600, tone), align=CENTRE)
        painter.end()

    def months(self) -> list[tuple[float, float, Run]]:
        """The places of the month row that are named, with the start of their words; the first after a cut always is.

        What stands before a cut would else name what lies behind it.
        """
        found: list[tuple[float, float, Run]] = []
        most = LEFT + self.state.width + 20
        for tick in self.state.month_ticks():
            x, run = self.state.visible.pixel(tick.at, LEFT, self.state.width), Run(tick.text, 11, 400, "ink2")
            start = max(x + 3, LEFT)
            if x < LEFT - 3 or (start + run.width > most and not tick.after_cut):
                continue
            start = min(start, most - run.width)
            while tick.after_cut and found and _meets(found[-1], start):
                found.pop()
            if not found or not _meets(found[-1], start):
                found.append((x, start, run))
        return found

    def _draw_days(self, painter: QPainter, look: theme.Theme, ticks: Iterable[Tick], pills: list[QRectF]) -> None:
        state = self.state
        to_middle = state.day_wide / 2 if state.clock else 0.0
        taken = pills
        for tick in ticks:
            x = state.visible.pixel(tick.at, LEFT, state.width)
            run = Run(tick.text, 11, 400, "ink2")
            box = QRectF(x + to_middle - run.width / 2, 31, run.width, 16)
            painter.fillRect(QRectF(round(x), RULE, 1, 4), look.colour("edge"))
            if box.right() > LEFT + state.width + RIGHT:
                continue
            if not any(box.adjusted(-5, 0, 5, 0).intersects(other) for other in taken):
                draw_text(painter, box.adjusted(-2, 0, 2, 0), look, run, align=CENTRE)
                taken = [*pills, box]  # the words before it end further left

    def pills(self) -> list[tuple[QRectF, str, str]]:
        """Day 0 and the focus with the tokens of their colours; on day 0 the words of the focus say both."""
        state = self.state
        assert state.axis is not None
        focus = self._pill(state.focus_x, state.focus_words)
        pills = [(focus, state.focus_words, "action")]
        day0 = state.day0
        if day0 is None or day0 == state.focus:
            return pills
        if state.visible.low <= state.axis.at(day0) <= state.visible.high:
            zero = self._pill(state.day0_x, "D0")
            if zero.intersects(focus):
                _move_apart(zero, focus, later=state.focus > day0, right=self._right)
            pills.insert(0, (zero, "D0", "ink"))
        return pills

    @property
    def _right(self) -> float:
        """How far a pill may reach."""
        return LEFT + self.state.width + 22

    def _pill(self, x: float, words: str) -> QRectF:
        width = round(Run(words, 12, 600).width) + 12
        left = min(max(round(x) - width / 2, LEFT - 40), self._right - width)
        return QRectF(left, 31, width, 18)


def _meets(placed: tuple[float, float, Run], start: float) -> bool:
    """Whether words that stand already reach up to where others start."""
    _x, left, run = placed
    return left + run.width + BETWEEN > start


def _move_apart(zero: QRectF, focus: QRectF, *, later: bool, right: float) -> None:
    """Put the pill of the focus beside that of day 0, on its side; at the edge day 0 gives way."""
    if later:
        focus.moveLeft(min(zero.right() + 2, right - focus.width()))
        zero.moveRight(min(zero.right(), focus.left() - 2))
    else:
        focus.moveRight(max(zero.left() - 2, LEFT - 40 + focus.width()))
        zero.moveLeft(max(zero.left(), focus.right() + 2))


def draw_zigzag(painter: QPainter, at: QPointF, look: theme.Theme, height: float = 14) -> None:
    """Two zigzags over a rule: time is left out here."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(at.x() - 4, at.y() - height / 2, 8, height), look.colour("sheet"))
    painter.setPen(QPen(look.colour("ink2"), 1.2))
    for shift in (-3.5, 2.5):
        path = QPainterPath(QPointF(at.x() + shift - 2, at.y() - height / 2))
        for step in range(1, 5):
            side = 2 if step % 2 else -2
            path.lineTo(at.x() + shift + side, at.y() - height / 2 + step * height / 4)
        painter.drawPath(path)
    painter.restore()
