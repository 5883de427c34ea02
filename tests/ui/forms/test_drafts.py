"""Tests that nothing typed is lost, and that a draft comes back only where it belongs."""

import json

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bedside.ui.forms.context import DraftText
from bedside.ui.forms.draft_keeper import DELAY_MS
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.forms.void_sheet import VoidSheet
from bedside.ui.frame import Frame
from bedside.ui.troubles import Trouble
from tests.ui.forms.conftest import Type
from tests.ui.forms.samples import NOW, Doors, context_with, entry

ENTER = Qt.Key.Key_Return
COUNTED = {"kind": "blood_count", "hb": 19.0}


def test_that_a_draft_is_kept_shortly_after_the_last_key(
    count: FormSheet, doors: Doors, type_keys: Type, qtbot: QtBot
) -> None:
    type_keys(ENTER, "0.7")
    assert doors.drafts == {}
    qtbot.wait(DELAY_MS + 100)
    assert json.loads(doors.drafts["blood_count"])["wbc"] == "0.7"
    assert count.foot.draft.text() == "Draft kept 09:41:07"


@pytest.mark.usefixtures("count")
def test_that_escape_keeps_what_was_typed_for_the_next_form(frame: Frame, doors: Doors, type_keys: Type) -> None:
    type_keys("7:10", ENTER, "0.7", ENTER, "x", ENTER, "1.", Qt.Key.Key_Escape)
    assert frame.sheets.sheet is None
    again = FormSheet("blood_count", context_with(doors))
    frame.open_sheet(again)
    states = {row.spec.name: row.state() for row in again.rows}
    assert states["at"] == "31-Jul-2020 07:10"
    assert (states["wbc"], states["anc"], states["alc"]) == ("0.7", "x", "1.")
    assert "brought back" in again.head.note.text()


def test_that_a_draft_of_today_means_the_same_moment_tomorrow(frame: Frame, doors: Doors) -> None:
    doors.drafts["blood_count"] = json.dumps({"at": "31-Jul-2020 07:10", "hb": "80"})
    tomorrow = NOW.replace(month=8, day=1)
    sheet = FormSheet("blood_count", context_with(doors, now=lambda: tomorrow))
    frame.open_sheet(sheet)
    moment = sheet.moment()
    assert moment is not None
    assert moment.text == "2020-07-31T07:10:00+02:00"


@pytest.mark.usefixtures("count")
def test_that_whatever_closes_the_sheet_keeps_the_draft(frame: Frame, doors: Doors, type_keys: Type) -> None:
    type_keys(ENTER, "0.7")
    frame.forget_patient()
    assert json.loads(doors.drafts["blood_count"])["wbc"] == "0.7"


def test_that_what_could_not_be_kept_is_tried_again_when_the_sheet_closes(
    count: FormSheet, frame: Frame, doors: Doors, type_keys: Type
) -> None:
    doors.keeps_drafts = False
    type_keys(ENTER, "0.7")
    count.drafts.flush()
    assert doors.drafts == {}
    doors.keeps_drafts = True
    frame.forget_patient()
    assert json.loads(doors.drafts["blood_count"])["wbc"] == "0.7"


def test_that_what_was_neither_saved_nor_kept_is_tried_again(
    count: FormSheet, frame: Frame, doors: Doors, type_keys: Type
) -> None:
    doors.keeps_drafts = False
    doors.refuse = Trouble("The disk is full.", "Free some space.")
    type_keys(ENTER, "0.7", ENTER)
    type_keys(ENTER, control=True)
    assert (count.stage, doors.drafts) == (Stage.OPEN, {})
    doors.keeps_drafts = True
    frame.forget_patient()
    assert json.loads(doors.drafts["blood_count"])["wbc"] == "0.7"


def test_that_nothing_is_kept_behind_a_save(count: FormSheet, frame: Frame, doors: Doors, type_keys: Type) -> None:
    type_keys(ENTER, "0.7", ENTER)
    doors.hold, doors.keeps_drafts = True, False
    type_keys(ENTER, control=True)
    assert count.stage is Stage.SAVING
    doors.keeps_drafts = True
    frame.forget_patient()
    assert doors.drafts == {}


def test_that_saving_drops_the_draft(count: FormSheet, doors: Doors, type_keys: Type, qtbot: QtBot) -> None:
    type_keys(ENTER, "0.7", ENTER)
    qtbot.wait(DELAY_MS + 100)
    assert doors.drafts
    type_keys(ENTER, control=True)
    count.close_view()
    assert doors.drafts == {}


@pytest.mark.usefixtures("count")
def test_that_an_untouched_form_leaves_no_draft(doors: Doors, type_keys: Type) -> None:
    type_keys(Qt.Key.Key_Escape)
    assert doors.drafts == {}


def test_that_a_draft_never_overwrites_what_was_typed_meanwhile(count: FormSheet, type_keys: Type) -> None:
    type_keys(ENTER, "0.7")
    count.drafts.found.emit(DraftText(json.dumps({"wbc": "9.9", "hb": "80"}), NOW))
    states = {row.spec.name: row.state() for row in count.rows}
    assert states["wbc"] == "0.7"
    assert states["hb"] == "80"


def test_that_the_reason_for_taking_back_is_kept_whatever_closes_the_sheet(
    frame: Frame, doors: Doors, type_keys: Type
) -> None:
    frame.open_sheet(VoidSheet(entry(**COUNTED), context_with(doors)))
    type_keys(Qt.Key.Key_Right, ENTER, "blood of the neighbour")
    frame.forget_patient()
    again = VoidSheet(entry(**COUNTED), context_with(doors))
    frame.open_sheet(again)
    assert (again.scope.segments.chosen, again.reason.text) == (("chain",), "blood of the neighbour")
    type_keys(ENTER, control=True)
    assert not again.is_open
    assert doors.drafts == {}


def test_that_a_thrown_away_draft_does_not_come_back(frame: Frame, doors: Doors) -> None:
    doors.drafts["blood_count"] = json.dumps({"hb": "80"})
    sheet = FormSheet("blood_count", context_with(doors))
    sheet.close_asked.connect(frame.close_sheet)
    frame.open_sheet(sheet)
    assert not sheet.head.link.isHidden()
    sheet.head.link.click()
    assert doors.drafts == {}
    assert frame.sheets.sheet is None


def test_that_a_correction_keeps_its_draft_apart_from_a_new_form(frame: Frame, doors: Doors, type_keys: Type) -> None:
    corrected = entry(kind="blood_count", hb=19.0)
    sheet = FormSheet("blood_count", context_with(doors), correcting=corrected)
    frame.open_sheet(sheet)
    sheet.rows[4].take_keyboard()
    type_keys("91")
    frame.close_sheet()
    assert list(doors.drafts) == [f"blood_count:{corrected.id}"]


def test_that_a_correction_in_which_nothing_was_typed_leaves_no_draft(frame: Frame, doors: Doors, qtbot: QtBot) -> None:
    sheet = FormSheet("blood_count", context_with(doors), correcting=entry(kind="blood_count", hb=19.0))
    sheet.close_asked.connect(frame.close_sheet)
    frame.open_sheet(sheet)
    qtbot.wait(DELAY_MS + 100)
    sheet.close_form()
    assert doors.drafts == {}


def test_that_a_correction_typed_back_to_how_it_was_drops_its_draft(
    frame: Frame, doors: Doors, type_keys: Type
) -> None:
    corrected = entry(kind="blood_count", hb=19.0)
    sheet = FormSheet("blood_count", context_with(doors), correcting=corrected)
    frame.open_sheet(sheet)
    row = next(row for row in sheet.rows if row.spec.name == "hb")
    row.take_keyboard()
    type_keys("91")
    sheet.drafts.flush()
    assert len(doors.drafts) == 1
    row.take_keyboard()
    type_keys("19")
    sheet.drafts.flush()
    assert doors.drafts == {}


def test_that_the_words_on_a_draft_are_never_cut(frame: Frame, doors: Doors, qtbot: QtBot) -> None:
    corrected = entry(kind="blood_count", hb=19.0)
    doors.drafts[f"blood_count:{corrected.id}"] = json.dumps({"hb": "80"})
    sheet = FormSheet("blood_count", context_with(doors), correcting=corrected)
    frame.open_sheet(sheet)
    assert "brought back" in sheet.head.note.text()
    qtbot.waitUntil(lambda: sheet.head.note.width() >= sheet.head.note.sizeHint().width())
    for label in (sheet.head.title, sheet.head.whose, sheet.head.note):
        assert label.width() >= label.sizeHint().width(), label.text()


def test_that_a_saved_form_no_longer_speaks_of_drafts_or_of_typing(
    count: FormSheet, type_keys: Type, qtbot: QtBot
) -> None:
    type_keys(ENTER, "0.7", ENTER)
    qtbot.wait(DELAY_MS + 100)
    assert "draft kept" in count.note()
    type_keys(ENTER, control=True)
    assert count.note() == "Blood count for SYN-0003 · saved 09:42:04"
    assert "Also understood" not in count.rows[0].message.words
