"""From a folder and a person's secret to a checked connection: who may open a store, and what every opening proves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bedside.chart.errors import NotWritable, StoreFault, UserError
from bedside.store.backup import FOLDER
from bedside.store.cipher import Connection, damaged, faults_in_words
from bedside.store.engine import open_live
from bedside.store.envelope import Slot, key_check, key_of_code, unseal, user_name
from bedside.store.lock import WriterLock, held, lock_if_possible
from bedside.store.migrations import VERSION, migrate
from bedside.store.place import DATABASE, refuse_shared_place
from bedside.store.schema import check_schema
from bedside.store.slots import COPIES, KeyFile, read_keys
from bedside.store.swap import finish, was_announced
from bedside.store.verification import check_tails

RECOVERY_USER = "recovery code"
RECOVERY_ROLE = "lead"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An opened envelope: the data key, and whom it lets in with which roles (as every row will say)."""

    key: bytes
    user: str
    role: str


def unlock(folder: Path, user: str, passphrase: str) -> Unlocked:
    """Return the key that this user's passphrase opens; raise UserError when there is no store or it does not open."""
    require_store(folder)
    return unlock_keys(read_keys(folder), user, passphrase)


def unlock_keys(keys: KeyFile, user: str, passphrase: str) -> Unlocked:
    """Return the key that this user's passphrase opens in a key file; UserError when it does not open."""
    slot = _slot(keys, user)
    key = unseal(slot, passphrase=passphrase, store_id=keys.store_id, cost=keys.usual_cost)
    return Unlocked(key, slot.user if slot else "", slot.role if slot else "")


def _slot(keys: KeyFile, user: str) -> Slot | None:
    """The user's slot; None also for what could be nobody's name, so that it is answered like any unknown one."""
    try:
        return keys.slot(user_name(user))
    except UserError:
        return None


def unlock_with_code(folder: Path, code: str) -> Unlocked:
    """Return the key that a recovery code spells; it works without any key file. Raises UserError on another's code."""
    require_store(folder)
    key = key_of_code(code)
    keys = _keys_if_any(folder)
    if keys is not None and keys.key_check != key_check(key, keys.store_id):
        raise UserError("The recovery code belongs to another store.", "Look for the code printed with this store.")
    return Unlocked(key, RECOVERY_USER, RECOVERY_ROLE)


def require_store(folder: Path) -> None:
    """Raise UserError when the folder holds no store, or lies where a store must not be used.

    A restore that was interrupted is finished first; StoreHeld while another program still does it.
    """
    if was_announced(folder):
        with held(folder):
            finish(folder)
    if not (folder / DATABASE).is_file() and any((folder / name).exists() for name in (*COPIES, FOLDER)):
        raise damaged(f"The database of the store in {folder} is missing; its keys or backups are there.")
    if not (folder / DATABASE).is_file():
        raise UserError(f"There is no store in {folder}.", "Check the folder, or make a store with bedside init.")
    refuse_shared_place(folder)


def _keys_if_any(folder: Path) -> KeyFile | None:
    try:
        return read_keys(folder)
    except StoreFault:
        return None


Checked = tuple[Connection, str, str]
"""The store's connection, its store id and its origin."""


def open_to_read(folder: Path, key: bytes) -> tuple[Checked, WriterLock | None]:
    """Return what `open_checked` does for a reader, also where nothing can be written.

    There the reader is alone at the store: it holds the writer's lock, which comes back too, wherever that can be held.
    """
    try:
        return open_checked(folder, key, read_only=True), None
    except NotWritable:
        lock = lock_if_possible(folder)
    try:
        return open_checked(folder, key, read_only=True, alone=True), lock
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def open_checked(
    folder: Path,
    key: bytes,
    *,
    read_only: bool,
    before_migration: Callable[[str, str], object] | None = None,
    alone: bool = False,
) -> Checked:
    """Return the store's connection, its store id and its origin, after everything that an opening must prove.

    The connection has passed the engine's opening sequence, the schema is as made, and the tails of both chains hold.
    An older store is brought to VERSION, after `before_migration` was given its id and origin.
    """
    connection = open_live(folder / DATABASE, key, VERSION, read_only=read_only, alone=alone)
    try:
        with faults_in_words():
            if read_only:
                _require_present_version(connection)
            elif before_migration is not None and _version(connection) < VERSION:
                before_migration(*_identity(connection))
            if not read_only:
                migrate(connection)
            check_schema(connection)
            store_id, origin = _identity(connection)
            check_tails(connection, origin)
    except BaseException:
        connection.close()
        raise
    return connection, store_id, origin


def _identity(connection: Connection) -> tuple[str, str]:
    """The store's id and its origin."""
    found = connection.execute("SELECT store_id, origin FROM identity").fetchall()
    if len(found) != 1:
        raise damaged()
    store_id, origin = found[0]
    return store_id, origin


def _version(connection: Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _require_present_version(connection: Connection) -> None:
    """Raise a StoreFault for an older store: a reader cannot bring it to the version that this program reads."""
    found = _version(connection)
    if found < VERSION:
        raise StoreFault(
            f"The store was written by an older Bedside (store version {found}, this program reads {VERSION}).",
            "Open it once for writing, which brings it up to date; nothing was changed.",
        )
