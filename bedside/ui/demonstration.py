"""Owns the way into the demonstration: the store is made on the worker, then the window opens or the journey begins."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from bedside.ui.journey import Journey
from bedside.ui.troubles import Trouble
from bedside.ui.window import MainWindow


class Demonstration(QObject):
    """With a folder it walks through the ward off screen and writes pictures; without one the window stays open."""

    finished = Signal()

    def __init__(self, window: MainWindow, output: Path | None) -> None:
        super().__init__(window)
        self._window, self._output = window, output
        self._journey: Journey | None = None
        self._trouble: Trouble | None = None

    def begin(self) -> None:
        """Make the throw-away store; the rest follows when it is there."""
        self._window.resize(1440, 900)
        if self._output is None:
            self._window.show_on(self._window.screen().availableSize())
        else:
            self._window.show()
        open_store = partial(self._window.start.open_store, "demo", "")
        self._window.worker().run(open_store, self._opened, self._failed)

    def _opened(self, session: Any) -> None:
        self._window.enter(session, "demo")
        if self._output is not None:
            self._journey = Journey(self._window, self._output)
            self._journey.finished.connect(self.finished)
            self._journey.begin()

    def _failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self.finished.emit()

    @property
    def worked(self) -> bool:
        """Whether nothing went wrong."""
        return self._trouble is None and (self._journey is None or self._journey.trouble is None)

    def report(self) -> str:
        """What was shown and written, in words for a terminal."""
        if self._trouble is not None:
            return self._trouble.text
        return self._journey.report() if self._journey is not None else ""
