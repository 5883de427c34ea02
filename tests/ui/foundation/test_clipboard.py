"""Tests of the clipboard: what was copied goes after half a minute and at the lock; what others copied stays."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from bedside.ui.clipboard_guard import SECONDS, ClipboardGuard
from bedside.ui.window import MainWindow
from tests.ui.foundation.samples import PASSPHRASE, Rehearsal

NEEDLE = "QUINCE, Synthetic Three"


def held() -> str:
    return QGuiApplication.clipboard().text()


def copy_out(qtbot: QtBot) -> None:
    box = QLineEdit(NEEDLE)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    box.selectAll()
    box.copy()
    assert held() == NEEDLE


@pytest.fixture
def guard(qtbot: QtBot) -> Iterator[ClipboardGuard]:
    owner = QLineEdit()
    qtbot.addWidget(owner)
    yield ClipboardGuard(owner)
    QGuiApplication.clipboard().clear()


def test_that_half_a_minute_is_the_longest_that_a_copied_name_stays(qtbot: QtBot, guard: ClipboardGuard) -> None:
    assert SECONDS == 30
    assert guard._timer.interval() == 30_000
    guard._timer.setInterval(60)
    copy_out(qtbot)
    assert guard._timer.isActive()
    qtbot.waitUntil(lambda: held() == "")
    assert not guard._timer.isActive()


def test_that_what_another_program_copied_is_left_alone(
    qtbot: QtBot, guard: ClipboardGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: None)
    QGuiApplication.clipboard().setText("from elsewhere")
    assert not guard._timer.isActive()
    monkeypatch.undo()
    copy_out(qtbot)
    monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: None)
    QGuiApplication.clipboard().setText("from elsewhere")
    guard.clear()
    assert held() == "from elsewhere"


def test_that_the_lock_takes_what_was_copied_with_it(qtbot: QtBot) -> None:
    window = MainWindow(Rehearsal().start())
    qtbot.addWidget(window)
    window.show()
    assert window.sign_in is not None
    form = window.sign_in.form
    assert form is not None
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClicks(form.findChildren(QLineEdit)[-1], PASSPHRASE)
        form.submit()
    copy_out(qtbot)
    window.lock()
    assert held() == ""
    window.end()
