"""Tests of closing the window: a living one while the last backup is made, and the way out of waiting for it."""

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.errors import UserError
from bedside.chart.progress import Progress
from bedside.ui.leaving import BACKING_UP, NOT_WAITED, WHAT_STAYS
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from bedside.ui.window import NOT_SAVED, MainWindow
from tests.ui.foundation.samples import OpenStore, Rehearsal


def refuse() -> None:
    raise UserError("The disk is full.", "Free some space.")


class LastBackup:
    """Tells that it is at 30 per cent until it may go on; remembers how it ended."""

    def __init__(self) -> None:
        self.go_on, self.ended, self.refuses = threading.Event(), "", False

    def __call__(self, progress: Progress) -> None:
        if self.refuses:
            refuse()
        self.ended = "cancelled"
        while not self.go_on.wait(0.01):
            progress(30, 100)
        self.ended = "made"


@pytest.fixture
def backup() -> Iterator[LastBackup]:
    made = LastBackup()
    yield made
    made.go_on.set()


@pytest.fixture
def window(qtbot: QtBot, backup: LastBackup) -> Iterator[MainWindow]:
    made = MainWindow(Rehearsal(leaving=backup).start())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.enter(OpenStore(), "A. Example")
    qtbot.waitUntil(lambda: made.worker().idle)
    yield made
    backup.go_on.set()
    made.end()


def closing(qtbot: QtBot, window: MainWindow) -> None:
    """Close the window, and wait until it says that it takes a while."""
    assert not window.close()
    assert window.leaving is not None
    qtbot.waitUntil(window.leaving.strip.isVisible)


def gone(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.isVisible())
    assert "bedside-store" not in {thread.name for thread in threading.enumerate()}


def test_that_the_window_lives_and_says_what_it_waits_for_until_the_last_backup_is_made(
    qtbot: QtBot, window: MainWindow, backup: LastBackup
) -> None:
    closing(qtbot, window)
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(partial(ticks.append, 1))
    timer.start(5)
    qtbot.waitUntil(lambda: len(ticks) > 5)
    timer.stop()
    assert window.leaving is not None
    row = window.leaving.strip.row
    assert (row.words.text(), row.count.text(), row.cancel.text()) == (BACKING_UP, "30 %", NOT_WAITED)
    assert window.leaving.what_stays.text() == WHAT_STAYS
    assert (window.isVisible(), window.frame, window.sign_in) == (True, None, None)
    backup.go_on.set()
    gone(qtbot, window)
    assert backup.ended == "made"


def press_button(window: MainWindow) -> None:
    assert window.leaving is not None
    window.leaving.strip.row.cancel.click()


def press_key(window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("press", [press_button, press_key])
def test_that_a_person_can_close_without_waiting(
    qtbot: QtBot, window: MainWindow, backup: LastBackup, press: Callable[[MainWindow], None]
) -> None:
    closing(qtbot, window)
    press(window)
    gone(qtbot, window)
    assert backup.ended == "cancelled"
    assert window.farewell is None, "what a person wanted is no trouble"


def test_that_closing_twice_waits_for_the_same_backup(qtbot: QtBot, window: MainWindow, backup: LastBackup) -> None:
    closing(qtbot, window)
    assert not window.close()
    assert window.isVisible()
    backup.go_on.set()
    gone(qtbot, window)
    assert backup.ended == "made"


def test_that_nothing_is_shown_when_it_takes_no_time(qtbot: QtBot, window: MainWindow, backup: LastBackup) -> None:
    backup.go_on.set()
    window.close()
    assert window.leaving is not None
    shown: list[int] = []
    window.leaving.strip.shown.connect(lambda: shown.append(1))
    gone(qtbot, window)
    assert shown == []


def test_that_what_was_begun_before_is_finished_first_and_shown(
    qtbot: QtBot, window: MainWindow, backup: LastBackup
) -> None:
    watch, go_on = Watch("chart.json is being imported …"), threading.Event()
    window.worker().run(partial(go_on.wait, 10), watch=watch)
    closing(qtbot, window)
    assert window.leaving is not None
    row = window.leaving.strip.row
    assert (row.words.text(), row.cancel.text()) == (watch.words, "Cancel")
    go_on.set()
    qtbot.waitUntil(lambda: row.words.text() == BACKING_UP and row.isVisible())
    backup.go_on.set()
    gone(qtbot, window)


@pytest.mark.parametrize("before", [True, False])
def test_that_what_went_wrong_is_read_before_the_window_goes(
    qtbot: QtBot, window: MainWindow, backup: LastBackup, *, before: bool
) -> None:
    backup.go_on.set()
    backup.refuses = not before
    if before:
        window.worker().run(refuse)
    window.close()
    qtbot.waitUntil(lambda: window.farewell is not None)
    assert window.farewell is not None
    assert "The disk is full." in window.farewell.alerts[0].accessibleName()
    assert window.isVisible()
    window.farewell.button.click()
    gone(qtbot, window)


def not_saved(author: str) -> Trouble:
    return Trouble("Not saved for NEEDLEFAMILY, Synthetic One: WBC 2.3.", "The disk is full.", author=author)


def farewell_words(qtbot: QtBot, window: MainWindow) -> list[str]:
    """What the last page says, each trouble by itself."""
    window.close()
    qtbot.waitUntil(lambda: window.farewell is not None)
    assert window.farewell is not None
    return [alert.accessibleName() for alert in window.farewell.alerts]


def test_that_all_that_went_wrong_is_read_before_the_window_goes(
    qtbot: QtBot, window: MainWindow, backup: LastBackup
) -> None:
    backup.refuses = True
    window.worker().run(refuse, retell=lambda _trouble: not_saved("A. Example"))
    said = farewell_words(qtbot, window)
    assert [words.partition(".")[0] for words in said] == [
        "Not saved for NEEDLEFAMILY, Synthetic One: WBC 2",
        "The disk is full",
    ]


@pytest.mark.parametrize("before", [True, False])
def test_that_an_entry_that_failed_behind_the_lock_is_told_at_the_close_without_a_patient(
    qtbot: QtBot, window: MainWindow, backup: LastBackup, *, before: bool
) -> None:
    backup.go_on.set()
    window.lock()
    if before:
        window.show_trouble(not_saved("A. Example"))
    else:
        window.worker().run(refuse, retell=lambda _trouble: not_saved("A. Example"))
    (said,) = farewell_words(qtbot, window)
    assert NOT_SAVED in said
    assert "A. Example" in said
    assert "NEEDLEFAMILY" not in said


def test_that_another_persons_failed_entry_is_told_at_the_close_without_a_patient(
    qtbot: QtBot, window: MainWindow, backup: LastBackup
) -> None:
    backup.go_on.set()
    window.lock()
    window.show_trouble(not_saved("A. Example"))
    window.enter(OpenStore(), "B. Specimen")
    (said,) = farewell_words(qtbot, window)
    assert NOT_SAVED in said
    assert "NEEDLEFAMILY" not in said


def test_that_without_an_event_loop_the_end_waits_for_the_backup(window: MainWindow, backup: LastBackup) -> None:
    backup.go_on.set()
    assert window.end() is None
    assert backup.ended == "made"
    assert not window.isVisible()
