"""Restoring a backup, for leads: which there are, what would be lost, and the restore with its note in the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from bedside.chart.errors import UserError
from bedside.chart.formats import label
from bedside.chart.moments import utc_text
from bedside.service.permissions import Action, NotAllowed, may
from bedside.store.backup import FOLDER, BackupReport, backups_in
from bedside.store.opening import Unlocked
from bedside.store.restoring import Loss, Restoration, backup_at, unlock_backup
from bedside.store.store import Store

__all__ = ["Restoring", "begin", "loss_words", "offers"]


def offers(folder: Path) -> tuple[BackupReport, ...]:
    """Return the finished backups beside a store, the newest first, for a store that may not open any more."""
    return tuple(reversed(backups_in(folder / FOLDER)))


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup that was proved and can take the store's place; end it with `carry_out` or `abandon`."""

    restoration: Restoration
    unlocked: Unlocked
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]

    @property
    def report(self) -> BackupReport:
        """What is restored."""
        return self.restoration.report

    @property
    def loss(self) -> Loss:
        """What the present store holds beyond it."""
        return self.restoration.loss

    def carry_out(self, *, consent: bool) -> Path | None:
        """Replace the store, note it in the restored store's audit trail; return where the replaced one is kept.

        Raises UserError, and abandons, when something would or might be lost and nobody consented.
        """
        if self.restoration.needs_consent and not consent:
            self.abandon()
            raise UserError(f"Nothing was restored: {loss_words(self.loss)}", "Restore it nevertheless with --force.")
        kept = self.restoration.carry_out()
        store = Store(self.restoration.folder, self.unlocked, clock=self.clock, new_id=self.new_id)
        try:
            store.record_event("restore", None, self._detail(kept))
        finally:
            store.close()
        return kept

    def _detail(self, kept: Path | None) -> dict[str, str]:
        lost = str(self.loss.entries) + (" or more" if self.loss.damage else "")
        return {
            "backup": utc_text(self.report.made_at),
            "entries": str(self.report.count),
            "not_in_backup": lost,
            "kept": kept.name if kept else "",
        }

    def abandon(self) -> None:
        """Leave everything as it was."""
        self.restoration.abandon()


@dataclass(frozen=True, slots=True)
class Station:
    """What a restore takes from this computer: the store's folder, the clock in UTC and new ids."""

    folder: Path
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]


def begin(station: Station, path: Path, user: str, passphrase: str) -> Restoring:
    """Return the proved backup of a folder, unlocked by a lead of the present store or, without it, of the backup.

    Raises UserError (no backup there, wrong passphrase), NotAllowed, StoreHeld or StoreDamaged; nothing is replaced.
    """
    report = backup_at(path)
    unlocked = unlock_backup(report, station.folder, user, passphrase)
    roles = unlocked.role.split(",")
    if not may(roles, Action.RESTORE):
        raise NotAllowed(Action.RESTORE, roles)
    restoration = Restoration(station.folder, report, unlocked.key, station.clock())
    return Restoring(restoration, unlocked, station.clock, station.new_id)


def loss_words(loss: Loss) -> str:
    """Return in one sentence what a backup lacks of the present store."""
    kinds = ", ".join(f"{number} {label(kind)}" for kind, number in loss.kinds.items())
    if loss.damage:
        known = f"; {loss.entries} that can be read are not in the backup ({kinds})" if kinds else ""
        return f"the present store cannot be read to its end, so it may hold entries that the backup lacks{known}."
    if not loss.entries:
        return "the backup holds every entry of the present store."
    entries = "1 entry" if loss.entries == 1 else f"{loss.entries} entries"
    return f"the backup lacks {entries} of the present store ({kinds})."
