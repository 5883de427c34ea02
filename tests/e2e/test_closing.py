"""Closing the window on a real store: backed up on the way, or closed without waiting, and whole either way."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside import compose
from bedside.app.program import start_at
from bedside.service.exchange_files import import_file
from bedside.service.read import chart_of
from bedside.store.backup import FOLDER, backups_in
from bedside.ui.long_work.watch import Watch
from bedside.ui.window import MainWindow
from tests.e2e.windows import window_at
from tests.service.charts import COUNT, MRN, PATIENT, chart_file

LEAD, PASSPHRASE = "Synthetic Lead", "Grüne Wiese am Fluß"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one backup."""
    session, _code = compose.create_session(tmp_path / "store", LEAD, PASSPHRASE)
    import_file(session, "other.json", chart_file(patient={**PATIENT, "mrn": "T-0002"}))
    session.close()
    assert len(backups_in(tmp_path / "store" / FOLDER)) == 1
    return tmp_path / "store"


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """The window on the store, to which something has come that no backup holds."""
    with window_at(qtbot, start_at(folder, None)) as made:
        session = made.start.open_store(LEAD, PASSPHRASE)
        import_file(session, "one.json", chart_file(COUNT))
        made.enter(session, LEAD)
        qtbot.waitUntil(lambda: made.worker().idle)
        yield made


def closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.isVisible())
    assert "bedside-store" not in {thread.name for thread in threading.enumerate()}


def entries_of(folder: Path) -> int:
    session = compose.open_session(folder, LEAD, PASSPHRASE)
    found = len(chart_of(session, MRN).entries)
    session.store.close(backup=False)
    return found


def test_that_what_came_since_is_backed_up_before_the_window_goes(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    before = backups_in(folder / FOLDER)[-1]
    window.close()
    closed(qtbot, window)
    after = backups_in(folder / FOLDER)[-1]  # it took the place of the one of the same hour
    assert after.count == before.count + 2
    assert entries_of(folder) == 1


def test_that_closing_without_waiting_leaves_the_earlier_backups_no_half_one_and_a_whole_store(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(path.name for path in (folder / FOLDER).iterdir())
    reached, go_on, usual = threading.Event(), threading.Event(), Watch.tell

    def tell(watch: Watch, done: int, total: int) -> None:
        if total:
            reached.set()
            go_on.wait(20)
        usual(watch, done, total)

    monkeypatch.setattr(Watch, "tell", tell)
    window.close()
    qtbot.waitUntil(reached.is_set)
    assert window.leaving is not None
    qtbot.waitUntil(window.leaving.strip.isVisible)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    go_on.set()
    closed(qtbot, window)
    assert sorted(path.name for path in (folder / FOLDER).iterdir()) == before
    assert entries_of(folder) == 1
