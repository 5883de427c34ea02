"""Owns the progress of long work on the worker: what it tells, how it is stopped, and the row that shows both."""

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.chart.errors import UserError
from bedside.ui import theme
from bedside.ui.widgets.labels import PlainLabel

SHOWN_AFTER_MS, LOOK_EVERY_MS = 300, 80


class Stopped(UserError):
    """The person cancelled the work."""

    def __init__(self) -> None:
        super().__init__("It was cancelled.", "Nothing was stored.")


class Watch:
    """Handed to the worker: `tell` notes how far it has come, and raises Stopped once `stop` was asked for."""

    def __init__(self) -> None:
        self.done, self.total, self.stopped = 0, 0, False

    def tell(self, done: int, total: int) -> None:
        """Called by the worker."""
        self.done, self.total = done, total
        if self.stopped:
            raise Stopped

    def stop(self) -> None:
        """Called by the window."""
        self.stopped = True


class Bar(QWidget):
    """Six pixels high: the part that is done in ink."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = 0.0
        self.setFixedHeight(6)

    def show_part(self, part: float) -> None:
        """Show how much is done, from 0 to 1."""
        self.part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The whole and what is done of it."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("nonetint"))
        painter.fillRect(QRectF(0, 0, self.width() * self.part, self.height()), look.colour("ink"))
        painter.end()


class ProgressRow(QWidget):
    """Shows a watch after 300 ms (`shown`); `cancelled` when the person has enough of it."""

    cancelled = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", 13, 600, "ink", self)
        self.count = PlainLabel("", 13, 400, "ink2", self)
        self.bar = Bar(self)
        self.cancel = QPushButton("Cancel", self)
        self.cancel.setAutoDefault(True)
        self.cancel.clicked.connect(self.stop)
        self.watch: Watch | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._looks = 0
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.words)
        first.addWidget(self.count)
        first.addStretch(1)
        first.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self.bar)

    def follow(self, watch: Watch, words: str) -> None:
        """Follow work that has just begun."""
        self.watch, self._looks = watch, 0
        self.words.setText(words)
        self.setAccessibleName(words)
        self.cancel.setEnabled(True)
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Show how far the work has come."""
        if self.watch is None:
            return
        self._looks += 1
        done, total = self.watch.done, self.watch.total
        self.count.setText(f"{done} of {total}" if total else "")
        self.bar.show_part(done / total if total else 0.0)
        if self._looks * LOOK_EVERY_MS > SHOWN_AFTER_MS and self.isHidden():
            self.show()
            self.shown.emit()

    def stop(self) -> None:
        """Ask the worker to stop; it does at its next step."""
        if self.watch is not None:
            self.watch.stop()
            self.words.setText("Being cancelled …")
            self.cancel.setEnabled(False)
            self.cancelled.emit()

    def finish(self) -> None:
        """The work is over, however it ended."""
        self._timer.stop()
        self.watch = None
        self.hide()
