"""Backups while the store is open: made on demand and hourly while something changed, and how old the last one is."""

from datetime import timedelta
from pathlib import Path

from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.store.backup import FOLDER, BackupReport

INTERVAL = timedelta(hours=1)
"""How long changes may wait for a backup while the store is open."""


@needs(Action.BACK_UP)
def back_up(session: Session, target: Path | None = None) -> BackupReport:
    """Return a new verified backup under `target` (None: beside the store); UserError where it cannot be written.

    That it was asked for is noted first, so that the backup itself holds the note.
    """
    if not session.read_only:
        session.store.record_event("backup", None, {"place": "elsewhere" if target else "beside the store"})
    return session.store.backup(target or session.store.folder / FOLDER)


@needs(Action.BACK_UP)
def copy_journal(session: Session, target: Path | None = None, passphrase: str | None = None) -> BackupReport:
    """Return a new sealed copy of the journal as JSON Lines under `target` (None: beside the store).

    It opens with the store's own keys, or with a passphrase of its own.
    """
    if not session.read_only:
        session.store.record_event("journal_copied", None, {"sealed_with": "passphrase" if passphrase else "store"})
    return session.store.copy_journal(target or session.store.folder / FOLDER, passphrase)


def back_up_if_due(session: Session) -> BackupReport | None:
    """Return a new backup when something changed and the last one is INTERVAL old, else None.

    Whoever works at the store makes it: it takes no right and asks nothing.
    """
    if session.read_only:
        return None
    last = session.store.last_backup()
    if last is not None and timedelta(0) <= session.clock() - last.made_at < INTERVAL:
        return None
    return session.store.back_up_if_changed()
