"""A notice that comes while something is typed: it lies over the form, which stays with everything in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui.forms.sheet import FormSheet
from bedside.ui.notice import NoticeSheet
from bedside.ui.troubles import Trouble
from bedside.ui.ward import Ward
from tests.e2e import test_races
from tests.e2e.test_races import FIRST, rest, shown

ward = test_races.ward
FULL = Trouble("The disk of the backups is full.", "Make room on it.")


def press(*keys: Qt.Key | str) -> None:
    for key in keys:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClicks(here, key) if isinstance(key, str) else QTest.keyClick(here, key)


def form_of(qtbot: QtBot, ward: Ward) -> FormSheet:
    """A count of the first patient in which a value is being typed."""
    with qtbot.waitActive(ward.frame):
        ward.frame.activateWindow()
    shown(qtbot, ward, FIRST)
    press(Qt.Key.Key_N)
    rest(qtbot, ward)
    press(Qt.Key.Key_Return, "2.1", Qt.Key.Key_Return, "7")
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, FormSheet)
    return sheet


def is_told(ward: Ward) -> bool:
    return isinstance(ward.frame.source, NoticeSheet)


def test_that_a_form_stays_under_a_notice_and_has_its_keyboard_back_afterwards(qtbot: QtBot, ward: Ward) -> None:
    sheet = form_of(qtbot, ward)
    box = QApplication.focusWidget()
    ward.care.told.emit(FULL)
    assert is_told(ward)
    press(Qt.Key.Key_Escape)
    assert ward.frame.source is sheet
    assert QApplication.focusWidget() is box
    assert [row.state() for row in sheet.rows][1:3] == ["2.1", "7"]


def test_that_a_second_notice_does_not_lose_the_place_in_the_form(qtbot: QtBot, ward: Ward) -> None:
    sheet = form_of(qtbot, ward)
    box = QApplication.focusWidget()
    for _ in range(2):
        ward.care.told.emit(FULL)
    press(Qt.Key.Key_Escape)
    assert ward.frame.source is sheet
    assert QApplication.focusWidget() is box


def test_that_typing_on_blindly_neither_takes_a_notice_away_nor_ends_up_in_the_wrong_box(
    qtbot: QtBot, ward: Ward
) -> None:
    sheet = form_of(qtbot, ward)
    ward.care.told.emit(FULL)
    press("0", Qt.Key.Key_Return, "3.4", Qt.Key.Key_Enter, "x")
    assert is_told(ward)
    press(Qt.Key.Key_Escape)
    assert [row.state() for row in sheet.rows][1:4] == ["2.1", "7", None]
