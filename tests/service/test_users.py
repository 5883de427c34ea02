"""Tests of what a lead changes: users, settings, and the log of who did what; and of emergency access."""

from dataclasses import replace
from typing import cast, get_args

import pytest

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.audit_log import WORDS, audit_log
from bedside.service.board import board
from bedside.service.emergency import take_emergency_access
from bedside.service.exchange_files import export_json, import_file
from bedside.service.permissions import NotAllowed
from bedside.service.read import chart_of, opened
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.service.settings import change_setting, settings
from bedside.service.users import (
    add_user,
    change_roles,
    disable_user,
    enable_user,
    recover_user,
    reset_passphrase,
    reset_pin,
    still_belongs,
    users,
)
from bedside.service.ward_settings import Settings
from bedside.store.audit import EventName
from tests.conftest import FixedClock
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, PATIENT
from tests.service.conftest import USER
from tests.service.people import as_person

TODAY = AsOf.parse("2026-11-20")


@pytest.mark.parametrize("name", ["Gr\u0430ce O", "GRACE-0", "grace  o", "Gr\u00e0ce O"])
def test_that_a_name_that_looks_like_another_is_not_given_to_anybody(session: Session, name: str) -> None:
    add_user(session, "Grace O", ["nurse"], "Wald")
    with pytest.raises(UserError, match="looks like that of Grace O"):
        add_user(session, name, ["nurse"], "Moor")
    with pytest.raises(UserError, match="looks like that of Grace O"):
        recover_user(session, name, "Moor")
    add_user(session, "Grace P", ["nurse"], "Moor")


def test_that_the_recovery_code_gives_nobody_a_name_in_other_capitals(session: Session) -> None:
    add_user(session, "Grace O", ["nurse"], "Wald")
    disable_user(session, "Grace O")
    assert recover_user(session, " gRACE o ", "Moor") == "Grace O"
    assert session.store.people.unlock("Grace O", "Moor") == ("Grace O", "nurse")
    assert [one.name for one in users(session)] == ["Grace O", USER]


def test_that_who_has_a_name_is_recovered_though_another_s_looks_like_it(session: Session) -> None:
    session.store.people.add("Grace 0", "nurse", "Wald")
    session.store.people.add("Grace O", "nurse", "Wald")
    assert recover_user(session, "Grace O", "Moor") == "Grace O"


def test_that_who_was_disabled_or_given_other_roles_elsewhere_belongs_no_more(session: Session) -> None:
    add_user(session, "Grace", ["nurse", "auditor"], "Wald")
    grace = as_person(session, "Grace", "auditor", "nurse")
    assert still_belongs(grace)
    change_roles(session, "Grace", ["nurse"])
    assert not still_belongs(grace)
    grace = as_person(session, "Grace", "nurse")
    assert still_belongs(grace)
    disable_user(session, "Grace")
    assert not still_belongs(grace)
    helper = as_person(session, USER, "lead", "physician", "emergency")
    assert still_belongs(helper)


def test_that_a_lead_sees_and_changes_the_users(session: Session, clock: FixedClock) -> None:
    add_user(session, "Grace", ["Auditor", " nurse "], "Wald")
    change_roles(session, "Grace", {"physician"})
    session.store.as_person("Grace", "physician").record_event("sign_in")
    session.store.people.set_pin("Grace", "190731")
    reset_passphrase(session, "Grace", "Moor")
    first, second = users(session)
    assert (first.name, first.roles, first.disabled, first.has_pin) == ("Grace", ("physician",), False, False)
    assert first.seen == clock().astimezone(session.zone)
    assert (second.name, second.roles) == (USER, ("lead", "physician"))
    disable_user(session, "Grace")
    assert users(session)[0].disabled
    enable_user(session, "Grace", "Feld")
    assert session.store.people.unlock("Grace", "Feld") == ("Grace", "physician")
    reset_pin(session, "Grace")
    recover_user(session, "Grace", "Heide")
    assert session.store.people.unlock("Grace", "Heide") == ("Grace", "physician")


@pytest.mark.parametrize("roles", [[], [""], ["surgeon"], ["nurse", "emergency"], ["nurse,lead"]])
def test_that_an_unknown_role_or_none_is_refused(session: Session, roles: list[str]) -> None:
    with pytest.raises(UserError, match="role"):
        add_user(session, "Grace", roles, "x")
    with pytest.raises(UserError, match="role"):
        change_roles(session, USER, roles)
    assert [one.name for one in users(session)] == [USER]


def test_that_nobody_disables_themselves(session: Session) -> None:
    add_user(session, "Grace", ["lead"], "x")
    with pytest.raises(UserError, match="themselves"):
        disable_user(session, f" {USER} ")


def test_that_a_setting_is_changed_by_a_lead_within_its_range_and_read_by_all(session: Session) -> None:
    nurse = as_person(session, "Synthetic Night", "nurse")
    assert settings(nurse) == Settings() == Settings(idle_lock_minutes=5)
    for value in (1, 60, 12):
        assert change_setting(session, "idle_lock_minutes", value).idle_lock_minutes == value
    for value in (0, 61, -5):
        with pytest.raises(UserError, match="1 to 60"):
            change_setting(session, "idle_lock_minutes", value)
    with pytest.raises(UserError, match="eu or us"):
        change_setting(session, "jurisdiction", "ch")
    with pytest.raises(UserError, match="no setting"):
        change_setting(session, "colour", 1)
    assert settings(nurse).idle_lock_minutes == 12
    assert audit_log(session)[0].words == "set idle_lock_minutes to 12, before 60"


def test_that_the_log_tells_who_opened_and_exported_a_chart_once_a_session(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    register(session, PATIENT)
    nurse = as_person(session, "Synthetic Night", "nurse")
    for _ in range(3):
        opened(nurse, MRN, TODAY)
        chart_of(nurse, MRN)
    chart_of(nurse, INDEX_MRN)
    board(nurse, TODAY)
    export_json(session, MRN)
    said = [(one.user, one.words, one.mrn) for one in audit_log(session)]
    assert said == [
        (USER, "exported the chart (json)", MRN),
        ("Synthetic Night", "opened the chart", INDEX_MRN),
        ("Synthetic Night", "opened the chart", MRN),
        (USER, f"imported {said[-1][1].split()[1]} rows from index.json", None),
    ]
    assert [one.words for one in audit_log(session, MRN)] == ["exported the chart (json)", "opened the chart"]
    with pytest.raises(UserError, match="no patient"):
        audit_log(session, "T-9999")


def test_that_a_log_of_another_version_is_still_read(session: Session) -> None:
    session.note(cast(EventName, "teleported"), None, {"to": "ward 7"})
    session.note("roles_changed", None, {"user": "Grace"})
    assert [one.words for one in audit_log(session)] == ["roles changed user Grace", "teleported to ward 7"]
    assert all(words for words in WORDS.values())


def test_that_the_log_says_what_people_wrote_as_they_wrote_it(session: Session) -> None:
    add_user(session, "Grace", ["nurse", "auditor"], "Wald")
    change_roles(session, "Grace", ["nurse", "physician"])
    session.note("import", None, {"rows": "3", "file": "lab,2026.csv"})
    session.note("emergency_access", None, {"reason": "nobody here; 1,5 g/L"})
    assert [one.words for one in audit_log(session)] == [
        "took emergency access: nobody here; 1,5 g/L",
        "imported 3 rows from lab,2026.csv",
        "made Grace nurse, physician, before auditor, nurse",
        "added Grace as auditor, nurse",
    ]


def test_that_the_log_has_words_for_every_event_that_the_program_notes() -> None:
    """The trail takes no other names: the types say so."""
    assert set(WORDS) == set(get_args(EventName))


def test_that_emergency_access_lets_read_and_record_for_a_reason_and_is_in_every_row(session: Session) -> None:
    role = "lead"
    register(session, PATIENT)
    helper = as_person(session, "Synthetic Helper", role)
    with pytest.raises(NotAllowed):
        record(helper, MRN, COUNT)
    granted = take_emergency_access(helper, "  the only one\n here ")
    assert granted.emergency == "the only one here"
    assert record(granted, MRN, COUNT).saved
    assert len(chart_of(granted, MRN).entries) == 1
    row = session.store.rows(session.store.patients()[0].patient_id)[-1]
    assert (row.received_by, row.role) == ("Synthetic Helper", f"{role},emergency")
    (event,) = session.store.events("emergency_access")
    assert (event.user, event.role, event.detail) == ("Synthetic Helper", role, {"reason": "the only one here"})
    with pytest.raises(NotAllowed):
        record(helper, MRN, COUNT)


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
def test_that_emergency_access_needs_a_reason(session: Session, reason: str) -> None:
    with pytest.raises(UserError, match="reason"):
        take_emergency_access(as_person(session, "Synthetic Helper", "lead"), reason)
    assert session.store.events("emergency_access") == ()


def test_that_emergency_access_is_for_nobody_who_may_anyway(session: Session) -> None:
    with pytest.raises(UserError, match="already"):
        take_emergency_access(session, "x")
    for role in ("nurse", "auditor"):
        with pytest.raises(NotAllowed):
            take_emergency_access(as_person(session, "Synthetic Night", role), "x")


def test_that_without_a_place_for_the_reason_there_is_no_emergency_access(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.store, "_hold", replace(session.store._hold, read_only=True))
    with pytest.raises(UserError, match="reading only"):
        take_emergency_access(as_person(session, "Synthetic Helper", "lead"), "the only one here")
