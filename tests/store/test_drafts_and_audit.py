"""Drafts belong to their author and may change; the audit trail may not."""

import pytest
import sqlcipher3

from bedside.chart.errors import StoreFault
from bedside.store.creation import FIRST_ROLE
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.store.wards import CHEAP, PATIENT, Ward


def test_that_a_draft_is_kept_replaced_and_dropped(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    assert store.drafts.text("marrow", PATIENT) is None
    store.drafts.save("marrow", PATIENT, '{"blasts":"1"}')
    clock.advance(seconds=5)
    store.drafts.save("vitals", PATIENT, "{}")
    store.drafts.save("marrow", PATIENT, '{"blasts":"12"}')
    store.close(backup=False)
    store = ward.open()
    assert store.drafts.text("marrow", PATIENT) == '{"blasts":"12"}'
    assert {(draft.form, draft.saved_at) for draft in store.drafts.listed()} == {
        ("marrow", clock()),
        ("vitals", clock()),
    }
    store.drafts.drop("marrow", PATIENT)
    store.drafts.drop("marrow", PATIENT)
    assert store.drafts.text("marrow", PATIENT) is None
    assert [draft.form for draft in store.drafts.listed()] == ["vitals"]
    assert store.head().count == 13
    store.close(backup=False)


def test_that_another_user_sees_no_draft_of_the_author(ward: Ward) -> None:
    store = ward.open()
    store.drafts.save("marrow", PATIENT, '{"mine":1}')
    store.people.let_in("grace", "nurse", "x", CHEAP)
    store.close(backup=False)
    other = Store.open(Station(ward.folder, ward.clock, ward.new_id), "grace", "x")
    assert other.drafts.listed() == ()
    other.drafts.save("marrow", PATIENT, '{"hers":1}')
    other.drafts.drop("vitals", PATIENT)
    other.close(backup=False)
    store = ward.open()
    assert store.drafts.text("marrow", PATIENT) == '{"mine":1}'
    store.close(backup=False)


def test_that_events_are_numbered_and_chained_apart_from_the_journal(ward: Ward) -> None:
    store = ward.open()
    before = store.head()
    assert [store.record_event("sign_in"), store.record_event("export", PATIENT, {"format": "pdf"})] == [1, 2]
    assert store.head() == before
    assert store.verify() == ()
    store.close(backup=False)
    store = ward.open()
    assert store.record_event("sign_in") == 3
    store.close(backup=False)


@pytest.mark.parametrize("statement", ["UPDATE audit SET user = 'x'", "DELETE FROM audit"])
def test_that_the_database_refuses_to_change_the_audit_trail(ward: Ward, statement: str) -> None:
    store = ward.open()
    store.record_event("sign_in")
    store.close(backup=False)
    connection = ward.raw()
    with pytest.raises(sqlcipher3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("column", "value"), [("user", "'eve'"), ("event", "'print'"), ("subject", "NULL"), ("body", "'{}'")]
)
def test_that_a_forged_event_is_found(ward: Ward, column: str, value: str) -> None:
    store = ward.open()
    for _ in range(100):
        store.record_event("export", PATIENT, {"format": "pdf"})
    store.close(backup=False)
    ward.tamper(f"UPDATE audit SET {column} = {value} WHERE origin_seq = 4")
    store = ward.open()
    (problem,) = store.verify()
    store.close(backup=False)
    assert problem.place.startswith("Audit row 4 (")
    assert problem.what == "the row is not as it was written"


def test_that_a_forged_last_event_is_noticed_at_opening(ward: Ward) -> None:
    store = ward.open()
    store.record_event("export", PATIENT)
    store.close(backup=False)
    ward.tamper("UPDATE audit SET subject = NULL")
    with pytest.raises(StoreFault, match="Audit row 1"):
        ward.open()


def test_that_a_reader_keeps_neither_drafts_nor_events(ward: Ward) -> None:
    reader = ward.open(read_only=True)
    with pytest.raises(StoreFault, match="reading only"):
        reader.drafts.save("marrow", PATIENT, "{}")
    with pytest.raises(StoreFault, match="reading only"):
        reader.record_event("sign_in")
    with pytest.raises(StoreFault, match="reading only"):
        reader.people.let_in("ada", FIRST_ROLE, "x")
    reader.close()
