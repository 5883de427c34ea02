"""A frame in the light theme to lay sheets over, keys sent to whatever has the keyboard, and the doors of a sheet."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui import fonts, theme
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.frame import Frame
from bedside.ui.view import View, ViewEntry
from tests.sent_keys import send_keys
from tests.ui.forms.samples import Doors, context_with

Type = Callable[..., None]


@pytest.fixture
def doors() -> Doors:
    return Doors()


@pytest.fixture
def frame(qapp: QApplication, qtbot: QtBot) -> Iterator[Frame]:
    """A frame of 1280 × 800 with one view, active, so that keys arrive."""
    fonts.load_faces("Regular", "SemiBold", "Medium", "Bold")
    if theme.current().name != "light" or not qapp.styleSheet():
        theme.apply(qapp, theme.load_theme("light"))
    made = Frame()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.set_views([ViewEntry("overview", "Overview", View)])
    made.show_view("overview")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close_views()


@pytest.fixture
def type_keys() -> Type:
    """Types words letter by letter, and single keys, into whatever has the keyboard at that moment."""

    return send_keys


@pytest.fixture
def count(frame: Frame, doors: Doors) -> FormSheet:
    """An empty blood count laid over the view."""
    sheet = FormSheet("blood_count", context_with(doors))
    sheet.close_asked.connect(frame.close_sheet)
    frame.open_sheet(sheet)
    return sheet
