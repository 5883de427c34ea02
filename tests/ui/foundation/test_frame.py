"""Tests of the frame: board and patient, views by digit, keys of the view, sheets, and that no two patients mix."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.view import View, ViewEntry
from bedside.ui.widgets.bar_button import BarButton
from tests.ui.foundation.samples import FACTS


class Page(View):
    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.name, self.cleared, self.entries = name, 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def actions_offered(self) -> tuple[Action, ...]:
        return (Action(self.name, self.name, self.clear, hint=f"use {self.name}", caps=("X",)),)

    def note(self) -> str:
        return f"note of {self.name}"

    def entered(self) -> None:
        self.entries += 1
        super().entered()

    def clear(self) -> None:
        self.cleared += 1


class Sheet(View):
    def __init__(self) -> None:
        super().__init__()
        self.boxes = [QLineEdit(self) for _ in range(3)]
        column = QVBoxLayout(self)
        for box in self.boxes:
            column.addWidget(box)

    def entered(self) -> None:
        self.boxes[0].setFocus()


class Makers:
    def __init__(self) -> None:
        self.made: list[str] = []

    def overview(self) -> View:
        self.made.append("overview")
        return Page("overview")

    def risk(self) -> View:
        self.made.append("risk")
        return Page("risk")


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def makers() -> Makers:
    return Makers()


@pytest.fixture
def frame(qtbot: QtBot, makers: Makers) -> Iterator[Frame]:
    made = Frame()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.set_board(Page("board"))
    made.set_views([ViewEntry("overview", "Overview", makers.overview), ViewEntry("risk", "Risk", makers.risk)])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_board()
    yield made
    made.close_views()


def test_that_banner_and_view_bar_belong_to_a_patient_and_to_no_other_view(frame: Frame) -> None:
    assert not frame.banner.isVisible()
    frame.show_banner(FACTS)
    frame.show_view("overview")
    assert frame.banner.isVisible()
    assert frame.view_bar.isVisible()
    frame.show_board()
    assert not frame.banner.isVisible()
    assert frame.banner.facts is None


def test_that_the_bars_have_the_heights_of_the_design(frame: Frame, qtbot: QtBot) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    qtbot.waitUntil(lambda: frame.room.y() == 40 + frame.banner.height() + 40)
    heights = [part.height() for part in (frame.app_bar, frame.view_bar, frame.key_bar)]
    assert heights == [40, 40, 28]
    assert frame.stack.width() == 1280


def test_that_a_view_that_fails_keeps_no_other_from_being_cleared(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    frame.show_view("risk")
    overview, risk = frame.view("overview"), frame.view("risk")
    assert isinstance(overview, Page)
    assert isinstance(risk, Page)
    for failing, other in ((overview, risk), (risk, overview)):
        frame.show_banner(FACTS)
        before = other.cleared
        with monkeypatch.context() as broken:
            broken.setattr(failing, "clear", [].pop)
            with pytest.raises(IndexError):
                frame.forget_patient()
        assert other.cleared == before + 1
        assert frame.banner.facts is None


EIGHT = (
    "Overview", "Risk", "Counts", "Toxicity", "Therapy & wash-out", "Marrow & persistence", "Journal", "Handoff",
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "moment", "is_now", "rows"),
    [
        (1280, "31-Jul-2020 09:41", True, 1),
        (960, "31-Jul-2020 09:41", True, 1),
        (960, "31-Jul-2020 09:41, as known 30-Jun-2020 23:59", False, 2),
        (1280, "31-Jul-2020 09:41, as known 30-Jun-2020 23:59", False, 1),
        (1440, "31-Jul-2020 09:41, as known 30-Jun-2020 23:59", False, 1),
    ],
)
def test_that_eight_views_and_the_moment_never_make_the_window_wider_than_the_screen(
    frame: Frame, qtbot: QtBot, width: int, moment: str, is_now: bool, rows: int
) -> None:
    frame.set_views([ViewEntry(word.lower(), word, View) for word in EIGHT])
    frame.show_banner(FACTS)
    frame.show_view("overview")
    frame.view_bar.show_moment(moment, is_now)
    frame.resize(width, 512)
    qtbot.waitUntil(lambda: frame.width() == width)
    bar = frame.view_bar
    assert bar.height() == (40 if rows == 1 else 72)
    boxes = [button.geometry() for button in bar.findChildren(BarButton) if button.isVisible()]
    boxes.append(bar.as_of.geometry())
    assert len(boxes) == len(EIGHT) + 1
    assert all(bar.rect().contains(box) for box in boxes)
    apart = [one.intersected(other) for place, one in enumerate(boxes) for other in boxes[:place]]
    assert all(both.height() <= 4 or both.isEmpty() for both in apart)


def test_that_another_view_is_shown_from_its_top_in_a_window_that_has_too_little_room(
    frame: Frame, qtbot: QtBot
) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    frame.stack.setMinimumHeight(900)
    bar = frame.room.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(100)
    frame.show_view("risk")
    assert bar.value() == 0


def test_that_a_view_is_made_when_it_is_first_shown_and_only_once(frame: Frame, makers: Makers) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    frame.show_view("overview")
    assert makers.made == ["overview"]


def test_that_another_patient_clears_every_view_before_the_banner_changes(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    view = frame.view("overview")
    assert isinstance(view, Page)
    before = view.cleared
    frame.show_banner(replace(FACTS, weight="53.0 kg (30-Jul-2020)"))
    assert view.cleared == before
    frame.show_banner(replace(FACTS, number="SYN-0005", family="Sorrel"))
    assert view.cleared == before + 1


def test_that_alt_and_a_digit_shows_the_view_of_that_digit(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    QTest.keyClick(focused(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert frame.current_view is frame.view("risk")


def test_that_escape_leads_from_a_patient_back_to_the_board(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert frame.banner.facts is None
    assert isinstance(frame.current_view, Page)
    assert frame.current_view.name == "board"


def test_that_the_palette_never_covers_the_banner_and_shows_a_view_by_name(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    QTest.keyClick(focused(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert frame.palette_box.isVisible()
    assert frame.palette_box.y() > frame.banner.geometry().bottom()
    QTest.keyClicks(focused(), "risk show")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert frame.current_view is frame.view("risk")


def test_that_the_palette_offers_everything_that_can_be_done_once(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("risk")
    frame.open_palette()
    texts = [offer.title for offer in frame.palette_box.list.offers]
    assert texts == ["risk", "Show Overview", "Show Risk", "Lock"]


def test_that_the_key_bar_follows_the_view(frame: Frame) -> None:
    assert "use board" in frame.key_bar.accessibleName()
    frame.show_banner(FACTS)
    frame.show_view("risk")
    assert "use risk" in frame.key_bar.accessibleName()
    assert "note of risk" in frame.key_bar.accessibleName()
    assert "use board" not in frame.key_bar.accessibleName()


def test_that_another_moment_than_now_is_said_and_coloured(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.view_bar.show_moment("31-Jul-2020 09:41", is_now=True)
    now = frame.view_bar.grab().toImage().pixelColor(600, 20)
    frame.view_bar.show_moment("28-Jul-2020", is_now=False)
    then = frame.view_bar.grab().toImage().pixelColor(600, 20)
    assert now != then
    assert "not now" in frame.view_bar.as_of.accessibleName()


def test_that_a_sheet_never_covers_the_banner_and_keeps_tab_inside(frame: Frame, qtbot: QtBot) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    sheet = Sheet()
    frame.open_sheet(sheet)
    qtbot.waitUntil(lambda: frame.sheets.y() == frame.banner.geometry().bottom() + 1)
    assert frame.sheets.geometry().bottom() < frame.key_bar.y()
    for box in (*sheet.boxes[1:], sheet.boxes[0]):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is box
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is sheet.boxes[2]
    frame.close_sheet()
    assert sheet.closed
    assert QApplication.focusWidget() is frame.current_view


def test_that_every_control_of_the_bars_has_a_name_and_is_reached_by_tab(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    frame.view_bar.show_moment("31-Jul-2020 09:41", is_now=True)
    controls = [frame.app_bar.board, frame.app_bar.find_box, frame.app_bar.lock, frame.view_bar.as_of]
    for control in controls:
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_a_sheet_that_closes_gives_the_keyboard_back_to_where_it_was(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    box = QLineEdit(frame.current_view)
    box.show()
    box.setFocus()
    frame.open_sheet(Sheet())
    assert focused() is not box
    frame.close_sheet()
    assert focused() is box


def test_that_the_palette_gives_the_keyboard_back_to_the_box_of_a_form(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    sheet = Sheet()
    frame.open_sheet(sheet)
    sheet.boxes[1].setFocus()
    frame.open_palette()
    assert focused() is frame.palette_box.box
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is sheet.boxes[1]


def test_that_what_had_the_keyboard_may_be_gone_when_the_sheet_closes(frame: Frame) -> None:
    frame.show_banner(FACTS)
    frame.show_view("overview")
    box = QLineEdit(frame.current_view)
    box.show()
    box.setFocus()
    frame.open_sheet(Sheet())
    box.hide()
    frame.close_sheet()
    assert focused() is frame.current_view


def test_that_a_key_that_is_refused_says_why_in_the_key_bar(frame: Frame) -> None:
    done: list[str] = []

    def refusal() -> str:
        return "nobody is shown"

    frame.set_general_actions([Action("export", "Export it", lambda: done.append("it"), "Ctrl+E", refusal=refusal)])
    frame.setFocus()
    QTest.keyClick(frame, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    assert frame.key_bar.accessibleName().endswith("Export it: nobody is shown")
