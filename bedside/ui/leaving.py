"""Owns the page while the store is closed: what was begun is finished and the last backup made, in a living window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.progress import Progress
from bedside.ui.actions import Action, install
from bedside.ui.background import Background
from bedside.ui.long_work.strip import WorkStrip
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

WIDTH = 640
BACKING_UP = "Backing up …"
NOT_WAITED = "Close without waiting"
WHAT_STAYS = (
    "Everything that was saved is in the store. If you do not wait, the earlier backups stay as they are, and the next "
    "one is made within an hour of work."
)


class LeavingPage(QWidget):
    """Shows nothing for the first moments; `ended` carries a tuple of every Trouble that was met."""

    ended = Signal(object)

    def __init__(self, worker: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._met: list[Trouble] = []
        self.title = PlainLabel("Bedside is being closed", 20, 600, "ink", self)
        self.strip = WorkStrip(self)
        self.what_stays = WrappedLabel(WHAT_STAYS, 13, 400, "ink2", self)
        self.strip.attend(worker.going)
        self.strip.shown.connect(self._show_words)
        worker.long_begun.connect(self.strip.begin)
        worker.trouble_met.connect(self._meet)
        self._lay_out()
        cancel, why_not = self.strip.cancel, self.strip.why_not_cancel
        install(self, [Action("leaving.cancel", NOT_WAITED, cancel, "Ctrl+.", refusal=why_not)], in_window=True)

    def _lay_out(self) -> None:
        holder = QWidget(self)
        holder.setMaximumWidth(WIDTH)
        words = QVBoxLayout(holder)
        words.setSpacing(16)
        for widget in (self.title, self.strip, self.what_stays):
            widget.hide()
            words.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder, 1000)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def begin(self, leave: Callable[[Progress], object]) -> None:
        """Have what was handed in finished, then the store closed; whatever happens, `ended` comes."""
        watch = Watch(BACKING_UP, "", NOT_WAITED)
        self._worker.run(partial(leave, watch.tell), self._left, self._not_left, watch)
        self.strip.begin()

    def _show_words(self) -> None:
        self.title.show()
        self.what_stays.show()

    def _meet(self, trouble: Trouble) -> None:
        """Keep what went wrong; what a person did not wait for did not."""
        if not trouble.was_cancelled:
            self._met.append(trouble)

    def _left(self, _value: object) -> None:
        self._end()

    def _not_left(self, trouble: Trouble) -> None:
        self._meet(trouble)
        self._end()

    def _end(self) -> None:
        self.strip.close_strip()
        self.ended.emit(tuple(self._met))
