"""The program's own window on a store, in the process that measures it: signed in, stepped by Qt's own event loop."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from bedside.app import program
from bedside.service.session import Session
from bedside.ui.collector import Collector
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow
from tests.benchmarks.ward import PASSPHRASE, USER

QUIET_MS = 40
"""A window that painted nothing for so long, while its worker is idle, has come to rest."""

LONGEST_MS = 60_000


class Spent(NamedTuple):
    """Seconds until the last paint: by the clock, and of the processor in all threads of this process.

    Other work on the machine lengthens the first; the second is what the window asks of a processor.
    """

    wall: float
    cpu: float


class Rest(QObject):
    """Runs the event loop until nothing more is painted and the worker is idle, and says when the last paint ended."""

    def __init__(self, idle: Callable[[], bool]) -> None:
        super().__init__()
        self._idle, self._loop = idle, QEventLoop()
        self._start = self._last = Spent(0, 0)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._look)
        self._too_long = QTimer(self)
        self._too_long.setSingleShot(True)
        self._too_long.timeout.connect(_give_up)
        self._done: Callable[[], bool] = lambda: True
        self._rested = False
        self._firsts: list[Spent] = []
        self._counts: Callable[[QObject], bool] = lambda _watched: False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)
            if not self._firsts and self._counts(watched):
                QTimer.singleShot(0, self._first_painted)
        return super().eventFilter(watched, event)

    def _first_painted(self) -> None:
        self._firsts.append(Spent(time.perf_counter(), time.process_time()))

    def _painted(self) -> None:
        self._last, self._rested = Spent(time.perf_counter(), time.process_time()), False
        self._quiet.start(QUIET_MS)

    def _look(self) -> None:
        """End once it was at rest at two looks in a row: what came back last is painted by the second."""
        at_rest = self._idle() and self._done()
        if at_rest and self._rested:
            self._loop.quit()
        else:
            self._rested = at_rest
            self._quiet.start(QUIET_MS)

    def until_first(self, work: Callable[[], object], counts: Callable[[QObject], bool]) -> Spent:
        """Do the work, wait for the rest that follows, and return what it took until a paint of a widget that counts.

        All that the window asks of the worker meanwhile is in the time of the processor.
        """
        self._firsts, self._counts = [], counts
        self.after(work, lambda: bool(self._firsts))
        first = self._firsts[0]
        return Spent(first.wall - self._start.wall, first.cpu - self._start.cpu)

    def after(self, work: Callable[[], object], done: Callable[[], bool] = lambda: True) -> Spent:
        """Do the work, wait for the rest that follows, and return what it took until the last paint."""
        application = QApplication.instance()
        if application is None:
            raise RuntimeError("there is no application")
        self._done, self._rested = done, False
        application.installEventFilter(self)
        self._start = self._last = Spent(time.perf_counter(), time.process_time())
        self._quiet.start(QUIET_MS)
        self._too_long.start(LONGEST_MS)
        work()
        self._loop.exec()
        self._too_long.stop()
        application.removeEventFilter(self)
        return Spent(self._last.wall - self._start.wall, self._last.cpu - self._start.cpu)


def _give_up() -> None:
    raise SystemExit(f"the window did not come to rest in {LONGEST_MS} ms")


class Opened(NamedTuple):
    """The window with its session, its ward once somebody has signed in, and the way to wait for it."""

    window: MainWindow
    session: Session
    rest: Rest

    def sign_in(self) -> None:
        """Show the frame with the board, as after the right passphrase."""
        self.window.enter(self.session, USER)

    def sign_in_before_the_board(self) -> Ward:
        """Show the frame without the board, and return what will show it when it is started."""
        made: list[Ward] = []
        start = self.window.start
        self.window.start = replace(start, furnish=lambda frame, desk: made.append(Ward(frame, desk)))
        self.rest.after(self.sign_in)
        self.window.start = start
        return made[0]

    @property
    def ward(self) -> Ward:
        """What fills the frame."""
        ward: Ward = self.window.frame.findChild(Ward)
        return ward


@contextmanager
def opened_window(folder: Path) -> Iterator[Opened]:
    """The program's window in front of its open store, with everything loaded that loads while a person types."""
    application: Any = program.application()
    start = program.start_at(folder, None)
    collector = Collector(application)
    window = program.window_of(start)
    window.show()
    start.preload()
    session = start.open_store(USER, PASSPHRASE)
    rest = Rest(lambda: window.worker().idle)
    rest.after(lambda: None)
    try:
        yield Opened(window, session, rest)
    finally:
        window.end()
        collector.stop()
