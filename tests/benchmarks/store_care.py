"""Caring for a store of 100,000 entries: backing it up, verifying it, and what every opening checks."""

import shutil
import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from bedside.store.cipher import connect
from bedside.store.creation import FirstUser
from bedside.store.engine import open_live
from bedside.store.envelope import Cost, key_of_code
from bedside.store.migrations import VERSION
from bedside.store.opening import open_checked
from bedside.store.place import DATABASE
from bedside.store.rows import RowDraft
from bedside.store.station import Station
from bedside.store.store import Store
from tests.benchmarks.measure import Result, medians, seconds, without_collector
from tests.benchmarks.stores import now

ENTRIES, PATIENTS = 100_000, 200
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
BODY = (
    '{"alc":0.4,"anc":1.0,"at":"2024-09-02T07:10:00+02:00","hb":92,"id":"%s","kind":"blood_count","plt":61,'
    '"recorded_at":"2024-09-02T06:02:11Z","recorded_by":"Synthetic Nurse","wbc":2.1}'
)


def _drafts(patient: int) -> Iterator[RowDraft]:
    """The registration of one patient and the patient's share of the entries."""
    identity = f'{{"mrn":"B-{patient:05}","family_name":"Bench","given_name":"Synthetic"}}'
    yield _draft(uuid4(), patient, "registration", identity)
    for _ in range(ENTRIES // PATIENTS - 1):
        entry = uuid4()
        yield _draft(entry, patient, "blood_count", BODY % entry)


def _draft(entry: UUID, patient: int, kind: str, body: str) -> RowDraft:
    return RowDraft(
        id=entry,
        patient_id=f"patient-{patient}",
        kind=kind,
        at="2024-09-02T07:10:00+02:00",
        recorded_at=None,
        recorded_by=None,
        supersedes=None,
        voids=None,
        body=body,
    )


def _filled(folder: Path) -> tuple[Store, bytes]:
    store, code = Store.create(Station(folder, now, uuid4), FirstUser("bench", "bench", CHEAP))
    for patient in range(PATIENTS):
        store.append(tuple(_drafts(patient)))
    return store, key_of_code(code)


def measure() -> Sequence[Result]:
    """Seconds of a backup beside a plain copy of the file, of verify beside reading every row; ms of an opening."""
    with TemporaryDirectory() as place:
        store, key = _filled(Path(place) / "store")
        try:
            return [_backup(store, Path(place)), _verify(store, key), *_opening(store.folder, key), _quick_check(store)]
        finally:
            store.close(backup=False)


def _backup(store: Store, place: Path) -> Result:
    def copy() -> None:
        shutil.copyfile(store.folder / DATABASE, place / "copy")

    taken = seconds(lambda: store.backups.make(place / "backups"))
    return Result("backup of 100,000 entries, verified", taken, "s", seconds(copy), 3, "value at most")


def _verify(store: Store, key: bytes) -> Result:
    def read() -> None:
        with closing(connect(store.folder / DATABASE, key, "mode=ro")) as connection:
            connection.execute("SELECT sum(length(body)) FROM journal").fetchone()

    return Result("verify of 100,000 entries", seconds(store.verify), "s", seconds(read), 3, "value at most")


def _opening(folder: Path, key: bytes) -> Sequence[Result]:
    """The whole opening with its checks beside the engine's part of it; the Argon2id derivation is no part of it."""

    def checked() -> None:
        open_checked(folder, key, read_only=True)[0].close()

    def bare() -> None:
        open_live(folder / DATABASE, key, VERSION, read_only=True).close()

    taken, floor = medians(checked, bare, 20)
    return [Result("checks at open, 100,000 entries", (taken - floor) * 1e3, "ms", floor * 1e3, 30, "value at most")]


def _quick_check(store: Store) -> Result:
    with without_collector():
        taken = statistics.median(seconds(store.quick_check) for _ in range(3))
    return Result("quick_check behind the board, 100,000 entries", taken, "s", taken, 2, "value at most")
