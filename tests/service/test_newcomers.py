"""Tests of newcomers: numbers that look like another, people who may be there already, asked before storing."""

from typing import Any

import pytest

from bedside.service.exchange_files import import_file
from bedside.service.newcomers import looks
from bedside.service.patients import everybody
from bedside.service.record import record, register
from bedside.service.session import Session
from tests.service.charts import MRN, PATIENT, chart_file

OTHER: dict[str, Any] = {
    "mrn": "X-1",
    "family_name": "Sorrel",
    "given_name": "Synthetic Four",
    "birth_date": "1999-12-31",
    "sex": "male",
}


@pytest.mark.parametrize(
    "number",
    ["T-0001", "t 0001", "T-OOO1", "T-000l", "T-000I", "T.01", "\uff34-\uff10\uff10\uff10\uff11", "\u0422-0001"],
)
def test_that_numbers_that_a_tired_eye_takes_for_one_look_alike(number: str) -> None:
    assert looks(number) == looks("T-0001")


@pytest.mark.parametrize("number", ["T-0002", "T-0010", "T-00011", "S-0001", "0001", ""])
def test_that_other_numbers_do_not(number: str) -> None:
    assert looks(number) != looks("T-0001")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"mrn": MRN.replace("0", "O")}, f"looks like that of {PATIENT['family_name']}"),
        ({"birth_date": PATIENT["birth_date"], "given_name": PATIENT["given_name"]}, "born on the same day"),
        ({"family_name": PATIENT["family_name"], "given_name": PATIENT["given_name"]}, "born on different days"),
    ],
)
def test_that_who_may_be_there_already_is_asked_about_before_anything_is_stored(
    session: Session, given: dict[str, str], asked: str
) -> None:
    register(session, PATIENT)
    before = session.store.head()
    came = register(session, {**OTHER, **given}, confirmed=False)
    assert not came.saved
    assert asked in " ".join(came.questions)
    assert session.store.head() == before
    assert register(session, {**OTHER, **given}, confirmed=True).saved


def test_that_a_number_that_was_corrected_is_the_one_that_is_compared(session: Session) -> None:
    register(session, PATIENT)
    identity = {"kind": "identity", "at": "2026-11-20", "mrn": "K-77", "reason": "seen on the wristband"}
    record(session, MRN, identity)
    assert register(session, {**OTHER, "mrn": "K-O77"}, confirmed=False).questions
    assert register(session, {**OTHER, "mrn": MRN.replace("0", "O")}, confirmed=False).saved


def test_that_somebody_else_is_stored_without_a_question(session: Session) -> None:
    register(session, PATIENT)
    assert register(session, OTHER, confirmed=False).saved


def test_that_an_import_stores_such_a_newcomer_and_says_so_also_of_two_in_one_file(session: Session) -> None:
    first = chart_file().replace(b"\n", b" ")
    second = first.replace(MRN.encode(), MRN.replace("0", "O").encode())
    done = import_file(session, "two.jsonl", first + b"\n" + second)
    assert len(everybody(session)) == 2
    assert [text for text in done.warnings if "looks like" in text]
