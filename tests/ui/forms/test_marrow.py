"""Tests of the marrow by keyboard: each method's report, and what a typed share of cells is understood as."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bedside.ui.forms.mrd_row import MrdRow
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.frame import Frame
from tests.ui.forms.conftest import Type
from tests.ui.forms.samples import Doors, context_with

ENTER = Qt.Key.Key_Return


@pytest.fixture
def marrow(frame: Frame, doors: Doors) -> FormSheet:
    sheet = FormSheet("marrow", context_with(doors))
    frame.open_sheet(sheet)
    return sheet


def mrd_row(sheet: FormSheet, method: str) -> MrdRow:
    (row,) = (row for row in sheet.rows if isinstance(row, MrdRow) and row.method == method)
    return row


@pytest.mark.usefixtures("marrow")
def test_that_two_methods_of_one_sample_are_stored_by_keyboard(doors: Doors, type_keys: Type) -> None:
    type_keys(ENTER, "0.5", ENTER)
    type_keys("n", ENTER, "1e-4", ENTER)
    type_keys(ENTER)
    type_keys("p", ENTER, "3.2e-5", ENTER, ENTER)
    type_keys(ENTER, control=True)
    fields = doors.requests[0].fields
    assert fields["blasts_pct"] == 0.5
    assert fields["mrd"] == [
        {"method": "fcm", "result": "negative", "lod": 0.0001},
        {"method": "ngs", "result": "positive", "value": 3.2e-05},
    ]


@pytest.mark.parametrize(("result", "first"), [("n", "lod"), ("p", "value")])
def test_that_a_negative_result_is_asked_for_its_limit_and_not_for_a_value(
    marrow: FormSheet, type_keys: Type, result: str, first: str
) -> None:
    row = mrd_row(marrow, "fcm")
    row.take_keyboard()
    type_keys(result, ENTER)
    assert row.boxes[first].hasFocus()


def test_that_a_share_is_shown_as_it_was_understood_before_it_is_saved(marrow: FormSheet, type_keys: Type) -> None:
    row = mrd_row(marrow, "fcm")
    row.take_keyboard()
    type_keys("p", ENTER, "0.01 %")
    assert row.message.words.replace("\u00a0", " ").startswith("Value read as 10⁻⁴ = 0.01 %")


@pytest.mark.parametrize("typed", ["abc", "1e-4 cells", "<1e-4"])
def test_that_the_reason_stands_beside_a_share_when_a_key_is_not_taken(
    marrow: FormSheet, type_keys: Type, typed: str
) -> None:
    row = mrd_row(marrow, "fcm")
    row.take_keyboard()
    type_keys("p", ENTER)
    QApplication.clipboard().setText(typed)
    row.boxes["value"].paste()
    assert row.boxes["value"].text() == ""
    assert row.message.words == "Not taken: a share of cells like 1e-4, 10^-4, 0.01 %"
    type_keys("1")
    assert "Not taken" not in row.message.words


@pytest.mark.parametrize("typed", ["1e-4", "10^-4", "0.01 %", "3,2 × 10⁻⁵", "1/10000", "2 x 10^-3"])
def test_that_every_way_to_write_a_share_can_be_pasted(marrow: FormSheet, type_keys: Type, typed: str) -> None:
    row = mrd_row(marrow, "pcr")
    row.take_keyboard()
    type_keys("p", ENTER)
    QApplication.clipboard().setText(typed)
    row.boxes["value"].paste()
    assert row.share("value") is not None


def test_that_a_bare_share_is_asked_about(marrow: FormSheet, doors: Doors, type_keys: Type) -> None:
    row = mrd_row(marrow, "pcr")
    row.take_keyboard()
    type_keys("p", ENTER, "0.01", ENTER)
    assert row.has_question
    type_keys(ENTER, control=True)
    assert doors.requests == []
    type_keys("a")
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["mrd"] == [{"method": "pcr", "result": "positive", "value": 0.0001}]


def test_that_ngs_cannot_be_negative_with_a_value(marrow: FormSheet, doors: Doors, type_keys: Type) -> None:
    row = mrd_row(marrow, "ngs")
    row.take_keyboard()
    type_keys("n", ENTER)
    row.boxes["value"].setFocus()
    type_keys("1e-6", ENTER)
    assert "any detection by NGS is positive" in row.message.words
    type_keys(ENTER, control=True)
    assert doors.requests == []


def test_that_value_and_limit_are_asked_only_where_there_is_a_result(marrow: FormSheet, type_keys: Type) -> None:
    row = mrd_row(marrow, "fcm")
    assert row.detail.isHidden()
    row.take_keyboard()
    type_keys("p")
    assert not row.detail.isHidden()


def test_that_haematogones_know_yes_no_and_not_recorded(marrow: FormSheet, doors: Doors, type_keys: Type) -> None:
    rows = {row.spec.name: row for row in marrow.rows}
    rows["haematogones"].take_keyboard()
    type_keys("y", ENTER, ENTER)
    type_keys(ENTER, control=True)
    fields = doors.requests[0].fields
    assert fields["haematogones"] is True
    assert "cd19_negative_clone" not in fields


def test_that_a_choice_is_not_announced_with_the_unit_of_another_kind_s_number(marrow: FormSheet) -> None:
    spoken = {row.spec.name: row.full_name for row in marrow.rows}
    assert "/µL" not in spoken["cd19"]
    assert "%" in spoken["cd19_load_pct"]


def test_that_the_arrows_choose_and_go_round(marrow: FormSheet, type_keys: Type) -> None:
    row = mrd_row(marrow, "fcm")
    row.take_keyboard()
    type_keys(Qt.Key.Key_Right)
    assert row.outcome == row.result.buttons[0].option.code
    type_keys(Qt.Key.Key_Left)
    assert row.outcome == ""
    assert ("choose", ("←", "→")) in [(one.hint, one.caps) for one in marrow.actions_offered()]
