"""Tests of registering by keyboard: a date of birth that is none is refused where it is typed, with its reason."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui.frame import Frame
from bedside.ui.registration_sheet import RegistrationSheet
from tests.ui.forms.samples import Doors, at_nine_forty_one, context_with

ENTER = Qt.Key.Key_Return


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[RegistrationSheet]:
    frame = Frame()
    qtbot.addWidget(frame)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    made = RegistrationSheet(at_nine_forty_one, context_with(Doors()))
    frame.open_sheet(made)
    for box, text in ((made.number, "T-1"), (made.family, "Quince"), (made.given, "Synthetic")):
        QTest.keyClicks(box.box, text)
    made.birth.box.setFocus()
    yield made
    frame.close_sheet()


def type_birth(sheet: RegistrationSheet, text: str) -> None:
    QTest.keyClicks(sheet.birth.box, text)
    QTest.keyClick(sheet.birth.box, ENTER)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9999-12-31", "31-Dec-9999 lies outside the dates that can be recorded"),
        ("31.4.2012", "There is no such date"),
        ("5/6/2012", "05-Jun-2012 or 06-May-2012?"),
        ("01-Aug-2020", "01-Aug-2020 is still ahead"),
        ("soon", "This is not a date"),
    ],
)
def test_that_what_is_no_date_of_birth_keeps_the_keyboard_and_says_why(
    sheet: RegistrationSheet, typed: str, why: str
) -> None:
    type_birth(sheet, typed)
    assert QApplication.focusWidget() is sheet.birth.box
    assert sheet.birth.box.property("state") == "refused"
    assert sheet.understood.text().startswith(why)
    sheet.submit()
    assert "The date of birth cannot be taken" in sheet.trouble.accessibleName()
    assert "missing" not in sheet.trouble.accessibleName()


@pytest.mark.parametrize("typed", ["31-Jul-2020", "30-Jul-2020", "5.5.2012"])
def test_that_a_date_of_birth_up_to_today_leads_on(sheet: RegistrationSheet, typed: str) -> None:
    type_birth(sheet, typed)
    assert QApplication.focusWidget() is sheet.sex.buttons[0]
    assert not sheet.birth.box.property("state")


def test_that_another_key_takes_the_refusal_back(sheet: RegistrationSheet) -> None:
    type_birth(sheet, "31.4.2012")
    QTest.keyClicks(sheet.birth.box, "30.4.2012")
    assert not sheet.birth.box.property("state")
    assert sheet.understood.text() == "30-Apr-2012 (8 y)"


def test_that_an_empty_date_of_birth_is_missing_and_not_wrong(sheet: RegistrationSheet) -> None:
    sheet.submit()
    assert sheet.trouble.accessibleName().startswith("Still missing: Born, Sex.")
