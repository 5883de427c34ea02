"""Owns the window's pulse: the event loop beats while long work goes on, and the worker gives way when a beat is late.

Both share one interpreter. A view that is laid out or painted asks for it hundreds of times, and would wait for the
worker each time; given way to once, it is done in one go.
"""

import time

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 5
LATE_SECONDS = 0.012
"""Without a beat for so long the window is at work, and wants the interpreter."""
LONGEST_SECONDS = 0.25
"""A window that does not beat even so waits for something else; the worker goes on until it beats again."""
LOOK_EVERY_SECONDS = 0.004


class Pulse(QObject):
    """Started and stopped by the window, looked at by the worker."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beating = False
        self._last = self._given_up = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Beat from now on."""
        if not self._beating:
            self._beat()
            self._beating = True
            self._timer.start()

    def stop(self) -> None:
        """Beat no more; nobody gives way then."""
        self._beating = False
        self._timer.stop()

    def _beat(self) -> None:
        self._last = time.perf_counter()

    def give_way(self) -> None:
        """Called by the worker between two steps: sleeps while the window is at work, and returns at once otherwise."""
        began = now = time.perf_counter()
        while self._is_late(now):
            if now - began > LONGEST_SECONDS:
                self._given_up = self._last
                return
            time.sleep(LOOK_EVERY_SECONDS)
            now = time.perf_counter()

    def _is_late(self, now: float) -> bool:
        last = self._last
        return self._beating and now - last > LATE_SECONDS and last != self._given_up
