"""A small store for the tests: one synthetic patient, twelve counts, cheap keys, and a raw way past the store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from bedside.store.cipher import Connection, connect
from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost, key_of_code
from bedside.store.place import DATABASE
from bedside.store.rows import RowDraft
from bedside.store.schema import TRIGGERS
from bedside.store.station import Station
from bedside.store.store import Store

USER = "ada"
PASSPHRASE = "Grüne Wiese am Fluß"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PATIENT = "patient-1"
MRN = "T-7001"
FAMILY_NAME = "Needlefamilyname"
COUNTS = 12
RECORDED = datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC)

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]


@dataclass(frozen=True)
class Ward:
    """A closed store and what opens it."""

    folder: Path
    code: str
    clock: Clock
    new_id: NewId

    @property
    def key(self) -> bytes:
        return key_of_code(self.code)

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    def open(self, *, read_only: bool = False, passphrase: str = PASSPHRASE, folder: Path | None = None) -> Store:
        return Store.open(
            Station(folder or self.folder, self.clock, self.new_id), USER, passphrase, read_only=read_only
        )

    def raw(self) -> Connection:
        """A keyed connection without any of the store's protection."""
        return connect(self.database, self.key)

    def tamper(self, *statements: str) -> None:
        """Run statements as a forger with the key would: triggers dropped before, and put back afterwards."""
        connection = self.raw()
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for text in TRIGGERS.values():
            connection.execute(text)
        connection.close()


def make_ward(folder: Path, clock: Clock, new_id: NewId) -> Ward:
    """Make the store, register the patient, append the counts, and close it without a backup."""
    store, code = Store.create(Station(folder, clock, new_id), FirstUser(USER, PASSPHRASE, CHEAP))
    store.append([registration(PATIENT, MRN)])
    store.append([count(number) for number in range(COUNTS)])
    store.close(backup=False)
    return Ward(folder, code, clock, new_id)


def registration(patient_id: str, mrn: str, entry_id: UUID | None = None) -> RowDraft:
    body = f'{{"family_name":"{FAMILY_NAME}","given_name":"Synthetic One","mrn":"{mrn}"}}'
    return draft("registration", body, patient_id, entry_id)


def count(number: int, patient_id: str = PATIENT, entry_id: UUID | None = None) -> RowDraft:
    return draft(
        "blood_count", f'{{"anc":{number}.5,"kind":"blood_count","note":"Needlenote µ ≥"}}', patient_id, entry_id
    )


def draft(kind: str, body: str, patient_id: str, entry_id: UUID | None = None) -> RowDraft:
    return RowDraft(
        id=entry_id or uuid4(),
        patient_id=patient_id,
        kind=kind,
        at="2026-11-20T09:12:00+02:00",
        recorded_at=RECORDED + timedelta(seconds=1),
        recorded_by="grace",
        supersedes=None,
        voids=None,
        body=body,
    )
