"""Tests of whose entry it is: own slips are anybody's to correct, others' and a physician's kinds are not."""

from typing import Any

import pytest

from bedside.chart.enums import VoidScope
from bedside.service.exchange_files import import_file
from bedside.service.permissions import EMERGENCY, Action, NotAllowed
from bedside.service.read import chart_of
from bedside.service.record import correct, record, record_all, register, void
from bedside.service.session import Session
from tests.service.charts import COUNT, MRN, PATIENT, chart_file
from tests.service.people import as_person

DECISION = {"kind": "decision", "at": "2026-11-20", "choice": "watch_and_wait", "rationale": "aplasia holds"}
VITALS = {"kind": "vitals", "at": "2026-11-20T08:00:00+01:00", "temp_c": 38.4, "hypotension": False}


@pytest.fixture
def nurse(session: Session) -> Session:
    register(session, PATIENT)
    return as_person(session, "Synthetic Night", "nurse")


@pytest.fixture
def physician(session: Session) -> Session:
    return as_person(session, "Synthetic Doctor", "physician")


def rows(session: Session) -> int:
    return session.store.head().count


def refused_for(action: Action, attempt: Any, session: Session) -> None:
    before = rows(session)
    with pytest.raises(NotAllowed) as refused:
        attempt()
    assert refused.value.action is action
    assert rows(session) == before


def test_that_a_nurse_corrects_and_voids_the_own_entries(nurse: Session) -> None:
    first = record(nurse, MRN, COUNT).entry
    second = correct(nurse, MRN, first.id, {**COUNT, "hb": 95}, "misread").entry
    void(nurse, MRN, second.id, "wrong patient", VoidScope.CHAIN)
    assert len(chart_of(nurse, MRN).entries) == 3


def test_that_a_nurse_neither_corrects_nor_voids_what_somebody_else_recorded(
    nurse: Session, physician: Session
) -> None:
    entry = record(physician, MRN, COUNT).entry
    refused_for(Action.CORRECT_OTHERS, lambda: correct(nurse, MRN, entry.id, COUNT, "misread"), nurse)
    refused_for(Action.CORRECT_OTHERS, lambda: void(nurse, MRN, entry.id, "misread"), nurse)


def test_that_a_physician_corrects_and_voids_what_a_nurse_recorded(nurse: Session, physician: Session) -> None:
    first = record(nurse, MRN, COUNT).entry
    second = correct(physician, MRN, first.id, {**COUNT, "hb": 95}, "misread").entry
    assert void(physician, MRN, second.id, "wrong patient", VoidScope.CHAIN).saved


def test_that_a_chain_with_an_entry_of_somebody_else_is_not_the_nurse_s_to_void(
    nurse: Session, physician: Session
) -> None:
    first = record(nurse, MRN, COUNT).entry
    correct(physician, MRN, first.id, {**COUNT, "hb": 95}, "misread")
    refused_for(Action.CORRECT_OTHERS, lambda: void(nurse, MRN, first.id, "x", VoidScope.CHAIN), nurse)


def test_that_an_imported_entry_belongs_to_whom_it_names_and_to_nobody_who_brought_it(
    session: Session, nurse: Session
) -> None:
    file = chart_file({**COUNT, "recorded_by": nurse.user, "recorded_at": "2026-11-19T08:00:00Z"})
    import_file(session, "a.json", file)
    (entry,) = chart_of(nurse, MRN).entries
    assert entry.recorded_by == nurse.user
    row = session.store.rows(session.store.patients()[0].patient_id)[-1]
    assert (row.received_by, row.role) == (session.user, session.role)
    refused_for(Action.CORRECT_OTHERS, lambda: void(nurse, MRN, entry.id, "x"), nurse)


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        (DECISION, Action.DECIDE),
        ({"kind": "identity", "at": "2026-11-20", "given_name": "Two", "reason": "slip"}, Action.IDENTIFY),
    ],
)
def test_that_a_physician_s_kinds_are_refused_to_a_nurse_and_to_emergency_access(
    nurse: Session, fields: dict[str, Any], action: Action
) -> None:
    refused_for(action, lambda: record(nurse, MRN, fields), nurse)
    refused_for(action, lambda: record_all(nurse, MRN, [COUNT, fields]), nurse)
    helper = as_person(nurse, "Synthetic Auditor", "auditor", EMERGENCY)
    refused_for(action, lambda: record(helper, MRN, fields), nurse)


def test_that_a_grade_is_overridden_by_a_physician_alone(nurse: Session, physician: Session) -> None:
    signs = record(nurse, MRN, VITALS).entry
    fields = {
        "kind": "grade_override", "at": "2026-11-20", "of": signs.id, "scale": "crs", "grade": 0, "reason": "line"
    }  # fmt: skip
    refused_for(Action.OVERRIDE_GRADE, lambda: record(nurse, MRN, fields), nurse)
    assert record(physician, MRN, fields).saved


def test_that_a_physician_s_own_decision_is_not_a_nurse_s_to_void_even_under_the_same_name(
    nurse: Session, physician: Session
) -> None:
    decision = record(physician, MRN, DECISION).entry
    namesake = as_person(nurse, physician.user, "nurse")
    refused_for(Action.DECIDE, lambda: void(namesake, MRN, decision.id, "x"), nurse)


def test_that_a_conflict_is_settled_by_a_physician_alone(nurse: Session, physician: Session) -> None:
    first = record(nurse, MRN, COUNT).entry
    mine = correct(nurse, MRN, first.id, {**COUNT, "hb": 95}, "misread").entry
    correct(nurse, MRN, first.id, {**COUNT, "hb": 96}, "misread again")
    refused_for(Action.SETTLE, lambda: void(nurse, MRN, mine.id, "the other is right"), nurse)
    assert void(physician, MRN, mine.id, "the other is right").saved


def test_that_the_row_carries_the_roles_that_the_person_had(nurse: Session) -> None:
    entry = record(nurse, MRN, COUNT).entry
    helper = as_person(nurse, "Synthetic Auditor", "auditor", EMERGENCY)
    record(helper, MRN, {**COUNT, "hb": 99})
    rows_of_patient = nurse.store.rows(nurse.store.patients()[0].patient_id)[-2:]
    assert [(row.received_by, row.role) for row in rows_of_patient] == [
        ("Synthetic Night", "nurse"),
        ("Synthetic Auditor", "auditor,emergency"),
    ]
    assert str(rows_of_patient[0].id) == entry.id
