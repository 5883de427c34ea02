"""The first patient that is opened: what takes long is loaded by the worker, and the window says so meanwhile."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.record import record, register
from bedside.store.station import Station
from bedside.ui.doubles_sheet import NOTHING, DoublesSheet
from bedside.ui.registration_sheet import RegistrationSheet
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session

NUMBERS = ("SYN-0004", "SYN-0005")


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Ward]:
    clock = FixedClock(datetime(2020, 7, 31, 7, 41, 7, tzinfo=UTC))
    session = new_session(Station(tmp_path / "store", clock, new_id), knowledge)
    for number in NUMBERS:
        given = f"Synthetic {number[-1]}"
        fields = {"mrn": number, "family_name": "Sorrel", "given_name": given, "birth_date": "2009-01-12"}
        register(session, {**fields, "sex": "male"})
    with ward_at(qtbot, session, shown=False) as made:
        yield made


def test_that_the_plotting_library_is_loaded_by_the_worker_in_front_of_the_first_patient(
    ward: Ward, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded_by: list[str] = []
    monkeypatch.setattr("bedside.ui.ward.timeline_loaded", lambda: bool(loaded_by))
    monkeypatch.setattr("bedside.ui.ward.load_timeline", lambda: loaded_by.append(threading.current_thread().name))
    said: list[str] = []
    for number in NUMBERS:
        with qtbot.waitSignal(ward.patient_came) as came:
            ward.open_patient(number)
            said.append(ward.frame.key_bar.accessibleName())
        assert came.args == [number]
    assert loaded_by == ["bedside-store"]
    assert ["The patient is being opened" in words for words in said] == [True, False]
    assert "The patient is being opened" not in ward.frame.key_bar.accessibleName()


def test_that_a_number_that_looks_like_another_is_asked_about_once_in_the_window(ward: Ward, qtbot: QtBot) -> None:
    ward.intake.register()
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, RegistrationSheet)
    typed = (
        (sheet.number, "SYN-OOO4"),
        (sheet.family, "Quince"),
        (sheet.given, "Synthetic"),
        (sheet.birth, "5-May-12"),
    )
    for widget, text in typed:
        QTest.keyClicks(widget.box, text)
    sheet.sex.buttons[0].click()
    sheet.submit()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert "looks like that of Sorrel" in sheet.trouble.accessibleName()
    assert sheet.save_button.text() == "Register nevertheless"
    QTest.keyClicks(sheet.given.box, " Three")
    assert sheet.save_button.text() == "Register"
    sheet.submit()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert sheet.save_button.text() == "Register nevertheless"
    with qtbot.waitSignal(ward.patient_came):
        sheet.submit()
    assert ward.mrn == "SYN-OOO4"


def test_that_registrations_of_one_person_are_found_and_opened(ward: Ward, qtbot: QtBot) -> None:
    ward.intake.find_doubles()
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, DoublesSheet)
    qtbot.waitUntil(lambda: bool(sheet.buttons))
    assert [button.text() for button in sheet.buttons] == [f"Open {number}" for number in NUMBERS]
    with qtbot.waitSignal(ward.patient_came):
        sheet.buttons[1].click()
    assert ward.mrn == NUMBERS[1]
    link = {"kind": "identity", "at": "2020-07-31", "same_as": NUMBERS[1], "reason": "one wristband"}
    record(ward.desk.session, NUMBERS[0], link)
    ward.intake.find_doubles()
    again = ward.frame.sheets.sheet
    assert isinstance(again, DoublesSheet)
    qtbot.waitUntil(lambda: again.sentence.text() == NOTHING)
