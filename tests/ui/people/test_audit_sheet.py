"""Tests of the sheet of the audit log: every event in words, found by typing, none cut."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from bedside.service.audit_log import Logged
from bedside.ui.people.audit_list import LOGGED_ROLE
from bedside.ui.people.audit_sheet import MOST, AuditSheet
from bedside.ui.troubles import Trouble

ZONE = ZoneInfo("Europe/Berlin")
AT = datetime(2020, 7, 31, 7, 46, tzinfo=UTC)
EVENTS = (
    Logged(3, AT, "A. Example", "lead,physician", "export", "exported the chart (pdf)", "T-0001"),
    Logged(2, AT, "B. Specimen", "nurse", "chart_opened", "opened the chart", "T-0001"),
    Logged(1, AT, "nobody", "", "sign_in_failed", "a wrong passphrase was given", None),
)


@pytest.fixture
def sheet(qtbot: QtBot) -> AuditSheet:
    made = AuditSheet(ZONE)
    qtbot.addWidget(made)
    made.resize(812, 600)
    made.show()
    made.show_events(EVENTS)
    return made


def shown(sheet: AuditSheet) -> list[str]:
    rows = sheet.list.rows
    return [str(rows.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for number in range(rows.rowCount())]


def test_that_every_event_is_a_sentence_with_when_who_and_which_patient(sheet: AuditSheet) -> None:
    QAbstractItemModelTester(sheet.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(sheet) == [
        "31-Jul-2020 09:46, A. Example: exported the chart (pdf) (T-0001)",
        "31-Jul-2020 09:46, B. Specimen: opened the chart (T-0001)",
        "31-Jul-2020 09:46, nobody: a wrong passphrase was given",
    ]
    assert sheet.sentence.text() == "3 events, newest first"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("export", [3]), ("t-0001 OPENED", [2]), ("nurse", [2]), ("31-jul", [3, 2, 1]), ("zebra", [])],
)
def test_that_typing_any_words_finds_the_events_with_all_of_them(
    sheet: AuditSheet, typed: str, numbers: list[int]
) -> None:
    QTest.keyClicks(sheet.filter, typed)
    rows = sheet.list.rows
    assert [rows.index(place, 0).data(LOGGED_ROLE).number for place in range(rows.rowCount())] == numbers
    assert sheet.sentence.text().startswith(f"{len(numbers)} of 3 event")


@pytest.mark.parametrize(("count", "said"), [(MOST, "newest first"), (MOST + 1, f"the {MOST} newest of {MOST + 1}")])
def test_that_what_is_out_of_the_list_is_said_and_found_by_typing(sheet: AuditSheet, count: int, said: str) -> None:
    many = [
        Logged(number, AT - timedelta(minutes=count - number), "A", "lead", "x", f"did {number}.", None)
        for number in range(count, 0, -1)
    ]
    sheet.show_events(many)
    assert said in sheet.sentence.text()
    assert sheet.list.rows.rowCount() == MOST
    QTest.keyClicks(sheet.filter, "did 1.")
    assert shown(sheet)[-1].endswith("did 1.")


def test_that_a_long_reason_makes_its_row_higher(sheet: AuditSheet) -> None:
    sheet.show_events([Logged(1, AT, "A", "lead", "emergency_access", "took emergency access: " + "why " * 120, None)])
    assert sheet.list.sizeHintForRow(0) > 100


def test_that_down_leads_to_the_list_and_trouble_is_told(sheet: AuditSheet) -> None:
    sheet.filter.setFocus()
    QTest.keyClick(sheet.filter, Qt.Key.Key_Down)
    assert sheet.list.currentIndex().row() == 0
    sheet.show_trouble(Trouble("Bedside is locked.", "Sign in again."))
    assert "locked" in sheet.trouble.accessibleName()
