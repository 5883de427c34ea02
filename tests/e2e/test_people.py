"""Several people at one workstation: sign in, set a PIN, lock and come back, add a nurse, switch, and who did what."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside import compose
from bedside.app.program import start_at
from bedside.chart.entries import Decision, Infusion
from bedside.chart.moments import AsOf
from bedside.service.audit_log import audit_log
from bedside.service.own_keys import set_pin
from bedside.service.read import opened
from bedside.service.record import register
from bedside.service.users import add_user
from bedside.ui.forms.secret_rows import SecretRow
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.journal.view import JournalView
from bedside.ui.people.audit_sheet import AuditSheet
from bedside.ui.people.emergency_sheet import EmergencySheet
from bedside.ui.people.own_keys_sheet import PinSheet
from bedside.ui.people.people_sheet import PeopleSheet
from bedside.ui.sign_in.passphrase_form import PassphraseForm
from bedside.ui.sign_in.pin_form import PinForm
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow
from tests.e2e.windows import window_at

LEAD, NURSE, PIN = "A. Example", "B. Specimen", "190731"
HELPER, AUDITOR = "C. Muster", "D. Sample"
PASSPHRASES = {LEAD: "Heide und Moor", NURSE: "Wald und Feld", HELPER: "Berg und Tal", AUDITOR: "See und Fluss"}
PATIENT = {
    "mrn": "SYN-0004",
    "family_name": "Sorrel",
    "given_name": "Synthetic Four",
    "birth_date": "2009-01-12",
    "sex": "male",
}
ENTER = Qt.Key.Key_Return


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    compose.create_session(tmp_path / "store", LEAD, PASSPHRASES[LEAD])[0].store.close(backup=False)
    with window_at(qtbot, start_at(tmp_path / "store", None)) as made:
        yield made


def focused() -> Any:
    return QApplication.focusWidget()


def type_in(*texts: str) -> None:
    for text in texts:
        QTest.keyClicks(focused(), text)
        QTest.keyClick(focused(), ENTER)


def signed_in(qtbot: QtBot, window: MainWindow, typing: Callable[[], object]) -> None:
    with qtbot.waitSignal(window.signed_in, timeout=10_000):
        typing()
    assert window._background is not None
    qtbot.waitUntil(lambda: window.worker().idle)


def run(window: MainWindow, action: str) -> Any:
    ward = window.frame.findChild(Ward)
    chosen = next(one for one in ward.general_actions() if one.id == action)
    assert not chosen.refusal()
    chosen.callback()
    return window.frame.sheets.sheet


def form_of(window: MainWindow) -> Any:
    assert window.sign_in is not None
    return window.sign_in.form


def lock(qtbot: QtBot, window: MainWindow, form: type) -> None:
    QTest.keyClick(focused() or window.frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(form_of(window), form))
    qtbot.waitUntil(lambda: window.worker().idle)


def test_that_people_take_turns_at_one_workstation(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    pin_sheet = run(window, "people.pin")
    assert isinstance(pin_sheet, PinSheet)
    QTest.keyClicks(pin_sheet.passphrase.box, PASSPHRASES[LEAD])
    QTest.keyClicks(pin_sheet.pin, PIN)
    QTest.keyClicks(pin_sheet.again, PIN)
    pin_sheet.submit()
    qtbot.waitUntil(lambda: window.frame.sheets.sheet is None)

    people = run(window, "people.show")
    assert isinstance(people, PeopleSheet)
    qtbot.waitUntil(lambda: [row.user.name for row in people.rows] == [LEAD])
    assert people.rows[0].user.has_pin
    QTest.keyClicks(people.name.box, NURSE)
    people.roles.buttons[1].click()
    for box in (people.passphrase, people.again):
        QTest.keyClicks(box.box, PASSPHRASES[NURSE])
    people.submit()
    qtbot.waitUntil(lambda: len(people.rows) == 2)
    assert people.done.text() == f"{NURSE} can sign in."

    lock(qtbot, window, PinForm)
    signed_in(qtbot, window, lambda: QTest.keyClicks(focused(), PIN))
    assert window.user == LEAD

    lock(qtbot, window, PinForm)
    form_of(window).other.click()
    assert isinstance(form_of(window), PassphraseForm)
    form_of(window).names.choose(NURSE)
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[NURSE]))
    assert window.frame.app_bar.user.text == f"{NURSE} · nurse"
    ward = window.frame.findChild(Ward)
    refusals = {one.id: one.refusal() for one in ward.general_actions()}
    assert refusals["people.show"] == "for leads"

    lock(qtbot, window, PinForm)
    signed_in(qtbot, window, lambda: QTest.keyClicks(focused(), PIN))
    said = [(one.user, one.words) for one in reversed(audit_log(window.session))]
    assert [one for one in said if one[1] in {"signed in", "locked", "came back with the PIN"}] == [
        (LEAD, "signed in"),
        (LEAD, "locked"),
        (LEAD, "came back with the PIN"),
        (LEAD, "locked"),
        (NURSE, "signed in"),
        (NURSE, "locked"),
        (LEAD, "came back with the PIN"),
    ]
    assert (LEAD, f"added {NURSE} as nurse") in said


def refusals(window: MainWindow) -> dict[str, str]:
    ward = window.frame.findChild(Ward)
    return {one.id: one.refusal() for one in ward.general_actions()}


def test_that_a_lead_takes_emergency_access_in_the_window_and_the_lock_ends_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    register(window.session, PATIENT)
    for name, roles in ((HELPER, ["lead"]), (AUDITOR, ["auditor"])):
        add_user(window.session, name, roles, PASSPHRASES[name])
    assert refusals(window)["people.emergency"] == "you may read and record already"
    assert not window.frame.emergency.isVisible()

    switch(qtbot, window, AUDITOR)
    assert refusals(window)["people.emergency"] == "for leads"

    switch(qtbot, window, HELPER)
    sheet = run(window, "people.emergency")
    assert isinstance(sheet, EmergencySheet)
    sheet.submit()
    assert "reason is missing" in sheet.trouble.accessibleName()
    QTest.keyClicks(focused(), "nobody else is here")
    with qtbot.waitSignal(window.signed_in, timeout=10_000):
        QTest.keyClick(focused(), ENTER)
    ward = window.frame.findChild(Ward)
    with qtbot.waitSignal(ward.patient_came, timeout=10_000):
        ward.open_patient(str(PATIENT["mrn"]))
    assert window.frame.emergency.isVisible()
    assert "nobody else is here" in window.frame.emergency.alert.accessibleName()
    assert window.session.roles == {"lead", "emergency"}

    switch(qtbot, window, HELPER)
    assert not window.frame.emergency.isVisible()
    assert window.session.roles == {"lead"}
    assert (HELPER, "took emergency access: nobody else is here") in [
        (one.user, one.words) for one in audit_log(window.session)
    ]


def test_that_leads_and_auditors_alone_see_who_opened_a_chart(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    register(window.session, PATIENT)
    for name, roles in ((NURSE, ["nurse"]), (HELPER, ["lead"]), (AUDITOR, ["auditor"])):
        add_user(window.session, name, roles, PASSPHRASES[name])

    switch(qtbot, window, NURSE)
    assert refusals(window)["people.audit"] == "for leads or auditors"
    assert journal_of(qtbot, window).bar.audit.isHidden()

    switch(qtbot, window, AUDITOR)
    journal = journal_of(qtbot, window)
    QTest.keyClick(journal, Qt.Key.Key_A)
    sheet = window.frame.sheets.sheet
    assert isinstance(sheet, AuditSheet)
    qtbot.waitUntil(lambda: sheet.list.rows.rowCount() == 2)
    assert [(one.user, one.words, one.mrn) for one in sheet.list.rows.events] == [
        (AUDITOR, "opened the chart", PATIENT["mrn"]),
        (NURSE, "opened the chart", PATIENT["mrn"]),
    ]

    switch(qtbot, window, HELPER)
    log = run(window, "people.audit")
    qtbot.waitUntil(lambda: log.list.rows.rowCount() > 5)
    assert (log.list.rows.events[0].user, log.list.rows.events[0].words) == (HELPER, "signed in")


def test_that_who_may_record_nothing_is_told_so_before_a_form_opens(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    register(window.session, PATIENT)
    add_user(window.session, AUDITOR, ["auditor"], PASSPHRASES[AUDITOR])
    switch(qtbot, window, AUDITOR)
    told = refusals(window)
    assert told["intake.register"] == told["ward.round"] == "that is for physicians or nurses"
    assert told["intake.import"] == "for physicians or leads"
    journal = journal_of(qtbot, window)
    QTest.keyClick(journal, Qt.Key.Key_N)
    assert window.frame.sheets.sheet is None
    assert "Enter a blood count: that is for physicians or nurses" in window.frame.key_bar.accessibleName()


def journal_of(qtbot: QtBot, window: MainWindow) -> JournalView:
    ward = window.frame.findChild(Ward)
    with qtbot.waitSignal(ward.patient_came, timeout=10_000):
        ward.open_patient(str(PATIENT["mrn"]))
    window.frame.show_view("journal")
    view = window.frame.view("journal")
    assert isinstance(view, JournalView)
    return view


def switch(qtbot: QtBot, window: MainWindow, name: str) -> None:
    lock(qtbot, window, PassphraseForm)
    form_of(window).names.choose(name)
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[name]))


def fill_in(sheet: FormSheet, values: Mapping[str, object], secrets: Mapping[str, str]) -> None:
    for row in sheet.rows:
        if row.spec.name in values:
            row.restore(values[row.spec.name])
        elif isinstance(row, SecretRow):
            QTest.keyClicks(row.box, secrets.get(row.spec.name, ""))


def opened_form(qtbot: QtBot, window: MainWindow, kind: str) -> FormSheet:
    ward = window.frame.findChild(Ward)
    ward.forms.open_kind(kind)
    sheet = window.frame.sheets.sheet
    assert isinstance(sheet, FormSheet)
    qtbot.waitUntil(lambda: window.worker().idle)
    return sheet


def test_that_a_decision_is_signed_and_an_infusion_checked_by_two_in_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    session = window.session
    register(session, PATIENT)
    add_user(session, NURSE, ["nurse"], PASSPHRASES[NURSE])
    set_pin(session, PASSPHRASES[LEAD], PIN)
    ward = window.frame.findChild(Ward)
    with qtbot.waitSignal(ward.patient_came, timeout=10_000):
        ward.open_patient("SYN-0004")

    sheet = opened_form(qtbot, window, "decision")
    values = {"at": "now", "choice": ["watch_and_wait"], "rationale": "aplasia holds"}
    fill_in(sheet, values, {"pin": "000007"})
    sheet.save()
    qtbot.waitUntil(lambda: "PIN is not right" in sheet.foot.alert.accessibleName())
    fill_in(sheet, {}, {})
    pin = next(row for row in sheet.rows if isinstance(row, SecretRow))
    pin.box.clear()
    QTest.keyClicks(pin.box, PIN)
    with qtbot.waitSignal(sheet.entry_saved, timeout=10_000):
        sheet.save()

    sheet = opened_form(qtbot, window, "infusion")
    fill_in(
        sheet,
        {"at": "now", "product": ["tisagenlecleucel"]},
        {"second_person": NURSE, "second_secret": PASSPHRASES[NURSE]},
    )
    with qtbot.waitSignal(sheet.entry_saved, timeout=10_000):
        sheet.save()

    came = opened(session, "SYN-0004", AsOf(session.now().date()))
    decision = next(entry for entry in came.chart.entries if isinstance(entry, Decision))
    infusion = next(entry for entry in came.chart.entries if isinstance(entry, Infusion))
    assert decision.signed_by == LEAD
    assert [(one.of, one.by, one.holds) for one in came.signatures] == [(decision.id, LEAD, True)]
    assert infusion.identity_checked_by == (LEAD, NURSE)


@contextmanager
def busy(window: MainWindow) -> Iterator[None]:
    """Keep the worker at another job, so that what is asked for meanwhile waits for the end of the block."""
    go_on = Event()
    window.worker().run(partial(go_on.wait, 10))
    try:
        yield
    finally:
        go_on.set()


def fill_in_pin(sheet: PinSheet, passphrase: str) -> None:
    QTest.keyClicks(sheet.passphrase.box, passphrase)
    QTest.keyClicks(sheet.pin, PIN)
    QTest.keyClicks(sheet.again, PIN)
    sheet.submit()


def test_that_the_users_read_for_a_sheet_that_was_left_trouble_nobody(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    with busy(window):
        assert isinstance(run(window, "people.show"), PeopleSheet)
        window.frame.show_board()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: window.worker().idle)
    assert window.frame.sheets.sheet is None
    assert window.frame.notices.sheet is None


def test_that_a_pin_that_is_set_late_closes_no_other_sheet(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    told = window.frame.findChild(Ward).people.told
    with qtbot.waitSignal(told, check_params_cb=lambda words: words == "Your PIN is set"), busy(window):
        fill_in_pin(run(window, "people.pin"), PASSPHRASES[LEAD])
        people = run(window, "people.show")
    qtbot.waitUntil(lambda: [row.user.has_pin for row in people.rows] == [True])
    assert window.frame.sheets.sheet is people


def test_that_the_pin_sheet_says_itself_why_no_pin_was_set(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    run(window, "people.show")
    window.frame.show_board()
    sheet = run(window, "people.pin")
    fill_in_pin(sheet, "not the passphrase of anybody")
    qtbot.waitUntil(lambda: sheet.trouble.isVisibleTo(sheet))
    assert "passphrase is not right" in sheet.trouble.accessibleName()
    assert window.frame.notices.sheet is None


def test_that_a_refusal_for_a_sheet_that_was_left_is_told_by_the_window(qtbot: QtBot, window: MainWindow) -> None:
    signed_in(qtbot, window, lambda: type_in(PASSPHRASES[LEAD]))
    with busy(window):
        fill_in_pin(run(window, "people.pin"), "not the passphrase of anybody")
        window.frame.show_board()
    qtbot.waitUntil(lambda: window.frame.notices.sheet is not None)
