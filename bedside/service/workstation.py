"""One unlocked store at which people take turns: a passphrase once a shift, a PIN to come back, a lock between."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bedside.chart.errors import NotWritable, UserError
from bedside.chart.progress import Progress, unheard
from bedside.service.backups import tend
from bedside.service.session import Presence, Session
from bedside.store.audit import EventName
from bedside.store.envelope import NotLetIn
from bedside.store.people import RESUMED, SIGN_IN

SHIFT = timedelta(hours=12)
"""For how long after the passphrase a PIN lets the same person come back."""

LOCKED: Final = "locked"
SIGN_IN_FAILED: Final = "sign_in_failed"


class PassphraseNeeded(UserError):
    """The PIN does not open: nobody of this name has given the passphrase here in this shift."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The PIN of {name} does not open Bedside now.",
            f"Sign in with the passphrase first; the PIN then counts for {SHIFT // timedelta(hours=1)} hours.",
        )


@dataclass(frozen=True, slots=True)
class Returning:
    """Somebody who can come back with a PIN: the name, and since when and until when (the ward's time)."""

    name: str
    since: datetime
    until: datetime


class Workstation:
    """Holds the open store across locks; there is one session at a time, and a lock ends it for good.

    The PIN is compared with what the open store keeps; no key is unwrapped with it.
    """

    def __init__(self, session: Session) -> None:
        """Begin with the person whose passphrase opened the store."""
        self._first = session
        self._session: Session | None = session
        self._since = {session.user: session.clock()}

    @property
    def session(self) -> Session | None:
        """The session of the person who is here, None while the workstation is locked."""
        return self._session

    def returning(self) -> tuple[Returning, ...]:
        """Return those whose PIN opens now, the last signed in first."""
        now, zone, has_pin = self._first.clock(), self._first.zone, self._first.store.people.has_pin
        return tuple(
            Returning(name, since.astimezone(zone), (since + SHIFT).astimezone(zone))
            for name, since in sorted(self._since.items(), key=lambda item: item[1], reverse=True)
            if _counts(since, now) and has_pin(name)
        )

    def sign_in(self, user: str, passphrase: str) -> Session:
        """Return the session of somebody with the passphrase, in place of whoever was here; NotLetIn or NotWritable."""
        try:
            name, roles = self._first.store.people.unlock(user, passphrase)
        except NotLetIn:
            self._note_failure(user)
            raise
        self._since[name] = self._first.clock()
        return self._enter(name, roles, SIGN_IN)

    def resume(self, user: str, pin: str) -> Session:
        """Return the session of somebody who comes back with the PIN; raises PassphraseNeeded, WrongPin or PinWaits."""
        since = self._since.get(user)
        if since is None or not _counts(since, self._first.clock()):
            raise PassphraseNeeded(user)
        roles = self._first.store.people.roles_of(user)
        self._first.store.as_person(user, roles).people.prove_pin(user, pin)
        return self._enter(user, roles, RESUMED)

    def lock(self, why: str = "asked") -> None:
        """End the session; the store stays open for the next person. Locking what is locked does nothing."""
        session, self._session = self._session, None
        if session is not None:
            session.presence.here = False
            session.registrations.clear()
            with suppress(NotWritable):  # a full disk must not keep the window from locking
                session.note(LOCKED, None, {"why": why})

    def go_on_with(self, session: Session) -> None:
        """Let the person who is here go on with this session, and everybody who comes after with its tables."""
        self._first = replace(self._first, knowledge=session.knowledge)
        self._session = session

    def tend(self) -> None:
        """Back up what is due, also while the workstation is locked; what goes wrong is told to who comes next."""
        with suppress(UserError):
            tend(self._first.store, self._first.clock())

    @property
    def read_only(self) -> bool:
        """Whether nothing can be recorded here."""
        return self._first.read_only

    def close(self, progress: Progress = unheard) -> None:
        """End the session and close the store; what `progress` raises ends its last backup, and the store is closed."""
        self.lock("closed")
        self._first.close(progress)

    def _enter(self, name: str, roles: str, event: EventName) -> Session:
        self.lock("another person")
        store = self._first.store.as_person(name, roles)
        session = replace(self._first, store=store, presence=Presence(), emergency=None)
        session.note(event)
        self._session = session
        return session

    def _note_failure(self, typed: str) -> None:
        """Tell the trail whose passphrase was wrong; what is nobody's name may be a passphrase, and is not kept."""
        names = {person.name for person in self._first.store.people.listed()}
        who = typed.strip() if typed.strip() in names else ""
        if not self._first.read_only:
            self._first.store.as_person(who, "").record_event(SIGN_IN_FAILED)


def _counts(since: datetime, now: datetime) -> bool:
    """Whether the passphrase was given in this shift; a clock that was set back ends it."""
    return timedelta(0) <= now - since < SHIFT
