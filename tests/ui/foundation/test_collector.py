"""Tests of when the window collects: between events, and not while the worker makes very many values."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.app.program import execute
from bedside.service.collecting_later import collecting_later, is_put_off
from bedside.ui.collector import Collector, leave_alone
from bedside.ui.window import MainWindow
from tests.ui.foundation.samples import Rehearsal


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The generations that a collector collected."""
    found: list[int] = []
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 0, 0))
    monkeypatch.setattr(gc, "collect", found.append)
    yield found
    monkeypatch.undo()


def test_that_the_window_collects_between_events_but_not_while_the_worker_makes_many_values(
    collected: list[int],
) -> None:
    collector = Collector()
    with collecting_later():
        assert is_put_off()
        with collecting_later():
            collector.look()
        collector.look()
    assert collected == []
    assert not is_put_off()
    collector.look()
    assert collected == [0]
    collector.stop()
    collector.deleteLater()


def test_that_the_interpreter_collects_again_only_after_the_window_has_ended(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    collects: list[bool] = []
    window = MainWindow(Rehearsal(leaving=lambda _progress: collects.append(gc.isenabled())).start())
    qtbot.addWidget(window)
    monkeypatch.setattr(QApplication, "exec", lambda _app: 3)
    assert execute(qapp, window) == 3
    assert collects == [False]
    assert gc.isenabled()


def test_that_collecting_is_taken_up_again_after_a_failure() -> None:
    with pytest.raises(InterruptedError), collecting_later():
        raise InterruptedError
    assert not is_put_off()


def test_that_what_is_loaded_at_the_start_is_never_looked_at_again() -> None:
    kept = [[number] for number in range(1_000)]
    known = {id(one) for one in kept}
    assert known <= {id(one) for one in gc.get_objects()}
    leave_alone()
    try:
        assert gc.get_freeze_count() >= len(kept)
        assert not known & {id(one) for one in gc.get_objects()}
    finally:
        gc.unfreeze()
