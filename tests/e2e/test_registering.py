"""Registering a patient: what was typed is there again after whatever closed the sheet, until it is stored."""

from pytestqt.qtbot import QtBot

from bedside.service.drafts import NOBODY, draft
from bedside.ui.registration_sheet import FORM, RegistrationSheet
from bedside.ui.ward import Ward
from tests.e2e import test_races
from tests.e2e.test_races import FIRST, THIRD, rest

ward = test_races.ward
TYPED = {"mrn": THIRD, "family_name": "Quince", "given_name": "Synthetic", "birth_date": "12-Jan-2009"}


def sheet_of(qtbot: QtBot, ward: Ward) -> RegistrationSheet:
    ward.intake.register()
    rest(qtbot, ward)
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, RegistrationSheet)
    return sheet


def typed(sheet: RegistrationSheet) -> dict[str, str]:
    return {name: box.box.text() for name, box in sheet._boxes.items()}


def type_into(sheet: RegistrationSheet, **texts: str) -> None:
    for name, box in sheet._boxes.items():
        if name in texts:
            box.box.setText(texts[name])
            box.box.textEdited.emit(texts[name])


def test_that_a_half_typed_registration_comes_back_and_is_forgotten_once_it_is_stored(qtbot: QtBot, ward: Ward) -> None:
    sheet = sheet_of(qtbot, ward)
    type_into(sheet, **TYPED)
    sheet.sex.buttons[1].click()
    chosen = sheet.sex.chosen
    ward.open_patient(FIRST)
    rest(qtbot, ward)
    again = sheet_of(qtbot, ward)
    assert typed(again) == TYPED
    assert again.sex.chosen == chosen != ()
    assert "brought back" in again.brought_back.text()
    again.submit()
    rest(qtbot, ward)
    assert ward.mrn == THIRD
    assert draft(ward.desk.session, NOBODY, FORM) is None
    assert set(typed(sheet_of(qtbot, ward)).values()) == {""}


def test_that_what_was_emptied_again_leaves_nothing_behind(qtbot: QtBot, ward: Ward) -> None:
    sheet = sheet_of(qtbot, ward)
    type_into(sheet, mrn="T-9")
    sheet.drafts.flush()
    type_into(sheet, mrn="")
    ward.frame.close_sheet()
    rest(qtbot, ward)
    assert draft(ward.desk.session, NOBODY, FORM) is None


def test_that_no_other_patient_is_open_while_one_is_registered(qtbot: QtBot, ward: Ward) -> None:
    ward.open_patient(FIRST)
    rest(qtbot, ward)
    assert ward.frame.banner.isVisible()
    sheet = sheet_of(qtbot, ward)
    assert (ward.mrn, ward.frame.banner.facts, ward.frame.banner.isVisible()) == ("", None, False)
    assert sheet.number.box.hasFocus()
    sheet.close_button.click()
    assert ward.frame.sheets.sheet is None
    assert ward.frame.source is ward.board


def test_that_a_patient_who_is_still_being_read_does_not_come_over_the_registration(qtbot: QtBot, ward: Ward) -> None:
    ward.open_patient(FIRST)
    sheet_of(qtbot, ward)
    assert not ward.frame.banner.isVisible()
