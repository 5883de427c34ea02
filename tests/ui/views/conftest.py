"""The light theme with all faces, and keys sent to whatever has the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.ui import fonts, theme

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
