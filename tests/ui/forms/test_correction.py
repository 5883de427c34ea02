"""Tests of corrections and of taking back: the old value in sight, a reason required, nothing lost on the way."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.void_sheet import VoidSheet
from bedside.ui.frame import Frame
from tests.ui.forms.conftest import Type
from tests.ui.forms.samples import ENTRY_ID, SAVED_ID, Doors, context_with, entry

ENTER = Qt.Key.Key_Return
WRONG = {"kind": "blood_count", "hb": 19.0, "plt": 27.0, "not_done": ["anc"], "note": "drip arm"}


def correction(frame: Frame, doors: Doors) -> FormSheet:
    sheet = FormSheet("blood_count", context_with(doors), correcting=entry(**WRONG))
    frame.open_sheet(sheet)
    return sheet


def haemoglobin(sheet: FormSheet) -> NumberRow:
    (row,) = (row for row in sheet.rows if row.spec.name == "hb")
    assert isinstance(row, NumberRow)
    return row


def test_that_a_value_that_was_not_done_is_shown_so_and_nobody_is_said_to_have_pressed_a_key(doors: Doors) -> None:
    before = entry(kind="blood_count", hb=81.0, not_done=["plt"])
    sheet = FormSheet("blood_count", context_with(doors), correcting=before)
    (row,) = (one for one in sheet.rows if isinstance(one, NumberRow) and one.spec.name == "plt")
    assert (row.beside.words, row.message.words) == ("was not done", "asked for, not measured")


def test_that_a_correction_shows_what_it_was(frame: Frame, doors: Doors) -> None:
    assert haemoglobin(correction(frame, doors)).beside.words == "was 19"


def test_that_a_correction_needs_a_reason(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = correction(frame, doors)
    haemoglobin(sheet).take_keyboard()
    type_keys("91", ENTER)
    type_keys(ENTER, control=True)
    assert doors.requests == []
    assert sheet.rows[-1].message.words == "required"


def test_that_a_correction_stores_everything_that_is_now_right(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = correction(frame, doors)
    haemoglobin(sheet).take_keyboard()
    type_keys("91", ENTER)
    sheet.rows[-1].take_keyboard()
    type_keys("typing slip")
    type_keys(ENTER, control=True)
    (request,) = doors.requests
    assert request.supersedes == ENTRY_ID
    assert request.reason == "typing slip"
    assert dict(request.fields) == {**WRONG, "hb": 91.0, "at": "2020-07-30T07:05:00+02:00"}


def test_that_a_correction_that_changes_nothing_is_not_stored(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = correction(frame, doors)
    sheet.rows[-1].take_keyboard()
    type_keys("typing slip")
    type_keys(ENTER, control=True)
    assert doors.requests == []
    assert "nothing differs" in sheet.foot.obstacle.text()


def test_that_the_moment_of_a_corrected_entry_stays_to_the_second(frame: Frame, doors: Doors) -> None:
    exact = entry(kind="blood_count", hb=19.0, at="2020-07-30T07:05:31+02:00")
    sheet = FormSheet("blood_count", context_with(doors), correcting=exact)
    frame.open_sheet(sheet)
    moment = sheet.moment()
    assert moment is not None
    assert moment.text == "2020-07-30T07:05:31+02:00"


def test_that_a_saved_entry_offers_its_correction(
    frame: Frame, count: FormSheet, type_keys: Type, qtbot: QtBot
) -> None:
    type_keys(ENTER, "0.7", ENTER)
    type_keys(ENTER, control=True)
    with qtbot.waitSignal(count.correct_requested) as asked:
        type_keys("c")
    assert asked.args == [SAVED_ID]
    assert frame.sheets.sheet is count


def test_that_taking_back_asks_why_and_needs_a_reason(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = VoidSheet(entry(**WRONG), context_with(doors))
    frame.open_sheet(sheet)
    type_keys(ENTER, control=True)
    assert doors.requests == []
    assert sheet.foot.obstacle.text() == "two answers missing"


def test_that_the_wrong_patient_takes_the_whole_chain_back(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = VoidSheet(entry(**WRONG), context_with(doors))
    frame.open_sheet(sheet)
    type_keys(Qt.Key.Key_Right, ENTER, "blood of the neighbour", ENTER)
    type_keys(ENTER, control=True)
    assert dict(doors.requests[0].fields) == {
        "kind": "void",
        "voids": ENTRY_ID,
        "scope": "chain",
        "reason": "blood of the neighbour",
    }


@pytest.mark.parametrize("family", ["Quince", "von und zu der Testberg-Holunder-Wacholderbeere"])
def test_that_the_name_above_a_form_is_never_cut(frame: Frame, doors: Doors, qtbot: QtBot, family: str) -> None:
    context = context_with(doors)
    patient = replace(context.patient, family=family, given="Synthetic Marie-Luise Twenty-One")
    sheet = VoidSheet(entry(**WRONG), replace(context, patient=patient))
    frame.open_sheet(sheet)
    (name,) = (label for label in (sheet.head.whose, sheet.head.below) if label.isVisible())
    qtbot.waitUntil(lambda: name.width() >= name.sizeHint().width())
    assert family.upper() in name.text()
    assert sheet.head.link.geometry().right() < sheet.head.width()
