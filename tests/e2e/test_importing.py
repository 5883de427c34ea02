"""Counts of a laboratory come onto the ward in the built window: looked at, asked about, stored, and seen."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.record import register
from bedside.store.station import Station
from bedside.ui.importing.sheet import ImportSheet
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session

HEADS = "MRN;date;WBC (G/l);Hb (g/dl)\n"


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Ward]:
    clock = FixedClock(datetime(2020, 7, 31, 7, 41, 7, tzinfo=UTC))
    session = new_session(Station(tmp_path / "store", clock, new_id), knowledge)
    for number, given in (("SYN-0004", "Synthetic Ada"), ("SYN-0005", "Synthetic Ben")):
        fields = {"mrn": number, "family_name": "Sorrel", "given_name": given, "birth_date": "2009-01-12"}
        register(session, {**fields, "sex": "male"})
    with ward_at(qtbot, session) as made:
        yield made


def press(ward: Ward, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    QTest.keyClick(QApplication.focusWidget() or ward.frame, key, held)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def sheet_of(ward: Ward) -> ImportSheet:
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, ImportSheet)
    return sheet


def rows_in(ward: Ward) -> int:
    return ward.desk.session.store.head().count


def test_that_a_pasted_table_is_looked_at_answered_and_stored_by_keyboard(ward: Ward, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(
        f"{HEADS.replace(';', chr(9))}SYN-0004\t03/07/2020\t2.1\t9.2\nSYN-0099\t2020-07-04\t2\t9\n"
    )
    before = rows_in(ward)
    press(ward, Qt.Key.Key_V, CTRL)
    sheet = sheet_of(ward)
    qtbot.waitUntil(lambda: sheet.plan is not None)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    press(ward, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.plan is not None and not sheet.plan.questions)
    assert sheet.store.text() == "Store 1 line, leave out 1 refused"
    assert rows_in(ward) == before
    with qtbot.waitSignal(ward.counts.stored):
        press(ward, Qt.Key.Key_Return, CTRL)
    assert "Saved 09:41:07 by Synthetic Nurse: 1 line as 1 entry." in sheet.saved.text()
    assert rows_in(ward) == before + 1
    press(ward, Qt.Key.Key_Escape)
    assert ward.frame.sheets.sheet is None
    QApplication.clipboard().clear()


def test_that_a_file_is_read_for_the_open_patient_and_the_view_shows_it(
    ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "kw27.csv"
    path.write_text("date;Hb (g/L)\n2020-07-03;92\n", encoding="utf-8")
    with qtbot.waitSignal(ward.patient_came):
        ward.open_patient("SYN-0004")
    press(ward, Qt.Key.Key_I, CTRL, SHIFT)
    sheet = sheet_of(ward)
    ward.counts.look_at_path(str(path))
    qtbot.waitUntil(lambda: sheet.plan is not None)
    assert "does not tell whose it is" in sheet.lines.detail.text()
    sheet.whose._group.buttons()[1].click()
    qtbot.waitUntil(lambda: sheet.store.isVisible() and sheet.store.isEnabled())
    with qtbot.waitSignal(ward.patient_came):
        sheet.confirm()
    assert ward.opened is not None
    assert [getattr(entry, "hb", None) for entry in ward.opened.chart.entries] == [92.0]


def test_that_a_file_that_cannot_be_read_is_said_in_the_sheet(ward: Ward, qtbot: QtBot, tmp_path: Path) -> None:
    ward.counts.open()
    sheet = sheet_of(ward)
    for content, words in ((bytes(100), "zero byte"), (b"", "empty"), (None, "cannot be read")):
        path = tmp_path / "bad.csv"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        ward.counts.look_at_path(str(path))
        qtbot.waitUntil(lambda: ward.desk.background.idle)
        assert words in sheet.trouble.accessibleName()


def test_that_a_file_of_50_mb_is_refused_before_it_is_read(ward: Ward, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(50 << 20)
    ward.counts.open()
    ward.counts.look_at_path(str(path))
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert "the file has 50 MB; expected at most 16 MB" in sheet_of(ward).trouble.accessibleName()


def test_that_closing_the_sheet_while_a_file_is_read_stores_nothing_and_says_so(ward: Ward, qtbot: QtBot) -> None:
    rows = "".join(f"SYN-0004;2020-07-03 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02};2;9\n" for n in range(5000))
    QApplication.clipboard().setText(HEADS + rows)
    before = rows_in(ward)
    ward.counts.paste()
    ward.frame.close_sheet()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert "It was cancelled. Nothing was stored." in ward.frame.key_bar.accessibleName()
    assert rows_in(ward) == before
    QApplication.clipboard().clear()


def pasted(ward: Ward, qtbot: QtBot, text: str) -> ImportSheet:
    """The sheet with a pasted table, looked at."""
    QApplication.clipboard().setText(text)
    ward.counts.paste()
    QApplication.clipboard().clear()
    sheet = sheet_of(ward)
    qtbot.waitUntil(lambda: sheet.plan is not None)
    return sheet


def test_that_a_mapping_is_kept_for_the_next_file(ward: Ward, qtbot: QtBot) -> None:
    before = rows_in(ward)
    sheet = pasted(ward, qtbot, "MRN;date;Hb\nSYN-0004;2020-07-01;9.2\n")
    assert sheet.plan is not None
    sheet.mapping_chosen.emit(sheet.plan.mapping.answered(sheet.plan.questions[0].key, "g/dL"))
    qtbot.waitUntil(lambda: sheet.plan is not None and not sheet.plan.questions)
    sheet.keep.setChecked(True)
    with qtbot.waitSignal(ward.counts.stored):
        sheet.confirm()
    again = pasted(ward, qtbot, "MRN;date;Hb\nSYN-0004;2020-07-02;9.4\n")
    assert again.plan is not None
    assert (again.plan.kept, again.plan.questions) == ("Synthetic Nurse", ())
    with qtbot.waitSignal(ward.counts.stored):
        again.confirm()
    assert rows_in(ward) == before + 2


def test_that_another_table_is_pasted_into_the_open_sheet(ward: Ward, qtbot: QtBot) -> None:
    ward.counts.open()
    QApplication.clipboard().setText(f"{HEADS}SYN-0004;2020-07-03;2;9\n")
    press(ward, Qt.Key.Key_V, CTRL)
    sheet = sheet_of(ward)
    qtbot.waitUntil(lambda: sheet.plan is not None)
    assert sheet.store.text() == "Store 1 line"
    QApplication.clipboard().clear()


def test_that_the_clipboard_may_be_empty(ward: Ward) -> None:
    QApplication.clipboard().clear()
    ward.counts.paste()
    assert "There is no text on the clipboard." in sheet_of(ward).trouble.accessibleName()
