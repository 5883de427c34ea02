"""Tests of taking turns at one open store: a passphrase once a shift, a PIN to come back, and a lock in between."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.audit_log import audit_log
from bedside.service.backups import back_up_if_due
from bedside.service.board import board
from bedside.service.drafts import draft, keep_draft
from bedside.service.own_keys import change_passphrase, has_pin, set_pin
from bedside.service.permissions import Locked
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.service.users import add_user, disable_user
from bedside.service.workstation import SHIFT, PassphraseNeeded, Workstation
from bedside.store.envelope import NotLetIn
from bedside.store.pins import FREE_TRIES, PinWaits, WrongPin
from tests.conftest import FixedClock
from tests.service.charts import COUNT, MRN, PATIENT
from tests.service.conftest import PASSPHRASE, USER

PIN, NURSE = "190731", "Synthetic Night"


@pytest.fixture
def station(session: Session) -> Workstation:
    """The first user is here and has set a PIN; a nurse can sign in."""
    register(session, PATIENT)
    add_user(session, NURSE, ["nurse"], "Wald")
    set_pin(session, PASSPHRASE, PIN)
    return Workstation(session)


def here(station: Workstation) -> Session:
    """The session of whoever is here."""
    assert station.session is not None
    return station.session


def events(station: Workstation, *names: str) -> list[tuple[str, str, str]]:
    store = station.session.store if station.session else station.sign_in(USER, PASSPHRASE).store
    return [(row.event, row.user, row.role) for row in store.events(*names)]


def test_that_a_pin_brings_the_same_person_back_with_the_same_roles(station: Workstation) -> None:
    station.lock()
    again = station.resume(USER, PIN)
    assert station.session is again
    assert (again.user, again.role) == (USER, "lead,physician")
    assert record(again, MRN, COUNT).saved


def test_that_a_locked_session_does_nothing_more(station: Workstation) -> None:
    before = here(station)
    station.lock("idle")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: record(before, MRN, COUNT),
        lambda: board(before, AsOf.parse("2026-11-20")),
        lambda: keep_draft(before, MRN, "x", "{}"),
        lambda: add_user(before, "Eve", ["lead"], "x"),
    )
    for attempt in attempts:
        with pytest.raises(Locked):
            attempt()
    assert station.session is None
    station.resume(USER, PIN)
    with pytest.raises(Locked):
        record(before, MRN, COUNT)


def test_that_what_is_due_is_backed_up_while_nobody_is_here(station: Workstation, clock: FixedClock) -> None:
    store = here(station).store
    station.lock("idle")
    station.tend()
    first = store.backups.newest()
    assert first is not None
    with pytest.raises(Locked):
        back_up_if_due(replace(station._first))
    clock.advance(minutes=59)
    store.record_event("sign_in")
    station.tend()
    assert store.backups.newest() == first
    clock.advance(minutes=1)
    station.tend()
    assert store.backups.newest() != first


def test_that_two_locks_are_one(station: Workstation) -> None:
    station.lock("idle")
    station.lock()
    assert [row[0] for row in events(station, "locked")] == ["locked"]


def test_that_somebody_else_switches_in_with_the_passphrase_and_back_with_the_pin(
    station: Workstation, clock: FixedClock
) -> None:
    nurse = station.sign_in(NURSE, "Wald")
    assert (nurse.user, nurse.role) == (NURSE, "nurse")
    clock.advance(minutes=1)
    physician = station.resume(USER, PIN)
    record(physician, MRN, COUNT)
    with pytest.raises(Locked):
        record(nurse, MRN, COUNT)
    assert events(station, "sign_in", "locked", "resumed") == [
        ("locked", USER, "lead,physician"),
        ("sign_in", NURSE, "nurse"),
        ("locked", NURSE, "nurse"),
        ("resumed", USER, "lead,physician"),
    ]


def test_that_a_switch_of_users_at_the_standard_cost_takes_less_than_two_seconds(
    station: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bedside.store.envelope import STANDARD_COST, derive

    station.sign_in(NURSE, "Wald")
    monkeypatch.setattr(
        "bedside.store.pins.derive",
        lambda pin, salt, cost, bound: (derive(pin, salt, STANDARD_COST), derive(pin, salt, cost, bound))[1],
    )
    begun = time.perf_counter()
    station.resume(USER, PIN)
    assert time.perf_counter() - begun < 2


def test_that_a_pin_opens_nothing_before_the_passphrase_was_given_here(station: Workstation, session: Session) -> None:
    nurse = station.sign_in(NURSE, "Wald")
    set_pin(nurse, "Wald", PIN)
    fresh = Workstation(session)
    with pytest.raises(PassphraseNeeded, match=NURSE):
        fresh.resume(NURSE, PIN)
    with pytest.raises(PassphraseNeeded):
        fresh.resume("nobody", PIN)
    fresh.sign_in(NURSE, "Wald")
    assert fresh.resume(NURSE, PIN).user == NURSE


@pytest.mark.parametrize(
    ("later", "opens"), [(SHIFT - timedelta(seconds=1), True), (SHIFT, False), (-timedelta(seconds=1), False)]
)
def test_that_a_pin_counts_for_one_shift(
    station: Workstation, clock: FixedClock, later: timedelta, opens: bool
) -> None:
    station.lock()
    clock.moment += later
    assert [one.name for one in station.returning()] == ([USER] if opens else [])
    if opens:
        assert station.resume(USER, PIN).user == USER
    else:
        with pytest.raises(PassphraseNeeded):
            station.resume(USER, PIN)


def test_that_those_with_a_pin_can_come_back_the_last_one_first(station: Workstation, clock: FixedClock) -> None:
    clock.advance(minutes=5)
    nurse = station.sign_in(NURSE, "Wald")
    assert [one.name for one in station.returning()] == [USER]
    set_pin(nurse, "Wald", PIN)
    first, second = station.returning()
    assert (first.name, first.since, first.until) == (NURSE, clock(), clock() + SHIFT)
    assert second.name == USER
    assert has_pin(nurse)


def test_that_five_wrong_pins_leave_the_passphrase(station: Workstation) -> None:
    station.lock()
    for _ in range(FREE_TRIES):
        with pytest.raises(WrongPin):
            station.resume(USER, "000001")
    with pytest.raises(PinWaits):
        station.resume(USER, PIN)
    assert station.session is None
    assert station.sign_in(USER, PASSPHRASE).user == USER
    with pytest.raises(PinWaits):
        station.resume(USER, PIN)
    assert events(station, "pin_failed") == [("pin_failed", USER, "lead,physician")] * FREE_TRIES


def test_that_a_wrong_passphrase_at_the_lock_is_noted_without_what_may_be_a_passphrase(station: Workstation) -> None:
    station.lock()
    for user in (NURSE, "Wald und Wiese"):
        with pytest.raises(NotLetIn):
            station.sign_in(user, "x")
    assert station.session is None
    assert events(station, "sign_in_failed") == [("sign_in_failed", NURSE, ""), ("sign_in_failed", "", "")]
    assert "Wald und Wiese" not in str(here(station).store.events())


def test_that_somebody_disabled_comes_back_neither_with_pin_nor_passphrase(station: Workstation) -> None:
    set_pin(station.sign_in(NURSE, "Wald"), "Wald", PIN)
    disable_user(station.resume(USER, PIN), NURSE)
    station.lock()
    with pytest.raises(NotLetIn):
        station.resume(NURSE, PIN)
    with pytest.raises(NotLetIn):
        station.sign_in(NURSE, "Wald")


def test_that_a_draft_stays_with_its_author_across_a_switch(station: Workstation) -> None:
    keep_draft(here(station), MRN, "marrow", '{"blasts":"1"}')
    nurse = station.sign_in(NURSE, "Wald")
    assert draft(nurse, MRN, "marrow") is None
    keep_draft(nurse, MRN, "marrow", '{"blasts":"2"}')
    assert draft(station.resume(USER, PIN), MRN, "marrow") == '{"blasts":"1"}'


def test_that_pin_and_passphrase_are_changed_behind_the_own_passphrase_alone(station: Workstation) -> None:
    nurse = station.sign_in(NURSE, "Wald")
    with pytest.raises(NotLetIn):
        set_pin(nurse, PASSPHRASE, PIN)
    with pytest.raises(NotLetIn):
        change_passphrase(nurse, "x", "Moor")
    change_passphrase(nurse, "Wald", "Moor")
    with pytest.raises(NotLetIn):
        station.sign_in(NURSE, "Wald")
    assert station.sign_in(NURSE, "Moor").user == NURSE
    with pytest.raises(UserError):
        change_passphrase(here(station), "Moor", "")


def test_that_the_log_tells_a_lead_who_came_and_went(station: Workstation) -> None:
    station.sign_in(NURSE, "Wald")
    lead = station.resume(USER, PIN)
    said = [(one.user, one.words) for one in audit_log(lead)]
    assert said[:4] == [
        (USER, "came back with the PIN"),
        (NURSE, "locked"),
        (NURSE, "signed in"),
        (USER, "locked"),
    ]
    assert (USER, f"added {NURSE} as nurse") in said
