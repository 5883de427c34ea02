"""The hash chain: its fixed layout, and that every kind of forgery is found and named."""

import hashlib

import pytest

from bedside.store.chain import GENESIS, Link, digest_of, first_break
from bedside.store.rows import STORED
from tests.store.wards import COUNTS, FAMILY_NAME, MRN, PATIENT, Ward, count

BLOOD_COUNT_ROW = 5
FORGERIES = {
    "id": "'00000000-0000-4000-8000-000000000001'",
    "patient_id": "'patient-2'",
    "kind": "'chemistry'",
    "at": "'2026-11-19'",
    "recorded_at": "recorded_at + 1",
    "recorded_offset": "3600",
    "recorded_zone": "'Europe/Rome'",
    "recorded_by": "'eve'",
    "role": "'nurse'",
    "received_at": "received_at - 1",
    "received_by": "'eve'",
    "origin": "'elsewhere'",
    "origin_seq": "0",
    "supersedes": "id",
    "voids": "id",
    "schema_version": "7",
    "app_version": "'9.9'",
    "prev_hash": "zeroblob(32)",
    "hash": "zeroblob(32)",
    "body": "replace(body, '3.5', '4.5')",
}


def chain_of(*bodies: str) -> list[Link]:
    links: list[Link] = []
    previous = GENESIS
    for number, body in enumerate(bodies, start=1):
        digest = digest_of(previous, ["x", number, None], body)
        links.append(Link(number, previous, digest, ["x", number, None], body))
        previous = digest
    return links


def test_that_the_layout_of_the_hashed_bytes_is_fixed() -> None:
    expected = hashlib.sha256(bytes(32) + '["µ",7,null]\n{"a":"≥"}'.encode()).digest()
    assert digest_of(GENESIS, ["µ", 7, None], '{"a":"≥"}') == expected
    assert digest_of(expected, ["µ", 7, None], '{"a":"≥"}') != expected


def test_that_a_whole_chain_holds_in_any_order_and_from_any_row() -> None:
    links = chain_of("a", "b", "c", "d")
    assert first_break(links) is None
    assert first_break(reversed(links)) is None
    assert first_break(links[2:], links[1].digest, 2) is None
    assert first_break([]) is None


def test_that_the_first_broken_row_is_named() -> None:
    links = chain_of("a", "b", "c", "d")
    forged = [links[0], links[1]._replace(body="B"), links[2], links[3]._replace(body="D")]
    found = first_break(forged)
    assert found is not None
    assert (found.number, found.why) == (2, "the row is not as it was written")
    missing = first_break([links[0], links[2], links[3]])
    assert missing is not None
    assert (missing.number, "missing" in missing.why) == (2, True)
    other = links[2]._replace(digest=digest_of(bytes(32), links[2].columns, "c"), previous=bytes(32))
    unlinked = first_break([links[0], links[1], other, links[3]])
    assert unlinked is not None
    assert (unlinked.number, "does not follow" in unlinked.why) == (3, True)


def test_that_every_column_of_a_row_has_a_forgery_in_this_test() -> None:
    assert set(FORGERIES) == set(STORED)


@pytest.mark.parametrize("column", FORGERIES)
def test_that_a_change_of_any_column_is_found_and_the_row_named_without_the_patient(ward: Ward, column: str) -> None:
    store = ward.open()
    store.append([count(number) for number in range(200)])
    store.close(backup=False)
    ward.tamper(f"UPDATE journal SET {column} = {FORGERIES[column]} WHERE origin_seq = {BLOOD_COUNT_ROW}")
    store = ward.open()
    problems = store.verify()
    store.close(backup=False)
    assert problems
    assert any(f"row {BLOOD_COUNT_ROW}" in problem.place for problem in problems)
    words = " ".join(problem.sentence for problem in problems)
    assert FAMILY_NAME not in words
    assert MRN not in words


def test_that_a_forger_who_rehashes_the_row_breaks_the_next_one() -> None:
    links = chain_of("a", "b", "c")
    rehashed = links[1]._replace(body="B", digest=digest_of(links[1].previous, links[1].columns, "B"))
    found = first_break([links[0], rehashed, links[2]])
    assert found is not None
    assert (found.number, "does not follow" in found.why) == (3, True)


def test_that_a_removed_row_is_found(ward: Ward) -> None:
    store = ward.open()
    store.append([count(number) for number in range(200)])
    store.close(backup=False)
    ward.tamper("DELETE FROM journal WHERE origin_seq = 7")
    store = ward.open()
    (problem,) = store.verify()
    store.close(backup=False)
    assert problem.place == "Journal row 7"
    assert "missing" in problem.what


def test_that_rows_cut_from_the_end_are_found_against_the_backup(ward: Ward) -> None:
    ward.open().close()
    ward.tamper("DELETE FROM journal WHERE origin_seq > 10")
    store = ward.open()
    (problem,) = store.verify()
    store.close(backup=False)
    assert problem.place == f"Journal row {COUNTS + 1}"
    assert "backup" in problem.what


def test_that_a_row_cut_from_the_end_is_told_beside_whatever_else_is_wrong(ward: Ward) -> None:
    ward.open().close()
    ward.tamper(f"DELETE FROM journal WHERE origin_seq = {COUNTS + 1}", "UPDATE patient SET mrn = 'T-9999'")
    store = ward.open()
    places = [problem.place for problem in store.verify()]
    store.close(backup=False)
    assert places == ["Journal row 1 (registration)", f"Journal row {COUNTS + 1}"]


def test_that_events_cut_from_the_end_of_the_trail_are_found_against_the_backup(ward: Ward) -> None:
    store = ward.open()
    store.record_event("export", PATIENT)
    store.record_event("export", PATIENT)
    store.close()
    ward.tamper("DELETE FROM audit WHERE origin_seq > 1")
    store = ward.open()
    (problem,) = store.verify()
    assert store.quick_check() == (problem,)
    store.close(backup=False)
    assert problem.place == "Audit row 2"
    assert "backup" in problem.what


def test_that_a_trail_written_anew_behind_a_backup_is_found(ward: Ward) -> None:
    store = ward.open()
    store.record_event("export", PATIENT)
    store.close()
    ward.tamper("DELETE FROM audit")
    store = ward.open()
    store.record_event("sign_in", None)
    assert [problem.place for problem in store.verify()] == ["Audit row 1"]
    store.close(backup=False)


def test_that_a_changed_patient_index_is_found(ward: Ward) -> None:
    ward.tamper("UPDATE patient SET mrn = 'T-9999'")
    store = ward.open()
    (problem,) = store.verify()
    store.close(backup=False)
    assert problem.sentence == "Journal row 1 (registration): the patient index does not agree with it."


def test_that_a_row_slipped_in_under_another_workstation_is_found(ward: Ward) -> None:
    columns = ", ".join({"origin": "'elsewhere'", "id": "'x'"}.get(name, name) for name in STORED)
    ward.tamper(f"INSERT INTO journal ({', '.join(STORED)}) SELECT {columns} FROM journal WHERE origin_seq = 1")
    store = ward.open()
    (problem,) = store.verify()
    store.close(backup=False)
    assert (
        problem.sentence == "Journal row 1 (registration): it comes from a workstation that this store does not know."
    )
