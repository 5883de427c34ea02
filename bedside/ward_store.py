"""Owns the store as the window uses it: one that outlives the lock in its folder, and the demonstration's."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from bedside import compose
from bedside.chart.errors import NotWritable, StoreHeld, UserError
from bedside.chart.progress import Progress, unheard

if TYPE_CHECKING:
    from bedside.service.session import Session
    from bedside.service.workstation import Workstation
    from bedside.ui.start import UserLine


class WardStore:
    """The store in its folder: opened by the first passphrase, it outlives the lock, so that a PIN brings back."""

    def __init__(self, folder: Path, centre: Path | None) -> None:
        self._folder, self._centre = folder, centre
        self._station: Workstation | None = None

    def open(self, user: str, passphrase: str) -> "Session":
        """The session of somebody with the passphrase, at the store that is open, if it is.

        While another program writes to the store, or nothing can be written to its disk, it is opened for reading
        only, which the window says.
        """
        try:
            if self._station is not None:
                return self._station.sign_in(user, passphrase)
            return self._begin(compose.open_session(self._folder, user, passphrase, centre=self._centre))
        except StoreHeld:
            why = "another Bedside has the store"
        except NotWritable as found:
            why = found.why
            with suppress(UserError):  # there is no room for a backup either
                self.leave()
        session = compose.open_session(self._folder, user, passphrase, read_only=True, centre=self._centre)
        return self._begin(replace(session, why_read_only=why))

    def create(self, user: str, passphrase: str) -> "tuple[Session, str]":
        """The session at a new store, and its recovery code."""
        session, code = compose.create_session(self._folder, user, passphrase, centre=self._centre)
        return self._begin(session), code

    def recover(self, code: str, user: str, passphrase: str) -> "Session":
        """The session of somebody whose passphrase is the new one, which the recovery code lets them set."""
        from bedside.service.users import recover_user

        session = compose.recovery_session(self._folder, code, centre=self._centre)
        try:
            name = recover_user(session, user, passphrase)
        finally:
            session.store.close(backup=False)
        return self.open(name, passphrase)

    def _begin(self, session: "Session") -> "Session":
        from bedside.service.workstation import Workstation

        self._station = Workstation(session)
        return session

    def resume(self, user: str, pin: str) -> "Session":
        """The session of somebody who comes back with the PIN."""
        if self._station is None:
            raise UserError("The store is closed.", "Sign in with the passphrase.")
        return self._station.resume(user, pin)

    def use_centre(self, session: "Session", file: Path) -> "Session":
        """The session that goes on with the values of a centre's file, as everybody does who comes after."""
        from bedside.service.centre_file import use_centre_file

        changed = use_centre_file(session, file, self._folder / compose.CENTRE_FILE)
        if self._station is not None:
            self._station.go_on_with(changed)
        return changed

    def lock(self, _session: "Session", why: str) -> "tuple[UserLine, ...]":
        """End the session, and give those who can come back with a PIN."""
        from bedside.ui.start import UserLine

        if self._station is None:
            return ()
        self._station.lock(why)
        if self._station.read_only:  # the next to sign in may find it free to write again
            self.leave()
            return ()
        return tuple(UserLine(one.name, "", f"PIN counts until {one.until:%H:%M}") for one in self._station.returning())

    def tend(self) -> None:
        """Back up what is due while nobody is signed in."""
        if self._station is not None:
            self._station.tend()

    def close(self, _session: "Session") -> None:
        """Nothing more: leaving closes the store, whoever was there."""

    def leave(self, progress: Progress = unheard) -> None:
        """Close the store, after a verified backup where anything changed; what `progress` raises ends the backup."""
        station, self._station = self._station, None
        if station is not None:
            station.close(progress)


class DemoStore:
    """The demonstration's throw-away store: made when it is first opened, it outlives the lock, not the window."""

    def __init__(self, clock: Callable[[], datetime], zone: tzinfo) -> None:
        self._clock, self._zone = clock, zone
        self._session: Session | None = None

    def open(self, _user: str, _passphrase: str) -> "Session":
        """The session at the store, with what was entered before a lock."""
        if self._session is None:
            self._session = replace(compose.demo_session(self._clock), clock=self._clock, zone=self._zone)
        return self._session

    def create(self, user: str, passphrase: str) -> "tuple[Session, str]":
        """The same, as the window asks for a new store; there is no recovery code."""
        return self.open(user, passphrase), ""

    def keep(self, _session: "Session") -> None:
        """Leave the store open at the lock: nobody could open it again."""

    def throw_away(self, _progress: Progress = unheard) -> None:
        """Close and remove the store, if it was ever made."""
        session, self._session = self._session, None
        if session is not None:
            session.close()
