"""Tests of the exports in the window: files where a person says, the sheet of the registries, and who may not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.moments import AsOf
from bedside.service.exchange_files import import_file
from bedside.service.handoff import Order
from bedside.service.registry import RegistryLine, registry_gaps
from bedside.service.session import Session
from bedside.ui.background import Background
from bedside.ui.exporting.doors import Exporting, Moment
from bedside.ui.exporting.registry_sheet import NOTHING, PARTS, RegistrySheet
from bedside.ui.exporting.ward_registry_sheet import WardRegistrySheet
from bedside.ui.frame import Frame
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, chart_file
from tests.service.conftest import session
from tests.service.people import as_person

__all__ = ["session"]

ORDER = Order(INDEX_MRN, AsOf.parse("2020-12-31"))


def moment() -> Moment:
    return ORDER.as_of, None


@pytest.fixture
def desk(session: Session) -> Iterator[Desk]:
    import_file(session, "index.json", INDEX)
    import_file(session, "small.json", chart_file(COUNT))
    background = Background()
    yield Desk(session, background, session.now)
    background.stop()


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    made = Frame()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def exporting(frame: Frame, desk: Desk) -> Exporting:
    return Exporting(frame, desk, lambda: ORDER, moment)


def close_dialog(frame: Frame) -> None:
    """Close the dialog for the folder, as the test chooses it itself."""
    (dialog,) = frame.findChildren(QFileDialog)
    dialog.close()


def written(exporting: Exporting, qtbot: QtBot, path: Path) -> str:
    """What stands in the file once a person has chosen it."""
    assert exporting.way_out.dialog is not None
    exporting.way_out.dialog.close()
    with qtbot.waitSignal(exporting.way_out.exported, timeout=20_000):
        exporting.way_out.write(str(path))
    return path.read_text(encoding="utf-8")


def test_that_the_chart_and_the_bundle_are_written_where_a_person_says(
    exporting: Exporting, qtbot: QtBot, tmp_path: Path
) -> None:
    exporting.ask_json()
    assert json.loads(written(exporting, qtbot, tmp_path / "one.json"))["patient"]["mrn"] == INDEX_MRN
    exporting.ask_fhir()
    assert json.loads(written(exporting, qtbot, tmp_path / "two.json"))["resourceType"] == "Bundle"


@pytest.mark.parametrize(("everybody", "patients"), [(False, 1), (True, 2)])
def test_that_tables_of_one_or_of_all_are_written_into_a_folder(
    exporting: Exporting, frame: Frame, qtbot: QtBot, tmp_path: Path, *, everybody: bool, patients: int
) -> None:
    (exporting.ask_all if everybody else exporting.ask_tables)()
    close_dialog(frame)
    with qtbot.waitSignal(exporting.way_out.exported, timeout=20_000):
        exporting.way_out.fill(str(tmp_path))
    rows = (tmp_path / "facts.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len({row.split(",")[0] for row in rows}) == patients
    assert (tmp_path / "data-dictionary.csv").is_file()


def test_that_a_folder_that_cannot_be_written_to_is_told(
    exporting: Exporting, frame: Frame, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    exporting.ask_all()
    close_dialog(frame)
    with qtbot.waitSignal(exporting.failed, timeout=20_000) as told:
        exporting.way_out.fill(str(tmp_path / "file"))
    assert "cannot be made" in told.args[0].what_happened


def test_that_without_a_patient_only_what_concerns_all_can_be_done(frame: Frame, desk: Desk) -> None:
    refusals = {one.id: one.refusal() for one in Exporting(frame, desk, lambda: None, moment).actions()}
    assert (refusals.pop("export.all"), refusals.pop("export.lacks")) == ("", "")
    assert set(refusals.values()) == {"no patient is shown"}


def test_that_who_may_not_export_charts_is_told_who_may(frame: Frame, desk: Desk) -> None:
    nurse = replace(desk, session=as_person(desk.session, "Synthetic Other", "nurse"))
    refusals = {one.refusal() for one in Exporting(frame, nurse, lambda: ORDER, moment).actions()}
    assert refusals == {"for physicians or leads"}


def test_that_the_questions_of_the_registries_are_read_shown_and_saved(
    exporting: Exporting, frame: Frame, qtbot: QtBot, tmp_path: Path
) -> None:
    exporting.show_registry()
    qtbot.waitUntil(lambda: exporting._desk.background.idle)
    (sheet,) = frame.findChildren(RegistrySheet)
    assert sheet.sentence.text().startswith("Infusion of 01-Jun-2020: ")
    sheet.buttons["text"].click()
    assert written(exporting, qtbot, tmp_path / "one.txt").startswith("Questions of the registries to PUB-MYERS")
    sheet.buttons["json"].click()
    assert json.loads(written(exporting, qtbot, tmp_path / "two.json"))["mrn"] == INDEX_MRN
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.closed


def test_that_enter_on_an_answer_closes_the_sheet_and_asks_for_its_entry(
    exporting: Exporting, frame: Frame, qtbot: QtBot
) -> None:
    exporting.show_registry()
    qtbot.waitUntil(lambda: exporting._desk.background.idle)
    (sheet,) = frame.findChildren(RegistrySheet)
    sheet.show_part(1)
    entry = sheet.table.current.answer.evidence[-1]
    with qtbot.waitSignal(exporting.entry_asked) as asked:
        QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert (asked.args, sheet.closed) == ([entry], True)


def test_that_every_patient_stands_with_what_is_missing_and_enter_shows_the_questions(
    exporting: Exporting, frame: Frame, qtbot: QtBot
) -> None:
    exporting.show_lacks()
    qtbot.waitUntil(lambda: exporting._desk.background.idle)
    (lacks,) = frame.findChildren(WardRegistrySheet)
    lines = lacks.table.model_of_rows.rows
    assert [line.mrn for line in lines] == [INDEX_MRN, MRN]
    missing = lines[0].counts[AnswerStatus.MISSING]
    assert str(lacks.table.model_of_rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)).endswith(
        f"{missing} missing"
    )
    assert lacks.sentence.text().startswith("Something is missing for 1 of 2 patients.")
    QTest.keyClick(lacks.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: exporting._desk.background.idle)
    (sheet,) = frame.findChildren(RegistrySheet)
    assert (lacks.closed, sheet.sentence.text().startswith("Infusion of 01-Jun-2020")) == (True, True)
    (action,) = [one for one in sheet.actions_offered() if one.id == "registry.entry"]
    assert action.refusal() == "the patient is not shown"


def test_that_nothing_of_any_patient_is_left_on_the_list_after_forgetting(qtbot: QtBot) -> None:
    lacks = WardRegistrySheet()
    qtbot.addWidget(lacks)
    QAbstractItemModelTester(lacks.table.model_of_rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lacks.show_lines([RegistryLine("T-0001", None, {AnswerStatus.NOT_DUE: 3})])
    lacks.clear()
    assert lacks.table.model_of_rows.rows == ()


def test_that_a_report_that_comes_after_the_sheet_was_closed_is_dropped(
    exporting: Exporting, frame: Frame, qtbot: QtBot
) -> None:
    exporting.show_registry()
    frame.close_sheet()
    qtbot.waitUntil(lambda: exporting._desk.background.idle)
    assert exporting._report is None


@pytest.fixture
def sheet(desk: Desk, qtbot: QtBot) -> RegistrySheet:
    made = RegistrySheet(INDEX_MRN)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.table.model_of_rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show()
    made.show_report(registry_gaps(desk.session, INDEX_MRN, ORDER.as_of))
    return made


def test_that_what_is_open_stands_first_and_every_question_in_some_part(sheet: RegistrySheet) -> None:
    assert sheet.parts.place == 0
    words = {str(one.answer.status.value) for one in sheet.table.model_of_rows.rows}
    assert words == {"missing", "to_confirm"}
    for place in range(len(PARTS)):
        sheet.show_part(place)
        rows = sheet.table.model_of_rows.rows
        assert {one.answer.status for one in rows} <= PARTS[place][1]
    assert len(rows) == len(sheet._questions)


def test_that_a_question_is_read_aloud_with_its_form_its_answer_and_how_it_stands(sheet: RegistrySheet) -> None:
    model = sheet.table.model_of_rows
    sentence = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert sentence.startswith("CIBMTR 4000, infusion of 01-Jun-2020 (D0), First cellular therapy")
    assert sentence.endswith("To confirm")
    assert sheet.detail.text().startswith("CIBMTR, Form 4000: before the infusion")


def test_that_the_next_part_comes_by_key_and_a_part_without_questions_says_so(sheet: RegistrySheet) -> None:
    (action,) = [one for one in sheet.actions_offered() if one.id == "registry.part"]
    action.callback()
    assert sheet.parts.place == 1
    sheet._questions = tuple(one for one in sheet._questions if one.answer.status.value == "answered")
    sheet.show_part(0)
    assert (sheet.nothing.text(), sheet.table.model_of_rows.rows) == (NOTHING, ())


def test_that_the_entry_behind_an_answer_is_asked_for_by_key(sheet: RegistrySheet, qtbot: QtBot) -> None:
    sheet.show_part(1)
    (action,) = [one for one in sheet.actions_offered() if one.id == "registry.entry"]
    assert action.refusal() == ""
    with qtbot.waitSignal(sheet.entry_asked) as asked:
        action.callback()
    assert asked.args == [sheet.table.current.answer.evidence[-1]]
    sheet.show_part(3)
    assert action.refusal() == "no entry stands behind this answer"


def test_that_nothing_of_a_patient_is_left_after_forgetting(sheet: RegistrySheet) -> None:
    sheet.clear()
    assert (sheet.table.model_of_rows.rows, sheet.detail.text(), sheet._questions) == ((), "", ())
    assert not any(button.isEnabled() for button in sheet.buttons.values())


def test_that_a_failure_is_told_on_the_sheet(sheet: RegistrySheet) -> None:
    sheet.show_trouble(Trouble("The disk is full.", "Make room."))
    assert "The disk is full." in sheet.trouble.accessibleName()
