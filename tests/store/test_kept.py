"""What is kept beside the journal: summaries for ever and byte by byte, board rows in place, what somebody has seen."""

import pytest
import sqlcipher3

from bedside.chart.errors import StoreFault
from bedside.store.kept import KeptRow
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.store.wards import CHEAP, COUNTS, PATIENT, USER, Ward, count

PDF = b"%PDF-1.7\x00\xff" * 1000


def test_that_a_summary_is_kept_byte_by_byte_with_who_when_and_to_whom(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    first = store.kept.keep_summary(PATIENT, "2020-07-31", "Transplant team North", PDF)
    clock.advance(seconds=60)
    second = store.kept.keep_summary(PATIENT, "2020-08-01", "", PDF + b"x")
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
    store.kept.keep_summary(PATIENT, "2020-07-31", "", PDF)
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


def test_that_nothing_is_kept_in_a_store_that_is_open_for_reading_only(ward: Ward) -> None:
    store = ward.open(read_only=True)
    with pytest.raises(StoreFault):
        store.kept.keep_summary(PATIENT, "2020-07-31", "", PDF)
    with pytest.raises(StoreFault):
        store.kept.mark_seen(PATIENT)
    store.close(backup=False)
