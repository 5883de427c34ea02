"""The way of a fever through the window by keyboard: vital signs with their grade, the view, another grade."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.store.station import Station
from bedside.ui.background import Background
from bedside.ui.forms.segments import ChoiceButton
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.frame import Frame
from bedside.ui.journal.view import JournalView
from bedside.ui.patient_views import TOXICITY
from bedside.ui.start import Desk
from bedside.ui.toxicity.side import StandingCard
from bedside.ui.toxicity.view import ToxicityView
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.new_stores import new_session
from tests.sent_keys import one_by_one, send_keys

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
MRN = "SYN-0003"
PATIENT = {
    "mrn": MRN,
    "family_name": "Quince",
    "given_name": "Synthetic Three",
    "birth_date": "2004-04-09",
    "sex": "female",
}


class Bedside:
    """The frame on a store with one patient, who was infused a week ago; every key press is counted."""

    def __init__(self, session: Session, background: Background, qtbot: QtBot) -> None:
        self.background, self._qtbot, self.pressed = background, qtbot, 0
        self.frame = Frame()
        qtbot.addWidget(self.frame)
        self.frame.resize(1280, 800)
        self.ward = Ward(self.frame, Desk(session, background, session.now))
        self.ward.start()
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        self.ward.open_patient(MRN)
        self.settle()
        self.frame.show_view(TOXICITY)
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has answered everything."""
        self._qtbot.waitUntil(lambda: self.background.idle)

    def press(self, *keys: str | Qt.Key, control: bool = False) -> None:
        """Send keys to whatever has the keyboard; digits and the decimal point are not counted."""
        send_keys(*keys, control=control)
        self.pressed += sum(not isinstance(one, str) or one not in "0123456789." for one in one_by_one(*keys))
        self.settle()

    @property
    def sheet(self) -> FormSheet:
        """The form that lies over the view."""
        sheet = self.frame.sheets.sheet
        assert isinstance(sheet, FormSheet)
        return sheet

    @property
    def view(self) -> ToxicityView:
        """The toxicity view."""
        view = self.frame.view(TOXICITY)
        assert isinstance(view, ToxicityView)
        return view

    def cards(self) -> list[str]:
        """Where CRS and ICANS stand, in words."""
        return [card.accessibleName().replace("\u00a0", " ") for card in self.view.side.findChildren(StandingCard)]


@pytest.fixture
def bedside(qtbot: QtBot, tmp_path: Path, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Bedside]:
    clock = FixedClock(datetime(2020, 7, 31, 7, 41, 7, tzinfo=UTC))
    background = Background()
    sessions: list[Session] = []

    def open_session() -> None:
        session = new_session(Station(tmp_path / "store", clock, new_id), knowledge, "A. Example")
        register(session, PATIENT)
        infusion = {"kind": "infusion", "at": "2020-07-24", "product": "tisagenlecleucel"}
        record(session, MRN, {**infusion, "identity_check_reason": "given elsewhere"})
        well = {"temp_c": 37.2, "hypotension": False, "oxygen": "none"}
        record(session, MRN, {"kind": "vitals", "at": "2020-07-31T04:00:00+02:00", **well})
        sessions.append(session)

    background.run(open_session)
    qtbot.waitUntil(lambda: background.idle)
    made = [Bedside(sessions[0], background, qtbot)]
    yield made[0]
    made[0].frame.close_views()
    assert background.stop(lambda: sessions[0].store.close(backup=False)) is None


def test_that_vital_signs_with_their_grade_take_at_most_fifteen_keys_beside_the_digits(bedside: Bedside) -> None:
    bedside.press("v", ENTER, "38.6", ENTER, "88", ENTER, "51", ENTER, "131", ENTER, "26", ENTER, "93", ENTER)
    assert "Proposed: CRS at least grade 1" in bedside.sheet.graded.accessibleName()
    assert "rose from 0, 31-Jul-2020 04:00" in bedside.sheet.graded.accessibleName()
    bedside.press("y", ENTER, ENTER, "l", ENTER, "2")
    assert "Proposed: CRS grade 2" in bedside.sheet.graded.accessibleName()
    bedside.press(ENTER, control=True)
    assert bedside.sheet.stage is Stage.SAVED
    assert bedside.pressed <= 15
    bedside.press(ESC)
    assert bedside.cards()[0].startswith("CRS grade 2, rising")


def test_that_a_neurological_score_is_graded_and_shown(bedside: Bedside) -> None:
    bedside.press("i", ENTER, "a", ENTER, "4", ENTER, "3", ENTER, "1", ENTER, "0", ENTER, "1", ENTER)
    assert "Proposed: ICANS grade 1" in bedside.sheet.graded.accessibleName()
    bedside.press(ENTER, control=True)
    bedside.press(ESC)
    assert bedside.cards()[1].startswith("ICANS grade 1")


@pytest.mark.parametrize("from_the_saved_form", [False, True])
def test_that_another_grade_is_set_with_its_reason_and_both_stay(bedside: Bedside, from_the_saved_form: bool) -> None:
    bedside.press("v", ENTER, "38.6")
    bedside.press(ENTER, control=True)
    if not from_the_saved_form:
        bedside.press(ESC)
    bedside.press("g")
    assert bedside.sheet.kind == "grade_override"
    rows = {row.spec.name: row for row in bedside.sheet.rows}
    assert rows["scale"].state() == ["crs"]
    (named,) = rows["of"].findChildren(ChoiceButton)
    at_least = "at least " if from_the_saved_form else ""  # the form still knows what was not recorded
    assert named.text() == f"Vital signs 31-Jul-2020 09:41, proposed CRS {at_least}grade 1"
    rows["grade"].take_keyboard()
    bedside.press("2")
    rows["reason"].take_keyboard()
    bedside.press("looks worse than the numbers")
    bedside.press(ENTER, control=True)
    assert bedside.sheet.stage is Stage.SAVED
    bedside.press(ESC)
    (card, _icans) = bedside.cards()
    assert card.startswith("CRS grade 2")
    assert "proposed was grade 1. Reason: looks worse than the numbers" in card


def test_that_enter_on_an_episode_goes_to_its_entry(bedside: Bedside) -> None:
    bedside.press("v", ENTER, "38.6")
    bedside.press(ENTER, control=True)
    bedside.press(ESC)
    bedside.view.side.rows[0].setFocus()
    bedside.press(ENTER)
    assert isinstance(bedside.frame.current_view, JournalView)
