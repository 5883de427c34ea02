"""Tests of actions as data: caps, hints, refusals, shortcuts, search."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.actions import Action, Hint, cap_texts, hints_of, install, matching, uninstall


class Desk:
    def __init__(self) -> None:
        self.done = 0
        self.why_not = ""

    def do(self) -> None:
        self.done += 1

    def refusal(self) -> str:
        return self.why_not


def action(desk: Desk, shortcut: str = "Ctrl+Return") -> Action:
    return Action("save", "Save the count", desk.do, shortcut, hint="save", refusal=desk.refusal)


@pytest.mark.parametrize(
    ("shortcut", "caps"),
    [
        ("Ctrl+Return", ("Ctrl", "Enter")),
        ("N", ("N",)),
        ("+", ("+",)),
        ("Ctrl++", ("Ctrl", "+")),
        ("Alt+1", ("Alt", "1")),
        ("Up", ("↑",)),
        ("", ()),
    ],
)
def test_that_a_shortcut_becomes_the_caps_on_the_keyboard(shortcut: str, caps: tuple[str, ...]) -> None:
    assert cap_texts(shortcut) == caps


def test_that_a_shortcut_works_from_a_box_inside_the_widget_until_it_is_taken_away(qtbot: QtBot) -> None:
    desk, page = Desk(), QWidget()
    box = QLineEdit()
    QVBoxLayout(page).addWidget(box)
    qtbot.addWidget(page)
    bound = install(page, [action(desk)])
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.done == 1
    uninstall(bound)
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.done == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_the_enter_of_the_keypad_is_as_good_as_the_other(qtbot: QtBot, key: Qt.Key) -> None:
    desk, widget = Desk(), QWidget()
    qtbot.addWidget(widget)
    box = QLineEdit(widget)
    install(widget, [action(desk)])
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    box.setFocus()
    QTest.keyClick(box, key, Qt.KeyboardModifier.ControlModifier)
    assert desk.done == 1


def test_that_an_action_that_is_refused_does_nothing(qtbot: QtBot) -> None:
    desk, page = Desk(), QWidget()
    qtbot.addWidget(page)
    bound = install(page, [action(desk)])
    desk.why_not = "no value was typed"
    bound[0].trigger()
    assert desk.done == 0


def test_that_the_key_bar_shows_only_what_has_a_word_and_is_allowed() -> None:
    desk, other = Desk(), Desk()
    other.why_not = "read only"
    silent = Action("quiet", "Quiet", desk.do, "Q")
    assert hints_of([action(desk), silent, action(other)]) == (Hint(("Ctrl", "Enter"), "save"),)


def test_that_search_finds_every_typed_word_and_puts_beginnings_first() -> None:
    desk = Desk()
    texts = ("Log a blood count", "Blood count, new", "Marrow with MRD")
    offered = [Action(text, text, desk.do) for text in texts]
    assert [found.text for found in matching(offered, "blood co")] == ["Blood count, new", "Log a blood count"]
    assert matching(offered, "xyz") == ()
