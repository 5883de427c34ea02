"""Owns the left side of the sign-in page: the time, the date, and what is known of the store while it is closed."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from bedside.ui import fonts, theme
from bedside.ui.lettering import LEFT, Run, draw_text, draw_wrapped, wrapped_height
from bedside.ui.mark import draw_mark

WIDTH, LEFT_EDGE, VALUE_LEFT = 600, 56, 152
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_line(moment: datetime) -> str:
    """The day in words, "Friday 31-Jul-2020", without the system's regional format."""
    return f"{DAYS[moment.weekday()]} {moment.day:02d}-{MONTHS[moment.month - 1]}-{moment.year}"


def moment_line(moment: datetime) -> str:
    """The moment "31-Jul-2020 06:02", without the system's regional format."""
    return f"{moment.day:02d}-{MONTHS[moment.month - 1]}-{moment.year} {moment:%H:%M}"


class ClockPanel(QWidget):
    """Painted in the banner's colours; the time moves on every minute while the panel is shown."""

    def __init__(self, now: Callable[[], datetime], demo_line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._demo_line = now, demo_line
        self._lines: tuple[tuple[str, str], ...] = ()
        self._tick = QTimer(self)
        self._tick.setInterval(5_000)
        self._tick.timeout.connect(self.update)
        self.setFixedWidth(WIDTH)

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        """Show these facts of the store, each a caption and words."""
        self._lines = lines
        self.setAccessibleName(". ".join(f"{caption}: {words}" for caption, words in lines))
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the time move."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clock: nothing is painted."""
        super().hideEvent(event)
        self._tick.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark and name above, time and date in the middle, the store's facts at the foot."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("banner"))
        draw_mark(painter, QPointF(LEFT_EDGE + 1, 41), look, on_banner=True)
        name = QRectF(LEFT_EDGE + 26, 38, 200, 24)
        draw_text(painter, name, look, Run("Bedside", 16, 600, "bink"))
        self._draw_time(painter, look)
        self._draw_lines(painter, look)
        painter.end()

    def _draw_time(self, painter: QPainter, look: theme.Theme) -> None:
        moment, top = self._now(), self.height() / 2 - 134
        size = 104 if self.width() >= 420 else 72
        time = QRectF(LEFT_EDGE - 1, top + 12, self.width(), 130)
        draw_text(painter, time, look, Run(f"{moment:%H:%M}", size, 600, "bink"), align=LEFT)
        date = QRectF(LEFT_EDGE, top + 134, self.width(), 32)
        draw_text(painter, date, look, Run(date_line(moment), 20, 400, "bink"))
        demo = QRectF(LEFT_EDGE, top + 172, self.width() - LEFT_EDGE - 24, 48)
        draw_wrapped(painter, demo, look, Run(self._demo_line, 14, 400, "bink2"))

    def _draw_lines(self, painter: QPainter, look: theme.Theme) -> None:
        room = self.width() - VALUE_LEFT - 24
        heights = [max(20.0, wrapped_height(words, room, 12, 600) + 4) for _caption, words in self._lines]
        top = self.height() - 40 - sum(heights)
        for (caption, words), height in zip(self._lines, heights, strict=True):
            left = QRectF(LEFT_EDGE, top, VALUE_LEFT - LEFT_EDGE, 20)
            draw_text(painter, left, look, Run(caption, 12, 400, "bink2"))
            painter.setFont(fonts.font(12, 600))
            painter.setPen(look.colour("bink"))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(VALUE_LEFT, top + 2, room, height), flags, words)
            top += height
