"""The writer's lock: one program at a time may write to a store, and the operating system keeps count."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, SoftFileLock, Timeout

from bedside.chart.errors import NotWritable, StoreHeld
from bedside.store.place import file_mode, reason

LOCK = "writer.lock"
"""The name of the lock file; only the system's lock on it counts, never whether it exists."""


class WriterLock:
    """The right to write to one store, held from construction until `release`; a killed program loses it at once."""

    def __init__(self, folder: Path) -> None:
        """Take the lock without waiting; raise StoreHeld when another program holds it."""
        # One lock for all threads of the program: the store is opened on a worker and closed by the main thread.
        self._lock = FileLock(folder / LOCK, mode=file_mode(folder), thread_local=False)
        try:
            with warnings.catch_warnings(action="ignore"):
                self._lock.acquire(blocking=False)
        except Timeout as error:
            self._require_real_lock()
            raise StoreHeld(
                "Another Bedside has this store open for writing.", "Close it first, or wait until it is done."
            ) from error
        except (OSError, NotImplementedError) as error:
            raise _cannot_lock(reason(error) if isinstance(error, OSError) else str(error)) from error
        self._require_real_lock()

    def _require_real_lock(self) -> None:
        """Refuse what filelock falls back to where the system has no locks: whether the lock file exists."""
        if isinstance(self._lock, SoftFileLock):
            self._lock.release()
            raise _cannot_lock("its file system knows no locks")

    def release(self) -> None:
        """Give the lock back; giving it back twice does nothing."""
        self._lock.release()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the writer's lock during the block."""
    lock = WriterLock(folder)
    try:
        yield
    finally:
        lock.release()


def lock_if_possible(folder: Path) -> WriterLock | None:
    """Return the lock, None where nobody can take it because nothing can be written; StoreHeld as for a writer."""
    try:
        return WriterLock(folder)
    except NotWritable:
        return None


def _cannot_lock(why: str) -> NotWritable:
    return NotWritable(
        f"The store's folder cannot be locked: {why}.",
        "Ask for the right to write there, or choose another folder on this computer's own disk.",
        "its folder cannot be locked",
    )
