"""Tests of identities: a corrected number, doubles read as one without a row moved, and patients who left the ward."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.entries import BloodCount
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.board import board
from bedside.service.board_rows import board_at_once, work_out
from bedside.service.board_text import board_json, board_table, count_text
from bedside.service.exchange_files import export_json, import_file
from bedside.service.identity_rules import likely_doubles
from bedside.service.integrity import verify
from bedside.service.patients import everyone, registration
from bedside.service.persons import _mains
from bedside.service.read import chart_of, opened
from bedside.service.record import EntryRefused, correct, record, register, void
from bedside.service.session import Session
from tests.service.charts import COUNT, MRN, PATIENT
from tests.service.people import as_person

OTHER = "T-0002"
TODAY = AsOf.parse("2026-11-20")


def identity(**fields: Any) -> dict[str, Any]:
    return {"kind": "identity", "at": "2026-11-20", "reason": "seen on the wristband", **fields}


@pytest.fixture
def ward(session: Session) -> Session:
    """Two registrations, each with one count."""
    register(session, PATIENT)
    register(session, {**PATIENT, "mrn": OTHER, "given_name": "Synthetic Two", "sex": "unknown"})
    record(session, MRN, COUNT)
    record(session, OTHER, {**COUNT, "hb": 101})
    return session


def rows(session: Session) -> dict[str, list[str]]:
    """The ids of the rows of each patient_id, to see that none moves."""
    return {one.mrn: [str(row.id) for row in session.store.rows(one.patient_id)] for one in session.store.patients()}


def haemoglobins(session: Session, mrn: str) -> list[float]:
    return [entry.hb for entry in chart_of(session, mrn).entries if isinstance(entry, BloodCount) and entry.hb]


def test_that_a_corrected_number_finds_the_patient_and_the_old_one_still_does(ward: Session) -> None:
    changes = record(ward, MRN, identity(mrn="T-0100")).changes
    assert changes.patients == {MRN, "T-0100"}
    for number in (MRN, "T-0100"):
        assert chart_of(ward, number).patient.mrn == "T-0100"
        assert opened(ward, number, TODAY).assessment.mrn == "T-0100"
    assert [row.patient.mrn for row in board(ward, TODAY)] == ["T-0100", OTHER]
    with pytest.raises(UserError, match="already"):
        register(ward, {**PATIENT, "mrn": "T-0100"})
    record(ward, "T-0100", {**COUNT, "hb": 99})
    assert haemoglobins(ward, MRN) == [92, 99]
    assert verify(ward) == ()


def test_that_names_and_birth_date_are_corrected_for_a_reason(ward: Session) -> None:
    record(ward, MRN, identity(family_name="Quince", birth_date="2010-03-20"))
    patient = chart_of(ward, MRN).patient
    assert (patient.family_name, patient.birth_date.isoformat(), patient.given_name) == (
        "Quince", "2010-03-20", "Synthetic One"
    )  # fmt: skip
    with pytest.raises(EntryRefused):
        record(ward, MRN, {**identity(family_name="X"), "reason": None})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "one double"),
        ({"same_as": OTHER, "family_name": "X"}, "one double"),
        ({"mrn": OTHER}, "another patient"),
        ({"same_as": "T-9999"}, "no patient"),
        ({"same_as": MRN}, "this patient already"),
        ({"birth_date": "2020-06-30"}, "before every entry"),
        ({"birth_date": "2027-01-01"}, "future"),
    ],
)
def test_that_an_identity_that_cannot_stand_is_refused(ward: Session, fields: dict[str, Any], said: str) -> None:
    before = rows(ward)
    with pytest.raises(UserError, match=said):
        record(ward, MRN, identity(**fields))
    assert rows(ward) == before


def test_that_a_birth_date_on_the_day_of_the_first_entry_stands(ward: Session) -> None:
    record(ward, MRN, identity(birth_date="2020-06-29"))
    assert chart_of(ward, MRN).patient.birth_date.isoformat() == "2020-06-29"


def test_that_linked_doubles_are_read_as_one_under_the_named_one_and_no_row_moves(ward: Session) -> None:
    before = rows(ward)
    link = record(ward, MRN, identity(same_as=OTHER)).entry
    assert rows(ward) == {MRN: [*before[MRN], link.id], OTHER: before[OTHER]}
    for number in (MRN, OTHER):
        shown = opened(ward, number, TODAY)
        assert shown.chart.patient.mrn == OTHER
        assert haemoglobins(ward, number) == [92, 101]
        assert link.id in shown.recorded
    (row,) = board(ward, TODAY)
    assert row.patient.mrn == OTHER
    assert [one.number for one in everyone(ward)] == [OTHER]
    with pytest.raises(UserError, match="this patient already"):
        record(ward, OTHER, identity(same_as=MRN))
    assert verify(ward) == ()


def test_that_what_is_recorded_of_doubles_stays_where_it_belongs(ward: Session) -> None:
    of_double = chart_of(ward, MRN).entries[0]
    record(ward, MRN, identity(same_as=OTHER))
    new = record(ward, MRN, {**COUNT, "hb": 110}).entry
    better = correct(ward, OTHER, of_double.id, {**COUNT, "hb": 93}, "misread").entry
    assert new.id in rows(ward)[OTHER]
    assert better.id in rows(ward)[MRN]
    assert sorted(haemoglobins(ward, MRN)) == [92, 93, 101, 110]
    assert verify(ward) == ()


def test_that_a_link_taken_back_leaves_two_patients_as_before(ward: Session) -> None:
    link = record(ward, MRN, identity(same_as=OTHER)).entry
    changes = void(ward, OTHER, link.id, "two people after all").changes
    assert OTHER in changes.patients
    assert haemoglobins(ward, MRN) == [92]
    assert haemoglobins(ward, OTHER) == [101]
    assert [row.patient.mrn for row in board(ward, TODAY)] == [MRN, OTHER]
    assert verify(ward) == ()


def test_that_a_double_s_own_corrections_do_not_change_the_person(ward: Session) -> None:
    wrong = record(ward, MRN, identity(family_name="Wrong", birth_date="2011-01-01")).entry
    void(ward, MRN, correct(ward, MRN, wrong.id, identity(family_name="Wronger"), "slip").entry.id, "slip")
    record(ward, MRN, identity(same_as=OTHER))
    for number in (MRN, OTHER):
        patient = opened(ward, number, TODAY).chart.patient
        assert (patient.family_name, patient.given_name) == (PATIENT["family_name"], "Synthetic Two")
    record(ward, MRN, identity(given_name="Synthetic Three"))
    assert chart_of(ward, MRN).patient.given_name == "Synthetic Three"
    assert verify(ward) == ()


def test_that_an_exported_person_comes_back_without_change_and_whole_elsewhere(ward: Session) -> None:
    record(ward, MRN, identity(same_as=OTHER))
    file = export_json(ward, MRN)
    assert json.loads(file)["patient"]["mrn"] == OTHER
    assert len(json.loads(file)["entries"]) == 3
    assert import_file(ward, "a.json", file).charts[0].new == 0
    more = json.loads(file)
    more["entries"].append({**COUNT, "hb": 77, "supersedes": more["entries"][0]["id"], "reason": "misread"})
    assert import_file(ward, "b.json", json.dumps(more).encode()).charts[0].new == 1
    assert verify(ward) == ()


def test_that_three_registrations_in_a_row_are_one_person(ward: Session) -> None:
    register(ward, {**PATIENT, "mrn": "T-0003"})
    record(ward, MRN, identity(same_as=OTHER))
    record(ward, OTHER, identity(same_as="T-0003"))
    assert [one.number for one in everyone(ward)] == ["T-0003"]
    assert registration(ward, MRN).number == "T-0003"
    assert haemoglobins(ward, "T-0003") == [92, 101]


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_that_every_double_leads_to_one_person_who_is_nobody_s_double(links: dict[str, str]) -> None:
    apart = {one: other for one, other in links.items() if one != other}
    mains = _mains(apart)
    assert all(main not in mains for main in mains.values())
    for one, other in apart.items():
        assert mains.get(one, one) == mains.get(other, other)


def test_that_the_kept_board_follows_a_link_and_its_end(ward: Session) -> None:
    work_out(ward, board_at_once(ward, TODAY).stale, TODAY)
    assert board_at_once(ward, TODAY).stale == ()
    link = record(ward, MRN, identity(same_as=OTHER)).entry
    linked = board_at_once(ward, TODAY)
    assert (linked.stale, linked.patients) == ((OTHER,), 1)
    work_out(ward, linked.stale, TODAY)
    assert [row.mrn for row in board_at_once(ward, TODAY).rows] == [OTHER]
    void(ward, MRN, link.id, "two people after all")
    assert board_at_once(ward, TODAY).stale == (MRN, OTHER)


def test_that_likely_doubles_are_offered_to_those_who_may_link_them(ward: Session) -> None:
    register(ward, {**PATIENT, "mrn": "T-0004", "family_name": "Other", "given_name": "Person"})
    swapped = {"family_name": PATIENT["given_name"], "given_name": "néedle-FAMILY"}
    register(ward, {**PATIENT, **swapped, "mrn": "T-0005"})
    found = {(one.first.mrn, one.second.mrn): one.why for one in likely_doubles(ward)}
    assert found == {
        (MRN, OTHER): "born on the same day, with one name alike",
        (MRN, "T-0005"): "born on the same day, with the same names",
    }
    with pytest.raises(UserError, match="physicians"):
        likely_doubles(as_person(ward, "Synthetic Night", "nurse"))
    record(ward, MRN, identity(same_as=OTHER))
    assert (MRN, OTHER) not in {(one.first.mrn, one.second.mrn) for one in likely_doubles(ward)}


def test_that_who_left_the_ward_stays_in_the_count(ward: Session) -> None:
    status = {"kind": "status", "at": "2026-11-20"}
    assert count_text(board(ward, TODAY)) == "2 patients"
    record(ward, MRN, {**status, "state": "transferred"})
    with pytest.raises(EntryRefused, match="never infused"):
        record(ward, OTHER, {**status, "state": "never_infused"})
    record(ward, OTHER, {**status, "state": "never_infused", "reason": "product failed twice"})
    shown = board(ward, TODAY)
    assert count_text(shown) == "2 patients: 1 transferred, 1 never infused"
    assert [one["state"] for one in json.loads(board_json(shown, TODAY))["patients"]] == [
        "transferred",
        "never_infused",
    ]
    assert "never infused" in board_table(shown, TODAY).lower()
    record(ward, MRN, {**status, "at": "2026-11-21", "state": "active"})
    assert count_text(board(ward, AsOf.parse("2026-11-21"))) == "2 patients: 1 active, 1 never infused"
