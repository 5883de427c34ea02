"""Owns how long work is shown: what goes on, how far it is, and a button that ends it; nothing for short work."""

from math import ceil

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.ui import fonts, theme
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.long_work.watch import Watch
from bedside.ui.painting import draw_frame
from bedside.ui.widgets.labels import PlainLabel

SHOWN_AFTER_MS, LOOK_EVERY_MS = 300, 80
CANCEL_KEYS = ("Ctrl", ".")
BEING_CANCELLED = "Being cancelled …"
LINE_WORDS, LINE_BAR, LINE_BUTTON = 320, 96, 24
"""What stands in one line: the words at most so wide, the bar so wide and the button so high, in logical pixels."""


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
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        draw_frame(painter, room, look, fill="line", edge="edge" if look.contrast else "", radius=3)
        if self.part:
            room.setWidth(room.width() * self.part)
            draw_frame(painter, room, look, fill="ink", radius=3)
        painter.end()


class ProgressRow(QWidget):
    """Shows a watch after 300 ms (`shown`), and for the time until `finish` the watch knows that it is shown.

    The bar stands under the words, or beside them where everything is to stand in `one_line`.
    """

    shown = Signal()

    def __init__(self, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        px = 12 if one_line else 13
        self._one_line = one_line
        self.words = PlainLabel("", px, 600, "ink", self)
        self.count = PlainLabel("", px, 400, "ink2", self)
        self.bar = Bar(self)
        self.cancel = KeyButton("Cancel", caps=CANCEL_KEYS, parent=self)
        self.cancel.clicked.connect(self.stop)
        self.watch: Watch | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._looks = 0
        self._said: tuple[str, int | None, bool] | None = None
        if one_line:
            self._lay_out_in_a_line()
        else:
            self._lay_out()
        self.hide()

    def _lay_out_in_a_line(self) -> None:
        self.count.setFixedWidth(ceil(fonts.width_of("100 %", 12)))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar.setFixedWidth(LINE_BAR)
        self.cancel.setFixedHeight(LINE_BUTTON)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for widget in (self.words, self.bar, self.count, self.cancel):
            line.addWidget(widget)

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

    def follow(self, watch: Watch) -> None:
        """Follow work that has just been handed in."""
        self.finish()
        self.watch, self._looks, self._said = watch, 0, None
        watch.is_shown = True
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Show how far the work has come."""
        watch = self.watch
        if watch is None:
            return
        self._looks += 1
        if self._looks * LOOK_EVERY_MS > SHOWN_AFTER_MS and self.isHidden():
            self.show()
            self.shown.emit()
        said = watch.words, watch.percent, watch.stopped
        if said != self._said:
            self._said = said
            self._say(watch)

    def _say(self, watch: Watch) -> None:
        words = BEING_CANCELLED if watch.stopped else watch.words
        self.words.setText(self._fitting(words) if self._one_line else words)
        percent = watch.percent
        self.count.setText("" if percent is None else f"{percent} %")
        self.bar.show_part((percent or 0) / 100)
        self.cancel.setEnabled(not watch.stopped)
        if self.cancel.text() != watch.way_out:
            self.cancel.set_word(watch.way_out)
        self.setAccessibleName(f"{words} {self.count.text()}".strip())

    def _fitting(self, words: str) -> str:
        """The words, without the middle of a name that is too long."""
        return QFontMetricsF(self.words.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, LINE_WORDS)

    def stop(self) -> None:
        """Ask the worker to stop; it does at its next step."""
        if self.watch is not None:
            self.watch.stop()
            self.look()

    def finish(self) -> None:
        """The work is over, however it ended, or somebody else shows it."""
        self._timer.stop()
        if self.watch is not None:
            self.watch.is_shown = False
            self.watch = None
        self.hide()
