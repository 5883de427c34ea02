"""The writer's lock: one program at a time may write to a store, and the operating system keeps count."""

from pathlib import Path

from filelock import FileLock, Timeout

from bedside.chart.errors import StoreFault, UserError
from bedside.store.place import reason

LOCK = "writer.lock"
"""The name of the lock file; only the system's lock on it counts, never whether it exists."""


class WriterLock:
    """The right to write to one store, held from construction until `release`; a killed program loses it at once."""

    def __init__(self, folder: Path) -> None:
        """Take the lock without waiting; raise a StoreFault when another program holds it."""
        # One lock for all threads of the program: the store is opened on a worker and closed by the main thread.
        self._lock = FileLock(folder / LOCK, mode=0o600, thread_local=False)
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise StoreFault(
                "Another Bedside has this store open for writing.", "Close it first, or open the store read-only."
            ) from error
        except OSError as error:
            raise UserError(
                f"The store's folder cannot be locked: {reason(error)}.",
                "Ask for the right to write there, or choose another folder.",
            ) from error

    def release(self) -> None:
        """Give the lock back; giving it back twice does nothing."""
        self._lock.release()
