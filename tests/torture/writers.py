"""A program at the store, to be killed: `python -m tests.torture.writers ACT FOLDER SEED`, answering line by line."""

import contextlib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bedside.chart.errors import StoreHeld
from bedside.service.session import Session
from bedside.store.backup import FOLDER, backups_in
from bedside.store.backup_keys import unlock_backup
from bedside.store.creation import FIRST_ROLE
from bedside.store.restoring import Restoration
from tests.torture import ward

FOR_EVER = 1_000_000


def say(word: str) -> None:
    """Print a line that arrives even when the program is killed right after it."""
    print(word, flush=True)


def record_alone(folder: Path, chance: random.Random) -> None:
    """Record one entry after another, each said once it is acknowledged."""
    session = ward.opened(folder)
    for _ in range(FOR_EVER):
        say(ward.save(session, chance))


def record_in_turns(folder: Path, chance: random.Random) -> None:
    """Record a few entries whenever no other program has the store; close it each time, now and then with a backup."""
    for _ in range(FOR_EVER):
        session = _opened_when_free(folder)
        for _ in range(chance.randint(1, 5)):
            say(ward.save(session, chance))
        session.store.close(backup=chance.random() < 0.2)


def _opened_when_free(folder: Path) -> Session:
    while True:
        with contextlib.suppress(StoreHeld):
            return ward.opened(folder)
        time.sleep(0.002)


def back_up(folder: Path, chance: random.Random) -> None:
    """Record, then back up beside the store and prune, again and again."""
    session = ward.opened(folder)
    for _ in range(FOR_EVER):
        say(ward.save(session, chance))
        session.store.backups.make_if_changed()


def restore(folder: Path, chance: random.Random) -> None:
    """Put one or another backup into the store's place, again and again; each replaced store is kept."""
    for _ in range(FOR_EVER):
        report = chance.choice(backups_in(folder.parent / FOLDER))
        unlocked = unlock_backup(report, folder, ward.USER, ward.PASSPHRASE)
        say("restoring")
        Restoration(folder, report, unlocked.key, ward.now()).carry_out()


def change_passphrase(folder: Path, chance: random.Random) -> None:
    """Record and wrap the data key again, under the same passphrase, again and again."""
    session = ward.opened(folder)
    for _ in range(FOR_EVER):
        say(ward.save(session, chance))
        session.store.people.let_in(ward.USER, FIRST_ROLE, ward.PASSPHRASE, ward.CHEAP)


def open_once(folder: Path, _chance: random.Random) -> None:
    """Open the store, which brings an older one to this version, and say how that went."""
    say("opening")
    session = ward.opened(folder)
    say("open")
    session.store.close(backup=False)


Act = Callable[[Path, random.Random], None]
ACTS: dict[str, Act] = {
    act.__name__: act for act in (record_alone, record_in_turns, back_up, restore, change_passphrase, open_once)
}

if __name__ == "__main__":
    name, place, seed = sys.argv[1:4]
    ward.knowledge()
    ACTS[name](Path(place), random.Random(int(seed)))
