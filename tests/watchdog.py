"""Watches an event loop: how long it was ever held up while something else went on."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 2
LIMIT_SECONDS = 0.05


class Watchdog(QObject):
    """Ticks every two milliseconds and keeps the longest time that a tick was late.

    Late is what the program itself held the loop up: time by the clock in which its own threads used a processor.
    While another program has the processor neither of them runs, and that is not the program's to mend.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._wall = self._cpu = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self.longest = 0.0
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more; what goes on now still counts."""
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.longest = max(self.longest, min(wall - self._wall, cpu - self._cpu) - EVERY_MS / 1e3)
        self._wall, self._cpu = wall, cpu


@contextmanager
def watched() -> Iterator[Watchdog]:
    """Watch the loop of this thread for the time of the block."""
    dog = Watchdog()
    dog.start()
    try:
        yield dog
    finally:
        dog.stop()
