"""The journal: append-only, in the order received, all or nothing, and the same entry only once."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlcipher3

from bedside.chart.errors import UserError
from bedside.store.rows import RowDraft
from tests.conftest import FixedClock
from tests.store.wards import (
    COUNTS,
    FAMILY_NAME,
    MRN,
    PASSPHRASE,
    PATIENT,
    RECORDED,
    USER,
    Ward,
    count,
    draft,
    registration,
)


def test_that_bodies_come_back_as_they_were_stored_in_the_order_received(ward: Ward) -> None:
    store = ward.open()
    early = count(99)._replace(at="1999-01-01")
    store.append([early])
    assert store.bodies(PATIENT) == [count(number).body for number in [*range(COUNTS), 99]]
    assert store.bodies("nobody") == []
    store.close(backup=False)


def test_that_a_row_says_who_brought_it_whatever_the_draft_says(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    given = count(1)._replace(recorded_at=datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1))
    (row,) = store.append([given])
    assert (row.received_by, row.role, row.received_at) == (USER, "lead,physician", clock())
    assert (row.recorded_by, row.origin_seq, row.kind) == ("grace", COUNTS + 2, "blood_count")
    stored = store.rows(PATIENT)[-1]
    assert stored._replace(recorded_at=None) == row._replace(recorded_at=None)
    assert stored.recorded_at is not None
    assert stored.recorded_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert stored.recorded_at.utcoffset() == timedelta(hours=1)
    zone = store._hold.connection.execute("SELECT recorded_zone FROM journal WHERE id = ?", (str(row.id),)).fetchone()
    assert zone == ("Europe/Berlin",)
    store.close(backup=False)


def test_that_microseconds_and_links_survive_and_what_is_unknown_stays_unknown(ward: Ward) -> None:
    store = ward.open()
    known, unknown = count(1), count(2)._replace(recorded_at=None, recorded_by=None)
    corrected = count(3)._replace(supersedes=known.id, recorded_at=RECORDED.astimezone(timezone(timedelta(hours=-3))))
    voided = draft("void", "{}", PATIENT)._replace(voids=known.id)
    store.append([known, unknown, corrected, voided])
    rows = store.rows(PATIENT)[-4:]
    assert [row.recorded_at for row in rows] == [known.recorded_at, None, RECORDED, voided.recorded_at]
    assert [row.recorded_by for row in rows] == ["grace", None, "grace", "grace"]
    assert [(row.supersedes, row.voids) for row in rows] == [
        (None, None),
        (None, None),
        (known.id, None),
        (None, known.id),
    ]
    assert [row.id for row in rows] == [known.id, unknown.id, corrected.id, voided.id]
    store.close(backup=False)


def test_that_what_was_received_says_the_same_as_the_whole_rows(ward: Ward) -> None:
    store = ward.open()
    here = count(1)._replace(recorded_at=RECORDED.astimezone(timezone(timedelta(hours=-3))))
    store.append([here, count(2)._replace(recorded_at=None, recorded_by=None)])
    rows, received = store.rows(PATIENT), store.received(PATIENT)
    names = ("kind", "recorded_at", "recorded_by", "role", "received_at", "received_by", "body")
    told = [(str(row.id), *(getattr(row, name) for name in names)) for row in rows]
    assert [(one.id, *(getattr(one, name) for name in names)) for one in received] == told
    assert received[-2].recorded_at is not None
    assert received[-2].recorded_at.utcoffset() == timedelta(hours=-3)
    assert received[-1].recorded_at is None
    assert store.received("nobody") == []
    store.close(backup=False)


def test_that_the_sequence_has_no_gap_across_patients_and_sessions(ward: Ward) -> None:
    store = ward.open()
    store.append([registration("patient-2", "T-7002")])
    store.append([count(1, "patient-2"), count(2), count(3, "patient-2")])
    store.close(backup=False)
    store = ward.open()
    store.append([count(4)])
    numbers = sorted(row.origin_seq for patient in (PATIENT, "patient-2") for row in store.rows(patient))
    assert numbers == list(range(1, COUNTS + 7))
    assert store.head().count == COUNTS + 6
    assert store.head().hash == store.rows(PATIENT)[-1].hash
    store.close(backup=False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = '{}'",
        "UPDATE journal SET at = '2020-01-01' WHERE origin_seq = 2",
        "DELETE FROM journal WHERE origin_seq = 3",
        "DELETE FROM patient",
        "UPDATE patient SET mrn = 'X'",
        "UPDATE identity SET origin = 'X'",
        "DELETE FROM identity",
    ],
)
def test_that_the_database_itself_refuses_to_change_or_delete(ward: Ward, statement: str) -> None:
    connection = ward.raw()
    with pytest.raises(sqlcipher3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(("number", "why"), [("origin_seq", "holds this id"), ("origin_seq + 100", "holds this id")])
def test_that_the_database_refuses_to_replace_a_row(ward: Ward, number: str, why: str) -> None:
    connection = ward.raw()
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(journal)")]
    chosen = ", ".join(number if name == "origin_seq" else name for name in columns)
    with pytest.raises(sqlcipher3.IntegrityError, match=why):
        connection.execute(f"INSERT OR REPLACE INTO journal SELECT {chosen} FROM journal WHERE origin_seq = 4")
    connection.close()


@pytest.mark.parametrize("number", ["origin_seq", "origin_seq + 1", "origin_seq + 100"])
def test_that_the_database_refuses_a_gap_and_a_second_row_of_one_number(ward: Ward, number: str) -> None:
    connection = ward.raw()
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(journal)")]
    chosen = ", ".join({"origin_seq": number, "id": f"'{uuid4()}'"}.get(name, name) for name in columns)
    with pytest.raises(sqlcipher3.IntegrityError, match="no gap"):
        connection.execute(f"INSERT INTO journal SELECT {chosen} FROM journal WHERE origin_seq = 4")
    connection.close()


def test_that_the_same_entry_again_changes_nothing(ward: Ward) -> None:
    store = ward.open()
    entry, patient = count(50), registration("patient-2", "T-7002")
    assert len(store.append([patient, entry])) == 2
    before = store.head()
    assert store.append([patient, entry, entry]) == ()
    assert store.head() == before
    new = count(51)
    assert [row.id for row in store.append([entry, new])] == [new.id]
    store.close(backup=False)


@pytest.mark.parametrize(
    "change",
    [
        {"body": '{"other":1}'},
        {"at": "2026-11-21"},
        {"kind": "chemistry"},
        {"supersedes": UUID(int=5)},
        {"voids": UUID(int=5)},
        {"patient_id": "patient-2"},
    ],
)
def test_that_a_known_id_with_other_content_is_refused_and_nothing_is_stored(
    ward: Ward, change: dict[str, object]
) -> None:
    store = ward.open()
    entry = count(50)
    store.append([registration("patient-2", "T-7002"), entry])
    before = store.head()
    changed: RowDraft = entry._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=str(entry.id)) as caught:
        store.append([count(51), changed, count(52)])
    assert caught.value.exit_code == 2
    assert store.head() == before
    assert len(store.bodies(PATIENT)) == COUNTS + 1
    store.close(backup=False)


def test_that_two_drafts_of_one_id_in_one_append_must_agree(ward: Ward) -> None:
    store = ward.open()
    entry = count(50)
    before = store.head()
    with pytest.raises(UserError):
        store.append([entry, entry._replace(body="{}")])
    assert store.head() == before
    store.close(backup=False)


def test_that_an_unknown_patient_and_a_taken_mrn_are_refused(ward: Ward) -> None:
    store = ward.open()
    before = store.head()
    with pytest.raises(UserError, match="not in the store"):
        store.append([count(1), count(1, "patient-9")])
    with pytest.raises(UserError, match=MRN):
        store.append([registration("patient-9", MRN)])
    assert store.head() == before
    assert [found.mrn for found in store.patients()] == [MRN]
    store.close(backup=False)


def test_that_patients_are_found_by_mrn(ward: Ward) -> None:
    store = ward.open()
    store.append([registration("patient-0", "T-6001"), count(1, "patient-0")])
    assert [(found.patient_id, found.mrn) for found in store.patients()] == [
        ("patient-0", "T-6001"),
        (PATIENT, MRN),
    ]
    found = store.patient(MRN)
    assert found is not None
    assert (found.patient_id, FAMILY_NAME in found.body) == (PATIENT, True)
    assert store.patient("T-0") is None
    store.close(backup=False)


def test_that_a_moment_without_an_offset_is_a_bug_and_stores_nothing(ward: Ward) -> None:
    store = ward.open()
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        store.append([count(1), count(2)._replace(recorded_at=naive)])
    assert len(store.bodies(PATIENT)) == COUNTS
    store.close(backup=False)


def test_that_a_clock_set_back_keeps_the_order_and_is_told(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    assert store.clock_jumps() == ()
    assert store.clock_behind() is None
    last = clock()
    clock.advance(hours=-2)
    assert store.clock_behind() == timedelta(hours=2)
    store.append([count(80)])
    clock.advance(hours=5)
    store.append([count(81)])
    (jump,) = store.clock_jumps()
    assert (jump.origin_seq, jump.before, jump.after) == (COUNTS + 2, last, last - timedelta(hours=2))
    assert store.bodies(PATIENT)[-2:] == [count(80).body, count(81).body]
    assert store.verify() == ()
    store.close(backup=False)


def test_that_several_threads_may_append_to_one_store(ward: Ward) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = ward.open(passphrase=PASSPHRASE)
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda number: store.append([count(number)]), range(40)))
    assert len(store.bodies(PATIENT)) == COUNTS + 40
    assert store.verify() == ()
    store.close(backup=False)


def test_that_one_patient_is_read_from_one_place_of_the_journal(ward: Ward) -> None:
    store = ward.open()
    asked: list[str] = []
    store._hold.connection.set_trace_callback(asked.append)
    store.bodies(PATIENT)
    store.rows(PATIENT)
    store.received(PATIENT)
    store.patient(MRN)
    store._hold.connection.set_trace_callback(None)
    steps = [
        step
        for statement in asked
        for *_, step in store._hold.connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    ]
    store.close(backup=False)
    assert len(asked) == 4
    assert not any(step.startswith(("SCAN", "USE TEMP")) for step in steps)
    assert sum(" USING PRIMARY KEY (patient_id=?" in step for step in steps) >= 4
