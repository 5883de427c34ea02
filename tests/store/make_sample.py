"""Makes the sample of a store for the tests of later versions: `python -m tests.store.make_sample FOLDER`.

It is run once for each version of the store, by the program of that version, and what it made is kept for ever.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost
from bedside.store.migrations import VERSION
from bedside.store.rows import RowDraft
from bedside.store.station import Station
from bedside.store.store import Store

USER, PASSPHRASE = "Synthetic Lead", "Grüne Wiese am Fluß"
SAMPLES = Path(__file__).parent / "samples"
MADE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PATIENTS = {"patient-1": "T-8001", "patient-2": "T-8002"}
COUNTS = 6
EXPECTED = "expected.json"


def _ids() -> Iterator[UUID]:
    return (UUID(int=number, version=4) for number in range(1, 10_000))


def _draft(entry: UUID, patient: str, body: Mapping[str, object]) -> RowDraft:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    links = {name: UUID(str(body[name])) if name in body else None for name in ("supersedes", "voids")}
    return RowDraft(
        id=entry,
        patient_id=patient,
        kind=str(body["kind"]) if "kind" in body else "registration",
        at=str(body.get("at", "2012-02-29")),
        recorded_at=MADE,
        recorded_by=USER,
        body=text,
        **links,
    )


def _entries(patient: str, mrn: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    person = {
        "mrn": mrn,
        "family_name": "Sample µ",
        "given_name": "Synthetic",
        "birth_date": "2012-02-29",
        "sex": "female",
    }
    yield patient, person
    for day in range(1, COUNTS + 1):
        yield (
            patient,
            {"kind": "blood_count", "at": f"2026-11-{day:02}T07:10:00+01:00", "wbc": 3.1, "anc": 0.5 + day / 10},
        )


def make(folder: Path) -> None:
    """Make the sample: two patients, a correction, a void, events, a draft, a kept summary; and say what is in it."""
    ids, moment = _ids(), iter(MADE + timedelta(seconds=number) for number in range(10_000))
    store, _ = Store.create(
        Station(folder, lambda: next(moment), lambda: next(ids)), FirstUser(USER, PASSPHRASE, Cost(8, 1, 1))
    )
    last = {}
    for patient, mrn in PATIENTS.items():
        for owner, body in _entries(patient, mrn):
            last[patient] = _append(store, next(ids), owner, body)
    stamp = {"at": "2026-11-07T08:00:00+01:00", "reason": "a slip"}
    correction = {**stamp, "kind": "blood_count", "wbc": 3.2, "anc": 1.1, "supersedes": str(last["patient-1"])}
    void = {**stamp, "kind": "void", "voids": str(last["patient-2"]), "scope": "entry"}
    _append(store, next(ids), "patient-1", correction)
    _append(store, next(ids), "patient-2", void)
    store.record_event("sign_in")
    store.record_event("export", "patient-1", {"form": "json"})
    store.drafts.save("blood_count", "patient-1", '{"wbc":"4"}')
    store.kept.keep_summary(
        "patient-1", "2026-11-07", "Synthetic team", b"%PDF-1.7 synthetic", store.kept.head("patient-1")
    )
    store.kept.mark_seen("patient-1")
    _write_expected(store, folder)
    store.close(backup=False)
    (folder / "writer.lock").unlink(missing_ok=True)


def _append(store: Store, entry: UUID, patient: str, body: Mapping[str, object]) -> UUID:
    identified = body if "mrn" in body else {**body, "id": str(entry)}
    store.append([_draft(entry, patient, identified)])
    return entry


def _write_expected(store: Store, folder: Path) -> None:
    rows = {patient: [row.hash for row in store.rows(patient)] for patient in PATIENTS}
    ids = [str(row.id) for patient in PATIENTS for row in store.rows(patient)]
    expected = {"version": VERSION, "head": store.head().hash, "count": store.head().count, "rows": rows, "ids": ids}
    (folder / EXPECTED).write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
