"""Tests of the built window are drawn as the program draws it, and leave no widget, timer or thread behind."""

import pytest
from PySide6.QtWidgets import QApplication

from bedside.ui import fonts, theme
from tests.leaks import nothing_left_behind

__all__ = ["nothing_left_behind"]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """The faces and the light theme."""
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    theme.apply(qapp, theme.load_theme("light"))
