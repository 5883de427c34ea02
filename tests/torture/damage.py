"""Damage that nobody did through Bedside: flipped bits, cut files, a stale log, a newer schema."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bedside.chart.errors import UserError
from bedside.store.cipher import connect
from bedside.store.migrations import VERSION
from bedside.store.place import DATABASE
from tests.torture import ward
from tests.torture.invariant import broken
from tests.torture.outcome import Outcome, Tally

ENTRIES = 120


def noticed(folder: Path) -> bool:
    """Whether opening or verifying says that something is wrong."""
    try:
        session = ward.opened(folder, read_only=True)
    except UserError:
        return True
    try:
        return session.store.verify() != ()
    finally:
        session.store.close()


Damage = Callable[[bytes, random.Random], bytes]


def _flip(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    keep = chance.choice((0, 1, 4096 * chance.randrange(1, len(content) // 4096), chance.randrange(len(content))))
    return content[:keep]


def _damaged(fault: str, damage: Damage, rounds: int) -> Outcome:
    tally, chance = Tally(fault), random.Random(fault)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder = Path(place) / "store"
        ward.make(folder, entries=ENTRIES)
        content = (folder / DATABASE).read_bytes()
        for _ in range(rounds):
            copy = Path(place) / "copy"
            shutil.copytree(folder, copy)
            harmed = damage(content, chance)
            (copy / DATABASE).write_bytes(harmed)
            seen = noticed(copy)
            kept = (copy / DATABASE).read_bytes() == harmed
            tally.round(noticed=seen, broken=() if kept else ("a damaged file was changed",))
            shutil.rmtree(copy)
    return tally.outcome()


def bit_flips(rounds: int) -> Outcome:
    """One flipped bit anywhere in the database."""
    return _damaged("flipped bit", _flip, rounds)


def truncations(rounds: int) -> Outcome:
    """The database cut short anywhere."""
    return _damaged("truncated file", _cut, rounds)


def stale_log(rounds: int) -> Outcome:
    """The log of an earlier crash put beside a store that went on: whole all the same, or noticed."""
    tally, chance = Tally("stale log beside the store"), random.Random(4)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder, log = Path(place) / "store", Path(place) / "old-log"
        ward.make(folder, entries=10)
        saved: list[str] = []
        for _ in range(rounds):
            session = ward.opened(folder)
            saved += [ward.save(session, chance) for _ in range(chance.randint(1, 6))]
            shutil.copy(folder / f"{DATABASE}-wal", log)
            saved += [ward.save(session, chance) for _ in range(chance.randint(1, 30))]
            session.store.close()
            copy = Path(place) / "copy"
            shutil.copytree(folder, copy)
            shutil.copy(log, copy / f"{DATABASE}-wal")
            seen = noticed(copy) or not broken(copy, saved)
            tally.round(acknowledged=len(saved), noticed=seen)
            shutil.rmtree(copy)
    return tally.outcome()


def newer_schema(rounds: int) -> Outcome:
    """A store of a later version: refused, and not a byte of it changed."""
    tally, chance = Tally("store of a newer version"), random.Random(5)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder = Path(place) / "store"
        key = ward.make(folder, entries=5)
        for _ in range(rounds):
            connection = connect(folder / DATABASE, key)
            connection.execute(f"PRAGMA user_version = {VERSION + chance.randint(1, 1000)}")
            connection.close()
            before = (folder / DATABASE).read_bytes()
            seen = noticed(folder) and _refused_for_writing(folder)
            unchanged = (folder / DATABASE).read_bytes() == before
            tally.round(noticed=seen, broken=() if unchanged else ("a newer store was changed",))
    return tally.outcome()


def _refused_for_writing(folder: Path) -> bool:
    try:
        ward.opened(folder).store.close(backup=False)
    except UserError as error:
        return "newer Bedside" in str(error)
    return False
