"""Tests of the sheet that signs a stored decision: what it says, by keyboard, a wrong PIN, no PIN, and leaving it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.service.read import Opened
from bedside.ui.forms.sign_sheet import SignSheet
from bedside.ui.frame import Frame
from bedside.ui.troubles import Trouble
from tests.samples.decisions import RATIONALE, decided, signature, signed_by_its_author
from tests.screens.signing import sheet_for
from tests.ui.forms.conftest import Type

ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
PIN = "190731"
WRONG = Trouble("The PIN is not right.", "4 more tries before a wait; the passphrase always opens.")
Lay = Callable[[Opened], SignSheet]


@pytest.fixture
def lay(frame: Frame) -> Lay:
    """Lays the sheet for A. Example over the view."""

    def laid(opened: Opened) -> SignSheet:
        sheet = sheet_for(opened)
        sheet.close_asked.connect(frame.close_sheet)
        frame.open_sheet(sheet)
        return sheet

    return laid


@pytest.fixture
def own(lay: Lay) -> SignSheet:
    """The sheet for a decision that A. Example recorded."""
    return lay(decided(recorded_by="A. Example"))


def submitted(sheet: SignSheet) -> list[str]:
    heard: list[str] = []
    sheet.submitted.connect(heard.append)
    return heard


def words(sheet: SignSheet) -> str:
    return f"{sheet.what.accessibleName()} {sheet.says.accessibleName()}".replace("\u2011", "-")


def test_that_the_sheet_says_whose_decision_it_is_and_what_ones_own_signature_says(own: SignSheet) -> None:
    for part in ("HSCT", "31-Jul-2020 14:30", RATIONALE, "Not signed", "recorded by A. Example", "You recorded it"):
        assert part in words(own)
    assert "“I decided this and stand for it.”" in words(own)
    assert "a correction needs another" in words(own)
    assert own.head.whose.text() == "PUBLISHED, Myers Index"


def test_that_somebody_elses_decision_is_signed_as_reviewed_beside_the_signature_that_is_there(lay: Lay) -> None:
    others = replace(decided(recorded_by="B. Specimen"), signatures=(signature("B. Specimen"),))
    said = words(lay(others))
    assert "Signed by B. Specimen" in said
    assert "You did not record it" in said
    assert "“I have read this and agree.”" in said


def test_that_a_decision_of_which_nobody_knows_who_recorded_it_is_never_signed_as_ones_own(lay: Lay) -> None:
    assert "“I have read this and agree.”" in words(lay(decided()))


def test_that_six_digits_and_enter_sign(own: SignSheet, type_keys: Type) -> None:
    heard = submitted(own)
    type_keys(PIN)
    assert heard == []
    type_keys(ENTER)
    assert heard == [PIN]


@pytest.mark.parametrize("digits", ["", PIN[:5]])
def test_that_fewer_than_six_digits_sign_nothing_and_are_asked_for(
    own: SignSheet, type_keys: Type, digits: str
) -> None:
    heard = submitted(own)
    type_keys(digits, ENTER)
    assert heard == []
    assert "A PIN has 6 digits" in own.trouble.accessibleName()
    assert own.pin.hasFocus()


def test_that_a_second_enter_while_it_is_being_signed_does_nothing(own: SignSheet, type_keys: Type) -> None:
    heard = submitted(own)
    type_keys(PIN, ENTER, ENTER)
    assert heard == [PIN]
    assert not own.sign.isEnabled()


def test_that_a_wrong_pin_keeps_the_sheet_and_asks_for_the_digits_again(own: SignSheet, type_keys: Type) -> None:
    heard = submitted(own)
    type_keys(PIN, ENTER)
    own.show_trouble(WRONG)
    assert not own.closed
    assert WRONG.what_happened in own.trouble.accessibleName()
    assert (own.pin.text(), own.pin.hasFocus(), own.sign.isEnabled()) == ("", True, True)
    type_keys("271828", ENTER)
    assert heard == [PIN, "271828"]


def test_that_tab_leads_to_both_buttons_and_enter_on_cancel_cancels(
    frame: Frame, own: SignSheet, type_keys: Type
) -> None:
    heard = submitted(own)
    type_keys(PIN, TAB)
    assert own.sign.hasFocus()
    type_keys(TAB)
    assert own.cancel.hasFocus()
    type_keys(ENTER)
    assert frame.sheets.sheet is None
    assert heard == []


def test_that_esc_closes_and_no_digit_stays(frame: Frame, own: SignSheet, type_keys: Type) -> None:
    type_keys(PIN, ESC)
    assert frame.sheets.sheet is None
    assert own.pin.text() == ""


@pytest.mark.parametrize("leave", [Frame.forget_patient, Frame.close_views])
def test_that_no_digit_stays_where_the_patient_changes_or_the_window_locks(
    frame: Frame, own: SignSheet, type_keys: Type, leave: Callable[[Frame], None]
) -> None:
    type_keys(PIN)
    leave(frame)
    assert own.closed
    assert own.pin.text() == ""


def test_that_who_has_no_pin_is_told_so_and_led_to_setting_one(lay: Lay, qtbot: QtBot, type_keys: Type) -> None:
    sheet = lay(signed_by_its_author())
    heard = submitted(sheet)
    sheet.show_pin_set(False)
    assert "You have set no PIN." in sheet.no_pin.accessibleName()
    assert sheet.pin.isHidden()
    assert [one.id for one in sheet.actions_offered()] == ["sign.close"]
    assert QApplication.focusWidget() is sheet.no_pin.link
    with qtbot.waitSignal(sheet.pin_asked):
        type_keys(ENTER)
    assert heard == []


def test_that_digits_typed_before_the_pin_is_known_to_be_set_are_kept(own: SignSheet, type_keys: Type) -> None:
    type_keys(PIN[:3])
    own.show_pin_set(True)
    assert own.pin.text() == PIN[:3]


def test_that_everything_that_can_be_pressed_has_a_name(own: SignSheet) -> None:
    assert own.pin.accessibleName() == "Your PIN, 6 digits"
    assert (own.sign.accessibleName(), own.cancel.accessibleName()) == ("Sign", "Cancel")
    assert own.sign.accessibleDescription() == "Enter"
