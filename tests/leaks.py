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


def _widgets_and_threads() -> set[str]:
    """One line for each widget and each thread of Python that is alive now."""
    widgets = {
        f"{type(widget).__name__} {widget.objectName()} at {id(widget):#x}"
        for widget in QApplication.allWidgets()
        if widget.metaObject().className() not in OWNED_BY_QT
    }
    return widgets | {f"thread {thread.name}" for thread in threading.enumerate()}


def _running() -> set[str]:
    """One line for each running timer and thread of Qt among the objects that the collector watches."""
    found = set()
    for thing in gc.get_objects():
        if isinstance(thing, QTimer) and isValid(thing) and thing.isActive():
            found.add(f"running QTimer at {id(thing):#x}")
        elif isinstance(thing, QThread) and isValid(thing) and thing.isRunning():
            found.add(f"running QThread at {id(thing):#x}")
    return found


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    request.getfixturevalue("qapp")
    before = _widgets_and_threads()
    # What is there before the test stays out of both the collection and the search; with it each takes 0.1 s.
    gc.freeze()
    # A collection on the store's worker would destroy widgets on the wrong thread; the program does without it too.
    gc.disable()
    yield
    gc.enable()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    left = (_widgets_and_threads() - before) | _running()
    gc.unfreeze()
    if request.node.stash.get(PASSED, False):
        assert not left, f"left behind: {sorted(left)}"
