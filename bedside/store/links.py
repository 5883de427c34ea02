"""The two chains as they stand in the database: where each ends, and their rows in order."""

from collections.abc import Iterator

from bedside.store.chain import GENESIS, Link
from bedside.store.cipher import Connection
from bedside.store.rows import COLUMNS, Head
from bedside.store.schema import AUDIT_COLUMNS

CHAINS: dict[str, tuple[str, ...]] = {"journal": COLUMNS, "audit": AUDIT_COLUMNS}
"""Each chained table with the columns that are hashed beside the body, in that order."""


def end_of(connection: Connection, table: str, origin: str) -> tuple[int, bytes]:
    """Return the number of rows of one workstation's chain and the last one's hash (32 bytes)."""
    found: tuple[int, bytes] | None = connection.execute(
        f"SELECT origin_seq, hash FROM {table} WHERE origin = ? ORDER BY origin_seq DESC LIMIT 1",  # noqa: S608
        (origin,),
    ).fetchone()
    return (0, GENESIS) if found is None else found


def head_of(connection: Connection, table: str, origin: str) -> Head:
    """Return the end of a chain for people and manifests: number of rows and the hash in hexadecimal."""
    number, digest = end_of(connection, table, origin)
    return Head(number, digest.hex())


def tail(connection: Connection, table: str, origin: str, after: int) -> Iterator[Link]:
    """Yield the rows of one chain whose number is greater than `after`, in order."""
    return _read(connection, table, "WHERE origin = ? AND origin_seq > ? ORDER BY origin_seq", (origin, after))


def whole(connection: Connection, table: str, origin: str) -> Iterator[Link]:
    """Yield every row of one chain as it lies on the disk, which for 100,000 rows is far faster than in order."""
    return _read(connection, table, "WHERE +origin = ?", (origin,))


def _read(connection: Connection, table: str, where: str, values: tuple[str | int, ...]) -> Iterator[Link]:
    cursor = connection.execute(
        f"SELECT origin_seq, prev_hash, hash, body, {', '.join(CHAINS[table])} FROM {table} {where}",  # noqa: S608
        values,
    )
    for number, previous, digest, body, *columns in cursor:
        yield Link(number, previous, digest, columns, body)
