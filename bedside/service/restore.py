"""Restoring a backup, for leads: which there are, what would be lost, and the restore with its note in the trail."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bedside.chart.errors import StoreHeld, UserError
from bedside.chart.formats import label
from bedside.chart.moments import utc_text
from bedside.service.permissions import Action, NotAllowed, Role, may
from bedside.store.backup import FOLDER, BackupReport, backups_in
from bedside.store.backup_keys import keys_in, unlock_backup, unlock_copy
from bedside.store.envelope import NotLetIn, recovery_code
from bedside.store.opening import Unlocked
from bedside.store.people import OnlyLead, Standing
from bedside.store.restoring import Loss, Restoration, backup_at
from bedside.store.second_target import place_in, second_target
from bedside.store.station import Station
from bedside.store.store import Store

__all__ = ["Restoring", "begin", "loss_words", "offers"]


def offers(folder: Path) -> tuple[BackupReport, ...]:
    """Return the finished backups beside a store and in its second target, the newest first.

    It is for a store that may not open any more; one that lies in both places is named once.
    """
    target, keys = second_target(folder), keys_in(folder)
    sent = backups_in(place_in(target, keys.store_id)) if target and keys else ()
    every = (*sent, *backups_in(folder / FOLDER))
    found = {(report.made_at, report.head, report.audit_head): report for report in every}
    return tuple(sorted(found.values(), key=lambda report: (report.made_at, report.count), reverse=True))


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup that was proved and can take the store's place; end it with `carry_out` or `abandon`."""

    restoration: Restoration
    unlocked: Unlocked
    station: Station
    recovery_code: str = ""
    """Opens the restored store without a passphrase; given only when it has a new key, and shown once."""

    @property
    def report(self) -> BackupReport:
        """What is restored."""
        return self.restoration.report

    @property
    def loss(self) -> Loss:
        """What the present store holds beyond it."""
        return self.restoration.loss

    @property
    def needs_consent(self) -> bool:
        """Whether something is or may be in the present store that the backup does not hold."""
        return self.restoration.needs_consent

    def carry_out(self, *, consent: bool) -> Path | None:
        """Replace the store, note it in the restored store's audit trail; return where the replaced one is kept.

        Raises UserError, and abandons, when something would or might be lost and nobody consented. `back_up` comes
        next: until then no backup holds the note.
        """
        if self.needs_consent and not consent:
            self.abandon()
            raise UserError(f"Nothing was restored: {loss_words(self.loss)}", "Restore it nevertheless with --force.")
        return self.restoration.carry_out(self._note)

    def back_up(self) -> str:
        """Back the restored store up; return why that could not be done in a sentence or two, "" when it was."""
        try:
            self._opened(self.restoration.folder).close()
        except StoreHeld:
            return ""  # whoever was quicker backs it up when they close it
        except UserError as error:
            return f"The store is restored, but it is not backed up yet. {error}"
        return ""

    def _opened(self, folder: Path) -> Store:
        return Store(replace(self.station, folder=folder), self.unlocked)

    def _note(self, folder: Path, kept: str) -> None:
        """Tell the restored store of the restore and of today's roles before it takes the other's place."""
        store = self._opened(folder)
        try:
            store.record_event("restore", None, self._detail(kept))
            self._keep_standings(store)
        finally:
            store.close(backup=False)

    def _keep_standings(self, store: Store) -> None:
        """Give users the roles they had before the restore: an older trail must not give back what was taken away.

        Those who are leads come first, so that an earlier lead is the only one no more when its turn comes.
        """
        for name, before in sorted(self.restoration.standings.items(), key=lambda one: not _is_lead(one[1])):
            with suppress(OnlyLead):  # where none of today's leads is in the backup, its own last one stays
                store.people.keep(name, before)

    def _detail(self, kept: str) -> dict[str, str]:
        more = " or more" if self.loss.damage else ""
        return {
            "backup": utc_text(self.report.made_at),
            "entries": str(self.report.count),
            "not_in_backup": f"{self.loss.entries}{more}",
            "events_not_in_backup": f"{self.loss.events}{more}",
            "kept": kept,
        }

    def abandon(self) -> None:
        """Leave everything as it was."""
        self.restoration.abandon()


def begin(station: Station, path: Path, user: str, passphrase: str) -> Restoring:
    """Return the proved backup of a folder, or copy of a journal in a file, unlocked by a lead.

    Who is a lead the present store says or, where it cannot be read, the backup. Raises UserError (no backup there,
    wrong passphrase), NotAllowed, StoreHeld or StoreDamaged; nothing is replaced.
    """
    report, sealed = backup_at(path), None
    if report.folder.is_file():
        unlocked, sealed = unlock_copy(report, station.folder, user, passphrase)
    else:
        unlocked = unlock_backup(report, station.folder, user, passphrase)
    restoration = Restoration(station.folder, report, unlocked.key, station.clock(), sealed)
    try:
        roles = _roles(restoration, unlocked)
        if not may(roles, Action.RESTORE):
            raise NotAllowed(Action.RESTORE, roles)
    except UserError:
        restoration.abandon()
        raise
    code = recovery_code(unlocked.key) if sealed is not None and sealed.has_new_key else ""
    return Restoring(restoration, replace(unlocked, role=",".join(sorted(roles))), station, code)


def _roles(restoration: Restoration, unlocked: Unlocked) -> frozenset[str]:
    """The person's roles by the audit trail, else by the key file; NotLetIn for a disabled user."""
    standing = restoration.standings.get(unlocked.user, Standing())
    if standing.disabled:
        raise NotLetIn
    roles = unlocked.role if standing.roles is None else standing.roles
    return frozenset(roles.split(","))


def _is_lead(standing: Standing) -> bool:
    return not standing.disabled and Role.LEAD in (standing.roles or "").split(",")


def loss_words(loss: Loss) -> str:
    """Return in one sentence what a backup lacks of the present store."""
    if not loss.is_store:
        return "there is no store in that place yet."
    lost = " and ".join(filter(None, (_entries(loss), _events(loss.events))))
    if loss.damage:
        known = f"; it lacks at least {lost}" if lost else ""
        return f"the present store cannot be read to its end, so it may hold entries that the backup lacks{known}."
    if not lost:
        return "the backup holds every entry of the present store."
    return f"the backup lacks {lost} of the present store."


def _entries(loss: Loss) -> str:
    kinds = ", ".join(f"{number} {label(kind)}" for kind, number in loss.kinds.items())
    entries = "1 entry" if loss.entries == 1 else f"{loss.entries} entries"
    return f"{entries} ({kinds})" if kinds else ""


def _events(number: int) -> str:
    return f"{number} {'event' if number == 1 else 'events'} in the audit log" if number else ""
