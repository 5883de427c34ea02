"""Tests of the ground that the window stands on: the binding, the fonts, the platform."""

import sys

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_that_calls_into_qt_keep_every_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.usefixtures("qapp")
def test_that_only_the_bundled_fonts_are_seen() -> None:
    by_fontconfig = {"Monospace", "Sans Serif", "Serif"}
    assert "Bedside Sans" in QFontDatabase.families()
    assert {family for family in QFontDatabase.families() if not family.startswith("Bedside Sans")} <= {
        "DejaVu Sans",
        *by_fontconfig,
    }
