"""Tests of what an import may do: to a patient of the store no more than the person could do by hand."""

import json
from typing import Any

import pytest

from bedside.chart.errors import UserError
from bedside.service.exchange_files import export_json, import_file
from bedside.service.own_keys import set_pin
from bedside.service.permissions import NotAllowed
from bedside.service.read import chart_of, opened
from bedside.service.record import correct, record, register, void
from bedside.service.session import Session
from bedside.service.signing import sign_with
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, PATIENT, chart_file
from tests.service.conftest import PASSPHRASE
from tests.service.people import as_person

PIN = "190731"
DECISION: dict[str, Any] = {
    "kind": "decision", "at": "2026-11-20", "choice": "watch_and_wait", "rationale": "aplasia holds"
}  # fmt: skip
VITALS = {"kind": "vitals", "at": "2026-11-20T08:00:00+01:00", "temp_c": 38.4, "hypotension": False}
IDENTITY = {"kind": "identity", "at": "2026-11-20", "given_name": "Two", "reason": "slip"}


@pytest.fixture
def physician(session: Session) -> Session:
    register(session, PATIENT)
    return as_person(session, "Synthetic Doctor", "physician")


@pytest.fixture
def lead(session: Session) -> Session:
    return as_person(session, "Synthetic Lead", "lead")


def void_of(entry_id: str, **more: str) -> dict[str, Any]:
    return {"kind": "void", "at": "2026-11-20", "voids": entry_id, "reason": "x", **more}


def refused(session: Session, data: bytes, words: str) -> None:
    """Both the look at a file and the import of it are refused, and nothing is stored."""
    before = session.store.head()
    for dry_run in (True, False):
        with pytest.raises(UserError, match=words):
            import_file(session, "a.json", data, dry_run=dry_run)
    assert session.store.head() == before


def test_that_a_lead_imports_no_void_or_correction_of_what_somebody_else_recorded(
    physician: Session, lead: Session
) -> None:
    count = record(physician, MRN, COUNT).entry
    with pytest.raises(NotAllowed):
        void(lead, MRN, count.id, "x")
    words = r"^a\.json, entries\[1\] \({}\): With the role lead you may not correct or void"
    for touching in (void_of(count.id), {**COUNT, "hb": 93, "supersedes": count.id, "reason": "slip"}):
        data = chart_file({"kind": "note", "at": "2020-07-01", "text": "x"}, touching)
        refused(lead, data, words.format(touching["kind"]))


@pytest.mark.parametrize("kind", ["decision", "grade_override", "identity"])
def test_that_a_physician_s_kinds_come_to_a_patient_of_the_store_with_a_physician_alone(
    physician: Session, lead: Session, kind: str
) -> None:
    signs = record(physician, MRN, VITALS).entry
    override = {
        "kind": "grade_override", "at": "2026-11-20", "of": signs.id, "scale": "crs", "grade": 0, "reason": "line"
    }  # fmt: skip
    file = chart_file({"decision": DECISION, "grade_override": override, "identity": IDENTITY}[kind])
    refused(lead, file, rf"^a\.json, entries\[0\] \({kind}\): With the role lead you may not .*That is for physicians")
    assert import_file(physician, "a.json", file).charts[0].new == 1


def test_that_a_lead_brings_in_what_needs_no_physician(physician: Session, lead: Session) -> None:
    record(physician, MRN, COUNT)
    assert import_file(lead, "a.json", chart_file({**COUNT, "hb": 99})).charts[0].new == 1


def test_that_no_file_takes_back_what_was_signed(session: Session) -> None:
    register(session, PATIENT)
    set_pin(session, PASSPHRASE, PIN)
    signing = sign_with(session, PIN)
    decision = record(signing, MRN, DECISION).entry
    correction = {**DECISION, "choice": "hsct", "supersedes": decision.id, "reason": "early loss"}
    words = (
        r"^a\.json, entries\[0\] \({}\): it takes back a signed decision\. Do that in the window, where it is signed"
    )
    for touching in (void_of(decision.id), void_of(decision.id, scope="chain"), correction):
        refused(session, chart_file(touching), words.format(touching["kind"]))
    taken_back = void(signing, MRN, decision.id, "another patient").entry
    refused(session, chart_file(void_of(taken_back.id)), "it takes back a signed void")


def test_that_a_void_of_a_chain_reaches_what_is_signed_through_entries_of_the_file(session: Session) -> None:
    register(session, PATIENT)
    set_pin(session, PASSPHRASE, PIN)
    first = record(session, MRN, DECISION).entry
    correct(sign_with(session, PIN), MRN, first.id, {**DECISION, "choice": "hsct"}, "early loss")
    again = "00000000-0000-4000-8000-00000000000a"
    beside = {**DECISION, "id": again, "choice": "hsct", "supersedes": first.id, "reason": "early loss"}
    lines = chart_file(beside) + b"\n" + chart_file(void_of(again, scope="chain"))
    refused(session, lines, r"^a\.json, line 2, entries\[0\] \(void\): it takes back a signed decision")


def test_that_an_export_comes_back_whoever_brings_it(session: Session, lead: Session) -> None:
    register(session, PATIENT)
    set_pin(session, PASSPHRASE, PIN)
    decision = record(sign_with(session, PIN), MRN, DECISION).entry
    void(sign_with(session, PIN), MRN, decision.id, "another patient")
    record(session, MRN, IDENTITY)
    again = import_file(lead, "back.json", export_json(session, MRN))
    assert [(chart.new, chart.known) for chart in again.charts] == [(0, 3)]


def test_that_a_lead_imports_the_whole_chart_of_a_new_patient(lead: Session, session: Session) -> None:
    import_file(lead, "index.json", INDEX)
    assert {"decision"} <= {entry["kind"] for entry in json.loads(INDEX)["entries"]}
    assert len(chart_of(session, INDEX_MRN).entries) == len(json.loads(INDEX)["entries"])
    name = "00000000-0000-4000-8000-00000000000a"
    lines = chart_file({**DECISION, "id": name}, IDENTITY) + b"\n" + chart_file(void_of(name))
    import_file(lead, "new.jsonl", lines)
    assert {one.kind for one in opened(session, MRN, session.today()).journal.live} == {"identity", "void"}


def test_that_a_new_patient_is_linked_to_another_by_a_physician_s_import_alone(
    physician: Session, lead: Session
) -> None:
    link = {"kind": "identity", "at": "2026-11-20", "same_as": MRN, "reason": "double"}
    file = chart_file(link, DECISION, patient={**PATIENT, "mrn": "T-0002"})
    refused(lead, file, r"^a\.json, entries\[0\] \(identity\): With the role lead you may not correct or merge")
    assert import_file(physician, "a.json", file).charts[0].new_patient
