"""The hash chain: how one row is bound to the row before it, and where a chain breaks."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic_core import to_json

GENESIS = bytes(32)
"""What stands for the hash before the first row."""


class Link(NamedTuple):
    """One stored row as the chain sees it: number from 1, both hashes (32 bytes), other columns, exact body text."""

    number: int
    previous: bytes
    digest: bytes
    columns: Sequence[str | int | None]
    body: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first row at which a chain does not hold, and in words why."""

    number: int
    why: str


def digest_of(previous: bytes, columns: Sequence[str | int | None], body: str) -> bytes:
    r"""Return the 32-byte hash of one row.

    SHA-256 over, in this order: the previous row's hash (32 raw bytes; GENESIS before the first row), the row's other
    columns as one JSON array in UTF-8 (no spaces, no ASCII escapes, in the order its table declares), one byte "\n",
    and the body exactly as stored, in UTF-8. JSON holds no raw line break and the previous hash has a fixed length, so
    no two rows share a layout.
    """
    return hashlib.sha256(previous + to_json(columns) + b"\n" + body.encode()).digest()


def first_break(links: Iterable[Link], previous: bytes = GENESIS, number: int = 0) -> Break | None:
    """Return where the chain first fails after row `number` with the hash `previous`, or None when it holds.

    The rows may come in any order: a whole journal is read fastest as it lies on the disk, patient by patient.
    """
    written: dict[int, tuple[bytes, bytes, bool]] = {}
    for link in links:
        unchanged = link.digest == digest_of(link.previous, link.columns, link.body)
        written[link.number] = (link.previous, link.digest, unchanged)
    for expected in range(number + 1, number + 1 + len(written)):
        if expected not in written:
            return Break(expected, "the row is missing, though later ones are there")
        follows, digest, unchanged = written[expected]
        if not unchanged:
            return Break(expected, "the row is not as it was written")
        if follows != previous:
            return Break(expected, "the row does not follow the row before it")
        previous = digest
    return None
