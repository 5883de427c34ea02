"""Tests of the palette: typing, arrows, Enter, refusals, Escape."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.widgets.offers import HEAD, ROW, Offer, matched_runs
from bedside.ui.widgets.palette import Palette


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


def many(_typed: str) -> Sequence[Offer]:
    patients = [Offer(f"PLANT {n}", str, "born", group="Patients", patient=True, risk="low") for n in range(20)]
    return [*patients, *(Offer(f"Do {n}", str, group="Everywhere") for n in range(20))]


def test_that_nothing_that_was_found_is_left_out_and_the_current_line_stays_in_sight(palette: Palette) -> None:
    palette.open(many)
    assert palette.count.text() == "20 patients, 20 actions"
    assert palette.panel.geometry().bottom() < palette.height()
    for _ in range(50):
        QTest.keyClick(palette.box, Qt.Key.Key_Down)
    assert palette.list.accessibleName() == "Do 19"
    room = palette.list.room_of(39).toRect()
    assert not palette.list.visibleRegion().intersected(room).isEmpty()
    assert palette.list.visibleRegion().boundingRect().contains(room)


def test_that_a_patient_is_read_aloud_with_identity_and_class(palette: Palette) -> None:
    palette.open(many)
    assert palette.list.accessibleName() == "PLANT 0, born, Low risk"


def test_that_groups_stand_under_their_heads_in_the_order_found(palette: Palette) -> None:
    palette.open(many)
    tops = [palette.list.room_of(number).top() for number in (0, 1, 19, 20)]
    assert tops[1] - tops[0] == ROW
    assert (tops[0], tops[3] - tops[2]) == (HEAD, ROW + HEAD)


def test_that_a_click_beside_the_palette_closes_it_and_one_on_a_line_chooses(palette: Palette, ward: Ward) -> None:
    QTest.mouseClick(palette.list, Qt.MouseButton.LeftButton, pos=palette.list.room_of(0).center().toPoint())
    assert (palette.isVisible(), ward.chosen) == (False, ["quince"])
    palette.open(ward.find)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(4, palette.height() - 4))
    assert (palette.isVisible(), ward.chosen) == (False, ["quince"])
