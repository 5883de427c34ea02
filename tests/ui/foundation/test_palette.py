"""Tests of the palette: typing, arrows, Enter, refusals, Escape."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.widgets.palette import Offer, Palette, matched_runs


class Ward:
    def __init__(self) -> None:
        self.chosen: list[str] = []

    def open_quince(self) -> None:
        self.chosen.append("quince")

    def sign(self) -> None:
        self.chosen.append("sign")

    def find(self, typed: str) -> Sequence[Offer]:
        offers = (
            Offer("QUINCE, Synthetic Three", self.open_quince, "Born 09-Apr-2004 · No. SYN-0003"),
            Offer("Sign the summary", self.sign, keys=("G",), refusal="nothing is left to sign"),
        )
        return [offer for offer in offers if typed.casefold() in offer.title.casefold()]


@pytest.fixture
def ward() -> Ward:
    return Ward()


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    return made


@pytest.fixture
def palette(qtbot: QtBot, holder: QWidget, ward: Ward) -> Palette:
    made = Palette(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    made.open(ward.find)
    return made


def test_that_typing_and_enter_open_the_patient_and_forget_the_search(palette: Palette, ward: Ward) -> None:
    assert QApplication.focusWidget() is palette.box
    QTest.keyClicks(palette.box, "quin")
    assert "No. SYN-0003" in palette.list.accessibleName()
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert ward.chosen == ["quince"]
    assert (palette.isVisible(), palette.box.text(), palette.list.offers) == (False, "", ())


def test_that_what_is_refused_says_why_and_does_nothing(palette: Palette, ward: Ward) -> None:
    QTest.keyClick(palette.box, Qt.Key.Key_Down)
    assert palette.list.accessibleName() == "Sign the summary, nothing is left to sign"
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert ward.chosen == []
    assert palette.isVisible()


def test_that_escape_closes_it_without_doing_anything(palette: Palette, ward: Ward) -> None:
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert (palette.isVisible(), ward.chosen) == (False, [])


def test_that_a_search_without_a_match_says_so(palette: Palette) -> None:
    QTest.keyClicks(palette.box, "zzz")
    assert palette.list.accessibleName().startswith("Nothing matches.")
    assert not palette.grab().isNull()


def test_that_every_typed_word_is_marked_where_it_stands() -> None:
    marked = [run.text for run in matched_runs("Log a blood count", "count bl", "ink") if run.weight == 600]
    assert marked == ["bl", "count"]
