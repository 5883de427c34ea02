"""A new store: its database and key file, put in place only when both are complete."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bedside.chart.errors import UserError
from bedside.store.cipher import connect, faults_in_words, refuse_old_engine, require_cipher
from bedside.store.engine import transaction
from bedside.store.envelope import STANDARD_COST, Cost, key_check, new_key, recovery_code, seal
from bedside.store.migrations import migrate
from bedside.store.place import DATABASE, create_empty, flush_folder
from bedside.store.rows import microseconds
from bedside.store.slots import COPIES, KeyFile, write_keys
from bedside.store.station import Station

FIRST_ROLE = "lead,physician"
"""The first user's roles, as they are written into every row; a set of names joined by commas."""

_PART = f"{DATABASE}.part"


@dataclass(frozen=True, slots=True)
class FirstUser:
    """Who creates the store: the user's name, the passphrase, and what one guess at it is to cost.

    `show_code` is given the recovery code before there is a store; when it raises there will be none.
    """

    name: str
    passphrase: str
    cost: Cost = STANDARD_COST
    show_code: Callable[[str], object] | None = None


def refuse_existing(folder: Path) -> None:
    """Raise UserError when the folder holds a store, or a key file that one may still need."""
    if any((folder / name).exists() for name in (DATABASE, *COPIES)):
        raise UserError(f"There is a store in {folder} already.", "Choose another folder; nothing was changed.")


def create_files(station: Station, first: FirstUser) -> str:
    """Write a new store into the prepared folder and return the recovery code; the database's name comes last."""
    folder, key, store_id = station.folder, new_key(), str(station.new_id())
    slot = seal(key, user=first.name, role=FIRST_ROLE, passphrase=first.passphrase, store_id=store_id, cost=first.cost)
    part = folder / _PART
    part.unlink(missing_ok=True)
    _create_database(part, key, (store_id, str(station.new_id()), microseconds(station.clock())))
    _show_code(first, key, part)
    write_keys(folder, KeyFile(store_id, key_check(key, store_id), (slot,)))
    part.rename(folder / DATABASE)
    flush_folder(folder)
    return recovery_code(key)


def _show_code(first: FirstUser, key: bytes, part: Path) -> None:
    """A code that could not be shown would be lost for ever: then there is to be no store."""
    if first.show_code is not None:
        try:
            first.show_code(recovery_code(key))
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _create_database(path: Path, key: bytes, identity: tuple[str, str, int]) -> None:
    refuse_old_engine()
    create_empty(path)
    with faults_in_words():
        connection = connect(path, key)
        try:
            require_cipher(connection)
            migrate(connection)
            with transaction(connection):
                connection.execute("INSERT INTO identity (store_id, origin, made_at) VALUES (?, ?, ?)", identity)
        finally:
            connection.close()
