"""Tests of how a theme reaches the application: every token, palette, style sheet, switching."""

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bedside.ui import fonts, theme


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_the_style_sheet_leaves_no_token_unreplaced(name: str) -> None:
    sheet = theme.style_sheet(theme.load_theme(name))
    assert "@" not in sheet
    assert theme.load_theme(name).action in sheet


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_every_token_is_a_colour(name: str) -> None:
    loaded = theme.load_theme(name)
    assert all(re.fullmatch(r"#[0-9A-F]{6}", loaded.hex(token)) for token in theme.TOKENS)
    assert loaded.colour("ink").name().upper() == loaded.ink


def test_that_switching_the_theme_repaints_an_open_widget(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.load_theme("light"))
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.show()
    light = button.grab().toImage().pixelColor(button.width() // 2, 4)
    theme.apply(qapp, theme.load_theme("dark"))
    dark = button.grab().toImage().pixelColor(button.width() // 2, 4)
    assert theme.current().name == "dark"
    assert light.lightness() > 200 > 60 > dark.lightness()
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.load_theme("dark").colour("sheet")
    theme.apply(qapp, theme.load_theme("light"))


@pytest.mark.usefixtures("qapp")
def test_that_the_body_is_bedside_sans_at_thirteen_pixels_with_digits_of_one_width() -> None:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    body = fonts.font(13)
    assert (body.family(), body.pixelSize()) == ("Bedside Sans", 13)
    for weight in (400, 500, 600, 700):
        widths = [fonts.width_of(digit * 20, 13, weight) for digit in "0123456789"]
        assert max(widths) - min(widths) < 1.0


@pytest.mark.usefixtures("qapp")
def test_that_letters_stand_closer_only_from_eighteen_pixels() -> None:
    assert fonts.font(18, 600).letterSpacing() == pytest.approx(-0.2, abs=0.02)
    assert fonts.font(15, 600).letterSpacing() == 0


def test_that_a_focused_button_keeps_its_size(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.load_theme("light"))
    button = QPushButton("Close")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint()
    button.setFocus()
    assert button.sizeHint() == before
