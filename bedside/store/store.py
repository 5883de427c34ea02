"""The store as the rest of the program sees it: open, append, read, verify, back up, close."""

import hmac
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self
from uuid import UUID

import bedside
from bedside.chart.errors import NotWritable, StoreFault, UserError
from bedside.chart.progress import Progress, part_of, unheard
from bedside.store import audit, clock_jumps, drafts, journal, verification
from bedside.store.audit import AuditRow
from bedside.store.backup import FOLDER, BackupReport, Source, backups_in, make_backup, newest_of, prune
from bedside.store.cipher import faults_in_words
from bedside.store.clock_jumps import ClockJump
from bedside.store.copy_check import cut_off, state_of
from bedside.store.creation import FIRST_ROLE, FirstUser, create_files, refuse_existing
from bedside.store.drafts import Draft
from bedside.store.drill import Drilled, drill
from bedside.store.envelope import STANDARD_COST, Cost, NotLetIn, key_check, key_of_code, require_passphrase
from bedside.store.journal_copy import write_copy
from bedside.store.kept import Kept
from bedside.store.links import head_of
from bedside.store.lock import WriterLock
from bedside.store.opening import Checked, Unlocked, open_checked, open_to_read, unlock, unlock_with_code
from bedside.store.people import Hold, People, Standing, new_name, standings
from bedside.store.place import DATABASE, FileMark, file_mark, prepare_folder, tighten
from bedside.store.rows import Head, PatientRow, Received, Row, RowDraft, Stamp
from bedside.store.second_target import second_target, send
from bedside.store.slots import KeyFile, mend_keys, read_keys, write_keys
from bedside.store.verification import Problem

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]


class Store:
    """One open store of one signed-in user; its methods may be called from several threads and run one at a time."""

    def __init__(
        self, folder: Path, unlocked: Unlocked, *, clock: Clock, new_id: NewId, read_only: bool = False
    ) -> None:
        """Open the folder's database with its data key; callers use `create`, `open` or `open_with_recovery_code`."""
        self.folder, self.read_only = folder, read_only
        self.user, self.role = unlocked.user, unlocked.role
        self._key, self._clock, self._new_id = unlocked.key, clock, new_id
        self._turn = threading.RLock()
        self._mark: FileMark | None = None
        if read_only:
            opened, self._lock = open_to_read(folder, unlocked.key)
        else:
            self._lock = WriterLock(folder)
            tighten(folder)
            opened = self._open_to_write(unlocked.key)
        self._connection, self.store_id, self.origin = opened
        self._mark = file_mark(folder / DATABASE)

    def _open_to_write(self, key: bytes) -> Checked:
        try:
            return open_checked(self.folder, key, read_only=False, before_migration=self._back_up_before_migration)
        except BaseException:
            self._release()
            raise

    @classmethod
    def create(
        cls, folder: Path, *, user: str, passphrase: str, clock: Clock, new_id: NewId, cost: Cost = STANDARD_COST
    ) -> tuple[Self, str]:
        """Make a new store and return it open, with its recovery code, which is shown once and kept nowhere.

        The first user is lead and physician. Raises UserError when the folder holds a store or cannot hold one.
        """
        return cls.create_for(folder, FirstUser(user, passphrase, cost), clock=clock, new_id=new_id)

    @classmethod
    def create_for(cls, folder: Path, given: FirstUser, *, clock: Clock, new_id: NewId) -> tuple[Self, str]:
        """Make a new store as `create` does, for a first user who may see the recovery code before there is one."""
        refuse_existing(folder)
        require_passphrase(given.passphrase)
        first = replace(given, name=new_name(given.name))
        prepare_folder(folder)
        lock = WriterLock(folder)
        try:
            code = create_files(folder, first, clock, new_id)
        finally:
            lock.release()
        unlocked = Unlocked(key_of_code(code), first.name, FIRST_ROLE)
        return cls(folder, unlocked, clock=clock, new_id=new_id), code

    @classmethod
    def open(
        cls, folder: Path, *, user: str, passphrase: str, clock: Clock, new_id: NewId, read_only: bool = False
    ) -> Self:
        """Return the folder's store, open for writing or, beside an open writer, for reading only.

        Raises UserError (no store there, wrong passphrase or unknown user) or StoreFault (damaged, newer, or held by
        another writer).
        """
        unlocked = unlock(folder, user, passphrase)
        store = cls(folder, unlocked, clock=clock, new_id=new_id, read_only=read_only)
        try:
            store.role = store.standing(unlocked)
            if not read_only:
                mend_keys(folder, read_keys(folder))
        except BaseException:
            store.close(backup=False)
            raise
        return store

    @classmethod
    def open_with_recovery_code(
        cls, folder: Path, *, code: str, clock: Clock, new_id: NewId, read_only: bool = False
    ) -> Self:
        """Return the store open with its printed code, as a lead who then sets a passphrase; needs no key file."""
        return cls(folder, unlock_with_code(folder, code), clock=clock, new_id=new_id, read_only=read_only)

    def unlock(self, user: str, passphrase: str) -> tuple[str, str]:
        """Return name and roles of somebody whose passphrase opens this open store; NotLetIn for anybody else."""
        unlocked = unlock(self.folder, user, passphrase)
        if not hmac.compare_digest(unlocked.key, self._key):
            raise NotLetIn
        return unlocked.user, self.standing(unlocked)

    def standing(self, unlocked: Unlocked) -> str:
        """Return the roles that the audit trail gives a user, else those of the slot; NotLetIn for a disabled user."""
        with self._turn, faults_in_words():
            found = standings(self._connection, self.origin).get(unlocked.user, Standing(unlocked.role))
        if found.disabled:
            raise NotLetIn
        return unlocked.role if found.roles is None else found.roles

    def roles_of(self, user: str) -> str:
        """Return the roles that somebody has now; NotLetIn for a disabled user and for a name that nobody has."""
        slot = self._keys().slot(user)
        if slot is None:
            raise NotLetIn
        return self.standing(Unlocked(self._key, slot.user, slot.role))

    @property
    def people(self) -> People:
        """The users of this store, changed in the name of the person who has it open."""
        return People(
            Hold(
                connection=self._connection,
                turn=self._turn,
                key=self._key,
                store_id=self.store_id,
                stamp=self._stamp,
                new_id=self._new_id,
                read_keys=self._keys,
                write_keys=partial(write_keys, self.folder),
                require_writer=self._require_writer,
            )
        )

    @property
    def kept(self) -> Kept:
        """What the store keeps beside its journal, in the name of the person who has it open."""
        return Kept(self._connection, self._turn, self._stamp, self._new_id, self._require_writer)

    def events(self, *names: str) -> tuple[AuditRow, ...]:
        """Return the events of the audit trail with these names (none given: all), the oldest first."""
        with self._turn, faults_in_words():
            return audit.events(self._connection, self.origin, names or None)

    def as_person(self, user: str, role: str) -> Self:
        """Return the same open store in the hands of another person: what it stores from now on is theirs.

        Both share one connection, and closing either closes both; work begun with the first stays the first one's.
        """
        other = copy(self)
        other.user, other.role = user, role
        return other

    def set_passphrase(self, user: str, passphrase: str, role: str = FIRST_ROLE, cost: Cost | None = None) -> None:
        """Let a user in with a new passphrase, whether known, disabled or new; only a new one gets `role`."""
        self.people.let_in(user, role, passphrase, cost)

    def _keys(self) -> KeyFile:
        """Return the folder's key file, or an empty one for this store when both copies are gone."""
        try:
            return read_keys(self.folder)
        except StoreFault:
            return KeyFile(self.store_id, key_check(self._key, self.store_id), ())

    def append(
        self, drafts: Sequence[RowDraft], then: journal.Then | None = None, progress: Progress = unheard
    ) -> tuple[Row, ...]:
        """Append entries, all or none, and return the rows that are new, safely on the disk when this returns.

        `then` makes further rows of these, such as their signatures, which are stored with them or not at all.
        A draft that is stored already with the same content is skipped. Raises UserError for an id that has other
        content or an unknown patient, and StoreFault on a store that is open for reading only.
        """
        self._require_writer()
        with self._turn:
            return journal.append(self._connection, drafts, self._stamp(), then, progress)

    def record_event(self, event: str, subject: str | None = None, detail: Mapping[str, str] | None = None) -> int:
        """Append to the audit trail what the user did (to which patient_id) and return its number there."""
        self._require_writer()
        with self._turn:
            done = audit.AuditEvent(event, subject, detail or {})
            return audit.record_event(self._connection, done, self._stamp(), self._new_id())

    def _stamp(self) -> Stamp:
        return Stamp(self._clock(), self.user, self.role, self.origin, bedside.__version__)

    def _require_writer(self) -> None:
        if self.read_only:
            raise StoreFault(
                "The store is open for reading only.", "Close the other Bedside, then open the store again."
            )
        self._require_place()

    def _require_place(self) -> None:
        """Write nothing into a file that was taken away while it is open: it would be lost when the store is closed."""
        if self._mark is not None and file_mark(self.folder / DATABASE) != self._mark:
            raise NotWritable(
                f"Nothing was stored: the store is no longer in {self.folder}, where it was opened.",
                "Write on paper, close Bedside, and put the folder back where it was.",
                "the store is no longer in its folder",
            )

    def patients(self) -> tuple[PatientRow, ...]:
        """Return every registered patient, ordered by MRN."""
        with self._turn, faults_in_words():
            return journal.patients(self._connection)

    def patient_numbers(self) -> tuple[tuple[str, str], ...]:
        """Return patient_id and MRN of every registered patient, ordered by MRN."""
        with self._turn, faults_in_words():
            return journal.patient_numbers(self._connection)

    def patient(self, mrn: str) -> PatientRow | None:
        """Return the patient registered with this MRN, or None."""
        with self._turn, faults_in_words():
            return journal.patient(self._connection, mrn)

    def patient_row(self, patient_id: str) -> PatientRow | None:
        """Return the registered patient with this identifier of the store's own, or None."""
        with self._turn, faults_in_words():
            return journal.patient_row(self._connection, patient_id)

    def identity_bodies(self) -> dict[str, list[str]]:
        """Return, for each patient_id with an identity entry, the body texts of those entries and of all voids."""
        with self._turn, faults_in_words():
            return journal.identity_bodies(self._connection)

    def row(self, entry_id: UUID) -> Row | None:
        """Return the row with this id, whoever's patient it belongs to, or None."""
        with self._turn, faults_in_words():
            return journal.row(self._connection, str(entry_id))

    def known_ids(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of the ids (lower-case UUIDs) that rows of the journal have, whatever their patient."""
        with self._turn, faults_in_words():
            return journal.known_ids(self._connection, ids)

    def bodies(self, patient_id: str) -> list[str]:
        """Return the body texts of one patient's entries (not the registration) in the order they were received."""
        with self._turn, faults_in_words():
            return journal.bodies(self._connection, patient_id)

    def has_kind(self, patient_id: str, kind: str) -> bool:
        """Return whether a patient has any row of a kind."""
        with self._turn, faults_in_words():
            return journal.has_kind(self._connection, patient_id, kind)

    def rows(self, patient_id: str) -> list[Row]:
        """Return one patient's whole rows, the registration first, in the order they were received."""
        with self._turn, faults_in_words():
            return journal.rows(self._connection, patient_id)

    def received(self, patient_id: str) -> list[Received]:
        """Return what opening a patient takes of each of the patient's rows, in the order of `rows`."""
        with self._turn, faults_in_words():
            return journal.received(self._connection, patient_id)

    def head(self) -> Head:
        """Return the number of rows in the journal and the hash of the last one."""
        with self._turn, faults_in_words():
            return head_of(self._connection, "journal", self.origin)

    def clock_jumps(self) -> tuple[ClockJump, ...]:
        """Return every row that the clock says was received before the row in front of it."""
        with self._turn, faults_in_words():
            return clock_jumps.clock_jumps(self._connection, self.origin)

    def clock_behind(self) -> timedelta | None:
        """Return how far the clock is now behind the last received row, or None when it is not."""
        with self._turn, faults_in_words():
            return clock_jumps.clock_behind(self._connection, self.origin, self._clock())

    def save_draft(self, form: str, patient_id: str, body: str) -> None:
        """Keep what the user has typed into a form, in place of what was kept before."""
        self._require_writer()
        with self._turn:
            drafts.save(self._connection, self.user, Draft(form, patient_id, body, self._clock()))

    def draft(self, form: str, patient_id: str) -> str | None:
        """Return the user's own kept text of a form, or None."""
        return next((d.body for d in self.drafts() if (d.form, d.patient_id) == (form, patient_id)), None)

    def drafts(self) -> tuple[Draft, ...]:
        """Return all the user's own drafts, the newest first."""
        with self._turn, faults_in_words():
            return drafts.of_author(self._connection, self.user)

    def drop_draft(self, form: str, patient_id: str) -> None:
        """Forget the user's own draft of a form; forgetting what is not there does nothing."""
        self._require_writer()
        with self._turn:
            drafts.drop(self._connection, self.user, form, patient_id)

    def quick_check(self) -> tuple[Problem, ...]:
        """Return what SQLite's quick_check finds, or what a backup holds and the store does not: for every start."""
        with self._turn:
            return verification.quick_problems(self._connection) or self._cut_off()

    def verify(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with the store, empty when it is whole and as long as its backups."""
        with self._turn:
            return verification.verify(self._connection, self.origin) or self._cut_off()

    def _cut_off(self) -> tuple[Problem, ...]:
        return cut_off(self._connection, self.origin, [report.state for report in self._own_backups()])

    def backup(self, target: Path, progress: Progress = unheard) -> BackupReport:
        """Make a verified copy, a store folder itself, in a new folder under `target` and return what it holds."""
        self._require_place()
        return make_backup(self._source, target, self._clock(), progress)

    @property
    def _source(self) -> Source:
        return Source(self.folder / DATABASE, self._key, self._keys(), self.origin)

    def _back_up_before_migration(self, store_id: str, origin: str) -> None:
        """Keep the store as it was, whole and proved, before it is brought to this version."""
        self.store_id, self.origin = store_id, origin
        self.backup(self.folder / FOLDER)

    def last_backup(self) -> BackupReport | None:
        """Return the newest verified backup that the store made of itself, or None."""
        return newest_of(self._own_backups())

    def _own_backups(self) -> tuple[BackupReport, ...]:
        return tuple(one for one in backups_in(self.folder / FOLDER) if one.store_id == self.store_id)

    def back_up_if_changed(self, progress: Progress = unheard) -> BackupReport | None:
        """Back the store up beside itself when no backup holds its present state, then prune; return the new one.

        A store that lacks what a backup holds, however many entries came since, is an alarm: StoreFault, and nothing
        is pruned.
        """
        with self._turn, faults_in_words():
            state = state_of(self._connection, self.origin)
            cut_off = self._cut_off()
        if cut_off:
            raise StoreFault(
                "The store lacks entries that its backups hold; no backup was made and none was removed.",
                "Run bedside verify, and keep the folder as it is.",
            )
        if state.count + state.audit_count == 0 or any(report.state == state for report in self._own_backups()):
            return None
        report = self.backup(self.folder / FOLDER, progress)
        prune(self.folder / FOLDER)
        return report

    def copy_journal(self, target: Path, passphrase: str | None = None) -> BackupReport:
        """Write the journal, sealed with the store's key or a passphrase, into a new file; return what it holds."""
        return write_copy(self._source, target, self._clock(), passphrase)

    def send_backup(self, progress: Progress = unheard) -> BackupReport | None:
        """Copy the newest backup to the second target, where one is set; UserError when it cannot be reached."""
        target, report = second_target(self.folder), self.last_backup()
        return send(report, target, progress) if target and report else None

    def drill(self) -> Drilled:
        """Restore the newest backup into a folder of its own, prove it against the store, and remove it again."""
        report = self.last_backup()
        if report is None:
            raise UserError("There is no backup to restore yet.", "Make a backup first.")
        return drill(report, self.folder, self._key, self.origin)

    def close(self, *, backup: bool = True, progress: Progress = unheard) -> None:
        """Back up when something changed, close the store and give the writer's lock back, whatever happens.

        Raises what the backup or `progress` raised, after the store is closed. A second target that cannot be reached
        now, or is not waited for, gets the backup another time.
        """
        try:
            if backup and not self.read_only:
                self.back_up_if_changed(part_of(progress, 0, 80))
                with suppress(UserError):
                    self.send_backup(part_of(progress, 80, 100))
        finally:
            with self._turn:
                self._connection.close()
                self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
