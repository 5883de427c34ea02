"""Owns the strip at the foot of the frame: the long work that goes on and that no sheet shows, one after the other.

It stands above the keys and not on top of the view, so that nothing moves that somebody is about to press.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.long_work.progress_row import LOOK_EVERY_MS, ProgressRow
from bedside.ui.long_work.watch import Watch

Going = Callable[[], Sequence[Watch]]


def _nothing() -> Sequence[Watch]:
    return ()


class WorkStrip(QWidget):
    """Asks who knows what is going on, the oldest first; hidden while that is nothing or not for long.

    A bare one stands on a page of its own, without the ground of the bars.
    """

    shown = Signal()

    def __init__(self, parent: QWidget | None = None, *, bare: bool = False) -> None:
        super().__init__(parent)
        self._bare = bare
        self._going: Going = _nothing
        self.row = ProgressRow(self)
        self.row.shown.connect(self._row_shown)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        column = QHBoxLayout(self)
        column.setContentsMargins(*((0, 0, 0, 0) if bare else (16, 10, 16, 12)))
        column.addWidget(self.row)
        self.hide()

    def attend(self, going: Going) -> None:
        """Show from now on what is going on here."""
        self._going = going

    def begin(self) -> None:
        """Something was begun."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Follow the oldest work that nobody else shows, to its end."""
        going = self._going()
        if self.row.watch is not None and self.row.watch not in going:
            self._rest()
        if self.row.watch is None:
            waiting = [watch for watch in going if not watch.is_shown]
            if waiting:
                self.row.follow(waiting[0])
        if not going:
            self._timer.stop()

    def _rest(self) -> None:
        self.row.finish()
        self.hide()

    def _row_shown(self) -> None:
        self.show()
        self.shown.emit()

    def why_not_cancel(self) -> str:
        """Why nothing can be cancelled now, or ""."""
        return "" if self._going() else "nothing is going on"

    def cancel(self) -> None:
        """End the oldest work that is going on, whoever shows it."""
        going = self._going()
        if going:
            going[0].stop()

    def close_strip(self) -> None:
        """Show nothing more; what goes on goes on."""
        self._timer.stop()
        self._going = _nothing
        self._rest()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the bars, and a hairline above."""
        if self._bare:
            return
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("ground"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        painter.end()
