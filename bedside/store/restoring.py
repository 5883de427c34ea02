"""Restoring: a backup is made ready beside the store and proved there, then takes its place; the old one is kept."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3

from bedside.chart.errors import StoreDamaged, StoreFault, UserError
from bedside.store.backup import FOLDER, MANIFEST, BackupReport, backups_in, report_in
from bedside.store.cipher import connect
from bedside.store.copy_check import CopyState, state_of
from bedside.store.envelope import key_check
from bedside.store.lock import WriterLock
from bedside.store.opening import Unlocked, open_checked, unlock_keys
from bedside.store.place import DATABASE, prepare_folder, reason
from bedside.store.slots import COPIES, KeyFile, read_keys, write_keys
from bedside.store.swap import FRESH, KEPT, finish, swap_in, was_announced
from bedside.store.verification import verify


@dataclass(frozen=True, slots=True)
class Loss:
    """What the present store holds and the backup does not: entries by kind, and events of the audit trail.

    `damage` says why the present store cannot be read to its end, so that there may be more; "" where it can.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    events: int = 0
    damage: str = ""

    @property
    def entries(self) -> int:
        """The number of entries that would be lost, as far as they can be read."""
        return sum(self.kinds.values())


def backup_at(path: Path) -> BackupReport:
    """Return the finished backup in a folder, or in the folder of a file of one; UserError when there is none."""
    folder = path if path.is_dir() else path.parent
    report = report_in(folder)
    if report is None or not (folder / DATABASE).is_file():
        raise UserError(
            f"There is no finished backup in {path}.", f"Name a folder that holds {MANIFEST} and {DATABASE}."
        )
    return report


class Restoration:
    """A backup made ready and proved inside the store's folder, the lock held; `carry_out` or `abandon` ends it."""

    def __init__(self, folder: Path, report: BackupReport, key: bytes, now: datetime) -> None:
        """Make the backup ready and see what the present store holds beyond it; nothing is replaced yet.

        Raises StoreHeld while a program writes to the present store, StoreDamaged when the backup is not whole, and
        UserError where the place is not fit for a store.
        """
        self.folder, self.report = folder, report
        self._key, self._now = key, now
        prepare_folder(folder)
        self._lock = WriterLock(folder)
        try:
            finish(folder)
            shutil.rmtree(folder / FRESH, ignore_errors=True)
            make_ready(report, folder / FRESH, key)
            self.loss = _loss(folder, key)
        except BaseException:
            self.abandon()
            raise

    @property
    def needs_consent(self) -> bool:
        """Whether something is or may be in the present store that the backup does not hold."""
        return bool(self.loss.entries or self.loss.damage)

    def carry_out(self) -> Path | None:
        """Put the backup into the store's place; return where the store that was there is kept, None if none was.

        Whoever may open the store now may open it afterwards: a key file of the same key stays in force.
        """
        there = any((self.folder / name).exists() for name in (DATABASE, *COPIES))
        try:
            _keep_present_keys(self.folder, self._key)
            kept = swap_in(self.folder, _free_name(self.folder / KEPT, self._now), self._later_backups())
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


def make_ready(report: BackupReport, place: Path, key: bytes) -> CopyState:
    """Copy a backup into the new folder `place`, bring it to this version, prove all of it, and return what it holds.

    The backup itself is only read. Raises StoreDamaged when it is not whole or not what its manifest says, and
    UserError where it cannot be copied.
    """
    with _failures_in_words(place):
        place.mkdir(mode=0o700)
        for name in (DATABASE, *COPIES):
            if (report.folder / name).exists():
                shutil.copyfile(report.folder / name, place / name)
                (place / name).chmod(0o600)
    state = _proved(place, key)
    if (state.count, state.head, state.audit_count, state.audit_head) != (
        report.count,
        report.head,
        report.audit_count,
        report.audit_head,
    ):
        raise StoreDamaged("The backup does not hold what its manifest says.")
    return state


@contextmanager
def _failures_in_words(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The backup could not be copied into {place}: {reason(error)}.",
            "Nothing was replaced; free some space, then try again.",
        ) from error


def _proved(place: Path, key: bytes) -> CopyState:
    try:
        connection, _, origin = open_checked(place, key, read_only=False)
        with closing(connection):
            problems = verify(connection, origin)
            if problems:
                raise StoreDamaged(f"The backup is damaged. {problems[0].sentence}")
            return state_of(connection, origin)
    except sqlcipher3.DatabaseError as error:
        raise StoreDamaged("The backup is damaged or is not one of a Bedside store.") from error


def unlock_backup(report: BackupReport, folder: Path, user: str, passphrase: str) -> Unlocked:
    """Return the key of a backup, for a user of the present store in `folder` or, without it, of the backup.

    Raises UserError when the passphrase opens neither.
    """
    of_backup, present = read_keys(report.folder), _keys_in(folder)
    if present is not None and present.key_check == of_backup.key_check:
        return unlock_keys(present, user, passphrase)
    return unlock_keys(of_backup, user, passphrase)


def _loss(folder: Path, key: bytes) -> Loss:
    """What the store in `folder` holds that the copy made ready does not; a damaged one is read as far as it goes."""
    if not (folder / DATABASE).exists():
        return Loss()
    damage = ""
    try:
        open_checked(folder, key, read_only=True)[0].close()
    except StoreFault as fault:
        damage = fault.what_happened
    copy, present = _Held.of(folder / FRESH, key), _Held.of(folder, key)
    kinds = Counter(kind for entry, kind in present.entries.items() if entry not in copy.entries)
    return Loss(dict(sorted(kinds.items())), len(present.events - copy.events), damage or present.damage)


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
    present = _keys_in(folder)
    if present is not None and present.key_check == key_check(key, present.store_id):
        write_keys(folder / FRESH, present)


def _keys_in(folder: Path) -> KeyFile | None:
    try:
        return read_keys(folder)
    except StoreFault:
        return None


def _free_name(folder: Path, now: datetime) -> str:
    name = f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    number, free = 1, name
    while (folder / free).exists():
        number += 1
        free = f"{name}-{number}"
    return free
