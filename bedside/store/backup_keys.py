"""The key of a backup: from the present store's users, else from the backup's own, or from a copy's passphrase."""

from pathlib import Path

from bedside.chart.errors import StoreDamaged, StoreFault, UserError
from bedside.store import sealed_lines
from bedside.store.backup import BackupReport
from bedside.store.creation import FIRST_ROLE
from bedside.store.envelope import NotLetIn, key_check, new_key, seal, user_name
from bedside.store.journal_copy import key_way
from bedside.store.made_ready import Sealed
from bedside.store.opening import Unlocked, unlock_keys
from bedside.store.slots import COPIES, KeyFile, read_keys


def unlock_backup(report: BackupReport, folder: Path, user: str, passphrase: str) -> Unlocked:
    """Return the key of a backup, for a user of the present store in `folder` or, without it, of the backup.

    Raises UserError when the passphrase opens neither.
    """
    of_backup, present = read_keys(report.folder), keys_in(folder)
    if present is not None and present.key_check == of_backup.key_check:
        return unlock_keys(present, user, passphrase)
    return unlock_keys(of_backup, user, passphrase)


def unlock_copy(report: BackupReport, folder: Path, user: str, passphrase: str) -> tuple[Unlocked, Sealed]:
    """Return the key of the store that the copy of a journal becomes, and what the copy is sealed with.

    Sealed with the store's own key, it needs the key file in `folder` and a user of it. Sealed with a passphrase, it
    becomes a store with a new key, and `user` its lead with that same passphrase.
    """
    way = key_way(report.folder)
    if way.cost is None:
        present = keys_in(folder)
        if present is None or present.store_id != report.store_id:
            raise UserError(
                "The copy is sealed with the key of its store, whose key file is not in the folder.",
                f"Put {COPIES[0]} of that store, or of a backup of it, into {folder}.",
            )
        unlocked = unlock_keys(present, user, passphrase)
        return unlocked, Sealed(way.of_store(unlocked.key), present, has_new_key=False)
    copy_key = way.of_passphrase(passphrase)
    _require_opens(report.folder, copy_key)
    key, name = new_key(), user_name(user)
    slot = seal(key, user=name, role=FIRST_ROLE, passphrase=passphrase, store_id=report.store_id, cost=way.cost)
    keys = KeyFile(report.store_id, key_check(key, report.store_id), (slot,))
    return Unlocked(key, name, FIRST_ROLE), Sealed(copy_key, keys, has_new_key=True)


def _require_opens(copy: Path, key: bytes) -> None:
    """Raise NotLetIn when not even the first line of a copy opens with the key."""
    try:
        next(sealed_lines.read(copy, key))
    except StoreDamaged as error:
        raise NotLetIn from error


def keys_in(folder: Path) -> KeyFile | None:
    """Return the folder's key file, or None when there is none that is intact."""
    try:
        return read_keys(folder)
    except StoreFault:
        return None
