"""The numbered steps from an empty file to the newest store, each in one transaction of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bedside.store.cipher import Connection
from bedside.store.engine import APPLICATION_ID, transaction, wrap
from bedside.store.schema import add_kept, add_people, add_summary_head, create_tables

if TYPE_CHECKING:
    from sqlite_utils.db import Database

MIGRATIONS: tuple[Callable[["Database"], None], ...] = (create_tables, add_people, add_kept, add_summary_head)
"""Migration n takes a store from version n − 1 to n; a step once released never changes.

No step may use transform(), add_foreign_key() or add_column(fk=…) on a table with triggers, because sqlite-utils drops
them, nor executescript(), because it commits half-way.
"""

VERSION = len(MIGRATIONS)
"""The newest store version, kept in the file as user_version."""


def migrate(connection: Connection) -> int:
    """Bring the store to VERSION and return how many steps were taken; a step that fails leaves the one before."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, step in enumerate(MIGRATIONS[found:], start=found + 1):
        with transaction(connection):
            step(wrap(connection))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
    return VERSION - found
