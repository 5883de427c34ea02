"""The store as the rest of the program sees it: open, append, read, verify, back up, close."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Self
from uuid import UUID

from bedside.chart.errors import UserError
from bedside.chart.progress import Progress, part_of, unheard
from bedside.store import audit, clock_jumps, journal, verification
from bedside.store.audit import AuditEvent, AuditRow, EventName
from bedside.store.backup import FOLDER, Source, make_backup
from bedside.store.cipher import faults_in_words
from bedside.store.clock_jumps import ClockJump
from bedside.store.creation import FIRST_ROLE, FirstUser, create_files, refuse_existing
from bedside.store.drafts import Drafts
from bedside.store.envelope import key_of_code, require_passphrase
from bedside.store.hold import Hold
from bedside.store.kept import Kept
from bedside.store.links import head_of
from bedside.store.lock import WriterLock
from bedside.store.opening import Checked, Unlocked, open_checked, open_to_read, unlock, unlock_with_code
from bedside.store.own_backups import OwnBackups
from bedside.store.people import People, new_name
from bedside.store.place import DATABASE, file_mark, prepare_folder, tighten
from bedside.store.rows import Head, PatientRow, Received, Row, RowDraft, Stamp
from bedside.store.slots import keys_or_empty, mend_keys, read_keys
from bedside.store.station import Station
from bedside.store.verification import Problem


class Store:
    """One open store of one signed-in user; its methods may be called from several threads and run one at a time."""

    def __init__(self, station: Station, unlocked: Unlocked, *, read_only: bool = False) -> None:
        """Open the folder's database with its data key; callers use `create`, `open` or `open_with_recovery_code`."""
        self._lock: WriterLock | None
        if read_only:
            opened, self._lock = open_to_read(station.folder, unlocked.key)
        else:
            self._lock = WriterLock(station.folder)
            opened = self._open_to_write(station, unlocked.key)
        connection, store_id, origin = opened
        file = station.folder / DATABASE
        self._hold = Hold(
            station=station,
            file=file,
            connection=connection,
            turn=threading.RLock(),
            key=unlocked.key,
            store_id=store_id,
            origin=origin,
            user=unlocked.user,
            role=unlocked.role,
            read_only=read_only,
            mark=file_mark(file),
        )

    def _open_to_write(self, station: Station, key: bytes) -> Checked:
        back_up = partial(_back_up_before_migration, station, key)
        try:
            tighten(station.folder)
            return open_checked(station.folder, key, read_only=False, before_migration=back_up)
        except BaseException:
            self._release()
            raise

    @classmethod
    def create(cls, station: Station, given: FirstUser) -> tuple[Self, str]:
        """Make a new store and return it open, with its recovery code, which is shown once and kept nowhere.

        The first user is lead and physician. Raises UserError when the folder holds a store or cannot hold one.
        """
        refuse_existing(station.folder)
        require_passphrase(given.passphrase)
        first = replace(given, name=new_name(given.name))
        prepare_folder(station.folder)
        lock = WriterLock(station.folder)
        try:
            code = create_files(station, first)
        finally:
            lock.release()
        return cls(station, Unlocked(key_of_code(code), first.name, FIRST_ROLE)), code

    @classmethod
    def open(cls, station: Station, user: str, passphrase: str, *, read_only: bool = False) -> Self:
        """Return the folder's store, open for writing or, beside an open writer, for reading only.

        Raises UserError (no store there, wrong passphrase or unknown user) or StoreFault (damaged, newer, or held by
        another writer).
        """
        unlocked = unlock(station.folder, user, passphrase)
        store = cls(station, unlocked, read_only=read_only)
        try:
            store._hold = replace(store._hold, role=store.people.standing(unlocked))
            if not read_only:
                mend_keys(station.folder, read_keys(station.folder))
        except BaseException:
            store.close(backup=False)
            raise
        return store

    @classmethod
    def open_with_recovery_code(cls, station: Station, code: str) -> Self:
        """Return the store open with its printed code, as a lead who then sets a passphrase; needs no key file."""
        return cls(station, unlock_with_code(station.folder, code))

    @property
    def folder(self) -> Path:
        """Where the store lies."""
        return self._hold.station.folder

    @property
    def store_id(self) -> str:
        """What tells this store, and every backup of it, from any other."""
        return self._hold.store_id

    @property
    def origin(self) -> str:
        """The workstation whose chains the store holds."""
        return self._hold.origin

    @property
    def user(self) -> str:
        """Who has the store open."""
        return self._hold.user

    @property
    def role(self) -> str:
        """The roles of the user, as they are written into every row."""
        return self._hold.role

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored."""
        return self._hold.read_only

    @property
    def people(self) -> People:
        """The users of this store, changed in the name of the person who has it open."""
        return People(self._hold)

    @property
    def drafts(self) -> Drafts:
        """What the person who has the store open has typed and not saved."""
        return Drafts(self._hold)

    @property
    def kept(self) -> Kept:
        """What the store keeps beside its journal, in the name of the person who has it open."""
        return Kept(self._hold)

    @property
    def backups(self) -> OwnBackups:
        """The backups that the store made of itself."""
        return OwnBackups(self._hold)

    def as_person(self, user: str, role: str) -> Self:
        """Return the same open store in the hands of another person: what it stores from now on is theirs.

        Both share one connection, and closing either closes both; work begun with the first stays the first one's.
        """
        other = copy(self)
        other._hold = replace(self._hold, user=user, role=role)
        return other

    def events(self, *names: str) -> tuple[AuditRow, ...]:
        """Return the events of the audit trail with these names (none given: all), the oldest first."""
        with self._hold.turn, faults_in_words():
            return audit.events(self._hold.connection, self._hold.origin, names or None)

    def append(
        self,
        drafts: Sequence[RowDraft],
        then: journal.Then | None = None,
        progress: Progress = unheard,
        events: Sequence[AuditEvent] = (),
    ) -> tuple[Row, ...]:
        """Append entries, all or none, and return the rows that are new, safely on the disk when this returns.

        `then` makes further rows of these, such as their signatures, which are stored with them or not at all; so are
        the `events` of the audit trail that tell of them.
        A draft that is stored already with the same content is skipped. Raises UserError for an id that has other
        content or an unknown patient, and StoreFault on a store that is open for reading only.
        """
        self._hold.require_writer()
        with self._hold.turn:
            stamp = self._hold.stamp()
            note = partial(self._add_events, events, stamp)
            return journal.append(self._hold.connection, drafts, stamp, then, progress, note)

    def _add_events(self, events: Iterable[AuditEvent], stamp: Stamp) -> None:
        for event in events:
            audit.add_event(self._hold.connection, event, stamp, self._hold.station.new_id())

    def record_event(
        self, event: EventName, subject: str | None = None, detail: Mapping[str, str] | None = None
    ) -> int:
        """Append to the audit trail what the user did (to which patient_id) and return its number there."""
        self._hold.require_writer()
        with self._hold.turn:
            done = AuditEvent(event, subject, detail or {})
            return audit.record_event(self._hold.connection, done, self._hold.stamp(), self._hold.station.new_id())

    def patients(self) -> tuple[PatientRow, ...]:
        """Return every registered patient, ordered by MRN."""
        with self._hold.turn, faults_in_words():
            return journal.patients(self._hold.connection)

    def patient_numbers(self) -> tuple[tuple[str, str], ...]:
        """Return patient_id and MRN of every registered patient, ordered by MRN."""
        with self._hold.turn, faults_in_words():
            return journal.patient_numbers(self._hold.connection)

    def patient(self, mrn: str) -> PatientRow | None:
        """Return the patient registered with this MRN, or None."""
        with self._hold.turn, faults_in_words():
            return journal.patient(self._hold.connection, mrn)

    def patient_row(self, patient_id: str) -> PatientRow | None:
        """Return the registered patient with this identifier of the store's own, or None."""
        with self._hold.turn, faults_in_words():
            return journal.patient_row(self._hold.connection, patient_id)

    def identity_bodies(self) -> dict[str, list[str]]:
        """Return, for each patient_id with an identity entry, the body texts of those entries and of all voids."""
        with self._hold.turn, faults_in_words():
            return journal.identity_bodies(self._hold.connection)

    def row(self, entry_id: UUID) -> Row | None:
        """Return the row with this id, whoever's patient it belongs to, or None."""
        with self._hold.turn, faults_in_words():
            return journal.row(self._hold.connection, str(entry_id))

    def known_ids(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of the ids (lower-case UUIDs) that rows of the journal have, whatever their patient."""
        with self._hold.turn, faults_in_words():
            return journal.known_ids(self._hold.connection, ids)

    def bodies(self, patient_id: str) -> list[str]:
        """Return the body texts of one patient's entries (not the registration) in the order they were received."""
        with self._hold.turn, faults_in_words():
            return journal.bodies(self._hold.connection, patient_id)

    def has_kind(self, patient_id: str, kind: str) -> bool:
        """Return whether a patient has any row of a kind."""
        with self._hold.turn, faults_in_words():
            return journal.has_kind(self._hold.connection, patient_id, kind)

    def rows(self, patient_id: str) -> list[Row]:
        """Return one patient's whole rows, the registration first, in the order they were received."""
        with self._hold.turn, faults_in_words():
            return journal.rows(self._hold.connection, patient_id)

    def received(self, patient_id: str) -> list[Received]:
        """Return what opening a patient takes of each of the patient's rows, in the order of `rows`."""
        with self._hold.turn, faults_in_words():
            return journal.received(self._hold.connection, patient_id)

    def head(self) -> Head:
        """Return the number of rows in the journal and the hash of the last one."""
        with self._hold.turn, faults_in_words():
            return head_of(self._hold.connection, "journal", self._hold.origin)

    def clock_jumps(self) -> tuple[ClockJump, ...]:
        """Return every row that the clock says was received before the row in front of it."""
        with self._hold.turn, faults_in_words():
            return clock_jumps.clock_jumps(self._hold.connection, self._hold.origin)

    def clock_behind(self) -> timedelta | None:
        """Return how far the clock is now behind the last received row, or None when it is not."""
        with self._hold.turn, faults_in_words():
            return clock_jumps.clock_behind(self._hold.connection, self._hold.origin, self._hold.station.clock())

    def quick_check(self) -> tuple[Problem, ...]:
        """Return what SQLite's quick_check finds, or what a backup holds and the store does not: for every start."""
        with self._hold.turn:
            return verification.quick_problems(self._hold.connection) or self.backups.cut_off()

    def verify(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with the store, empty when it is whole and as long as its backups."""
        hold = self._hold
        with hold.turn:
            return verification.verify(hold.connection, hold.origin, witnesses=self.backups.cut_off)

    def close(self, *, backup: bool = True, progress: Progress = unheard) -> None:
        """Back up when something changed, close the store and give the writer's lock back, whatever happens.

        Raises what the backup or `progress` raised, after the store is closed. A second target that cannot be reached
        now, or is not waited for, gets the backup another time.
        """
        try:
            if backup and not self.read_only:
                self.backups.make_if_changed(part_of(progress, 0, 80))
                with suppress(UserError):
                    self.backups.send(part_of(progress, 80, 100))
        finally:
            with self._hold.turn:
                try:
                    self._hold.connection.close()
                finally:
                    self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _back_up_before_migration(station: Station, key: bytes, store_id: str, origin: str) -> None:
    """Keep the store as it was, whole and proved, before it is brought to this version."""
    source = Source(station.folder / DATABASE, key, keys_or_empty(station.folder, key, store_id), origin)
    make_backup(source, station.folder / FOLDER, station.clock())
