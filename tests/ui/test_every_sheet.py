"""Every sheet and form in every state: nothing of it is left once it was closed."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui import fonts, theme
from bedside.ui.frame import Frame
from tests.screens.states import screens

VIEWS = frozenset(
    {"board", "risk", "counts", "toxicity", "washout", "persistence", "journal", "handoff"}
    | {"round", "palette", "long-work", "leaving", "sign-in"}
)
BOTH = frozenset(("overview", "people"))
"""In some of their states a sheet lies over them."""
SHEETS = {f"{one.view}-{one.state}": place for place, one in enumerate(screens()) if one.view not in VIEWS}


@pytest.fixture
def frame(qapp: QApplication, qtbot: QtBot) -> Iterator[Frame]:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    theme.apply(qapp, theme.load_theme("light"))
    made = Frame()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_views()


def let_go() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


def sheets_of(frame: Frame, name: str) -> list["weakref.ref[QWidget]"]:
    """The sheet that a screen lays over the frame, with everything in it, held by nobody here."""
    screens()[SHEETS[name]].show(frame)
    QApplication.processEvents()
    sheet = frame.sheets.sheet
    return [] if sheet is None else [weakref.ref(one) for one in (sheet, *sheet.findChildren(QWidget))]


@pytest.mark.parametrize("name", SHEETS)
def test_that_a_sheet_and_all_that_is_in_it_is_freed_after_closing(frame: Frame, name: str) -> None:
    held = sheets_of(frame, name)
    assert held or name.partition("-")[0] in BOTH
    frame.close_sheet()
    let_go()
    assert [repr(left) for one in held if (left := one()) is not None] == []
