"""The light theme with all faces, keys sent to whatever has the keyboard, and the risk view of the index case."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.service.read import Opened
from bedside.ui import fonts, theme
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.timeline import Timeline
from bedside.ui.overview.view import OverviewView
from bedside.ui.risk.view import RiskView
from tests.samples.index_case import knowledge, opened

Press = Callable[..., None]


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    fonts.load_faces("Regular", "SemiBold", "Medium", "Bold")
    if theme.current().name != "light" or not qapp.styleSheet():
        theme.apply(qapp, theme.load_theme("light"))


@pytest.fixture
def press() -> Press:
    """Types words letter by letter, and single keys."""

    def press_them(*keys: str | Qt.Key) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the keyboard"
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)

    return press_them


def shown_overview(qtbot: QtBot, course: Opened) -> OverviewView:
    """The overview of a course, as wide as a small window."""
    made = OverviewView(CriteriaWords(knowledge()))
    qtbot.addWidget(made)
    made.resize(1280, 620)
    with qtbot.waitExposed(made):
        made.show()
    made.show_opened(course)
    return made


def timeline_of(view: OverviewView) -> Timeline:
    """The timeline of an overview that shows one."""
    assert view.timeline is not None
    return view.timeline


@pytest.fixture
def risk(qtbot: QtBot) -> RiskView:
    """The risk view of the index case, in front, the keyboard where it begins."""
    made = RiskView(CriteriaWords(knowledge()))
    qtbot.addWidget(made)
    made.resize(1280, 620)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_opened(opened())
    made.entered()
    return made
