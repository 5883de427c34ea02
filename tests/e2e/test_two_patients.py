"""Changing the patient: nothing of the one before is painted or read aloud until the next one is drawn, in any view."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bedside.chart.formats import NARROW_SPACE
from bedside.knowledge.tables import Knowledge
from bedside.service.record import record, register
from bedside.store.station import Station
from bedside.ui.frame import Frame
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session
from tests.ui.legible import painted_texts

FIRST, SECOND = "SYN-0001", "SYN-0002"
TELLTALES = ("hawthorn", "yew", "1111", "syn-0001", "telltale")
"""What nothing but the first patient has: names, number, a count, an organism."""

PEOPLE = (
    {"mrn": FIRST, "family_name": "Hawthorn", "given_name": "Synthetic Yew", "birth_date": "2009-01-12", "sex": "male"},
    {"mrn": SECOND, "family_name": "Sorrel", "given_name": "Synthetic", "birth_date": "2001-02-03", "sex": "female"},
)
ENTRIES = (
    {"kind": "therapy", "at": "2020-05-12", "agent": "vincristine", "intent": "bridging", "note": "telltale"},
    {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel", "identity_check_reason": "given elsewhere"},
    {"kind": "blood_count", "at": "2020-07-30T07:00:00+02:00", "wbc": 2.1, "plt": 111.1},
    {"kind": "infection", "at": "2020-07-30", "organism": "Telltale coccus", "controlled": True},
    {"kind": "marrow", "at": "2020-06-29", "blasts_pct": 0.1111},
)


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, knowledge: Knowledge, new_id: Callable[[], UUID]) -> Iterator[Ward]:
    clock = FixedClock(datetime(2020, 7, 31, 7, 0, tzinfo=UTC))
    session = new_session(Station(tmp_path / "store", clock, new_id), knowledge, "Synthetic Physician")
    for person in PEOPLE:
        register(session, person)
    for entry in ENTRIES:
        assert record(session, FIRST, entry).saved
    with ward_at(qtbot, session) as made:
        yield made


def said(frame: Frame) -> str:
    """Everything that the frame paints or reads aloud now."""
    widgets = [one for one in frame.findChildren(QWidget) if one.isVisible()]
    words = [text for one in widgets for text in (one.accessibleName(), one.accessibleDescription(), one.toolTip())]
    words += [one.text() for one in widgets if isinstance(one, QLabel)]
    return " ".join((*words, *painted_texts(frame).values())).casefold().replace(NARROW_SPACE, "").replace(".", "")


def told(frame: Frame) -> list[str]:
    """The telltales of the first patient that are to be seen or heard."""
    everything = said(frame)
    return [word for word in TELLTALES if word in everything]


def show_view(digit: int) -> None:
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.AltModifier)


@pytest.mark.parametrize("digit", range(1, 9))
def test_that_no_view_shows_two_patients_while_the_next_one_is_read(qtbot: QtBot, ward: Ward, digit: int) -> None:
    background = ward.desk.background
    ward.open_patient(FIRST)
    qtbot.waitUntil(lambda: background.idle)
    show_view(digit)
    qtbot.waitUntil(lambda: background.idle)
    assert {"hawthorn", "syn-0001"} <= set(told(ward.frame))
    go_on = threading.Event()
    background.run(go_on.wait)
    try:
        ward.open_patient(SECOND)
        for _ in range(3):
            QApplication.processEvents()
        assert told(ward.frame) == []
        assert ward.frame.current_view is ward.frame.view("overview")
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: background.idle)
    assert "sorrel" in said(ward.frame)
    assert told(ward.frame) == []
    assert ward.frame.current_view is ward.frame.view("overview")
    assert "no infusion so far" in said(ward.frame)


def test_that_the_telltales_are_there_to_be_found(qtbot: QtBot, ward: Ward) -> None:
    ward.open_patient(FIRST)
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    found = set()
    for digit in range(1, 9):
        show_view(digit)
        qtbot.waitUntil(lambda: ward.desk.background.idle)
        found |= set(told(ward.frame))
    assert found == set(TELLTALES)
