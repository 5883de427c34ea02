"""Every screen that a person looks at can be shown: the pictures of `./dev screens` never go stale unnoticed."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui import fonts, theme
from bedside.ui.frame import Frame
from tests.screens.screen import Screen
from tests.screens.states import screens

SCREENS = screens()


@pytest.mark.parametrize("screen", SCREENS, ids=[f"{one.view}-{one.state}" for one in SCREENS])
def test_that_the_screen_can_be_shown(screen: Screen, qapp: QApplication, qtbot: QtBot) -> None:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    if theme.current().name != "light" or not qapp.styleSheet():
        theme.apply(qapp, theme.load_theme("light"))
    frame = Frame()
    qtbot.addWidget(frame)
    frame.resize(1280, 800)
    frame.show()
    screen.show(frame)
    qapp.processEvents()
    picture = frame.grab()
    assert not picture.isNull()
    assert picture.width() >= 1280
    frame.close_views()
