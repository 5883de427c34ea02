"""Tests of plain buttons and links: Enter presses the one that has the keyboard, whatever Enter means around it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.people.own_keys_sheet import PinSheet
from bedside.ui.widgets.enter_button import PushButton

ENTER, KEYPAD_ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space


@pytest.mark.parametrize("key", [ENTER, KEYPAD_ENTER, SPACE])
def test_that_enter_presses_a_button_although_the_view_has_another_use_for_it(qtbot: QtBot, key: Qt.Key) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    button = PushButton("Back to now")
    QVBoxLayout(view).addWidget(button)
    heard: list[str] = []
    button.clicked.connect(lambda: heard.append("button"))
    for one in (ENTER, KEYPAD_ENTER):
        shortcut = QShortcut(QKeySequence(one), view)
        shortcut.activated.connect(lambda: heard.append("view"))
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    button.setFocus()
    QTest.keyClick(button, key)
    assert heard == ["button"]


def test_that_enter_with_control_is_left_to_the_view(qtbot: QtBot) -> None:
    button = PushButton("Set the PIN")
    qtbot.addWidget(button)
    button.show()
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, ENTER, Qt.KeyboardModifier.ControlModifier)


def test_that_a_pin_is_set_by_typing_it_twice_and_enter(qtbot: QtBot) -> None:
    sheet = PinSheet("B. Specimen")
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    QTest.keyClicks(sheet.passphrase.box, "Wald und Wiese")
    QTest.keyClicks(sheet.pin, "190731")
    QTest.keyClicks(sheet.again, "190731")
    with qtbot.waitSignal(sheet.submitted) as submitted:
        QTest.keyClick(sheet.button, ENTER)
    assert submitted.args == ["Wald und Wiese", "190731"]
