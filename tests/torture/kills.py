"""kill −9 at random moments: while recording alone and in turns, backing up, restoring, changing a passphrase."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bedside.store.backup import FOLDER
from bedside.store.swap import KEPT
from tests.conftest import ROOT
from tests.store.make_sample import EXPECTED, SAMPLES
from tests.torture import ward
from tests.torture.invariant import broken
from tests.torture.outcome import Outcome, Tally
from tests.torture.writers import (
    Act,
    back_up,
    change_passphrase,
    open_once,
    record_alone,
    record_in_turns,
    restore,
)

Process = subprocess.Popen[str]


@contextmanager
def program(act: Act, folder: Path, seed: int) -> Iterator[Process]:
    """Another program at the store, killed at the end of the block."""
    command = [sys.executable, "-m", "tests.torture.writers", act.__name__, str(folder), str(seed)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def killed(processes: Sequence[Process], chance: random.Random) -> list[str]:
    """Every line that the programs said until all were killed: after some lines of each and a moment more."""
    said: list[str] = []
    for process in processes:
        assert process.stdout is not None
        said += [process.stdout.readline() for _ in range(chance.randint(1, 12))]
    time.sleep(chance.uniform(0, 0.06))
    for process in processes:
        process.kill()
    for process in processes:
        rest, trouble = process.communicate()
        assert "Traceback" not in trouble, trouble
        said += rest.splitlines(keepends=True)
    return [line.strip() for line in said if line.endswith("\n")]


def _while(fault: str, act: Act, writers: int, rounds: int) -> Outcome:
    """Kill the writers of one store again and again; it grows from round to round."""
    tally, chance = Tally(fault), random.Random(fault)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder, acknowledged = Path(place) / "store", list[str]()
        ward.make(folder)
        for _ in range(rounds):
            with ExitStack() as stack:
                seeds = [chance.randrange(10**9) for _ in range(writers)]
                processes = [stack.enter_context(program(act, folder, seed)) for seed in seeds]
                new = killed(processes, chance)
            acknowledged += new
            tally.round(acknowledged=len(new), broken=broken(folder, acknowledged))
    return tally.outcome()


def recording(rounds: int) -> Outcome:
    """One writer."""
    return _while("kill while recording, one writer", record_alone, 1, rounds)


def recording_in_turns(rounds: int) -> Outcome:
    """Two writers that take turns at the lock."""
    return _while("kill while recording, two writers", record_in_turns, 2, rounds)


def backing_up(rounds: int) -> Outcome:
    """A writer that backs up after each entry."""
    return _while("kill while backing up", back_up, 1, rounds)


def changing_passphrase(rounds: int) -> Outcome:
    """A writer whose passphrase is wrapped anew after each entry."""
    return _while("kill while changing a passphrase", change_passphrase, 1, rounds)


def restoring(rounds: int) -> Outcome:
    """A program that replaces the store by backups: every entry is in the store or in one that was kept."""
    tally, chance = Tally("kill while restoring"), random.Random(5)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder = Path(place) / "store"
        ward.make(folder)
        session, entries = ward.opened(folder), list[str]()
        for _ in range(3):
            entries += [ward.save(session, chance) for _ in range(5)]
            session.store.backups.make(Path(place) / FOLDER)
        session.store.close(backup=False)
        for number in range(rounds):
            with program(restore, folder, number) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(chance.uniform(0, 0.25))
            tally.round(acknowledged=len(entries), broken=_after_restore(folder, entries))
            shutil.rmtree(folder)
            shutil.copytree(_fullest(Path(place) / FOLDER), folder)
    return tally.outcome()


def _fullest(backups: Path) -> Path:
    return max(backups.iterdir())


def _after_restore(folder: Path, entries: Sequence[str]) -> tuple[str, ...]:
    """What does not hold: the store is whole with its oldest backup at least, and one store has every entry."""
    now = broken(folder, entries[:5])
    kept = [broken(place, entries) for place in sorted((folder / KEPT).glob("*")) if (place / "bedside.db").exists()]
    everywhere = [broken(folder, entries), *kept]
    return now if () in everywhere else (*now, "no store has every entry any more")


def migrating(rounds: int) -> Outcome:
    """A program that brings the oldest sample of a store to this version: afterwards it is the old store or the new."""
    tally, chance = Tally("kill while bringing an old store to this version"), random.Random(8)
    for number in range(rounds):
        with TemporaryDirectory(prefix="bedside-torture-") as place:
            folder = Path(place) / "store"
            shutil.copytree(SAMPLES / "v1", folder)
            with program(open_once, folder, number) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(chance.uniform(0, 0.9))
            rows = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))["ids"]
            tally.round(acknowledged=len(rows), broken=broken(folder, rows))
    return tally.outcome()
