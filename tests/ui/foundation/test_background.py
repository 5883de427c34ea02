"""Tests of the worker door: one thread, in order, results at home, closed receivers, words for errors, a clean end."""

import logging
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.errors import UserError
from bedside.ui.background import Background
from bedside.ui.troubles import Trouble


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self.values: list[Any] = []
        self.troubles: list[Trouble] = []
        self.threads: set[int] = set()

    def done(self, value: Any) -> None:
        self.values.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background(qapp)
    yield made
    made.stop()
    made.deleteLater()


def settle(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: background.idle)


def refuse() -> None:
    raise UserError("The passphrase is not right.", "Type it again.")


def break_down() -> None:
    raise ValueError("QUINCE, Synthetic Three")


def test_that_all_work_runs_in_order_on_one_other_thread(qtbot: QtBot, background: Background) -> None:
    receiver = Receiver()
    for _ in range(20):
        background.run(threading.get_ident, receiver.done)
    for number in range(20):
        background.run(partial(int, number), receiver.done)
    settle(qtbot, background)
    assert len(set(receiver.values[:20])) == 1
    assert receiver.values[0] != threading.get_ident()
    assert receiver.values[20:] == list(range(20))
    assert receiver.threads == {threading.get_ident()}


def test_that_a_closed_receiver_is_told_nothing(qtbot: QtBot, background: Background) -> None:
    receiver = Receiver()
    background.run(int, receiver.done)
    receiver.closed = True
    settle(qtbot, background)
    assert receiver.values == []


def test_that_a_receiver_that_belongs_to_a_closed_one_is_told_nothing(qtbot: QtBot, background: Background) -> None:
    frame, part = Receiver(), Receiver()
    part.setParent(frame)
    background.run(partial(int, 1), part.done)
    settle(qtbot, background)
    background.run(partial(int, 2), part.done)
    frame.closed = True
    settle(qtbot, background)
    assert part.values == [1]


def test_that_a_deleted_receiver_is_told_nothing(qtbot: QtBot, background: Background) -> None:
    receiver, gate = Receiver(), threading.Event()
    background.run(gate.wait, receiver.done)
    receiver.deleteLater()
    del receiver
    gate.set()
    settle(qtbot, background)
    assert background.idle


def test_that_a_dropped_job_is_forgotten_but_its_neighbour_is_not(qtbot: QtBot, background: Background) -> None:
    receiver = Receiver()
    background.run(lambda: "old", receiver.done).drop()
    background.run(lambda: "new", receiver.done)
    settle(qtbot, background)
    assert receiver.values == ["new"]


def test_that_a_users_error_comes_back_in_its_two_sentences(qtbot: QtBot, background: Background) -> None:
    receiver = Receiver()
    background.run(refuse, receiver.done, receiver.failed)
    settle(qtbot, background)
    assert receiver.troubles == [Trouble("The passphrase is not right.", "Type it again.")]


def test_that_a_bug_is_told_plainly_and_logged_without_its_text(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    receiver = Receiver()
    background.run(break_down, receiver.done, receiver.failed)
    settle(qtbot, background)
    assert [trouble.is_bug for trouble in receiver.troubles] == [True]
    logged = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == 1
    assert "ValueError" in logged[0]
    assert "break_down" in logged[0]
    assert "QUINCE" not in logged[0] + receiver.troubles[0].text
    caplog.clear()


def test_that_a_bug_claims_nothing_of_what_was_stored_and_sends_to_the_journal(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    receiver = Receiver()
    background.run(break_down, receiver.done, receiver.failed)
    settle(qtbot, background)
    told = receiver.troubles[0].text
    assert "Nothing was stored" not in told
    assert "see in the journal whether it was stored before you try again" in told
    assert told.count(". ") == 1
    caplog.clear()


def test_that_a_trouble_nobody_waits_for_is_announced(qtbot: QtBot, background: Background) -> None:
    receiver = Receiver()
    background.trouble_met.connect(receiver.failed)
    background.run(refuse)
    settle(qtbot, background)
    assert [trouble.what_to_do for trouble in receiver.troubles] == ["Type it again."]


def test_that_the_worker_goes_on_after_a_failure(qtbot: QtBot, background: Background) -> None:
    receiver = Receiver()
    background.run(refuse, receiver.done, receiver.failed)
    background.run(lambda: "after", receiver.done)
    settle(qtbot, background)
    assert receiver.values == ["after"]


def test_that_stopping_finishes_what_was_handed_in_and_leaves_no_thread(background: Background) -> None:
    written: list[str] = []
    receiver = Receiver()
    background.run(lambda: written.append("saved"), receiver.done)
    trouble = background.stop(lambda: written.append("closed"))
    assert trouble is None
    assert written == ["saved", "closed"]
    assert receiver.values == []
    assert "bedside-store" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(RuntimeError):
        background.run(int)


def test_that_what_goes_wrong_while_closing_is_handed_back(background: Background) -> None:
    assert background.stop(refuse) == Trouble("The passphrase is not right.", "Type it again.")
