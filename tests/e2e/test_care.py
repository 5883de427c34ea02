"""The care for the open store: the line on backups, the sheet by keyboard, hourly backups, and a clock that was set."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.chart.errors import StoreFault
from bedside.knowledge.tables import Knowledge
from bedside.service.backups import back_up
from bedside.service.record import register
from bedside.store.backup import FOLDER, backups_in
from bedside.store.station import Station
from bedside.store.verification import Problem
from bedside.ui import care as care_module
from bedside.ui.backup_sheet import BackupSheet
from bedside.ui.board import reading as board_reading
from bedside.ui.care import LOOK_EVERY
from bedside.ui.notice import NoticeSheet
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session
from tests.service.charts import PATIENT


@pytest.fixture
def moving() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


@pytest.fixture
def ward(
    qtbot: QtBot,
    tmp_path: Path,
    knowledge: Knowledge,
    moving: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Ward]:

    def steady() -> float:
        return moving.moment.timestamp()

    monkeypatch.setattr(care_module, "steady_seconds", steady)
    session = new_session(Station(tmp_path / "store", moving, uuid4), knowledge, "Synthetic Lead")
    register(session, PATIENT)
    with ward_at(qtbot, session) as made:
        yield made


def idle(qtbot: QtBot, ward: Ward) -> None:
    qtbot.waitUntil(lambda: ward.desk.background.idle)


def bar(ward: Ward) -> str:
    return ward.frame.app_bar.backup.text


def sheet_of(qtbot: QtBot, ward: Ward) -> BackupSheet:
    ward.care.open_sheet()
    idle(qtbot, ward)
    sheet = ward.frame.findChild(BackupSheet)
    assert isinstance(sheet, BackupSheet)
    return sheet


def test_that_the_bar_says_when_the_newest_backup_was_made_and_when_it_is_late(
    qtbot: QtBot, ward: Ward, moving: FixedClock
) -> None:
    assert bar(ward) == "No backup yet"
    back_up(ward.desk.session)
    ward.care.start()
    idle(qtbot, ward)
    assert bar(ward) == "Backup 09:00, verified"
    moving.advance(hours=25)
    ward.care.start()
    idle(qtbot, ward)
    assert bar(ward) == "Backup late: 1 d 1 h old"


def test_that_a_backup_and_a_rehearsal_are_made_by_key_and_told(qtbot: QtBot, ward: Ward) -> None:
    sheet = sheet_of(qtbot, ward)
    assert sheet.lines["Newest backup"].text() == "none yet"
    QTest.keyClick(sheet, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    idle(qtbot, ward)
    assert "and proved. Rows: 1." in sheet.done.text()
    assert len(backups_in(ward.desk.session.store.folder / FOLDER)) == 1
    assert sheet.lines["Newest backup"].text().startswith("20-Nov-2026 09:00, verified")
    QTest.keyClick(sheet, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    idle(qtbot, ward)
    assert "can be restored" in sheet.done.text()
    assert sheet.lines["Restore rehearsed"].text() == "20-Nov-2026 09:00"
    assert bar(ward) == "Backup 09:00, verified"


def test_that_a_rehearsal_without_a_backup_is_told_in_the_sheet(qtbot: QtBot, ward: Ward) -> None:
    sheet = sheet_of(qtbot, ward)
    sheet.drill.click()
    idle(qtbot, ward)
    assert "no backup to restore" in sheet.trouble.accessibleName()
    assert sheet.backup.isEnabled()


def test_that_a_second_folder_gets_the_newest_backup_at_once(qtbot: QtBot, ward: Ward, tmp_path: Path) -> None:
    back_up(ward.desk.session)
    sheet = sheet_of(qtbot, ward)
    assert sheet.lines["Second folder"].text().startswith("none chosen")
    ward.care.use_folder(str(tmp_path / "disk"))
    idle(qtbot, ward)
    assert sheet.lines["Second folder"].text().endswith("the newest")
    ward.care.use_folder(str(ward.desk.session.store.folder))
    idle(qtbot, ward)
    assert "the store itself" in sheet.trouble.accessibleName()


def test_that_a_change_is_backed_up_within_the_hour_without_being_asked(
    qtbot: QtBot, ward: Ward, moving: FixedClock
) -> None:
    for _ in range(LOOK_EVERY):
        ward.care.tick()
    idle(qtbot, ward)
    assert bar(ward) == "Backup 09:00, verified"
    ward.desk.session.store.record_event("export")
    moving.advance(minutes=59)
    for _ in range(LOOK_EVERY):
        ward.care.tick()
    idle(qtbot, ward)
    assert bar(ward) == "Backup 09:00, verified"
    moving.advance(minutes=1)
    for _ in range(LOOK_EVERY):
        ward.care.tick()
    idle(qtbot, ward)
    assert bar(ward) == "Backup 10:00, verified"


def test_that_a_clock_that_was_set_is_told_once_and_noted(
    qtbot: QtBot, ward: Ward, moving: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = moving.moment.timestamp()
    monkeypatch.setattr(care_module, "steady_seconds", lambda: stands)
    moving.advance(hours=-2)
    ward.care.tick()
    idle(qtbot, ward)
    notice = ward.frame.findChild(NoticeSheet)
    assert isinstance(notice, NoticeSheet)
    assert "set back by 2 h" in notice.alert.accessibleName()
    ward.care.tick()
    idle(qtbot, ward)
    assert len(ward.desk.session.store.events("clock_set")) == 1


def test_that_the_backups_are_for_leads(qtbot: QtBot, ward: Ward) -> None:
    assert ward.care.refusal() == ""
    ward.desk.session.store._hold = replace(ward.desk.session.store._hold, role="nurse")
    assert ward.care.refusal() == "that is for leads"
    idle(qtbot, ward)


def test_that_a_closed_sheet_is_not_spoken_to_any_more(qtbot: QtBot, ward: Ward) -> None:
    sheet = sheet_of(qtbot, ward)
    sheet.backup.click()
    ward.frame.close_sheet()
    idle(qtbot, ward)
    assert bar(ward) == "Backup 09:00, verified"


def test_that_the_store_is_checked_behind_the_board_and_the_result_is_told(qtbot: QtBot, ward: Ward) -> None:
    sheet = sheet_of(qtbot, ward)
    qtbot.waitUntil(lambda: sheet.lines["Store checked"].text() == "20-Nov-2026 09:00, nothing wrong")
    assert ward.frame.findChild(NoticeSheet) is None


def test_that_the_store_is_looked_after_even_where_the_board_could_not_be_read(
    qtbot: QtBot, tmp_path: Path, knowledge: Knowledge, moving: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreFault("The store is damaged.", "Restore a backup.")

    monkeypatch.setattr(board_reading, "board_at_once", fail)
    session = new_session(Station(tmp_path / "other", moving, uuid4), knowledge, "Synthetic Lead")
    with ward_at(qtbot, session) as unread:
        assert bar(unread) == "No backup yet"
        checked = sheet_of(qtbot, unread).lines["Store checked"]
        qtbot.waitUntil(lambda: checked.text() == "20-Nov-2026 09:00, nothing wrong")


def test_that_a_damaged_page_is_told_as_soon_as_the_board_is_there(
    qtbot: QtBot, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (Problem("Database file", "page 7 is not as it was written"),)
    monkeypatch.setattr(type(ward.desk.session.store), "quick_check", lambda _store: found)
    ward.care.start()
    qtbot.waitUntil(lambda: ward.frame.findChild(NoticeSheet) is not None)
    assert sheet_of(qtbot, ward).lines["Store checked"].text() == f"damaged: {found[0].sentence}"
