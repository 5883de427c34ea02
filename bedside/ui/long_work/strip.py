"""Owns the strip that shows the long work that goes on and that no sheet shows, one after the other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.ui.long_work.progress_row import LOOK_EVERY_MS, ProgressRow
from bedside.ui.long_work.watch import Watch

Going = Callable[[], Sequence[Watch]]


def _nothing() -> Sequence[Watch]:
    return ()


class WorkStrip(QWidget):
    """Asks who knows what is going on, the oldest first; hidden while that is nothing or not for long.

    In `one_line` it is as low as the bar of the keys.
    """

    shown = Signal()

    def __init__(self, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._going: Going = _nothing
        self.row = ProgressRow(self, one_line=one_line)
        self.row.shown.connect(self._row_shown)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
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
