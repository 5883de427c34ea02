"""Told to stop, by Ctrl+C or by the system: the work begun is put away, and the exit code says so, whatever happens.

It is imported before everything else, and imports next to nothing itself: until it listens, Ctrl+C ends in a traceback.
"""

import signal
import sys
from collections.abc import Callable
from types import FrameType

_OF_SIGNALS = 128
_HEARD = ("SIGINT", "SIGTERM", "SIGHUP")


class Told:
    """Whether the program was told to stop: its exit code then, else 0, and what is done instead of raising."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self.code = 0
        self.instead: Callable[[], object] | None = None


TOLD = Told()
"""Of this process: libraries swallow or rename what is raised in the midst of them, so it is kept beside."""


def listen() -> None:
    """Hear the signals that end programs, as long as whoever started this one did not have them ignored."""
    for name in _HEARD:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _hear)


def _hear(number: int, _frame: FrameType | None) -> None:
    TOLD.code = _OF_SIGNALS + number
    if TOLD.instead is not None:
        TOLD.instead()
    elif number == signal.SIGINT:
        raise KeyboardInterrupt
    else:
        raise SystemExit(TOLD.code)


def ended(work: Callable[[], int]) -> int:
    """Return the exit code of the work: once the program was told to stop, always the one that says so."""
    try:
        code = work()
    except BaseException as error:
        if not TOLD.code:
            raise
        if isinstance(error, KeyboardInterrupt):
            print("bedside: stopped.", file=sys.stderr)
        return TOLD.code
    return TOLD.code or code
