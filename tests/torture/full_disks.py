"""A full disk, three ways: a limit of pages, a limit of the file's size, and a small file system of its own."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from bedside.chart.errors import UserError
from bedside.service.exchange_files import export_json
from bedside.service.read import chart_of
from bedside.service.session import Session
from bedside.service.targets import replacing
from bedside.store.backup import FOLDER, backups_in
from tests.conftest import ROOT
from tests.torture import ward
from tests.torture.invariant import broken
from tests.torture.outcome import Outcome, Tally

SMALL = 3 * 1024 * 1024
"""The size of the small file system: a store, one backup, and not much more."""


def page_limit(rounds: int) -> Outcome:
    """The database may not grow by more than some pages; afterwards it may, and saving goes on."""
    tally, chance = Tally("disk full: limit of pages"), random.Random(1)
    for _ in range(rounds):
        with TemporaryDirectory(prefix="bedside-torture-") as place:
            folder = Path(place) / "store"
            ward.make(folder, entries=5)
            session = ward.opened(folder)
            connection = session.store._hold.connection
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + chance.randint(0, 6)}")
            saved, refused = _until_refused(session, chance)
            connection.execute("PRAGMA max_page_count = 1000000")
            saved.append(ward.save(session, chance))
            session.store.close(backup=False)
            tally.round(acknowledged=len(saved), broken=(*refused, *broken(folder, saved)))
    return tally.outcome()


def _until_refused(session: Session, chance: random.Random) -> tuple[list[str], tuple[str, ...]]:
    """Save until the store says that there is no room; the ids, and what was wrong with how it said so."""
    saved: list[str] = []
    try:
        for _ in range(100_000):
            saved.append(ward.save(session, chance))
    except UserError as error:
        told = "nothing was saved" in error.what_happened
        return saved, () if told else (f"a full disk was told as: {error}",)
    return saved, ("the disk was never full",)


def file_size(rounds: int) -> Outcome:
    """No file may grow beyond a size, in a program of its own."""
    tally, chance = Tally("disk full: limit of a file's size"), random.Random(2)
    for number in range(rounds):
        with TemporaryDirectory(prefix="bedside-torture-") as place:
            folder = Path(place) / "store"
            ward.make(folder, entries=5)
            room = (folder / "bedside.db").stat().st_size + chance.randrange(4096, 200_000)
            command = [sys.executable, "-m", "tests.torture.full_disks", str(folder), str(room), str(number)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            saved = done.stdout.split()
            wrong = tuple(line for line in done.stderr.splitlines() if line)
            tally.round(acknowledged=len(saved), broken=(*wrong, *broken(folder, saved)))
    return tally.outcome()


def _save_within(folder: Path, room: int, seed: int) -> None:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    session, chance = ward.opened(folder), random.Random(seed)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, unlimited[1]))
    saved, wrong = _until_refused(session, chance)
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    saved.append(ward.save(session, chance))
    print("\n".join(saved), flush=True)
    print("\n".join(wrong), file=sys.stderr)
    session.store.close(backup=False)


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A file system of SMALL bytes in memory, or None where none may be mounted."""
    place = Path(mkdtemp(prefix="bedside-torture-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place)]
    may = shutil.which("mount") is not None and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield place if may else None
    finally:
        if may:
            subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


def small_file_system(rounds: int) -> Outcome:
    """Saving, backing up and exporting on a file system without room, and saving again when there is some."""
    fault = "disk full: small file system (save, back up, export)"
    tally, chance = Tally(fault), random.Random(3)
    for _ in range(rounds):
        with small_disk() as disk:
            if disk is None:
                return Outcome(fault, why_not="no file system may be mounted here")
            _round_on(disk, tally, chance)
    return tally.outcome()


def _round_on(disk: Path, tally: Tally, chance: random.Random) -> None:
    folder = disk / "store"
    ward.make(folder, entries=5)
    session = ward.opened(folder)
    kept = session.store.backups.make(folder / FOLDER)
    before = {path.name: path.read_bytes() for path in kept.folder.iterdir()}
    filler = disk / "filler"
    _fill(filler)
    saved, wrong = _until_refused(session, chance)
    told = (
        *wrong,
        *_refused(lambda: session.store.backups.make(folder / FOLDER)),
        *_refused(lambda: _export(session, disk)),
    )
    told = (*told, *_not_read(session, saved))
    session.store.close(backup=False)
    session = ward.opened(folder, read_only=True)
    told = (*told, *_not_read(session, saved))
    session.store.close()
    filler.unlink()
    session = ward.opened(folder)
    saved.append(ward.save(session, chance))
    session.store.close(backup=False)
    if {path.name: path.read_bytes() for path in kept.folder.iterdir()} != before or len(
        backups_in(folder / FOLDER)
    ) != 1:
        told = (*told, "the older backup is not what it was")
    if (disk / "out.json").exists():
        told = (*told, "a part of an export was left")
    tally.round(acknowledged=len(saved), broken=(*told, *broken(folder, saved)))


def _not_read(session: Session, saved: list[str]) -> tuple[str, ...]:
    """A disk without room keeps nobody from reading what is stored."""
    there = {entry.id for entry in chart_of(session, ward.MRN).entries}
    return () if there >= set(saved) else ("an acknowledged entry was not read on a full disk",)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as stream:
        try:
            while True:
                os.write(stream.fileno(), bytes(4096))
        except OSError:
            return


def _export(session: Session, disk: Path) -> None:
    with replacing(disk / "out.json") as stream:
        stream.write(export_json(session, ward.MRN))


def _refused(act: Callable[[], object]) -> tuple[str, ...]:
    """What is wrong with how a full disk was told: it has to be refused in words."""
    try:
        act()
    except UserError:
        return ()
    return ("something was written on a full disk",)


if __name__ == "__main__":
    ward.knowledge()
    _save_within(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
