"""Tests of the infusion's identity check: two people who proved to be there, or a reason, and never two typed names."""

import pytest

from bedside.chart.entries import Infusion
from bedside.chart.errors import UserError
from bedside.service.own_keys import set_pin
from bedside.service.permissions import NotAllowed
from bedside.service.read import chart_of
from bedside.service.record import EntryRefused, correct, record, register
from bedside.service.second_person import with_second_person
from bedside.service.session import Session
from bedside.service.users import add_user, disable_user
from bedside.store.envelope import NotLetIn
from bedside.store.pins import WrongPin
from tests.service.charts import MRN, PATIENT
from tests.service.conftest import PASSPHRASE, USER
from tests.service.people import as_person

INFUSION = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel", "dose_car_t_cells": 9e7}
REASON = {"identity_check_reason": "alone at night"}
NURSE = "Synthetic Night"


@pytest.fixture
def ward(session: Session) -> Session:
    register(session, PATIENT)
    add_user(session, NURSE, ["nurse"], "Wald")
    return session


def checked(session: Session) -> tuple[tuple[str, ...] | None, str | None]:
    entry = chart_of(session, MRN).entries[-1]
    assert isinstance(entry, Infusion)
    return entry.identity_checked_by, entry.identity_check_reason


@pytest.mark.parametrize("typed", [{}, {"identity_checked_by": ["Ann", "Bob"]}, {"identity_check_reason": " "}])
def test_that_an_infusion_without_a_second_person_or_a_reason_is_refused(
    ward: Session, typed: dict[str, object]
) -> None:
    with pytest.raises(EntryRefused) as refused:
        record(ward, MRN, {**INFUSION, **typed})
    assert refused.value.refusal.field == "identity_check_reason"
    assert chart_of(ward, MRN).entries == ()


def test_that_a_reason_stands_alone_and_typed_names_do_not_stand_beside_it(ward: Session) -> None:
    record(ward, MRN, {**INFUSION, **REASON, "identity_checked_by": ["Ann", "Bob"]})
    assert checked(ward) == (None, "alone at night")


def test_that_two_people_are_named_when_the_second_gives_passphrase_or_pin(ward: Session) -> None:
    record(with_second_person(ward, NURSE, "Wald"), MRN, INFUSION)
    assert checked(ward) == ((USER, NURSE), None)
    set_pin(as_person(ward, NURSE, "nurse"), "Wald", "190731")
    second = with_second_person(ward, f" {NURSE} ", "190731")
    record(second, MRN, {**INFUSION, "at": "2020-06-02"})
    assert checked(ward) == ((USER, NURSE), None)
    assert [row.detail for row in ward.store.events("identity_checked")] == [{"second": NURSE}] * 2
    assert ward.second is None


def test_that_the_second_person_is_somebody_else_who_may_and_gives_the_right_secret(ward: Session) -> None:
    add_user(ward, "Synthetic Auditor", ["auditor"], "Moor")
    set_pin(as_person(ward, NURSE, "nurse"), "Wald", "190731")
    with pytest.raises(UserError, match="somebody else"):
        with_second_person(ward, USER, PASSPHRASE)
    with pytest.raises(NotAllowed, match="auditor"):
        with_second_person(ward, "Synthetic Auditor", "Moor")
    for name, secret in ((NURSE, "x"), ("nobody", "Wald"), (NURSE, PASSPHRASE), (USER, "Wald")):
        with pytest.raises(NotLetIn):
            with_second_person(ward, name, secret)
    with pytest.raises(WrongPin):
        with_second_person(ward, NURSE, "190732")
    disable_user(ward, NURSE)
    with pytest.raises(NotLetIn):
        with_second_person(ward, NURSE, "Wald")
    assert ward.store.events("identity_checked") == ()
    assert len(ward.store.events("sign_in_failed")) == 5


def test_that_a_correction_keeps_those_who_checked(ward: Session) -> None:
    first = record(with_second_person(ward, NURSE, "Wald"), MRN, INFUSION).entry
    correct(ward, MRN, first.id, {**INFUSION, "dose_car_t_cells": 8e7, "identity_checked_by": ["x", "y"]}, "misread")
    assert checked(ward) == ((USER, NURSE), None)
    alone = record(ward, MRN, {**INFUSION, "at": "2020-06-05", **REASON}).entry
    with pytest.raises(EntryRefused):
        correct(ward, MRN, alone.id, {**INFUSION, "at": "2020-06-05"}, "misread")
