"""What finished backups say of themselves by their manifests; reading them takes neither a key nor the engine."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path

FOLDER = "backups"
"""The folder beside the database into which the store backs itself up."""

MANIFEST = "manifest.json"
"""Written last: a backup without it was not finished."""

FORMAT = "bedside-backup"


@dataclass(frozen=True, slots=True)
class CopyState:
    """What a copy holds (rows and last hash of both chains) and the first thing that is wrong with it, or None."""

    count: int
    head: str
    audit_count: int
    audit_head: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class BackupReport:
    """One verified backup: its folder (a store folder itself), when it was made (UTC), and where its chains end.

    `asked` tells that a person asked for it and was told where it is.
    """

    folder: Path
    made_at: datetime
    store_id: str
    count: int
    head: str
    audit_count: int
    audit_head: str
    bytes: int
    asked: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for what no backup can say of itself: a manifest may have been edited."""
        numbers = (self.count, self.audit_count, self.bytes)
        texts = (self.store_id, self.head, self.audit_head)
        if not all(type(number) is int and 0 <= number < 1 << 63 for number in numbers):
            raise ValueError("a backup holds a whole number of rows and bytes")
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("a backup names its store and the ends of its chains")
        if type(self.asked) is not bool:
            raise ValueError("a backup was asked for or was not")
        if self.made_at.tzinfo is None or not MINYEAR < self.made_at.year < MAXYEAR:
            raise ValueError("a backup was made at a moment")

    @property
    def state(self) -> CopyState:
        """Where its chains end, as a store tells it of itself."""
        return CopyState(self.count, self.head, self.audit_count, self.audit_head)


def backups_in(target: Path) -> tuple[BackupReport, ...]:
    """Return the finished backups under a folder, the oldest first; anything else in it is passed over.

    There are none in a folder that cannot be reached: whoever writes there is told why.
    """
    try:
        folders = [manifest.parent for manifest in target.glob(f"[!.]*/{MANIFEST}")]
    except OSError:
        return ()
    found = (report for report in map(report_in, folders) if report)
    return tuple(sorted(found, key=lambda report: (report.made_at, report.count, report.audit_count)))


def report_in(folder: Path) -> BackupReport | None:
    """Return what the manifest in a folder says, or None when there is none or it cannot be read."""
    try:
        fields = json.loads((folder / MANIFEST).read_bytes())
        if fields.pop("format") != FORMAT or fields.pop("version") != 1:
            return None
        made_at = datetime.fromisoformat(fields.pop("made_at"))
        return BackupReport(folder=folder, made_at=made_at, **fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def newest_of(reports: Iterable[BackupReport]) -> BackupReport | None:
    """Return the backup that holds most, None of none: a clock that was set tells nothing about what is newest."""
    return max(reports, key=lambda report: (report.count, report.audit_count, report.made_at), default=None)
