"""The second target: a folder on another disk or share that gets every backup as closed files, read back to compare."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from errno import ENOENT
from pathlib import Path
from typing import BinaryIO

from bedside.chart.errors import UserError
from bedside.chart.progress import Progress, part_of, unheard
from bedside.store.backup import BackupReport, prune, report_in
from bedside.store.place import flush_folder, reason, write_file

SETTING = "second-target.json"
"""Beside the database: which folder is the second target. It names no patient."""

_CHUNK = 1 << 20


def second_target(folder: Path) -> Path | None:
    """Return the store's second target, or None when none is set."""
    try:
        return Path(json.loads((folder / SETTING).read_bytes())["folder"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def set_second_target(folder: Path, store_id: str, target: Path | None) -> None:
    """Set the second target, or none; UserError when it lies in the store's own folder or cannot be written to.

    The store's own place in it is made now and never again: where it is missing later, the disk is not connected, and
    a folder of the same path on the store's own disk must not be taken for it.
    """
    if target is None:
        (folder / SETTING).unlink(missing_ok=True)
        return
    place = target.resolve()
    if place.is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(place):
        raise UserError(
            f"The folder {target} holds the store itself or lies inside its folder.",
            "Choose a folder on another disk or share; nothing was changed.",
        )
    with _unreachable_in_words(target):
        place_in(place, store_id).mkdir(parents=True, exist_ok=True)
        probe = place_in(place, store_id) / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    write_file(folder / SETTING, json.dumps({"folder": str(place)}, ensure_ascii=False).encode())


def place_in(target: Path, store_id: str) -> Path:
    """Return the folder in which a target keeps one store's backups, so that several wards may share a target."""
    return target / f"bedside-{store_id}"


def send(report: BackupReport, target: Path, progress: Progress = unheard) -> BackupReport:
    """Copy a finished backup's closed files into the target, prune there, and return the copy.

    Each copied file is read back and compared. Only a whole copy gets its name; UserError when the target cannot be
    reached or does not give back what was written. What `progress` raises ends it, with nothing left there.
    """
    own = place_in(target, report.store_id)
    place, part = own / report.folder.name, own / f".{report.folder.name}.part"
    there = report_in(place)
    if there is not None and replace(there, folder=report.folder) == report:
        return there
    with _unreachable_in_words(target):
        if not own.is_dir():
            raise FileNotFoundError(ENOENT, "the disk or share is not connected")
        shutil.rmtree(part, ignore_errors=True)
        try:
            part.mkdir(mode=0o700)
            _copy_files(report.folder, part, progress)
            free = _free(place)
            part.rename(free)
            _flush(own)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        prune(own)
    return replace(report, folder=free)


def _flush(folder: Path) -> None:
    """Flush a folder's names where its file system can; some shares cannot."""
    with suppress(OSError):
        flush_folder(folder)


def _free(place: Path) -> Path:
    """The name of the backup, or one with a number behind it when another store has taken the name."""
    number, free = 1, place
    while free.exists():
        number += 1
        free = place.with_name(f"{place.name}-{number}")
    return free


def _copy_files(folder: Path, part: Path, progress: Progress) -> None:
    """Copy every file; of each byte is told when it was written and when it was read back."""
    files = sorted(folder.iterdir())
    done, whole = 0, 2 * sum(file.stat().st_size for file in files)
    for file in files:
        size = file.stat().st_size
        _copy_and_compare(file, part / file.name, part_of(progress, done, done + 2 * size, whole))
        done += 2 * size


def _copy_and_compare(source: Path, copy: Path, progress: Progress) -> None:
    with source.open("rb") as reading, copy.open("xb") as writing:
        for chunk in _chunks(reading, part_of(progress, 0, 50)):
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    with suppress(OSError):  # some file systems know no rights; what is copied is encrypted
        copy.chmod(0o600)
    if _digest(copy, part_of(progress, 50, 100)) != _digest(source, unheard):
        raise UserError(
            f"The copy {copy} is not what was written.", "Check that disk; the backup beside the store is whole."
        )


def _digest(path: Path, progress: Progress) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in _chunks(stream, progress):
            digest.update(chunk)
    return digest.digest()


def _chunks(stream: BinaryIO, progress: Progress) -> Iterator[bytes]:
    done, size = 0, os.fstat(stream.fileno()).st_size
    while chunk := stream.read(_CHUNK):
        progress(done, size)
        yield chunk
        done += len(chunk)


@contextmanager
def _unreachable_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The second backup folder {target} cannot be written to: {reason(error)}.",
            "The backup beside the store is made all the same; connect the disk or choose another folder.",
        ) from error
