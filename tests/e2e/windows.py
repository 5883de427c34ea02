"""What the tests work in: the ward in its frame on an open store, or the whole window, and closed afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from bedside.service.session import Session
from bedside.ui.background import Background
from bedside.ui.frame import Frame
from bedside.ui.start import Desk, Start
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow


@contextmanager
def ward_at(qtbot: QtBot, session: Session, *, shown: bool = True) -> Iterator[Ward]:
    """The ward with its board read, in front and 1280 × 800 unless it is not to be shown; its store is closed."""
    frame, background = Frame(), Background()
    qtbot.addWidget(frame)
    frame.resize(1280, 800)
    made = Ward(frame, Desk(session, background, session.now))
    made.start()
    if shown:
        with qtbot.waitActive(frame):
            frame.show()
            frame.activateWindow()
    qtbot.waitUntil(lambda: background.idle)
    yield made
    frame.close_views()
    assert background.stop(lambda: session.store.close(backup=False)) is None


@contextmanager
def window_at(qtbot: QtBot, start: Start) -> Iterator[MainWindow]:
    """The window in front, as the program opens it."""
    made = MainWindow(start)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.end()
