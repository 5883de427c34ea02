"""Tests of signing in by keyboard: passphrase, wrong passphrase, first start with its recovery code, lock, closing."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from bedside.chart.errors import UserError
from bedside.ui.sign_in.creation_form import CreationForm
from bedside.ui.sign_in.passphrase_form import PassphraseForm
from bedside.ui.sign_in.recovery_form import RecoveryForm, code_parts
from bedside.ui.window import MainWindow
from tests.ui.foundation.samples import CODE, PASSPHRASE, Rehearsal


def open_window(qtbot: QtBot, rehearsal: Rehearsal) -> MainWindow:
    window = MainWindow(rehearsal.start("Demonstration ward: no real patients"))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def rehearsal() -> Rehearsal:
    return Rehearsal()


@pytest.fixture
def window(qtbot: QtBot, rehearsal: Rehearsal) -> Iterator[MainWindow]:
    made = open_window(qtbot, rehearsal)
    yield made
    made.end()


def close(qtbot: QtBot, window: MainWindow) -> None:
    """Close the window as a person does, and wait until it is gone."""
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def form_of(window: MainWindow) -> Any:
    assert window.sign_in is not None
    return window.sign_in.form


def focused_box() -> QLineEdit:
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    return box


def type_in(text: str) -> None:
    box = focused_box()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)


def sign_in(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        type_in(PASSPHRASE)


def test_that_the_passphrase_and_enter_open_the_store(qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal) -> None:
    sign_in(qtbot, window)
    assert window.sign_in is None
    assert window.user == "B. Specimen"
    assert rehearsal.furnished[0][0] is window.frame
    assert rehearsal.furnished[0][1].session is rehearsal.opened[0]
    assert window.frame.app_bar.user.text == "B. Specimen · physician"


def test_that_the_down_key_chooses_another_name(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(focused_box(), Qt.Key.Key_Down)
    assert form_of(window).passphrase.box.accessibleName() == "Passphrase for A. Example"
    sign_in(qtbot, window)
    assert window.user == "A. Example"


def test_that_a_wrong_passphrase_is_said_in_words_and_can_be_typed_again(qtbot: QtBot, window: MainWindow) -> None:
    type_in("wrong")
    qtbot.waitUntil(lambda: not form_of(window).waiting)
    alert = form_of(window).trouble
    assert alert.isVisible()
    assert alert.accessibleName() == "The passphrase of B. Specimen is not right. Type it again."
    sign_in(qtbot, window)
    assert window.frame is not None


def test_that_an_empty_passphrase_is_refused_before_the_store_is_asked(
    window: MainWindow, rehearsal: Rehearsal
) -> None:
    type_in("")
    assert "No passphrase was entered." in form_of(window).trouble.accessibleName()
    assert rehearsal.opened == []


def test_that_enter_pressed_twice_opens_the_store_once(qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal) -> None:
    box = focused_box()
    QTest.keyClicks(box, PASSPHRASE)
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClick(box, Qt.Key.Key_Return)
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert len(rehearsal.opened) == 1


def test_that_the_heavy_modules_are_asked_for_after_the_first_paint(
    qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal
) -> None:
    qtbot.waitUntil(lambda: rehearsal.preloaded == 1)
    assert window.sign_in is not None


def test_that_the_first_start_creates_a_store_and_signs_in_only_after_the_code_was_confirmed(
    qtbot: QtBot,
) -> None:
    rehearsal = Rehearsal(exists=False)
    window = open_window(qtbot, rehearsal)
    assert isinstance(form_of(window), CreationForm)
    type_in("A. Example")
    type_in(PASSPHRASE)
    type_in(PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(form_of(window), RecoveryForm))
    code_box = form_of(window).code_box
    assert "A B C D" in code_box.accessibleName()
    type_in("WXYZ")
    assert "not the last group" in form_of(window).trouble.accessibleName()
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        type_in(CODE[-4:].lower())
    assert window.session is rehearsal.opened[0]
    assert CODE[:4] not in code_box.accessibleName()
    window.end()


def test_that_two_different_passphrases_create_nothing(qtbot: QtBot) -> None:
    rehearsal = Rehearsal(exists=False)
    window = open_window(qtbot, rehearsal)
    for text in ("A. Example", PASSPHRASE, "another"):
        type_in(text)
    assert "The two passphrases differ." in form_of(window).trouble.accessibleName()
    assert rehearsal.opened == []
    window.end()


def test_that_the_lock_drops_the_frame_closes_the_store_and_asks_again(
    qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal
) -> None:
    sign_in(qtbot, window)
    with qtbot.waitSignal(window.locked):
        QTest.keyClick(window.frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (window.frame, window.session) == (None, None)
    assert isinstance(form_of(window), PassphraseForm)
    assert form_of(window).title.text() == "Locked"
    qtbot.waitUntil(lambda: rehearsal.opened[0].closed)
    sign_in(qtbot, window)
    assert window.session is rehearsal.opened[1]


def test_that_closing_the_window_closes_the_store_and_ends_the_worker(
    qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal
) -> None:
    sign_in(qtbot, window)
    close(qtbot, window)
    assert rehearsal.opened[0].closed
    assert "bedside-store" not in {thread.name for thread in threading.enumerate()}


def test_that_a_store_whose_code_was_never_confirmed_is_closed_with_the_window(qtbot: QtBot) -> None:
    rehearsal = Rehearsal(exists=False)
    window = open_window(qtbot, rehearsal)
    for text in ("A. Example", PASSPHRASE, PASSPHRASE):
        type_in(text)
    qtbot.waitUntil(lambda: isinstance(form_of(window), RecoveryForm))
    close(qtbot, window)
    assert rehearsal.opened[0].closed


def test_that_what_went_wrong_while_closing_is_read_before_the_window_goes(
    qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal
) -> None:
    sign_in(qtbot, window)
    rehearsal.close_fails = True
    assert not window.close()
    qtbot.waitUntil(lambda: window.farewell is not None)
    assert window.farewell is not None
    assert "The backup was not written." in window.farewell.alerts[0].accessibleName()
    assert "bedside-store" not in {thread.name for thread in threading.enumerate()}
    qtbot.waitUntil(window.farewell.button.hasFocus)
    QTest.keyClick(window.farewell.button, Qt.Key.Key_Space)
    assert not window.isVisible()


def test_that_what_is_left_to_do_is_done_when_the_window_closes_and_not_at_the_lock(
    qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal
) -> None:
    sign_in(qtbot, window)
    window.lock()
    qtbot.waitUntil(lambda: rehearsal.opened[0].closed)
    assert rehearsal.left == 0
    close(qtbot, window)
    assert rehearsal.left == 1


def test_that_a_store_open_to_all_is_unlocked_by_enter_alone(
    qtbot: QtBot, window: MainWindow, rehearsal: Rehearsal
) -> None:
    sign_in(qtbot, window)
    rehearsal.open_to_all = "The demonstration needs no passphrase."
    window.lock()
    form = form_of(window)
    assert not form.passphrase.isVisible()
    assert "needs no passphrase" in form.sentence.text()
    qtbot.waitUntil(form.button.hasFocus)
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClick(form.button, Qt.Key.Key_Return)
    assert window.session is rehearsal.opened[1]


def test_that_a_trouble_that_nobody_waited_for_is_said_on_the_sign_in_page(qtbot: QtBot, window: MainWindow) -> None:
    def fail() -> None:
        raise UserError("The fonts are missing.", "Install Bedside again.")

    window.worker().run(fail)
    qtbot.waitUntil(lambda: "The fonts are missing." in form_of(window).trouble.accessibleName())


def test_that_a_letter_o_typed_as_a_nought_confirms_the_code(qtbot: QtBot) -> None:
    form = RecoveryForm()
    qtbot.addWidget(form)
    form.show_code("ABCD-4O4I")
    form.last_part.box.setText("4041")
    with qtbot.waitSignal(form.confirmed):
        form.submit()


@pytest.mark.parametrize(
    ("code", "parts"),
    [("ABCD-EFGH", ["ABCD", "EFGH"]), ("AB CD", ["AB", "CD"]), ("ABCDEFGHI", ["ABCD", "EFGH", "I"]), ("", [])],
)
def test_that_a_code_is_read_in_groups(code: str, parts: list[str]) -> None:
    assert code_parts(code) == parts
