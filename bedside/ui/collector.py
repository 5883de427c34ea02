"""Owns when Python looks for unreachable objects: on the main thread between events, never on the worker.

A collection that ran on the worker would destroy widgets there, which Qt answers with a crash.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from bedside.service.collecting_later import is_put_off

EVERY_MS = 500


def leave_alone() -> None:
    """Let no later collection look at what is in memory now: the libraries, which stay to the end."""
    gc.freeze()


class Collector(QObject):
    """Takes over from the interpreter while it lives; `stop` gives back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        gc.disable()
        self._timer.start()

    def look(self) -> None:
        """Collect what the interpreter would have collected by now, unless the worker makes very many values."""
        if is_put_off():
            return
        counts = gc.get_count()
        due = [generation for generation in range(3) if counts[generation] > self._thresholds[generation]]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Let the interpreter collect by itself again."""
        self._timer.stop()
        gc.enable()
