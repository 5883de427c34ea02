"""Backups: a verified copy of the store in a folder of its own, with its keys and a manifest without patient data."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3

from bedside.chart.errors import StoreFault, UserError
from bedside.chart.progress import Progress, part_of, unheard
from bedside.child_process import NotAnswered, answer_of
from bedside.store.cipher import Connection, connect, faults_in_words
from bedside.store.copy_check import state_of
from bedside.store.manifests import FOLDER, FORMAT, MANIFEST, BackupReport, CopyState, backups_in, newest_of, report_in
from bedside.store.place import DATABASE, create_empty, flush_folder, make_folder, reason, write_file
from bedside.store.retention import ASKED_FOR, moments_to_keep
from bedside.store.slots import COPIES, KeyFile, write_keys

__all__ = [
    "FOLDER",
    "MANIFEST",
    "BackupReport",
    "Source",
    "backups_in",
    "make_backup",
    "newest_of",
    "prune",
    "report_in",
]

_PART = f"{DATABASE}.part"
_OWN_FILES = {DATABASE, _PART, f"{_PART}-journal", MANIFEST, *COPIES} | {f"{name}.part" for name in COPIES}
_PAGES_AT_ONCE = 256
_SPARED_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied: the database's file, its data key, the key file, and the workstation whose chains it holds."""

    database: Path
    key: bytes
    keys: KeyFile
    origin: str

    @contextmanager
    def snapshot(self) -> Iterator[tuple[Connection, CopyState]]:
        """Give a connection of its own to one state of the store, and where the chains end in it.

        UserError or StoreFault where the store itself cannot be read so, whatever becomes of the copy.
        """
        with faults_in_words():
            live = connect(self.database, self.key, "mode=ro")
        with closing(live):
            with faults_in_words():
                live.execute("BEGIN")
                state = state_of(live, self.origin)
            yield live, state
            live.execute("ROLLBACK")


def make_backup(
    source: Source, target: Path, now: datetime, progress: Progress = unheard, *, asked: bool = False
) -> BackupReport:
    """Make one verified backup in a new folder under `target` and return what it holds.

    The pages are read on a connection of their own, so that nobody who reads or saves meanwhile has to wait, and
    verified in a process of its own. Whatever fails, the unfinished folder is removed, and neither the store nor an
    older backup is touched. Raises UserError (no room, no right) or StoreFault (the copy is not what it should be);
    what `progress` raises ends it in the same way.
    """
    with _failures_in_words(target):
        folder = _new_folder(target, now)
        try:
            expected = _copy_pages(source, folder / _PART, part_of(progress, 0, 50))
            _verify_in_child(folder / _PART, source, expected, part_of(progress, 50, 99))
            return _finish(folder, source.keys, expected, now, asked=asked)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


@contextmanager
def _failures_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlcipher3.DatabaseError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise UserError(
            f"No backup could be written into {target}: {why}.",
            "What is stored stays as it is; free some space or choose another folder, then try again.",
        ) from error


def _new_folder(target: Path, now: datetime) -> Path:
    """Make the folder `target`/moment with a number behind it when the moment is taken."""
    make_folder(target, exist_ok=True)
    name = f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    folder, number = target / name, 1
    while folder.exists():
        number += 1
        folder = target / f"{name}-{number}"
    make_folder(folder)
    return folder


def _copy_pages(source: Source, part: Path, progress: Progress) -> CopyState:
    """Copy every page through SQLite's backup interface in one snapshot; return the chains' ends in that snapshot."""

    def tell(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    create_empty(part)
    with source.snapshot() as (live, state), closing(connect(part, source.key)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        live.backup(copy, pages=_PAGES_AT_ONCE, progress=tell)
        copy.execute("PRAGMA journal_mode = DELETE")
    return state


def _verify_in_child(part: Path, source: Source, expected: CopyState, progress: Progress) -> None:
    question = {"path": str(part), "key": source.key.hex(), "origin": source.origin}
    try:
        answer = answer_of("bedside.store.copy_check", json.dumps(question).encode(), progress)
    except NotAnswered as error:
        raise _not_verified("it could not be read back") from error
    found = CopyState(**json.loads(answer))
    if found != expected:
        raise _not_verified(found.problem or "it does not hold the same entries")


def _not_verified(why: str) -> StoreFault:
    return StoreFault(
        f"The backup was thrown away, because {why.rstrip('.')}.", "Run bedside verify; older backups are still there."
    )


def _finish(folder: Path, keys: KeyFile, state: CopyState, now: datetime, *, asked: bool) -> BackupReport:
    part, database = folder / _PART, folder / DATABASE
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.rename(database)
    write_keys(folder, keys)
    made = now.astimezone(UTC)
    ends = (state.count, state.head, state.audit_count, state.audit_head)
    report = BackupReport(folder, made, keys.store_id, *ends, database.stat().st_size, asked)
    write_file(folder / MANIFEST, _manifest(report).encode())
    flush_folder(folder.parent)
    return report


def _manifest(report: BackupReport) -> str:
    fields = asdict(report) | {"made_at": report.made_at.isoformat()}
    del fields["folder"]
    return json.dumps({"format": FORMAT, "version": 1} | fields, indent=1) + "\n"


def prune(target: Path) -> tuple[Path, ...]:
    """Remove the backups that the retention no longer keeps, and unfinished ones; return the removed folders.

    The one that holds most stays, whatever the clock said when it was made, and one that was asked for stays a day.
    """
    reports = backups_in(target)
    kept = moments_to_keep(report.made_at for report in reports)
    spared = {report.made_at for report in reports if report.asked and reports[-1].made_at - report.made_at < ASKED_FOR}
    surplus = [one.folder for one in reports if one.made_at not in kept | spared and one is not newest_of(reports)]
    finished = {report.folder for report in reports}
    unfinished = [folder for folder in target.glob("*Z*") if folder not in finished and _is_unfinished(folder)]
    for folder in (*surplus, *unfinished):
        (folder / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    return (*surplus, *unfinished)


def _is_unfinished(folder: Path) -> bool:
    """Return whether this is a backup that stopped half-way: no manifest, and nothing in it that is not a backup's.

    One of the last day may still be in the making, by another program or from before the computer slept.
    """
    if not folder.is_dir() or (folder / MANIFEST).exists():
        return False
    if abs(time.time() - folder.stat().st_mtime) < _SPARED_SECONDS:
        return False
    return {entry.name for entry in folder.iterdir()} <= _OWN_FILES
