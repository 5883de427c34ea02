"""What is kept beside the journal: summaries for ever and byte by byte, board rows in place, what somebody has seen."""

import pytest
import sqlcipher3

from bedside.chart.errors import StoreFault
from bedside.store.kept import KeptRow
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.store.wards import CHEAP, COUNTS, PATIENT, USER, Ward, count, registration

PDF = b"%PDF-1.7\x00\xff" * 1000


def test_that_a_summary_is_kept_byte_by_byte_with_who_when_and_to_whom(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    first = store.kept.keep_summary(PATIENT, "2020-07-31", "Transplant team North", PDF, COUNTS + 1)
    clock.advance(seconds=60)
    second = store.kept.keep_summary(PATIENT, "2020-08-01", "", PDF + b"x", COUNTS + 1)
    store.close(backup=False)
    store = ward.open()
    assert store.kept.summaries(PATIENT) == (second, first)
    assert (first.made_by, first.recipient, first.as_of) == (USER, "Transplant team North", "2020-07-31")
    assert store.kept.summary_pdf(first.id) == PDF
    assert store.kept.summary_pdf("nobody") is None
    assert store.kept.summaries("patient-2") == ()
    store.close(backup=False)


@pytest.mark.parametrize("statement", ["UPDATE summary SET pdf = x'00'", "DELETE FROM summary"])
def test_that_a_kept_summary_can_neither_be_changed_nor_deleted(ward: Ward, statement: str) -> None:
    store = ward.open()
    store.kept.keep_summary(PATIENT, "2020-07-31", "", PDF, COUNTS + 1)
    store.close(backup=False)
    connection = ward.raw()
    with pytest.raises(sqlcipher3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_that_board_rows_replace_earlier_ones_and_leave_others_alone(ward: Ward) -> None:
    store = ward.open()
    store.kept.keep_board_rows({PATIENT: KeptRow("1", "{}"), "patient-2": KeptRow("1", "[]")})
    store.kept.keep_board_rows({PATIENT: KeptRow("2", '{"a":1}')})
    assert store.kept.board_rows() == {PATIENT: KeptRow("2", '{"a":1}'), "patient-2": KeptRow("1", "[]")}
    store.close(backup=False)


def test_that_the_head_of_a_patient_is_the_number_of_the_newest_row(ward: Ward) -> None:
    store = ward.open()
    assert (store.kept.head(PATIENT), store.kept.head("patient-2")) == (COUNTS + 1, 0)
    store.append([count(99)])
    assert store.kept.head(PATIENT) == COUNTS + 2
    store.close(backup=False)


def test_that_only_patients_with_a_row_after_a_number_have_moved_since(ward: Ward) -> None:
    store = ward.open()
    assert store.kept.moved_since(COUNTS + 1) == {}
    assert store.kept.moved_since(COUNTS) == store.kept.moved_since(0) == {PATIENT: COUNTS + 1}
    store.append([count(99)])
    assert store.kept.moved_since(COUNTS + 1) == {PATIENT: COUNTS + 2}
    store.close(backup=False)


def test_that_only_what_others_stored_since_one_looked_is_new(ward: Ward) -> None:
    store = ward.open()
    store.people.let_in("grace", "nurse", "Blaue Berge", CHEAP)
    store.close(backup=False)
    grace = Store.open(Station(ward.folder, ward.clock, ward.new_id), "grace", "Blaue Berge")
    assert grace.kept.unseen() == {}
    grace.kept.mark_seen(PATIENT)
    grace.append([count(50)])
    assert grace.kept.unseen() == {}
    grace.close(backup=False)
    ada = ward.open()
    ada.append([count(60), count(61)])
    assert ada.kept.unseen() == {}
    ada.close(backup=False)
    grace = Store.open(Station(ward.folder, ward.clock, ward.new_id), "grace", "Blaue Berge")
    assert grace.kept.unseen() == {PATIENT: 2}
    grace.kept.mark_seen(PATIENT)
    assert grace.kept.unseen() == {}
    grace.close(backup=False)


def look(store: Store) -> dict[str, bool]:
    """What a person finds who looks at the board."""
    store.kept.note_unopened()
    return store.kept.unopened()


def test_that_who_looks_for_the_first_time_finds_nobody_new(ward: Ward) -> None:
    store = ward.open()
    grace = store.as_person("grace", "nurse")
    assert grace.kept.unopened() == {}
    assert look(grace) == {}
    store.close(backup=False)


def test_that_a_patient_registered_since_is_new_until_opened_and_one_that_was_there_is_new_otherwise(
    ward: Ward,
) -> None:
    store = ward.open()
    grace = store.as_person("grace", "nurse")
    look(grace)
    store.append([registration("patient-2", "T-7002")])
    assert look(grace) == {"patient-2": True}
    store.append([count(60)])
    assert look(grace) == {"patient-2": True, PATIENT: False}
    grace.kept.mark_seen("patient-2")
    assert look(grace) == {PATIENT: False}
    assert grace.kept.unseen() == {}
    grace.kept.mark_seen(PATIENT)
    assert look(grace) == {}
    store.append([count(61)])
    assert (look(grace), grace.kept.unseen()) == ({}, {PATIENT: 1})
    store.close(backup=False)


def test_that_what_one_stored_oneself_makes_nobody_new(ward: Ward) -> None:
    store = ward.open()
    grace = store.as_person("grace", "nurse")
    look(grace)
    grace.append([registration("patient-2", "T-7002"), count(60)])
    assert look(grace) == {}
    store.append([count(61, "patient-2")])
    assert look(grace) == {"patient-2": False}
    store.close(backup=False)


def test_that_each_person_has_patients_of_her_own_that_are_new(ward: Ward) -> None:
    store = ward.open()
    grace, hedy = store.as_person("grace", "nurse"), store.as_person("hedy", "nurse")
    look(grace)
    store.append([count(60)])
    assert look(hedy) == {}
    store.append([registration("patient-2", "T-7002")])
    assert look(grace) == {PATIENT: False, "patient-2": True}
    assert look(hedy) == {"patient-2": True}
    store.close(backup=False)


def test_that_nothing_is_kept_in_a_store_that_is_open_for_reading_only(ward: Ward) -> None:
    store = ward.open(read_only=True)
    with pytest.raises(StoreFault):
        store.kept.keep_summary(PATIENT, "2020-07-31", "", PDF, COUNTS + 1)
    with pytest.raises(StoreFault):
        store.kept.mark_seen(PATIENT)
    with pytest.raises(StoreFault):
        store.kept.note_unopened()
    store.close(backup=False)
