"""Hunts for what a test of the window leaves behind: widgets, running timers, threads."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.conftest import PASSED

OWNED_BY_QT = {"QTipLabel"}


def _living() -> set[str]:
    """One line for each widget, running timer and thread that is alive now."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    widgets = {
        f"{type(widget).__name__} {widget.objectName()} at {id(widget):#x}"
        for widget in QApplication.allWidgets()
        if widget.metaObject().className() not in OWNED_BY_QT
    }
    timers, threads = set(), set()
    for thing in gc.get_objects():
        if isinstance(thing, QTimer) and isValid(thing) and thing.isActive():
            timers.add(f"running QTimer at {id(thing):#x}")
        elif isinstance(thing, QThread) and isValid(thing) and thing.isRunning():
            threads.add(f"running QThread at {id(thing):#x}")
    threads |= {f"thread {thread.name}" for thread in threading.enumerate()}
    return widgets | timers | threads


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    request.getfixturevalue("qapp")
    before = _living()
    yield
    if request.node.stash.get(PASSED, False):
        left = _living() - before
        assert not left, f"left behind: {sorted(left)}"
