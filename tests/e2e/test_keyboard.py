"""Journeys by keyboard alone, in few presses: find a patient, correct, settle a conflict, decide, export, come back."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from bedside.chart.live import resolve
from bedside.service.read import chart_of
from bedside.service.record import record, register
from bedside.ui.forms.secret_rows import SecretRow
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from tests.e2e import test_course
from tests.e2e.test_counting import Counted
from tests.e2e.test_course import ALT, CONTROL, ENTER, ESC, MRN, TAB, Desk, sign_in

desk = test_course.desk
FIND_MOST, CORRECT_MOST, SETTLE_MOST, DECIDE_MOST, EXPORT_MOST = 4, 20, 8, 20, 4
WARD = (
    ("Quince", "Synthetic Index", MRN),
    ("Sorrel", "Synthetic Four", "SYN-0004"),
    ("Tamarisk", "Synthetic", "SYN-9"),
)


@pytest.fixture
def ward(desk: Desk) -> Desk:
    """A ward of three, one of them with a count in which Hb is wrong."""
    sign_in(desk)
    session = desk.shown.desk.session
    for family, given, mrn in WARD:
        person = {"mrn": mrn, "family_name": family, "given_name": given, "birth_date": "2009-01-12", "sex": "male"}
        register(session, person)
    record(session, MRN, {"kind": "blood_count", "at": "2020-09-30T07:00:00+02:00", "wbc": 2.1, "hb": 79.0})
    desk.shown.refresh()
    desk.settle()
    return desk


def entries(desk: Desk) -> list[Any]:
    """The entries that count, in their order."""
    return list(resolve(chart_of(desk.shown.desk.session, MRN).entries).live)


def form(desk: Desk) -> FormSheet:
    sheet = desk.shown.frame.sheets.sheet
    assert isinstance(sheet, FormSheet)
    return sheet


def open_patient(desk: Desk) -> None:
    desk.press("k", held=CONTROL)
    desk.press("quince", ENTER)
    assert "QUINCE, Synthetic Index" in desk.banner()


def test_that_a_patient_is_found_from_anywhere_in_at_most_four_presses_and_the_name(ward: Desk) -> None:
    keys = Counted(ward)
    keys.press("k", held=CONTROL)
    ward.press("sorrel")
    keys.press(ENTER)
    assert "SORREL, Synthetic Four" in ward.banner()
    keys.presses = 0
    keys.press("k", held=CONTROL)
    ward.press("quince")
    keys.press(ENTER)
    assert "QUINCE, Synthetic Index" in ward.banner()
    assert keys.presses <= FIND_MOST, keys.presses


def test_that_a_wrong_value_is_corrected_with_its_reason(ward: Desk) -> None:
    open_patient(ward)
    keys = Counted(ward)
    keys.press("7", held=ALT)
    keys.press(ENTER)
    sheet = form(ward)
    row = next(one for one in sheet.rows if one.key == "hb")
    while QApplication.focusWidget() is not row.box:  # type: ignore[attr-defined]
        keys.press(ENTER)
    keys.press("92")
    reason = next(one for one in sheet.rows if one.key == "reason")
    while not reason.isAncestorOf(QApplication.focusWidget()):  # type: ignore[arg-type]
        keys.press(TAB)
    ward.press("typing slip")
    keys.press(ENTER, held=CONTROL)
    ward.settle()
    assert sheet.stage is Stage.SAVED
    keys.press(ESC)
    (count,) = entries(ward)
    assert (count.hb, count.wbc, count.reason) == (92.0, 2.1, "typing slip")
    assert keys.presses <= CORRECT_MOST, keys.presses


def test_that_a_conflict_is_settled_by_taking_one_side_back(ward: Desk) -> None:
    session = ward.shown.desk.session
    (count,) = entries(ward)
    sides = [
        {"kind": "blood_count", "at": count.at.text, "hb": hb, "supersedes": count.id, "reason": "slip"}
        for hb in (92.0, 90.0)
    ]
    kept, _ = (record(session, MRN, side).entry for side in sides)
    open_patient(ward)
    journal = resolve(chart_of(session, MRN).entries)
    assert len(journal.conflicts) == 1
    keys = Counted(ward)
    keys.press("7", held=ALT)
    view: Any = ward.shown.frame.current_view
    while view.table.current_id == kept.id:
        keys.press(Qt.Key.Key_Down)
    keys.press("t")
    keys.press(Qt.Key.Key_Space, ENTER)
    ward.press("the other one is right")
    keys.press(ENTER, held=CONTROL)
    ward.settle()
    journal = resolve(chart_of(session, MRN).entries)
    assert journal.conflicts == ()
    assert [one.hb for one in entries(ward) if one.kind == "blood_count"] == [92.0]
    assert keys.presses <= SETTLE_MOST, keys.presses


def test_that_a_decision_is_recorded_from_the_risk_view(ward: Desk) -> None:
    open_patient(ward)
    keys = Counted(ward)
    keys.press("2", held=ALT)
    keys.press("d")
    sheet = form(ward)
    for row in sheet.rows:
        if row.spec.required and row.state() is None and not isinstance(row, SecretRow):
            while not row.isAncestorOf(QApplication.focusWidget()):  # type: ignore[arg-type]
                keys.press(ENTER if isinstance(QApplication.focusWidget(), QLineEdit) else TAB)
            here = QApplication.focusWidget()
            ward.press("watch and repeat the marrow") if isinstance(here, QLineEdit) else keys.press(Qt.Key.Key_Right)
    keys.press(ENTER, held=CONTROL)
    ward.settle()
    assert sheet.stage is Stage.SAVED, sheet.foot.obstacle.text()
    assert [one.kind for one in entries(ward)] == ["blood_count", "decision"]
    assert keys.presses <= DECIDE_MOST, keys.presses


def test_that_the_summary_is_exported(ward: Desk, tmp_path: Path) -> None:
    open_patient(ward)
    keys = Counted(ward)
    keys.press("e", held=CONTROL)
    dialog = ward.shown.handoff.dialog
    assert dialog is not None
    ward.qtbot.waitUntil(dialog.isVisible)
    box = dialog.findChild(QLineEdit, "fileNameEdit")
    assert box is not None
    ward.qtbot.waitUntil(box.hasFocus)
    keys.press(Qt.Key.Key_A, held=CONTROL)
    target = tmp_path / "summary.pdf"
    ward.press(str(target))
    keys.press(ENTER)
    ward.qtbot.waitUntil(target.exists)
    assert target.read_bytes().startswith(b"%PDF")
    assert keys.presses <= EXPORT_MOST, keys.presses
    ward.qtbot.waitUntil(lambda: ward.shown.handoff.dialog is None)
    ward.press(Qt.Key.Key_3, held=ALT)
    assert ward.shown.frame.current_view is ward.shown.frame.view("counts")
