"""Tests of the grade beside the typing: what it says with every key, and which score the age asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from bedside.ui.forms.boxes import BoxState
from bedside.ui.forms.capd_row import CapdRow
from bedside.ui.forms.content import fields_of
from bedside.ui.forms.item_rows import ItemsRow
from bedside.ui.forms.segments import Segments
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.frame import Frame
from tests.samples.toxicity import CHILD, fever_course, grading_of
from tests.ui.forms.samples import PATIENT, SAVED_ID, Doors, context_with, entry

Type = Callable[..., None]
ENTER = Qt.Key.Key_Return


@pytest.fixture
def vitals(frame: Frame, doors: Doors) -> FormSheet:
    sheet = FormSheet("vitals", context_with(doors, grading=lambda: grading_of(fever_course())))
    frame.open_sheet(sheet)
    return sheet


def neuro_of(frame: Frame, doors: Doors, *, child: bool = False) -> FormSheet:
    born = CHILD if child else PATIENT.birth_date
    patient = replace(PATIENT, birth_date=born)
    context = context_with(doors, patient=patient, grading=lambda: grading_of(fever_course(), born=born))
    sheet = FormSheet("neuro", context)
    frame.open_sheet(sheet)
    return sheet


def words(sheet: FormSheet) -> str:
    return sheet.graded.accessibleName()


def scores(sheet: FormSheet) -> dict[str, bool]:
    return {row.spec.name: row.isVisibleTo(sheet) for row in sheet.rows if row.spec.name in ("ice", "capd")}


def test_that_an_empty_form_says_that_nothing_is_known_and_never_grade_zero(vitals: FormSheet) -> None:
    assert words(vitals).startswith("Proposed: CRS not known yet")
    assert "temperature" in words(vitals)


def test_that_the_grade_follows_every_key(vitals: FormSheet, type_keys: Type) -> None:
    seen = []
    type_keys(ENTER)
    for digit in "38.6":
        type_keys(digit)
        seen.append(vitals.graded.proposed.grade if vitals.graded.proposed else None)
    assert seen == [None, 1, None, 1]
    assert "rose from 0" in words(vitals)
    assert "fever 38.6 °C" in words(vitals)
    assert "ASTCT 2019" in words(vitals)
    assert "Not recorded: hypotension yes or no" in words(vitals)


def test_that_a_number_that_is_refused_is_no_temperature(vitals: FormSheet, type_keys: Type) -> None:
    type_keys(ENTER, "99")
    assert "not known yet" in words(vitals)


def test_that_a_vitals_set_with_its_grade_takes_at_most_fifteen_keys_beside_the_digits(
    vitals: FormSheet, doors: Doors, type_keys: Type
) -> None:
    keys = 1  # V opened the form
    for piece in (ENTER, "386", ENTER, "88", ENTER, "51", ENTER, "131", ENTER, "26", ENTER, "93", ENTER):
        text = "38.6" if piece == "386" else piece
        type_keys(text)
        keys += 0 if isinstance(piece, str) else 1
    type_keys("y", ENTER, ENTER, "l", ENTER, "2")
    keys += 5
    assert vitals.graded.proposed is not None
    assert vitals.graded.proposed.grade == 2
    type_keys(ENTER, control=True)
    keys += 1
    assert vitals.stage is Stage.SAVED
    assert doors.requests[0].fields["oxygen"] == "low_flow"
    assert keys <= 15


def test_that_ice_is_asked_of_a_sixteen_year_old_and_capd_of_a_child(frame: Frame, doors: Doors) -> None:
    assert scores(neuro_of(frame, doors)) == {"ice": True, "capd": False}
    assert scores(neuro_of(frame, doors, child=True)) == {"ice": False, "capd": True}


def test_that_developmental_delay_asks_for_capd_whatever_the_age(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = neuro_of(frame, doors)
    delay = next(row for row in sheet.rows if row.spec.name == "developmental_delay")
    delay.take_keyboard()
    type_keys("y")
    assert scores(sheet) == {"ice": False, "capd": True}


def test_that_ice_typed_by_digits_is_graded_and_stored(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = neuro_of(frame, doors)
    type_keys(ENTER, "a", ENTER, "4", ENTER, "3", ENTER, "1", ENTER, "0", ENTER, "0", ENTER)
    assert "Proposed: ICANS grade 1" in words(sheet)
    assert "ICE 8" in words(sheet)
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["ice"]["writing"] == 0


def test_that_a_hidden_score_is_left_out_of_the_way_of_the_keyboard(
    frame: Frame, doors: Doors, type_keys: Type
) -> None:
    sheet = neuro_of(frame, doors, child=True)
    type_keys(ENTER, "a", ENTER)
    assert isinstance(frame.focusWidget(), QLineEdit)
    type_keys("9", ENTER)
    assert "ICANS grade 3" in words(sheet)


def test_that_eight_capd_items_write_the_total(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = neuro_of(frame, doors, child=True)
    type_keys(ENTER, "a", ENTER, ENTER)
    for points in "00110204":
        type_keys(points, ENTER)
    row = next(row for row in sheet.rows if isinstance(row, CapdRow))
    assert row.box.text() == "8"
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["capd"] == 8


def test_that_a_part_of_capd_is_no_total(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = neuro_of(frame, doors, child=True)
    type_keys(ENTER, "a", ENTER, ENTER, "4", ENTER, "3")
    assert "not known yet" in words(sheet)
    type_keys(ENTER, control=True)
    assert doors.requests == []


@pytest.mark.parametrize(("total", "stored"), [("32", True), ("33", False)])
def test_that_capd_goes_up_to_thirty_two(frame: Frame, doors: Doors, type_keys: Type, total: str, stored: bool) -> None:
    neuro_of(frame, doors, child=True)
    type_keys(ENTER, "a", ENTER, total)
    type_keys(ENTER, control=True)
    assert bool(doors.requests) is stored


def capd_row(sheet: FormSheet) -> CapdRow:
    return next(row for row in sheet.rows if isinstance(row, CapdRow))


def test_that_a_capd_total_above_thirty_two_is_refused_while_it_is_typed_and_enter_stays(
    frame: Frame, doors: Doors, type_keys: Type
) -> None:
    row = capd_row(neuro_of(frame, doors, child=True))
    row.take_keyboard()
    type_keys("32")
    assert (row.box.state, row.message.words) == (BoxState.REST, "CAPD 32 of 32")
    type_keys(Qt.Key.Key_Backspace, "3")
    assert row.box.state is BoxState.REFUSED
    assert row.message.words == "CAPD goes from 0 to 32."
    type_keys(ENTER)
    assert row.box.hasFocus()


@pytest.mark.parametrize("typed", ["a", "-", "1.", "321"])
def test_that_the_reason_stands_beside_capd_when_a_key_is_not_taken(
    frame: Frame, doors: Doors, type_keys: Type, typed: str
) -> None:
    row = capd_row(neuro_of(frame, doors, child=True))
    row.take_keyboard()
    type_keys(typed)
    assert row.box.text() == typed.strip("a-.")[:2]
    assert row.message.words == "Not taken: a whole number from 0 to 32, or X for not done"


@pytest.mark.parametrize("child", [False, True])
def test_that_x_says_that_a_score_was_not_done_which_is_neither_zero_nor_blank(
    frame: Frame, doors: Doors, type_keys: Type, child: bool
) -> None:
    sheet, score = neuro_of(frame, doors, child=child), "capd" if child else "ice"
    type_keys(ENTER, "a", ENTER, "x")
    row = next(row for row in sheet.rows if row.spec.name == score)
    assert row.message.words == f"{score.upper()} not done: asked for, and no score"
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["not_done"] == [score]
    assert score not in doors.requests[0].fields


@pytest.mark.parametrize("child", [False, True])
def test_that_a_score_takes_not_done_back(frame: Frame, doors: Doors, type_keys: Type, child: bool) -> None:
    sheet = neuro_of(frame, doors, child=child)
    type_keys(ENTER, "a", ENTER, "x1")
    row = next(row for row in sheet.rows if isinstance(row, ItemsRow) and row.isVisibleTo(sheet))
    assert not row.not_done
    assert row.state() == ("1" if child else {"orientation": 1})
    type_keys("xx")
    assert (row.not_done, row.state()) == (False, None)


@pytest.mark.parametrize("child", [False, True])
def test_that_not_done_comes_back_from_a_draft(frame: Frame, doors: Doors, type_keys: Type, child: bool) -> None:
    neuro_of(frame, doors, child=child)
    type_keys(ENTER, "a", ENTER, "x")
    frame.close_sheet()
    again, score = neuro_of(frame, doors, child=child), "capd" if child else "ice"
    assert next(row for row in again.rows if row.spec.name == score).state() == "x"


@pytest.mark.parametrize("score", ["ice", "capd"])
def test_that_a_correction_shows_that_a_score_was_not_done_and_can_take_it_back(doors: Doors, score: str) -> None:
    before = entry(kind="neuro", consciousness="tactile", not_done=[score])
    sheet = FormSheet("neuro", context_with(doors), correcting=before)
    row = next(row for row in sheet.rows if isinstance(row, ItemsRow) and row.spec.name == score)
    assert fields_of("neuro", sheet.rows, before)["not_done"] == [score]
    row.set_not_done(False)
    assert "not_done" not in fields_of("neuro", sheet.rows, before)


def test_that_items_of_capd_come_back_from_a_draft(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = neuro_of(frame, doors, child=True)
    type_keys(ENTER, "a", ENTER, ENTER, "4", ENTER, "3")
    sheet.close_form()
    again = neuro_of(frame, doors, child=True)
    row = next(row for row in again.rows if isinstance(row, CapdRow))
    assert row.points == {"eye_contact": 4, "purposeful": 3}
    assert all(isinstance(item, Segments) for item in row.items.values())


def test_that_a_form_without_a_grade_takes_no_room_for_one(count: FormSheet) -> None:
    assert count.graded.isHidden()
    assert count.graded.sizeHint().height() == 0


def test_that_the_date_of_the_form_decides_the_age() -> None:
    grading = grading_of(fever_course(), born=date(2008, 7, 31))
    assert not grading.takes_ice(date(2020, 7, 30))
    assert grading.takes_ice(date(2020, 7, 31))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("none", []), ("noradrenaline, vasopressin", ["noradrenaline", "vasopressin"]), ("", None)],
)
def test_that_no_vasopressor_differs_from_vasopressors_not_recorded(
    vitals: FormSheet, doors: Doors, type_keys: Type, typed: str, stored: list[str] | None
) -> None:
    type_keys(ENTER, "38.6")
    next(row for row in vitals.rows if row.spec.name == "vasopressors").take_keyboard()
    type_keys(typed)
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields.get("vasopressors") == stored


def test_that_a_correction_keeps_that_there_was_no_vasopressor(frame: Frame, doors: Doors) -> None:
    without = entry(kind="vitals", temp_c=38.0, vasopressors=[])
    sheet = FormSheet("vitals", context_with(doors), correcting=without)
    frame.open_sheet(sheet)
    assert fields_of("vitals", sheet.rows, without)["vasopressors"] == []


def test_that_stored_signs_offer_another_grade_to_who_may_set_one(frame: Frame, doors: Doors, type_keys: Type) -> None:
    context = context_with(doors, grading=lambda: grading_of(fever_course()), may_grade=True)
    sheet = FormSheet("vitals", context)
    asked: list[tuple[str, str]] = []
    sheet.grade_requested.connect(lambda entry_id, proposed: asked.append((entry_id, proposed.statement)))
    frame.open_sheet(sheet)
    assert "form.grade" not in [one.id for one in sheet.actions_offered()]
    type_keys(ENTER, "38.6")
    proposed = sheet.graded.proposed
    assert proposed is not None
    type_keys(ENTER, control=True)
    assert sheet.foot.grade.isVisible()
    next(one for one in sheet.actions_offered() if one.id == "form.grade").callback()
    assert asked == [(SAVED_ID, proposed.statement)]


def test_that_who_may_set_no_grade_is_offered_none(vitals: FormSheet, type_keys: Type) -> None:
    type_keys(ENTER, "38.6")
    type_keys(ENTER, control=True)
    assert vitals.stage is Stage.SAVED
    assert not vitals.foot.grade.isVisible()
    assert "form.grade" not in [one.id for one in vitals.actions_offered()]
