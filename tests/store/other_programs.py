"""Another program on one store: `python -m tests.store.other_programs ACT FOLDER`, answering on standard output."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bedside.chart.errors import UserError
from bedside.store.station import Station
from bedside.store.store import Store
from tests.store.wards import PASSPHRASE, PATIENT, USER, count


def opened(folder: Path, *, read_only: bool = False) -> Store:
    return Store.open(Station(folder, lambda: datetime.now(UTC), uuid4), USER, PASSPHRASE, read_only=read_only)


def say(word: object) -> None:
    """Print a line that arrives even when the program is killed right after it."""
    print(word, flush=True)


def append_for_ever(folder: Path) -> None:
    """Append one entry after another and say each id only after the store has acknowledged it."""
    store = opened(folder)
    for number in range(1_000_000):
        (row,) = store.append([count(number)])
        say(row.id)


def read_for_ever(folder: Path) -> None:
    """Read the patient again and again and say how many entries there are; the number may only grow."""
    store = opened(folder, read_only=True)
    while True:
        say(len(store.bodies(PATIENT)))


def hold(folder: Path) -> None:
    """Open for writing, say so, and keep the store."""
    store = opened(folder)
    say("open")
    time.sleep(60)
    store.close()


def save_on_a_full_disk(folder: Path) -> None:
    """Append until the file may not grow any more, then back up, and say in words what happened."""
    import resource

    store = opened(folder)
    room = (folder / "bedside.db").stat().st_size + 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        for number in range(100_000):
            (row,) = store.append([count(number)])
            say(row.id)
    except UserError as error:
        say(f"refused: {error}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, room))
    try:
        store.backups.make(folder / "backups")
    except UserError as error:
        say(f"no backup: {error}")


ACTS = {act.__name__: act for act in (append_for_ever, read_for_ever, hold, save_on_a_full_disk)}

if __name__ == "__main__":
    ACTS[sys.argv[1]](Path(sys.argv[2]))
