"""Tests of the pulse: who computes beside the window gives way while it is at work, and no longer than that."""

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui.background import Background
from bedside.ui.long_work.pulse import LATE_SECONDS, LONGEST_SECONDS, Pulse
from bedside.ui.long_work.watch import Watch

LITTLE = LONGEST_SECONDS / 2


@pytest.fixture
def pulse(qapp: QApplication) -> Iterator[Pulse]:
    made = Pulse(qapp)
    yield made
    made.stop()
    made.deleteLater()


def gave_way(pulse: Pulse) -> float:
    """The seconds for which work gave way that is done while the event loop stands."""
    began = time.perf_counter()
    pulse.give_way()
    return time.perf_counter() - began


def test_that_nobody_gives_way_to_a_window_that_beats(pulse: Pulse) -> None:
    pulse.start()
    assert gave_way(pulse) < LITTLE


def test_that_nobody_gives_way_before_the_first_and_after_the_last_long_work(pulse: Pulse) -> None:
    time.sleep(2 * LATE_SECONDS)
    assert gave_way(pulse) < LITTLE
    pulse.start()
    time.sleep(2 * LATE_SECONDS)
    pulse.stop()
    assert gave_way(pulse) < LITTLE


def test_that_a_window_that_never_beats_again_is_given_way_once(pulse: Pulse) -> None:
    pulse.start()
    time.sleep(2 * LATE_SECONDS)
    assert gave_way(pulse) >= LONGEST_SECONDS
    assert gave_way(pulse) < LITTLE


def test_that_a_window_that_beats_again_is_given_way_again(qtbot: QtBot, pulse: Pulse) -> None:
    pulse.start()
    for _ in range(2):
        time.sleep(2 * LATE_SECONDS)
        assert gave_way(pulse) >= LONGEST_SECONDS
        qtbot.wait(50)


def test_that_work_goes_on_as_soon_as_the_window_beats_again(qtbot: QtBot, pulse: Pulse) -> None:
    took, begun = list[float](), threading.Event()

    def work() -> None:
        begun.set()
        took.append(gave_way(pulse))

    pulse.start()
    time.sleep(2 * LATE_SECONDS)
    worker = threading.Thread(target=work)
    worker.start()
    begun.wait(5)
    time.sleep(4 * LATE_SECONDS)
    qtbot.waitUntil(lambda: bool(took))
    worker.join()
    assert LATE_SECONDS < took[0] < LONGEST_SECONDS


def test_that_the_window_beats_only_while_long_work_goes_on(qtbot: QtBot, qapp: QCoreApplication) -> None:
    background, watch, go_on = Background(qapp), Watch("one"), threading.Event()
    timer = background._pulse._timer
    background.run(int)
    assert not timer.isActive()
    background.run(go_on.wait, watch=watch)
    assert timer.isActive()
    assert watch.give_way == background._pulse.give_way
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)
    assert not timer.isActive()
    background.run(int, watch=watch)
    background.stop()
    assert not timer.isActive()
    background.deleteLater()
