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


class AxisHead(QWidget):
    """Two rows of words on one rule."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Months, rule with cuts, days, pills."""
        state, look, painter = self._state, theme.current(), QPainter(self)
        if state.axis is not None:
            right = LEFT + state.width
            painter.fillRect(QRectF(LEFT, RULE, state.width, 1), look.colour("edge"))
            self._draw_ticks(painter, look, state.month_ticks(), (8, LEFT, right), "ink2")
            pills = self._pills()
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

    def _draw_ticks(
        self, painter: QPainter, look: theme.Theme, ticks: Iterable[Tick], room: tuple[float, float, float], token: str
    ) -> None:
        top, left, right = room
        free = left - 40
        for tick in ticks:
            x = self._state.visible.pixel(tick.at, LEFT, self._state.width)
            run = Run(tick.text, 11, 400, token)
            start = max(x + 3, left)
            if x < left - 3 or start < free or start + run.width > right + 20:
                continue
            painter.fillRect(QRectF(round(x), RULE - 5, 1, 5), look.colour("edge"))
            draw_halo_text(painter, QPointF(start, top + 10), look, run)
            free = start + run.width + 8

    def _draw_days(self, painter: QPainter, look: theme.Theme, ticks: Iterable[Tick], pills: list[QRectF]) -> None:
        state = self._state
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

    def _pills(self) -> list[tuple[QRectF, str, str]]:
        state = self._state
        assert state.axis is not None
        focus = self._pill(state.focus_x, state.focus_words)
        pills = [(focus, state.focus_words, "action")]
        if state.day0 is not None and state.visible.low <= state.axis.at(state.day0) <= state.visible.high:
            zero = self._pill(state.day0_x, "D0")
            if not zero.intersects(focus):
                pills.insert(0, (zero, "D0", "ink"))
        return pills

    def _pill(self, x: float, words: str) -> QRectF:
        width = round(Run(words, 12, 600).width) + 12
        left = min(max(round(x) - width / 2, LEFT - 40), LEFT + self._state.width + 22 - width)
        return QRectF(left, 31, width, 18)


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
