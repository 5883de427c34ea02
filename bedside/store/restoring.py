"""Restoring: a backup is made ready beside the store and proved there, then takes its place; the old one is kept."""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3

from bedside.chart.errors import StoreFault, UserError
from bedside.store.backup import FOLDER, MANIFEST, BackupReport, backups_in, report_in
from bedside.store.backup_keys import keys_in
from bedside.store.cipher import connect
from bedside.store.envelope import key_check
from bedside.store.journal_copy import report_of
from bedside.store.lock import WriterLock
from bedside.store.made_ready import Sealed, make_ready
from bedside.store.opening import open_checked
from bedside.store.people import Standing, standings
from bedside.store.place import DATABASE, prepare_folder
from bedside.store.slots import COPIES, write_keys
from bedside.store.swap import FRESH, KEPT, finish, swap_in, was_announced


@dataclass(frozen=True, slots=True)
class Loss:
    """What the present store holds and the backup does not: entries by kind, and events of the audit trail.

    `damage` says why the present store cannot be read to its end, so that there may be more; "" where it can.
    `is_store` tells whether there is a store at all.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    events: int = 0
    damage: str = ""
    is_store: bool = True

    @property
    def entries(self) -> int:
        """The number of entries that would be lost, as far as they can be read."""
        return sum(self.kinds.values())


def backup_at(path: Path) -> BackupReport:
    """Return the finished backup in a folder, or in the folder of a file of one, or the copy of a journal in a file.

    UserError when there is none; a copy's report names the file in place of a folder.
    """
    copy = report_of(path)
    if copy is not None:
        return copy
    folder = path if path.is_dir() else path.parent
    report = report_in(folder)
    if report is None or not (folder / DATABASE).is_file():
        raise UserError(
            f"There is no finished backup in {path}.", f"Name a folder that holds {MANIFEST} and {DATABASE}."
        )
    return report


class Restoration:
    """A backup made ready and proved inside the store's folder, the lock held; `carry_out` or `abandon` ends it.

    `standings` is what the present store's audit trail says of its users, or the backup's where that cannot be read.
    """

    def __init__(
        self, folder: Path, report: BackupReport, key: bytes, now: datetime, sealed: Sealed | None = None
    ) -> None:
        """Make the backup ready and see what the present store holds beyond it; nothing is replaced yet.

        `sealed` comes with the copy of a journal. Raises StoreHeld while a program writes to the present store,
        StoreDamaged when the backup is not whole, and UserError where the place is not fit for a store.
        """
        self.folder, self.report = folder, report
        self._key, self._now = key, now
        prepare_folder(folder)
        self._lock = WriterLock(folder)
        try:
            finish(folder)
            shutil.rmtree(folder / FRESH, ignore_errors=True)
            make_ready(report, folder / FRESH, key, sealed)
            self.loss = _loss(folder, key)
            self.standings = _standings(folder, key) or _standings(folder / FRESH, key)
        except BaseException:
            self.abandon()
            raise

    @property
    def needs_consent(self) -> bool:
        """Whether something is or may be in the present store that the backup does not hold."""
        return bool(self.loss.entries or self.loss.events or self.loss.damage)

    def carry_out(self, before: Callable[[Path, str], object] | None = None) -> Path | None:
        """Put the backup into the store's place; return where the store that was there is kept, None if none was.

        Whoever may open the store now may open it afterwards: a key file of the same key stays in force. `before` is
        given the folder of the store made ready, and the name under which the other will be kept ("": there is none):
        what it does there is in the restored store or, wherever the computer stops, nothing was restored.
        """
        there = any((self.folder / name).exists() for name in (DATABASE, *COPIES))
        name = _free_name(self.folder / KEPT, self._now)
        try:
            _keep_present_keys(self.folder, self._key)
            if before is not None:
                before(self.folder / FRESH, name if there else "")
            kept = swap_in(self.folder, name, self._later_backups())
        except Exception:
            self.abandon()
            raise
        finally:
            self._lock.release()
        return kept if there else None

    def _later_backups(self) -> list[str]:
        """The names of the store's backups that the restored store knows nothing of."""
        ends = self.report
        return [
            other.folder.name
            for other in backups_in(self.folder / FOLDER)
            if other.store_id != ends.store_id or other.count > ends.count or other.audit_count > ends.audit_count
        ]

    def abandon(self) -> None:
        """Leave everything as it was."""
        if not was_announced(self.folder):
            shutil.rmtree(self.folder / FRESH, ignore_errors=True)
        self._lock.release()


def _loss(folder: Path, key: bytes) -> Loss:
    """What the store in `folder` holds that the copy made ready does not; a damaged one is read as far as it goes."""
    if not (folder / DATABASE).exists():
        return Loss(is_store=False)
    damage = ""
    try:
        open_checked(folder, key, read_only=True)[0].close()
    except StoreFault as fault:
        damage = fault.what_happened
    copy, present = _Held.of(folder / FRESH, key), _Held.of(folder, key)
    kinds = Counter(kind for entry, kind in present.entries.items() if entry not in copy.entries)
    return Loss(dict(sorted(kinds.items())), len(present.events - copy.events), damage or present.damage)


def _standings(folder: Path, key: bytes) -> dict[str, Standing]:
    """What a store's audit trail says of its users; empty where there is none that can be read."""
    try:
        with closing(connect(folder / DATABASE, key, "mode=ro")) as connection:
            (origin,) = connection.execute("SELECT origin FROM identity").fetchone()
            return standings(connection, origin)
    except sqlcipher3.DatabaseError:
        return {}


@dataclass(frozen=True, slots=True)
class _Held:
    """What can be read of a store: the kind of each entry by its id, the ids of its events, and why no more."""

    entries: Mapping[str, str]
    events: frozenset[str]
    damage: str = ""

    @classmethod
    def of(cls, folder: Path, key: bytes) -> "_Held":
        entries: dict[str, str] = {}
        events: set[str] = set()
        try:
            with closing(connect(folder / DATABASE, key, "mode=ro")) as connection:
                entries.update(connection.execute("SELECT id, kind FROM journal"))
                events.update(one for (one,) in connection.execute("SELECT id FROM audit"))
        except sqlcipher3.DatabaseError as error:
            return cls(entries, frozenset(events), f"The store cannot be read to its end ({error}).")
        return cls(entries, frozenset(events))


def _keep_present_keys(folder: Path, key: bytes) -> None:
    present = keys_in(folder)
    if present is not None and present.key_check == key_check(key, present.store_id):
        write_keys(folder / FRESH, present)


def _free_name(folder: Path, now: datetime) -> str:
    name = f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    number, free = 1, name
    while (folder / free).exists():
        number += 1
        free = f"{name}-{number}"
    return free
