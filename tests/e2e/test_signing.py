"""A stored decision is signed in the window: later by who recorded it, as reviewed by a colleague, and why not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.service.exchange_files import import_file
from bedside.service.integrity import verify
from bedside.service.own_keys import set_pin
from bedside.service.read import opened
from bedside.service.record import record
from bedside.service.session import Session
from bedside.service.signatures import Meaning
from bedside.store.station import Station
from bedside.store.store import Store
from bedside.ui.forms.sign_sheet import SignSheet
from bedside.ui.notice import NoticeSheet
from bedside.ui.overview.view import load_timeline
from bedside.ui.paragraph import plain
from bedside.ui.people.own_keys_sheet import PinSheet
from bedside.ui.risk.view import RiskView
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import PASSPHRASE, new_session
from tests.sent_keys import send_keys
from tests.service.charts import COUNT, MRN, PATIENT, chart_file
from tests.service.people import as_person

AUTHOR, SECOND, PIN, OTHER = "Synthetic Lead", "Synthetic Second", "190731", "T-0002"
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
DECISION = {"kind": "decision", "choice": "watch_and_wait", "rationale": "aplasia holds"}
At = Callable[[Session], AbstractContextManager[Ward]]


@pytest.fixture
def session(tmp_path: Path, knowledge: Knowledge, clock: FixedClock) -> Session:
    """Two patients, one of them with a decision that nobody signed; its author and a colleague have PINs."""
    load_timeline()
    made = new_session(Station(tmp_path / "store", clock, uuid4), knowledge, AUTHOR)
    for mrn in (MRN, OTHER):
        import_file(made, f"{mrn}.json", chart_file(COUNT, patient={**PATIENT, "mrn": mrn}))
    record(made, MRN, {**DECISION, "at": made.now().date().isoformat()})
    set_pin(made, PASSPHRASE, PIN)
    made.store.people.set_pin(SECOND, PIN)
    return made


@pytest.fixture
def at(qtbot: QtBot) -> At:
    """The window of a person, the risk view of the patient in front."""

    @contextmanager
    def shown(session: Session) -> Iterator[Ward]:
        with ward_at(qtbot, session) as ward:
            ward.open_patient(MRN)
            rest(qtbot, ward)
            send(ward, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
            rest(qtbot, ward)
            yield ward

    return shown


def rest(qtbot: QtBot, ward: Ward) -> None:
    qtbot.waitUntil(lambda: ward.desk.background.idle)


def send(ward: Ward, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or ward.frame, key, held)


def ask(qtbot: QtBot, ward: Ward) -> SignSheet:
    send(ward, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    rest(qtbot, ward)
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, SignSheet)
    return sheet


def risk(ward: Ward) -> RiskView:
    view = ward.frame.current_view
    assert isinstance(view, RiskView)
    return view


def decision_words(ward: Ward) -> str:
    facts = risk(ward).side.sections[0].section.facts
    return "; ".join(plain(fact.lines) for fact in facts).replace("\u2011", "-").replace("\u00a0", " ")


def why_not(ward: Ward) -> str:
    return next(one for one in risk(ward).actions_offered() if one.id == "risk.sign").refusal()


def meanings(session: Session, mrn: str = MRN) -> list[tuple[str, Meaning]]:
    return [(one.by, one.meaning) for one in opened(session, mrn, AsOf(session.now().date())).signatures if one.holds]


def test_that_a_decision_is_signed_later_by_who_recorded_it_and_risk_says_so_at_once(
    qtbot: QtBot, session: Session, at: At
) -> None:
    with at(session) as ward:
        assert f"Not signed  recorded by {AUTHOR}" in decision_words(ward)
        sheet = ask(qtbot, ward)
        send_keys("000007", ENTER)
        rest(qtbot, ward)
        assert "The PIN is not right" in sheet.trouble.accessibleName()
        assert (ward.frame.sheets.sheet is sheet, meanings(session)) == (True, [])
        send_keys(PIN, ENTER)
        rest(qtbot, ward)
        assert ward.frame.sheets.sheet is None
        assert f"Signed by {AUTHOR} (lead and physician)" in decision_words(ward)
        assert "I decided this and stand for it." in decision_words(ward)
        assert why_not(ward) == "you have signed it"
        assert risk(ward).side.sign.text() == "Sign this decision: you have signed it"
        focused = QApplication.focusWidget()
        assert focused is not None
        assert risk(ward).isAncestorOf(focused) or focused is risk(ward)
        assert meanings(session) == [(AUTHOR, Meaning.DECIDED)]
        assert verify(session) == ()


def test_that_a_second_physician_signs_it_as_reviewed_beside_the_first(qtbot: QtBot, session: Session, at: At) -> None:
    with at(as_person(session, SECOND, "physician")) as ward:
        risk(ward).side.sign.click()
        rest(qtbot, ward)
        send_keys(PIN, ENTER)
        rest(qtbot, ward)
        assert f"Signed by {SECOND} (physician)" in decision_words(ward)
        assert "I have read this and agree." in decision_words(ward)
        assert why_not(ward) == "you have signed it as reviewed"
        assert meanings(session) == [(SECOND, Meaning.REVIEWED)]


def test_that_after_a_correction_the_new_decision_can_be_signed_anew(qtbot: QtBot, session: Session, at: At) -> None:
    with at(as_person(session, SECOND, "physician")) as ward:
        ask(qtbot, ward)
        send_keys(PIN, ENTER)
        rest(qtbot, ward)
        (first,) = (one for one in opened(session, MRN, session.today()).journal.live if one.kind == "decision")
        ward.forms.correct(first.id)
        rest(qtbot, ward)
        form: Any = ward.frame.sheets.sheet
        for row in form.rows:
            if row.spec.name == "rationale":
                row.restore("aplasia holds, and so does the donor")
            elif row.spec.name == "pin":
                row.box.setText(PIN)
            elif row.spec.name == "reason":
                row.restore("the donor was missing")
        form.save()
        rest(qtbot, ward)
        ward.frame.close_sheet()
        rest(qtbot, ward)
        assert "so does the donor" in decision_words(ward)
        assert "Signed by Synthetic Second" in decision_words(ward)
        assert len(meanings(session)) == 2


@pytest.mark.parametrize("role", ["nurse", "auditor"])
def test_that_who_may_not_decide_is_told_who_signs(session: Session, at: At, role: str) -> None:
    with at(as_person(session, SECOND, role)) as ward:
        refused = why_not(ward)
        assert "physicians" in refused
        assert risk(ward).side.sign.text() == f"Sign this decision: {refused}"
        send(ward, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
        assert ward.frame.sheets.sheet is None
        assert f"Sign this decision: {refused}" in ward.frame.key_bar.accessibleName()


def test_that_nothing_is_signed_in_a_window_turned_back_to_what_was_known_earlier(
    qtbot: QtBot, session: Session, at: At, clock: FixedClock
) -> None:
    recorded = clock()
    clock.advance(minutes=5)
    with at(session) as ward:
        ward.moment.show_known_at(recorded)
        rest(qtbot, ward)
        assert why_not(ward) == "the window shows what was known earlier"
        ward.forms.signing.ask(risk(ward)._newest)
        assert ward.frame.sheets.sheet is None
        ward.moment.show_now()
        rest(qtbot, ward)
        assert why_not(ward) == ""


def test_that_nothing_is_signed_in_a_store_that_is_open_for_reading_only(
    session: Session, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(session) as ward:
        assert why_not(ward) == ""
        monkeypatch.setattr(Store, "read_only", True)
        assert why_not(ward) == "the store is open for reading only"
        ward.forms.signing.ask(risk(ward)._newest)
        assert ward.frame.sheets.sheet is None
        monkeypatch.undo()


def test_that_a_patient_without_a_decision_has_nothing_to_sign(qtbot: QtBot, session: Session, at: At) -> None:
    with at(session) as ward:
        ward.open_patient(OTHER)
        rest(qtbot, ward)
        ward.frame.show_view("risk")
        assert why_not(ward) == "no decision is recorded"
        assert risk(ward).side.sign.isHidden()


def test_that_who_has_no_pin_is_led_to_setting_one(qtbot: QtBot, session: Session, at: At) -> None:
    with at(as_person(session, "Synthetic Third", "physician")) as ward:
        sheet = ask(qtbot, ward)
        assert "You have set no PIN." in sheet.no_pin.accessibleName()
        send_keys(ENTER)
        assert isinstance(ward.frame.sheets.sheet, PinSheet)


def test_that_a_signature_that_was_under_way_when_the_sheet_was_closed_is_shown_all_the_same(
    qtbot: QtBot, session: Session, at: At
) -> None:
    with at(session) as ward:
        ask(qtbot, ward)
        send_keys(PIN, ENTER, ESC)
        assert ward.frame.sheets.sheet is None
        rest(qtbot, ward)
        assert f"Signed by {AUTHOR}" in decision_words(ward)


def test_that_a_signature_that_comes_after_another_patient_was_opened_leaves_that_one_alone(
    qtbot: QtBot, session: Session, at: At
) -> None:
    with at(session) as ward:
        ask(qtbot, ward)
        told: list[object] = []
        ward.forms.entry_saved.connect(told.append)
        send_keys(PIN, ENTER)
        ward.open_patient(OTHER)
        rest(qtbot, ward)
        assert ward.mrn == OTHER
        assert meanings(session) == [(AUTHOR, Meaning.DECIDED)]
        assert meanings(session, OTHER) == []
        assert told == []


def test_that_a_wrong_pin_that_comes_after_the_sheet_was_left_says_which_decision_is_not_signed(
    qtbot: QtBot, session: Session, at: At
) -> None:
    with at(session) as ward:
        ask(qtbot, ward)
        send_keys("000007", ENTER, ESC)
        rest(qtbot, ward)
        notice = ward.frame.notices.sheet
        assert isinstance(notice, NoticeSheet)
        said = notice.alert.accessibleName()
        assert "Not signed for NEEDLEFAMILY, Synthetic One (T-0001): the decision of" in said
        assert "The PIN is not right." in said
        assert meanings(session) == []
