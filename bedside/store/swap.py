"""Putting a restored store in the place of another: announced in a file first, so that a crash half-way is finished."""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from bedside.chart.errors import StoreFault
from bedside.store.backup import FOLDER
from bedside.store.place import DATABASE, flush_folder, make_folder, write_file
from bedside.store.slots import COPIES

FRESH = "restoring"
"""The folder inside the store's folder in which a restored store is made ready."""

KEPT = "replaced"
"""The folder inside the store's folder that keeps every store that was replaced, each a store folder itself."""

INTENT = "restore.json"
"""Says which files take whose place; it is there only while they are being moved."""

_LOGS = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")


def swap_in(folder: Path, name: str, backups: Sequence[str]) -> Path:
    """Move the store made ready in FRESH into its place and return the folder KEPT/name with what was there before.

    `backups` names those of the store's own backups that the restored store knows nothing of; they are kept with the
    replaced one. The caller holds the writer's lock.
    """
    write_file(folder / INTENT, json.dumps({"kept": name, "backups": list(backups)}).encode())
    finish(folder)
    return folder / KEPT / name


def finish(folder: Path) -> None:
    """Finish a restore that was announced, from wherever it stopped; do nothing when none was. Needs the lock."""
    intent = _intent(folder)
    if intent is None:
        return
    fresh, (name, backups) = folder / FRESH, intent
    kept = folder / KEPT / name
    for place in (kept.parent, kept):
        make_folder(place, exist_ok=True)
    if (fresh / DATABASE).exists():
        for log in _LOGS:
            _move(folder / log, kept / log)
        for file in (*COPIES, DATABASE):
            _replace(folder / file, fresh / file, kept / file)
    _keep_backups(folder / FOLDER, kept / FOLDER, backups)
    for changed in (kept, kept.parent, folder):
        flush_folder(changed)
    (folder / INTENT).unlink()
    flush_folder(folder)
    shutil.rmtree(fresh, ignore_errors=True)


def was_announced(folder: Path) -> bool:
    """Return whether a restore was begun and not finished."""
    return (folder / INTENT).exists()


def _intent(folder: Path) -> tuple[str, list[str]] | None:
    if not was_announced(folder):
        return None
    try:
        content = json.loads((folder / INTENT).read_bytes())
        names = [content["kept"], *content["backups"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        names = [""]
    if not all(isinstance(name, str) and name and Path(name).name == name for name in names):
        raise StoreFault(
            f"A restore of this store was not finished, and its note {INTENT} cannot be read.",
            "Keep the folder as it is, and restore a backup into a new folder.",
        )
    return names[0], names[1:]


def _replace(place: Path, new: Path, kept: Path) -> None:
    """Move one file in, and what was there aside; what was moved before a crash is not moved again."""
    if new.exists():
        if not kept.exists():
            _move(place, kept)
        new.replace(place)


def _move(place: Path, kept: Path) -> None:
    if place.exists():
        place.replace(kept)


def _keep_backups(backups: Path, kept: Path, names: Sequence[str]) -> None:
    for name in names:
        if (backups / name).is_dir():
            make_folder(kept, exist_ok=True)
            os.replace(backups / name, kept / name)
