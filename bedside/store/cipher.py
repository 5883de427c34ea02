"""The encrypted connection: sqlcipher3 under the name sqlite-utils looks for, its key, and its faults in words."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

from bedside.chart.errors import NotWritable, StoreDamaged, StoreFault, UserError

# sqlite-utils asks for "pysqlite3" before the standard library's sqlite3. With this alias it catches sqlcipher3's own
# exceptions; without it an INSERT … RETURNING leaves its transaction open and later writes are lost.
sys.modules["pysqlite3"] = sqlcipher3

Connection = Any
"""A sqlcipher3 connection; the library ships no types."""

MINIMUM_SQLITE = (3, 51, 3)
"""The first SQLite without the bug that can corrupt a database when its write-ahead log is reset."""

KEY_BYTES = 32

_BUSY = {5, 6}
_DAMAGED = {11, 26}
_NOT_WRITABLE = {3, 8, 14}
_DISK_FULL = 13
_DISK_ERROR = 10


def refuse_old_engine(version: tuple[int, ...] = sqlcipher3.sqlite_version_info) -> None:
    """Raise a StoreFault when the SQLite inside sqlcipher3 is older than MINIMUM_SQLITE."""
    if tuple(version) < MINIMUM_SQLITE:
        found, needed = (".".join(map(str, parts)) for parts in (version, MINIMUM_SQLITE))
        raise StoreFault(
            f"The database engine on this computer is SQLite {found}, which can corrupt a store.",
            f"Install sqlcipher3 with SQLite {needed} or newer.",
        )


def connect(path: Path, key: bytes | None, options: str = "mode=rw") -> Connection:
    """Return a connection in autocommit mode to an existing file, keyed but not yet read.

    `options` are SQLite's URI parameters (`mode=rw`, `mode=ro`, `mode=ro&immutable=1`); without a key the file is
    opened as clear text. The connection may be used by several threads one after the other, never at once.
    """
    address = f"{path.resolve().as_uri()}?{options}"
    connection = sqlcipher3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def require_cipher(connection: Connection) -> None:
    """Raise a StoreFault unless the engine behind the connection really encrypts (plain SQLite ignores a key)."""
    answer = connection.execute("PRAGMA cipher_version").fetchone()
    if not answer or not answer[0]:
        raise StoreFault(
            "The database engine on this computer does not encrypt.",
            "Install sqlcipher3; Bedside never writes a store in clear text.",
        )


def damaged(what: str = "The store is damaged or is not a Bedside store.") -> StoreDamaged:
    """Return the fault for a file that cannot be read with its own key; the file is left where it is."""
    return StoreDamaged(what)


def disk_full() -> NotWritable:
    """Return the fault of a disk without room."""
    return NotWritable("The disk is full; nothing was saved.", "Free some space, then save again.", "the disk is full")


@contextmanager
def faults_in_words() -> Iterator[None]:
    """Turn the engine's errors inside the block into UserError or StoreFault; what is none of these stays as it is."""
    try:
        yield
    except sqlcipher3.DatabaseError as error:
        fault = _fault_of(getattr(error, "sqlite_errorcode", None) or 0)
        if fault is None:
            raise
        raise fault from error


def _fault_of(code: int) -> UserError | None:
    primary = code & 0xFF
    if primary in _DAMAGED:
        return damaged()
    if primary in _BUSY:
        return StoreFault(
            "The store is busy: another program is writing to it.",
            "Wait until it has finished, then try again.",
        )
    if primary in _NOT_WRITABLE:
        return NotWritable(
            "The store's folder does not let Bedside write.",
            "Ask for the right to write there, or choose another folder.",
            "its folder cannot be written to",
        )
    if primary == _DISK_FULL:
        return disk_full()
    if primary == _DISK_ERROR:
        return StoreFault(
            "The disk answered with an error; nothing was saved.",
            "Check its space and its state, then try again.",
        )
    return None
