"""Tests of the sheet of the import, by keyboard: what is shown of a plan, what is asked, what is announced."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bedside.chart.progress import Cancelled
from bedside.service.counts import CountsMapping, Verdict
from bedside.service.counts_offers import Use
from bedside.ui.importing.sheet import ImportSheet
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from tests.screens.importing import ASKED, DATES, GOOD, LONGEST, REFUSALS, UNIT, WHICH, line, plan


@pytest.fixture
def sheet(qtbot: QtBot) -> ImportSheet:
    made = ImportSheet(("T-0001", "HAWTHORN, Synthetic Ada (T-0001)"))
    qtbot.addWidget(made)
    made.resize(812, 680)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def heard(signal: Any) -> list[Any]:
    """What a signal says from now on."""
    said: list[Any] = []
    signal.connect(lambda *values: said.append(values[0] if len(values) == 1 else values))
    return said


def segments(sheet: ImportSheet) -> list[str]:
    return [button.text() for button in sheet.lines.choice._group.buttons()]


def rows(sheet: ImportSheet) -> list[int]:
    return [row.line for row in sheet.lines.table.model_of_rows.rows]


def test_that_the_models_keep_qt_s_rules(sheet: ImportSheet) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    for table in (sheet.lines.table, sheet.columns.table):
        QAbstractItemModelTester(table.model_of_rows, fatal, table)
    sheet.show_plan(REFUSALS)
    sheet.show_plan(ASKED)
    sheet.forget()


def test_that_nothing_can_be_stored_before_a_file_was_looked_at(sheet: ImportSheet) -> None:
    confirmed = heard(sheet.confirmed)
    assert sheet.store.isHidden()
    sheet.confirm()
    assert confirmed == []
    assert {action.id for action in sheet.actions_offered() if action.refusal()} == {"import.store", "import.part"}


def test_that_a_good_file_is_shown_whole_and_confirmed_by_one_key(sheet: ImportSheet) -> None:
    sheet.show_plan(GOOD)
    assert segments(sheet) == ["All 38", "New 38"]
    assert rows(sheet) == list(range(2, 40))
    assert sheet.store.text() == "Store 38 lines"
    assert sheet.summary.text() == "kw27.csv · 38 lines · 3 patients · read as A. Example kept it for files like this"
    assert QApplication.focusWidget() is sheet.lines.table
    confirmed = heard(sheet.confirmed)
    sheet.confirm()
    sheet.keep.setChecked(True)
    sheet.confirm()
    assert confirmed == [False, True]


def test_that_refused_lines_come_first_and_the_button_says_that_they_are_left_out(sheet: ImportSheet) -> None:
    sheet.show_plan(REFUSALS)
    assert segments(sheet) == ["All 16", "New 8", "Refused 4", "Already known 3", "Not used 1"]
    assert rows(sheet) == [9, 10, 11, 12]
    assert sheet.store.text() == "Store 8 lines, leave out 4 refused"
    assert sheet.lines.detail.text() == 'Line 9: refused. Hb: "=1+1" is a formula or has a sign; expected a number'
    QTest.keyClick(sheet.lines.table, Qt.Key.Key_Down)
    assert sheet.lines.detail.text() == "Line 10: refused. There is no patient with the MRN T-0099"
    sheet.lines.choice.chosen.emit(0)
    assert len(rows(sheet)) == 16


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (2, ("2", "Yew, Synthetic Cleo T-0003", "03-Jul-2020 07:30", "New")),
        (9, ("9", "Hawthorn, Synthetic Ada T-0001", "10-Jul-2020 07:30", "Refused")),
        (13, ("13", "Rowan, Synthetic Ben T-0002", "14-Jul-2020 07:30", "Already known")),
        (16, ("16", "Rowan, Synthetic Ben T-0002", "17-Jul-2020 07:30", "New, unusual")),
        (17, ("17", "Yew, Synthetic Cleo T-0003", "18-Jul-2020 07:30", "Not used")),
    ],
)
def test_that_a_row_is_read_aloud_with_patient_time_and_verdict(
    sheet: ImportSheet, number: int, words: tuple[str, ...]
) -> None:
    sheet.show_plan(REFUSALS)
    sheet.lines.show_part(0)
    model = sheet.lines.table.model_of_rows
    sentence = model.data(model.index(number - 2, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert all(part in sentence for part in words)


def test_that_a_conversion_is_told_in_the_detail(sheet: ImportSheet) -> None:
    sheet.show_plan(plan([line(2)]))
    assert sheet.lines.detail.text() == "Line 2: new. Hb: 9,2 g/dl × 10"


def test_that_an_open_question_stands_in_the_way_and_its_answer_is_one_key(sheet: ImportSheet) -> None:
    sheet.show_plan(ASKED)
    assert sheet.store.isHidden()
    assert sheet.reason.text() == "Open questions: 2. Nothing can be stored before they are answered."
    assert sheet.question.words.text() == DATES.text
    assert "2 are open" in sheet.question.count.text()
    chosen, confirmed = heard(sheet.mapping_chosen), heard(sheet.confirmed)
    sheet.confirm()
    answer = QApplication.focusWidget()
    assert isinstance(answer, QPushButton)
    assert answer.accessibleName() == f"day first: {DATES.text}"
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert chosen == [CountsMapping(decimal=",", dates="day_first")]
    assert confirmed == []


def test_that_many_answers_stand_in_a_list(sheet: ImportSheet) -> None:
    sheet.show_plan(plan(ASKED.rows, WHICH))
    box, button = sheet.question.answers
    QTest.keyClick(box, Qt.Key.Key_Down)
    chosen = heard(sheet.mapping_chosen)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert chosen == [CountsMapping(decimal=",").with_column("Spalte 2", Use(field="at"))]


def test_that_a_question_about_columns_leads_to_them(sheet: ImportSheet) -> None:
    from bedside.service.counts import Question

    sheet.show_plan(plan(ASKED.rows, Question("columns", "Say what the columns are.", ())))
    (button,) = sheet.question.answers
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert sheet.columns.isVisible()
    assert not sheet.lines.isVisible()


def test_that_a_column_gets_another_use_and_unit(sheet: ImportSheet) -> None:
    sheet.show_plan(plan(REFUSALS.rows, UNIT))
    sheet.show_next_part()
    columns = sheet.columns
    columns.table.selectRow(5)
    assert (columns.caption.text(), columns.use.currentText(), columns.unit.currentText()) == (
        "CRP", "CRP", "not stated",
    )  # fmt: skip
    assert [columns.unit.itemText(place) for place in range(columns.unit.count())] == ["not stated", "mg/L", "mg/dL"]
    chosen = heard(sheet.mapping_chosen)
    columns.unit.setCurrentText("mg/dL")
    QTest.keyClick(columns.take, Qt.Key.Key_Return)
    columns.use.setCurrentIndex(columns.use.findData("ignore"))
    assert not columns.unit.isEnabled()
    columns.submit()
    columns.table.selectRow(0)
    assert columns.use.currentText() == "Not used"
    columns.use.setCurrentIndex(columns.use.findData("mrn"))
    columns.submit()
    base = CountsMapping(decimal=",")
    assert chosen == [
        base.with_column("CRP", Use(field="crp", unit="mg/dL")),
        base.with_column("CRP", Use(field="ignore")),
        base.with_column("Auftrag", Use(field="mrn")),
    ]


def test_that_only_the_open_patient_can_be_meant(sheet: ImportSheet) -> None:
    sheet.show_plan(GOOD)
    chosen = heard(sheet.whose_chosen)
    sheet.whose._group.buttons()[1].click()
    sheet.whose._group.buttons()[0].click()
    assert chosen == ["T-0001", ""]


def test_that_without_an_open_patient_the_file_says_whose_it_is(qtbot: QtBot) -> None:
    made = ImportSheet()
    qtbot.addWidget(made)
    made.show()
    made.show_plan(GOOD)
    assert made.whose.isHidden()
    assert made.mrn == ""


def test_that_nothing_else_can_be_asked_for_while_the_worker_is_at_it(sheet: ImportSheet) -> None:
    sheet.show_plan(GOOD)
    confirmed = heard(sheet.confirmed)
    sheet.wait(Watch("kw27.csv is being read …"))
    sheet.confirm()
    assert confirmed == []
    assert not sheet.file.isEnabled()
    sheet.show_plan(GOOD)
    assert sheet.file.isEnabled()


def test_that_esc_cancels_what_is_going_on_and_then_closes(sheet: ImportSheet) -> None:
    watch, closed = Watch("kw27.csv is being read …"), heard(sheet.close_asked)
    sheet.wait(watch)
    sheet.leave()
    assert closed == []
    with pytest.raises(Cancelled):
        watch.tell(1, 2)
    sheet.show_trouble(Trouble("It was cancelled.", "Nothing was stored."))
    assert sheet.trouble.isVisible()
    sheet.leave()
    assert len(closed) == 1


def test_that_what_was_stored_is_said_and_nothing_of_the_patients_is_kept(sheet: ImportSheet) -> None:
    sheet.show_plan(REFUSALS)
    sheet.show_stored(("Saved 07:32:04 by A. Example: 8 lines as 14 entries.",))
    assert "8 lines as 14 entries" in sheet.saved.text()
    assert sheet.plan is None
    assert rows(sheet) == []
    assert sheet.store.isHidden()


def test_that_a_closed_sheet_stops_its_work_and_forgets(sheet: ImportSheet) -> None:
    watch = Watch("being read")
    sheet.show_plan(GOOD)
    sheet.wait(watch)
    sheet.close_view()
    assert watch.stopped
    assert sheet.plan is None


def test_that_a_trouble_leaves_what_was_shown(sheet: ImportSheet) -> None:
    sheet.show_plan(GOOD)
    sheet.show_trouble(Trouble("The charts have changed.", "Look again."))
    assert rows(sheet) == list(range(2, 40))
    assert not sheet.store.isHidden()
    assert "The charts have changed." in sheet.trouble.accessibleName()


def test_that_no_name_is_cut_in_the_rows_that_are_shown(sheet: ImportSheet) -> None:
    sheet.show_plan(LONGEST)
    table = sheet.lines.table
    assert table.rowHeight(0) == 46
    sheet.lines.show_part(1)
    assert table.rowHeight(0) == 100


def test_that_ten_thousand_rows_are_shown_at_once(sheet: ImportSheet) -> None:
    import time

    many = plan([line(number) for number in range(10_000)])
    start = time.perf_counter()
    sheet.show_plan(many)
    sheet.grab()
    assert time.perf_counter() - start < 1
    assert len(many.with_verdict(Verdict.ACCEPTED)) == 10_000
