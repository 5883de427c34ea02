"""The restore drill: the newest backup is restored into a folder of its own, compared with the store, and removed."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bedside.chart.errors import StoreDamaged
from bedside.chart.progress import Progress, unheard
from bedside.store.backup import BackupReport
from bedside.store.cipher import connect
from bedside.store.made_ready import make_ready
from bedside.store.place import DATABASE

DRILL = "drill"
"""The folder inside the store's folder in which a drill takes place; it is encrypted like any store and removed."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that went well: which backup was restored, and how many entries the store has beyond it."""

    report: BackupReport
    later: int


def drill(report: BackupReport, folder: Path, key: bytes, origin: str, progress: Progress = unheard) -> Drilled:
    """Restore a backup into the store's DRILL folder, prove it against the live store, and remove it again.

    Everything the backup holds must stand at the same place of the live journal with the same hash. The live store is
    read on a connection of its own. Raises StoreDamaged when the two differ, and UserError without room for it; what
    `progress` raises ends it in the same way.
    """
    place = folder / DRILL
    shutil.rmtree(place, ignore_errors=True)
    try:
        progress(0, 3)
        make_ready(report, place, key)
        progress(2, 3)
        restored, live = _rows(place, key, origin), _rows(folder, key, origin)
        progress(3, 3)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if restored != live[: len(restored)]:
        raise StoreDamaged("The newest backup is whole, but it does not hold the same entries as the store.")
    return Drilled(report, len(live) - len(restored))


def _rows(folder: Path, key: bytes, origin: str) -> list[tuple[str, bytes]]:
    """Id and hash of every row of the journal, in its order."""
    with closing(connect(folder / DATABASE, key, "mode=ro")) as connection:
        found: list[tuple[str, bytes]] = connection.execute(
            "SELECT id, hash FROM journal WHERE origin = ? ORDER BY origin_seq", (origin,)
        ).fetchall()
    return found
