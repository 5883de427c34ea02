"""What the window shows and does with a store that is closed: its facts, who may sign in, its backups, a restore."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bedside import compose
from bedside.store.key_copies import COPIES, users_in
from bedside.store.manifests import FOLDER, backups_in, newest_of
from bedside.store.place import DATABASE

if TYPE_CHECKING:
    from bedside.service.restore import Restoring
    from bedside.ui.start import BackupLine, Proved, StoreFacts


def facts(folder: Path) -> "StoreFacts":
    """Return what may be said of the store before anybody has signed in; it imports nothing heavy."""
    from bedside.ui.start import StoreFacts, UserLine

    exists = any((folder / name).exists() for name in (DATABASE, *COPIES, FOLDER))
    lines = (("Store", f"{folder}, on this computer, encrypted"), ("Last backup", last_backup(folder)))
    users = tuple(UserLine(user) for user in users_in(folder))
    return StoreFacts(exists, users, lines=lines if exists else ())


def last_backup(folder: Path) -> str:
    """Return when the newest backup beside a closed store was made, by the manifests, which come after the proof."""
    from bedside.ui.sign_in.panel import moment_line

    newest = newest_of(backups_in(folder / FOLDER))
    return "none yet" if newest is None else f"{moment_line(newest.made_at.astimezone(compose.local_zone()))}, verified"


def backups(folder: Path) -> "tuple[BackupLine, ...]":
    """Return the backups beside the store, the newest first."""
    from bedside.chart.formats import moment_text
    from bedside.service.restore import offers
    from bedside.ui.start import BackupLine

    zone = compose.local_zone()
    return tuple(
        BackupLine(str(report.folder), moment_text(report.made_at, zone), f"{report.count} rows")
        for report in offers(folder)
    )


def proved(folder: Path, backup: str, user: str, passphrase: str) -> "Proved":
    """Return a backup made ready beside the store and proved, with what it lacks in words."""
    from bedside.service.restore import loss_words
    from bedside.ui.start import Proved

    restoring = compose.begin_restore(folder, Path(backup), user, passphrase)
    words = loss_words(restoring.loss)
    lacks = words[:1].upper() + words[1:] if restoring.needs_consent else ""
    return Proved(
        f"The backup is whole: {restoring.report.count} rows, every one as it was written.",
        lacks,
        partial(_carried_out, restoring),
        restoring.abandon,
    )


def _carried_out(restoring: "Restoring") -> str:
    kept = restoring.carry_out(consent=True)
    where = f"The store that was there is kept in {kept}." if kept else ""
    return " ".join(filter(None, ("The backup is restored.", where, restoring.back_up())))
