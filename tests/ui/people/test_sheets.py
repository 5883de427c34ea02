"""Tests of the sheets about people, by keyboard: what is asked for, what is missing, and what a lead orders."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.service.users import User
from bedside.ui.frame import Frame
from bedside.ui.people.own_keys_sheet import PassphraseSheet, PinSheet
from bedside.ui.people.people_sheet import PeopleOrder, PeopleSheet
from bedside.ui.people.user_row import state_words
from bedside.ui.troubles import Trouble

SEEN = datetime(2020, 7, 31, 9, 46, tzinfo=UTC)
USERS = (
    User("A. Example", ("lead", "physician"), False, True, SEEN),
    User("B. Specimen", ("nurse",), False, False, None),
    User("C. Muster", ("auditor",), True, False, SEEN),
)


@pytest.fixture
def sheet(qtbot: QtBot) -> PeopleSheet:
    made = PeopleSheet()
    qtbot.addWidget(made)
    made.show_users(USERS)
    made.show()
    return made


@pytest.fixture
def orders(sheet: PeopleSheet) -> list[PeopleOrder]:
    heard: list[PeopleOrder] = []
    sheet.ordered.connect(heard.append)
    return heard


def type_twice(sheet: PeopleSheet, text: str, again: str | None = None) -> None:
    QTest.keyClicks(sheet.passphrase.box, text)
    QTest.keyClicks(sheet.again.box, text if again is None else again)


def test_that_every_user_is_listed_with_state_and_what_can_be_done(sheet: PeopleSheet) -> None:
    assert [state_words(user) for user in USERS] == [
        "with a PIN; last here 31-Jul-2020 09:46",
        "without a PIN; never signed in",
        "disabled; last here 31-Jul-2020 09:46",
    ]
    assert [list(row.buttons) for row in sheet.rows] == [
        ["roles", "passphrase", "pin", "disable"],
        ["roles", "passphrase", "disable"],
        ["enable"],
    ]
    assert sheet.rows[1].buttons["disable"].accessibleName() == "Disable: B. Specimen"


def test_that_somebody_is_added_with_roles_and_a_passphrase(sheet: PeopleSheet, orders: list[PeopleOrder]) -> None:
    QTest.keyClicks(sheet.name.box, " D. Sample ")
    sheet.roles.buttons[1].click()
    sheet.roles.buttons[3].click()
    type_twice(sheet, "Wald und Wiese")
    sheet.submit()
    assert orders == [PeopleOrder("add", "D. Sample", ("nurse", "auditor"), "Wald und Wiese")]


@pytest.mark.parametrize(
    ("name", "role", "passphrases", "said"),
    [
        ("", True, "xx", "a name"),
        ("D", False, "xx", "at least one role"),
        ("D", True, "", "a passphrase"),
        ("D", True, "xy", "differ"),
    ],
)
def test_that_what_is_missing_is_said_and_nothing_is_ordered(
    sheet: PeopleSheet, orders: list[PeopleOrder], name: str, role: bool, passphrases: str, said: str
) -> None:
    QTest.keyClicks(sheet.name.box, name)
    if role:
        sheet.roles.buttons[0].click()
    type_twice(sheet, passphrases[:1], passphrases[1:])
    sheet.submit()
    assert orders == []
    assert said in sheet.trouble.accessibleName()


@pytest.mark.parametrize(
    ("row", "what", "title"),
    [
        (0, "pin", "Forget the PIN of A. Example"),
        (1, "disable", "Disable B. Specimen"),
    ],
)
def test_that_what_needs_no_more_is_still_confirmed_at_the_foot(
    sheet: PeopleSheet, orders: list[PeopleOrder], row: int, what: str, title: str
) -> None:
    sheet.rows[row].buttons[what].click()
    assert sheet.title.text() == title
    assert orders == []
    assert not sheet.passphrase.isVisible()
    sheet.button.click()
    assert [(order.what, order.name) for order in orders] == [(what, USERS[row].name)]


def test_that_roles_begin_with_those_of_now_and_a_passphrase_with_nothing(
    sheet: PeopleSheet, orders: list[PeopleOrder]
) -> None:
    type_twice(sheet, "left over")
    sheet.rows[0].buttons["roles"].click()
    assert sheet.roles.chosen == ("physician", "lead")
    sheet.rows[2].buttons["enable"].click()
    assert sheet.passphrase.box.text() == ""
    type_twice(sheet, "Moor")
    sheet.submit()
    assert orders == [PeopleOrder("enable", "C. Muster", ("auditor",), "Moor")]
    sheet.back.click()
    assert sheet.title.text() == "Add somebody"
    assert not sheet.roles.chosen


def test_that_done_empties_the_form_and_trouble_leaves_it(sheet: PeopleSheet) -> None:
    QTest.keyClicks(sheet.name.box, "D. Sample")
    sheet.show_trouble(Trouble("The name D. Sample is taken in this store.", "Choose another name."))
    assert sheet.name.box.text() == "D. Sample"
    assert "taken" in sheet.trouble.accessibleName()
    sheet.show_done((USERS[:1], "D. Sample can sign in."))
    assert (sheet.name.box.text(), sheet.done.text(), len(sheet.rows)) == ("", "D. Sample can sign in.", 1)
    assert not sheet.trouble.isVisible()


def test_that_a_pin_is_typed_twice_behind_the_passphrase(qtbot: QtBot) -> None:
    sheet = PinSheet("A. Example")
    qtbot.addWidget(sheet)
    sheet.show()
    heard: list[tuple[Any, ...]] = []
    sheet.submitted.connect(lambda *given: heard.append(given))
    sheet.submit()
    assert "6 digits are needed" in sheet.trouble.accessibleName()
    QTest.keyClicks(sheet.passphrase.box, "Wald")
    QTest.keyClicks(sheet.pin, "190731")
    QTest.keyClicks(sheet.again, "190732")
    sheet.submit()
    assert "differ" in sheet.trouble.accessibleName()
    QTest.keyClick(sheet.again, Qt.Key.Key_Backspace)
    QTest.keyClicks(sheet.again, "1")
    QTest.keyClick(sheet.button, Qt.Key.Key_Space)
    assert heard == [("Wald", "190731")]


def test_that_a_passphrase_is_changed_by_keyboard_alone(qtbot: QtBot) -> None:
    sheet = PassphraseSheet("A. Example")
    qtbot.addWidget(sheet)
    sheet.show()
    heard: list[tuple[Any, ...]] = []
    sheet.submitted.connect(lambda *given: heard.append(given))
    QTest.keyClicks(sheet.present.box, "Wald")
    sheet.submit()
    assert "needed" in sheet.trouble.accessibleName()
    for box, text in ((sheet.new.box, "Moor"), (sheet.again.box, "Moos")):
        QTest.keyClicks(box, text)
    QTest.keyClick(sheet.again.box, Qt.Key.Key_Return)
    assert "differ" in sheet.trouble.accessibleName()
    QTest.keyClick(sheet.again.box, Qt.Key.Key_Backspace)
    QTest.keyClicks(sheet.again.box, "r")
    QTest.keyClick(sheet.again.box, Qt.Key.Key_Return)
    assert heard == [("Wald", "Moor")]


@pytest.fixture
def crowded(qtbot: QtBot) -> Iterator[PeopleSheet]:
    """More people than a small window has room for, laid over it; its alert is below what can be seen."""
    frame = Frame()
    qtbot.addWidget(frame)
    frame.resize(1280, 560)
    frame.show()
    made = PeopleSheet()
    frame.open_sheet(made)
    made.show_users(USERS * 4)
    for _ in range(4):
        QApplication.processEvents()
    yield made
    frame.close_sheet()


def is_in_sight(sheet: PeopleSheet) -> bool:
    return sheet.trouble.visibleRegion().boundingRect() == sheet.trouble.rect()


def test_that_what_was_refused_is_brought_into_sight(qtbot: QtBot, crowded: PeopleSheet) -> None:
    crowded.show_trouble(Trouble("The store is full.", "Make room on the disk, then go on."))
    qtbot.waitUntil(lambda: is_in_sight(crowded))


def test_that_what_is_missing_is_brought_into_sight(qtbot: QtBot, crowded: PeopleSheet) -> None:
    crowded.submit()
    assert "Still missing" in crowded.trouble.accessibleName()
    qtbot.waitUntil(lambda: is_in_sight(crowded))
