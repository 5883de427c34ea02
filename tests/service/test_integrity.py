"""Tests that verify names the place where a store breaks, and no patient."""

from uuid import uuid4

from bedside.service.entry_rows import entry_row
from bedside.service.integrity import verify
from bedside.service.patients import registration
from bedside.service.record import record, register
from bedside.service.session import Session
from tests.service.charts import COUNT, MRN, PATIENT


def test_that_a_whole_store_has_no_problems(session: Session) -> None:
    register(session, PATIENT)
    record(session, MRN, COUNT)
    assert verify(session) == ()


def test_that_an_entry_that_is_no_longer_valid_is_named_by_its_row(session: Session) -> None:
    register(session, PATIENT)
    entry = record(session, MRN, COUNT).entry
    row = entry_row(session, registration(session, MRN).patient_id, entry)
    session.store.append([row._replace(id=uuid4(), body='{"kind":"blood_count","hb":"92"}')])
    (problem,) = verify(session)
    assert problem.startswith("Journal row 3 (blood_count)")
    assert PATIENT["family_name"] not in problem


def test_that_a_correction_of_nothing_is_named(session: Session) -> None:
    register(session, PATIENT)
    entry = record(session, MRN, COUNT).entry
    lost = entry.model_copy(update={"id": str(uuid4()), "supersedes": str(uuid4()), "reason": "slip"})
    session.store.append([entry_row(session, registration(session, MRN).patient_id, lost)])
    (problem,) = verify(session)
    assert lost.supersedes is not None
    assert lost.supersedes in problem
