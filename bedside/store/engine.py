"""The one database connection: sqlite-utils over sqlcipher3, the opening sequence and the explicit transaction."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3

from bedside.chart.errors import StoreFault
from bedside.store.cipher import (
    Connection,
    connect,
    damaged,
    disk_full,
    faults_in_words,
    refuse_old_engine,
    require_cipher,
)
from bedside.store.place import free_space

if TYPE_CHECKING:
    from sqlite_utils.db import Database

APPLICATION_ID = 0x42454453
"""SQLite's application_id of a Bedside store: "BEDS" in ASCII."""

PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("busy_timeout", "10000", 10000),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("mmap_size", "0", 0),
    ("recursive_triggers", "ON", 1),
    ("cache_size", "-16000", -16000),
)
"""Pragma, the value it is set to and the answer that proves it, in the order in which an open store gets them."""

_READER_JOURNAL_MODES = {"wal", "delete"}
_UNCHANGING = "mode=ro&immutable=1"

SMALLEST_ROOM = 1_000_000
"""The free bytes without which the engine's own files beside a store may find no room."""


def _database_class() -> "type[Database]":
    """Import sqlite-utils without numpy and pandas, which it would load (20 MB) whenever they are installed."""
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    modules: dict[str, Any] = sys.modules
    modules.update(dict.fromkeys(hidden))
    try:
        from sqlite_utils.db import Database
    finally:
        for name in hidden:
            del modules[name]
    return Database


def wrap(connection: Connection) -> "Database":
    """Return sqlite-utils' view of a connection, without plug-ins of other programs."""
    return _database_class()(connection, execute_plugins=False)


def open_live(path: Path, key: bytes, version: int, *, read_only: bool, alone: bool = False) -> Connection:
    """Return the store's connection after the whole opening sequence up to the pragmas, each proved.

    `version` is the newest schema that this program knows. A store of a newer version is refused before anything
    could write to it; a reader gets a connection that cannot write. Readers share a file in memory with the writer;
    where none can be made, a reader that is `alone` does without. Raises StoreFault or UserError, NotWritable when
    the disk is full or the right is missing.
    """
    refuse_old_engine()
    with faults_in_words(), _no_room_in_words(path):
        _look_before_opening(path, key, version, alone=alone)
        connection = _connect_alone(path, key) if alone else connect(path, key, f"mode={'ro' if read_only else 'rw'}")
        try:
            require_cipher(connection)
            require_known_version(connection, version)
            _set_and_prove_pragmas(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def _no_room_in_words(path: Path) -> Iterator[None]:
    """Tell a disk without room for the engine's own small files from one that fails."""
    try:
        yield
    except sqlcipher3.DatabaseError as error:
        if free_space(path.parent) < SMALLEST_ROOM:
            raise disk_full() from error
        raise


def _connect_alone(path: Path, key: bytes) -> Connection:
    """A connection that makes no file: to the database by itself, or with its log while nobody else may use either."""
    log = _log_of(path)
    if not log.exists() or log.stat().st_size == 0:
        return connect(path, key, _UNCHANGING)
    connection = connect(path, key, "mode=rw")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _look_before_opening(path: Path, key: bytes, version: int, *, alone: bool) -> None:
    """Refuse clear text and newer stores on connections that cannot change a byte, not even by a checkpoint."""
    refuse_clear_text(path)
    look = connect(path, key, "mode=ro" if _log_of(path).exists() and not alone else _UNCHANGING)
    try:
        require_cipher(look)
        require_known_version(look, version)
    finally:
        look.close()


def refuse_clear_text(path: Path) -> None:
    """Raise a StoreFault when the file can be read without a key.

    SQLite itself looks at the header ("SQLite format 3"): opening the live file a second time by other means would
    drop the locks that this process holds on it.
    """
    keyless = connect(path, None, _UNCHANGING)
    try:
        keyless.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.DatabaseError:
        return
    finally:
        keyless.close()
    raise damaged("The file in the store's folder is not encrypted, so it is not a Bedside store.")


def require_known_version(connection: Connection, version: int) -> None:
    """Raise a StoreFault unless the file is a Bedside store of a schema version from 1 to `version`."""
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if application_id != APPLICATION_ID or found < 1:
        raise damaged()
    if found > version:
        raise StoreFault(
            f"The store was written by a newer Bedside (store version {found}, this program knows {version}).",
            "Install the newer Bedside on this computer; nothing in the store was changed.",
        )


def _set_and_prove_pragmas(connection: Connection, *, read_only: bool) -> None:
    for name, value, proof in PRAGMAS:
        if name == "journal_mode" and read_only:
            _require(connection, name, _READER_JOURNAL_MODES)
            continue
        connection.execute(f"PRAGMA {name} = {value}")
        _require(connection, name, {proof})
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        _require(connection, "query_only", {1})


def _require(connection: Connection, name: str, accepted: set[Any]) -> None:
    answer = connection.execute(f"PRAGMA {name}").fetchone()
    if (answer[0] if answer else None) not in accepted:
        raise StoreFault(
            f"The database engine did not accept the setting {name}, which keeps saved entries safe.",
            "Install Bedside again; nothing in the store was changed.",
        )


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Run the block in one BEGIN IMMEDIATE … COMMIT; any exception rolls everything back."""
    with faults_in_words():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
