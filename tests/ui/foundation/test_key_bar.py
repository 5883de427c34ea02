"""Tests of the key bar: what is seated in it stands at the right, and note and hints keep clear of it."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.actions import Hint
from bedside.ui.widgets.key_bar import FROM_SEATED, HEIGHT, SIDE, KeyBar

HINTS = tuple(Hint((key,), f"do what {key} does") for key in "ABCDEFGH")
NOTE = "Saved at 08:15 by Synthetic Nurse"


class Seated(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.wide = 300
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(self.wide, 20)


@pytest.fixture
def bar(qtbot: QtBot) -> KeyBar:
    made = KeyBar()
    qtbot.addWidget(made)
    made.resize(1000, HEIGHT)
    made.show_hints(HINTS)
    made.show_note(NOTE)
    made.show()
    return made


def painted(bar: KeyBar) -> QImage:
    return bar.grab().toImage()


def drawn(image: QImage, first: int, last: int) -> bool:
    """Whether anything is drawn on the ground between two columns, below the hairline."""
    ground = image.pixel(1, 5)
    return any(image.pixel(x, y) != ground for x in range(first, last) for y in range(4, HEIGHT - 4))


def test_that_what_is_seated_stands_at_the_right_at_every_width(bar: KeyBar, qtbot: QtBot) -> None:
    seated = Seated(bar)
    bar.seat(seated)
    seated.show()
    for width in (1000, 700, 1500):
        bar.resize(width, HEIGHT)
        assert seated.x() + 300 == width - SIDE
    seated.wide = 400
    seated.updateGeometry()
    qtbot.waitUntil(lambda: seated.x() + 400 == 1500 - SIDE)


def test_that_the_note_moves_aside_while_it_is_shown_and_back_when_it_goes(bar: KeyBar) -> None:
    before = painted(bar)
    assert drawn(before, 1000 - SIDE - 150, 1000 - SIDE)
    seated = Seated(bar)
    bar.seat(seated)
    assert painted(bar) == before, "what is hidden takes no room"
    seated.show()
    assert not drawn(painted(bar), seated.x() - FROM_SEATED + 1, 1000)
    assert drawn(painted(bar), seated.x() - FROM_SEATED - 150, seated.x() - FROM_SEATED)
    seated.hide()
    assert painted(bar) == before


def test_that_a_note_that_is_too_long_loses_its_end_alone(bar: KeyBar) -> None:
    bar.show_note(f"{NOTE}. " * 20)
    assert bar._fitting_note().text.startswith("Saved at 08:15")
    assert bar._fitting_note().text.endswith("…")
    assert not drawn(painted(bar), 2, SIDE - 2)
    assert NOTE in bar.accessibleName()
