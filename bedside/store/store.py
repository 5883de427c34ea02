"""The store as the rest of the program sees it: open, append, read, verify, back up, close."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import UUID

import bedside
from bedside.chart.errors import StoreFault, UserError
from bedside.store import journal, verification
from bedside.store.cipher import Connection, damaged, faults_in_words
from bedside.store.creation import FIRST_ROLE, FirstUser, create_files, refuse_existing
from bedside.store.engine import open_live
from bedside.store.envelope import STANDARD_COST, Cost, key_of_code, unseal, user_name
from bedside.store.lock import WriterLock
from bedside.store.migrations import VERSION, migrate
from bedside.store.place import DATABASE, prepare_folder, refuse_shared_place
from bedside.store.rows import Head, PatientRow, Row, RowDraft, Stamp
from bedside.store.schema import check_schema
from bedside.store.slots import KeyFile, mend_keys, read_keys
from bedside.store.verification import Problem, check_tails

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class Person:
    """Who has signed in: user name and roles as every row will say, and the store that vouches for both."""

    user: str
    role: str
    store_id: str


class Store:
    """One open store of one signed-in user; its methods may be called from several threads, one at a time runs."""

    def __init__(
        self, folder: Path, key: bytes, *, person: Person, clock: Clock, new_id: NewId, read_only: bool
    ) -> None:
        """Open the database with its data key, as `Store.open` does after the passphrase; not for other callers."""
        self.folder, self.read_only = folder, read_only
        self.user, self.role = person.user, person.role
        self._key, self._clock, self._new_id = key, clock, new_id
        self._turn = threading.RLock()
        self._lock = None if read_only else WriterLock(folder)
        try:
            self._connection = self._open_checked(person.store_id)
        except BaseException:
            self._release()
            raise

    def _open_checked(self, store_id: str) -> Connection:
        connection = open_live(self.folder / DATABASE, self._key, VERSION, read_only=self.read_only)
        try:
            with faults_in_words():
                if not self.read_only:
                    migrate(connection)
                check_schema(connection)
                found, self.origin = connection.execute("SELECT store_id, origin FROM identity").fetchone()
                if found != store_id:
                    raise damaged("The key file in this folder belongs to another store.")
                check_tails(connection, self.origin)
        except BaseException:
            connection.close()
            raise
        return connection

    @classmethod
    def create(
        cls, folder: Path, *, user: str, passphrase: str, clock: Clock, new_id: NewId, cost: Cost = STANDARD_COST
    ) -> tuple[Self, str]:
        """Make a new store and return it open, with its recovery code, which is shown once and kept nowhere.

        The first user is lead and physician. Raises UserError when the folder holds a store or cannot hold one.
        """
        refuse_existing(folder)
        first = FirstUser(user_name(user), passphrase, cost)
        prepare_folder(folder)
        lock = WriterLock(folder)
        try:
            code = create_files(folder, first, clock, new_id)
        finally:
            lock.release()
        person = Person(first.name, FIRST_ROLE, read_keys(folder).store_id)
        key = key_of_code(code)
        return cls(folder, key, person=person, clock=clock, new_id=new_id, read_only=False), code

    @classmethod
    def open(
        cls, folder: Path, *, user: str, passphrase: str, clock: Clock, new_id: NewId, read_only: bool = False
    ) -> Self:
        """Return the folder's store, open for writing or, beside an open writer, for reading only.

        Raises UserError (no store there, wrong passphrase or unknown user) or StoreFault (damaged, newer, or held by
        another writer).
        """
        keys = _keys_of(folder)
        slot = keys.slot(user_name(user))
        key = unseal(slot, passphrase=passphrase, store_id=keys.store_id)
        person = Person(user_name(user), slot.role if slot else "", keys.store_id)
        store = cls(folder, key, person=person, clock=clock, new_id=new_id, read_only=read_only)
        if not read_only:
            mend_keys(folder, keys)
        return store

    def append(self, drafts: Sequence[RowDraft]) -> tuple[Row, ...]:
        """Append entries, all or none, and return the rows that are new, safely on the disk when this returns.

        A draft that is stored already with the same content is skipped. Raises UserError for an id that has other
        content or an unknown patient, and StoreFault on a store that is open for reading only.
        """
        self._require_writer()
        with self._turn:
            return journal.append(self._connection, drafts, self._stamp())

    def _stamp(self) -> Stamp:
        return Stamp(self._clock(), self.user, self.role, self.origin, bedside.__version__)

    def _require_writer(self) -> None:
        if self.read_only:
            raise StoreFault(
                "The store is open for reading only.", "Close the other Bedside, then open the store again."
            )

    def patients(self) -> tuple[PatientRow, ...]:
        """Return every registered patient, ordered by MRN."""
        with self._turn, faults_in_words():
            return journal.patients(self._connection)

    def patient(self, mrn: str) -> PatientRow | None:
        """Return the patient registered with this MRN, or None."""
        with self._turn, faults_in_words():
            return journal.patient(self._connection, mrn)

    def bodies(self, patient_id: str) -> list[str]:
        """Return the body texts of one patient's entries (without the registration) in the order they were received."""
        with self._turn, faults_in_words():
            return journal.bodies(self._connection, patient_id)

    def rows(self, patient_id: str) -> list[Row]:
        """Return one patient's whole rows, the registration first, in the order they were received."""
        with self._turn, faults_in_words():
            return journal.rows(self._connection, patient_id)

    def head(self) -> Head:
        """Return the number of entries in the journal and the hash of the last one."""
        with self._turn, faults_in_words():
            return journal.head(self._connection, self.origin)

    def verify(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with the store, empty when it is whole."""
        with self._turn:
            return verification.verify(self._connection, self.origin)

    def close(self) -> None:
        """Close the store and give the writer's lock back."""
        with self._turn:
            self._connection.close()
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _keys_of(folder: Path) -> KeyFile:
    if not (folder / DATABASE).is_file():
        raise UserError(f"There is no store in {folder}.", "Check the folder, or make a store with bedside init.")
    refuse_shared_place(folder)
    return read_keys(folder)
