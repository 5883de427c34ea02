"""Backups while the store is open: made on demand and hourly while something changed, and how old the last one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bedside.chart.errors import UserError
from bedside.chart.moments import utc_text
from bedside.chart.progress import Cancelled, Progress, part_of, unheard
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.store.backup import FOLDER, BackupReport, backups_in, newest_of
from bedside.store.drill import Drilled
from bedside.store.place import free_space, needed_space
from bedside.store.second_target import place_in, second_target, set_second_target
from bedside.store.store import Store

INTERVAL = timedelta(hours=1)
"""How long changes may wait for a backup while the store is open."""


@needs(Action.BACK_UP)
def back_up(session: Session, target: Path | None = None, progress: Progress = unheard) -> BackupReport:
    """Return a new verified backup under `target` (None: beside the store, and from there to the second target).

    UserError where it cannot be written; a backup beside the store stands even when the second target has no place.
    That it was asked for is noted first, so that the backup itself holds the note. What `progress` raises ends it: no
    backup is left, or it stands beside the store and goes to the second target another time.
    """
    if not session.read_only:
        session.store.record_event("backup", None, {"place": "elsewhere" if target else "beside the store"})
    try:
        place = target or session.store.folder / FOLDER
        report = session.store.backups.make(place, part_of(progress, 0, 80), asked=True)
    except Cancelled:
        session.note("backup_cancelled")
        raise
    if target is None:
        _send(session.store, part_of(progress, 80, 99))
    return report


def _send(store: Store, progress: Progress) -> None:
    """Send the newest backup to the second target; whoever cancels that hears that the backup itself stands."""
    try:
        store.backups.send(progress)
    except Cancelled:
        raise Cancelled("The backup stands beside the store; the second folder gets it with the next one.") from None


@needs(Action.BACK_UP)
def copy_journal(session: Session, target: Path | None = None, passphrase: str | None = None) -> BackupReport:
    """Return a new sealed copy of the journal as JSON Lines under `target` (None: beside the store).

    It opens with the store's own keys, or with a passphrase of its own.
    """
    if not session.read_only:
        session.store.record_event(
            "journal_copied", None, {"sealed_with": "store" if passphrase is None else "passphrase"}
        )
    return session.store.backups.copy_journal(target or session.store.folder / FOLDER, passphrase)


@needs(Action.RESTORE)
def rehearse_restore(session: Session, progress: Progress = unheard) -> Drilled:
    """Restore the newest backup into a folder of its own, prove it against the store, remove it, and note how it went.

    Raises UserError (no backup yet, no room) or StoreDamaged, or what `progress` raises; that is noted too.
    """
    try:
        drilled = session.store.backups.drill(progress)
    except Cancelled:
        _note(session, {"result": "cancelled"})
        raise
    except UserError as error:
        _note(session, {"result": "failed", "why": type(error).__name__})
        raise
    _note(session, {"result": "whole", "backup": utc_text(drilled.report.made_at), "later": str(drilled.later)})
    return drilled


def _note(session: Session, detail: dict[str, str]) -> None:
    if not session.read_only:
        session.store.record_event("restore_drill", None, detail)


@needs(Action.CHANGE_SETTINGS)
def choose_second_target(session: Session, target: Path | None, progress: Progress = unheard) -> None:
    """Send every backup, the newest at once, also to a folder on another disk or share, or (None) to none any more.

    What `progress` raises ends the sending alone: the folder is chosen.
    """
    before = second_target(session.store.folder)
    set_second_target(session.store.folder, session.store.store_id, target)
    detail = {"name": "second backup folder", "value": _chosen(target), "before": _chosen(before)}
    session.store.record_event("setting_changed", None, detail)
    _send(session.store, progress)


def _chosen(target: Path | None) -> str:
    """Whether there is a second target; its place stands in the setting alone."""
    return "none" if target is None else "chosen"


@dataclass(frozen=True, slots=True)
class BackupState:
    """What a person is to know about the backups without asking: the newest verified one, the copy elsewhere, the room.

    `elsewhere` is the second target and `elsewhere_at` when its newest backup was made; None where there is none or
    the folder cannot be reached. `room` is the free space beside the store in bytes.
    """

    now: datetime
    made_at: datetime | None
    drilled_at: datetime | None
    elsewhere: Path | None
    elsewhere_at: datetime | None
    room: int
    low: bool

    @property
    def age(self) -> timedelta | None:
        """How old the newest backup is; None without one."""
        return None if self.made_at is None else max(timedelta(0), self.now - self.made_at)

    @property
    def is_late(self) -> bool:
        """Whether the newest backup is missing or older than a day."""
        return self.age is None or self.age > LATE

    @property
    def elsewhere_is_behind(self) -> bool:
        """Whether the second target has not got the newest backup."""
        return self.elsewhere is not None and self.elsewhere_at != self.made_at


LATE = timedelta(days=1)
"""How old the newest backup may be before the window warns of it."""


@needs(Action.WORK)
def backup_state(session: Session) -> BackupState:
    """Return how things stand with the backups of the open store; cheap enough to be asked every minute."""
    store = session.store
    last, target = store.backups.newest(), second_target(store.folder)
    sent = backups_in(place_in(target, store.store_id)) if target else ()
    drills = [row.happened_at for row in store.events("restore_drill") if row.detail.get("result") == "whole"]
    room = free_space(store.folder)
    return BackupState(
        now=session.clock(),
        made_at=last.made_at if last else None,
        drilled_at=drills[-1] if drills else None,
        elsewhere=target,
        elsewhere_at=_sent_at(last, sent),
        room=room,
        low=room < needed_space(store.folder),
    )


def _sent_at(last: BackupReport | None, sent: Sequence[BackupReport]) -> datetime | None:
    """When the newest of the sent backups was made: the store's own newest, where it is among them."""
    if last is not None and any((one.made_at, one.head) == (last.made_at, last.head) for one in sent):
        return last.made_at
    newest = newest_of(sent)
    return None if newest is None else newest.made_at


@needs(Action.WORK)
def back_up_if_due(session: Session) -> BackupReport | None:
    """Return a new backup when something changed and the last one is INTERVAL old, else None.

    Whoever works at the store makes it, and it asks nothing. UserError when it cannot be written, or
    the second target cannot be reached; a backup that was made stands.
    """
    return tend(session.store, session.clock())


def tend(store: Store, now: datetime) -> BackupReport | None:
    """Return what `back_up_if_due` does, for a store at which nobody may be signed in."""
    last = store.backups.newest()
    if store.read_only or (last is not None and timedelta(0) <= now - last.made_at < INTERVAL):
        return None
    report = store.backups.make_if_changed()
    store.backups.send()
    return report


@dataclass(frozen=True, slots=True)
class Looked:
    """How things stand, and what went wrong with a backup that was due, "" if nothing."""

    state: BackupState
    trouble: str = ""


@needs(Action.WORK)
def look_after(session: Session) -> Looked:
    """Back up what is due, and return how things stand then."""
    try:
        back_up_if_due(session)
    except UserError as error:
        return Looked(backup_state(session), str(error))
    return Looked(backup_state(session))
