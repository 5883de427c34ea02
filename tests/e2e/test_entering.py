"""The way of an entry through the window by keyboard: typed, stored, corrected, taken back, its draft brought back."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.read import opened
from bedside.service.record import register
from bedside.service.session import Session
from bedside.store.station import Station
from bedside.ui.background import Background
from bedside.ui.forms.kind_chooser import KindChooser
from bedside.ui.forms.opening import EntryForms
from bedside.ui.forms.regimen_chooser import RegimenChooser
from bedside.ui.forms.regimen_sheet import RegimenSheet
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.frame import Frame
from bedside.ui.journal.view import JournalView
from bedside.ui.start import Desk
from bedside.ui.view import View, ViewEntry
from tests.conftest import FixedClock
from tests.new_stores import new_session
from tests.sent_keys import send_keys

ENTER = Qt.Key.Key_Return
MRN = "SYN-0003"
PATIENT = {
    "mrn": MRN,
    "family_name": "Quince",
    "given_name": "Synthetic Three",
    "birth_date": "2004-04-09",
    "sex": "female",
}


class Ward:
    """The journal of one synthetic patient in a frame, over a store; every save reads it anew, as the window does."""

    def __init__(self, session: Session, background: Background, qtbot: QtBot) -> None:
        self.session, self.background, self._qtbot = session, background, qtbot
        self.frame = Frame()
        qtbot.addWidget(self.frame)
        self.frame.resize(1280, 800)
        self.forms = EntryForms(self.frame, Desk(session, background, session.now))
        self.journal = JournalView(session.now, self.forms.actions)
        self.frame.set_views([ViewEntry("journal", "Journal", self._journal)])
        self.forms.entry_saved.connect(self.read)
        self.journal.correct_requested.connect(self.forms.correct)
        self.journal.take_back_requested.connect(self.forms.take_back)
        self.frame.show_view("journal")
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        self.read()
        self.frame.refresh_keys()

    def _journal(self) -> View:
        return self.journal

    def read(self, _saved: object = None) -> None:
        """Show the patient as the store has it now."""
        shown = opened(self.session, MRN, self.session.today())
        self.forms.show(shown)
        self.journal.show_opened(shown)

    def type(self, *keys: str | Qt.Key, control: bool = False) -> None:
        """Send keys to whatever has the keyboard, and let the store answer."""
        send_keys(*keys, control=control)
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has answered everything."""
        self._qtbot.waitUntil(self._is_idle)

    def _is_idle(self) -> bool:
        return self.background.idle

    @property
    def sheet(self) -> FormSheet:
        """The form that lies over the view."""
        sheet = self.frame.sheets.sheet
        assert isinstance(sheet, FormSheet)
        return sheet

    def stored(self) -> list[str]:
        """The sentences of the journal, the newest first."""
        return [line.sentence.replace("\u00a0", " ") for line in self.journal.table.rows.lines]


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Ward]:
    clock = FixedClock(datetime(2020, 7, 31, 7, 41, 7, tzinfo=UTC))
    background = Background()
    made: list[Ward] = []
    sessions: list[Session] = []

    def open_session() -> None:
        sessions.append(new_session(Station(tmp_path / "store", clock, new_id), knowledge))
        register(sessions[0], PATIENT)

    background.run(open_session)
    qtbot.waitUntil(lambda: background.idle)
    made.append(Ward(sessions[0], background, qtbot))
    yield made[0]
    made[0].frame.close_views()
    assert background.stop(lambda: sessions[0].store.close(backup=False)) is None


def test_that_a_count_is_entered_corrected_and_taken_back_by_keyboard_alone(ward: Ward) -> None:
    ward.type("n")
    ward.type("7:10", ENTER, "0.7", ENTER, "0.1", ENTER, "0.6", ENTER, "19", ENTER, "b", "30", ENTER, "0")
    ward.type(ENTER, control=True)
    assert ward.sheet.stage is Stage.SAVED
    assert "by Synthetic Nurse: 6 values" in ward.sheet.foot.saved_words.words
    assert len(ward.stored()) == 1

    ward.type("c")
    ward.sheet.rows[4].take_keyboard()
    ward.type("91", ENTER, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, "typing slip")
    ward.type(ENTER, control=True)
    assert ward.sheet.stage is Stage.SAVED
    corrected = [sentence for sentence in ward.stored() if "Hb 91 g/L" in sentence and "in force" in sentence]
    assert len(corrected) == 1

    ward.type(Qt.Key.Key_Escape)
    assert ward.frame.sheets.sheet is None
    ward.type("g", "t")
    ward.type(Qt.Key.Key_Right, ENTER, "blood of the neighbour")
    ward.type(ENTER, control=True)
    states = sorted(line.state.value for line in ward.journal.table.rows.lines)
    assert states == ["live", "voided", "voided"]


def test_that_a_slip_of_ten_is_corrected_without_being_asked_whether_the_slip_was_right(ward: Ward) -> None:
    ward.type("n", "7:00", *[ENTER] * 5, "30")
    ward.type(ENTER, control=True)
    ward.type(Qt.Key.Key_Escape, "n", "7:10", *[ENTER] * 5, "190", ENTER, "x")
    ward.type(ENTER, control=True)
    assert "by Synthetic Nurse: 1 value, 1 not done" in ward.sheet.foot.saved_words.words
    ward.type("c", *[ENTER] * 5, "19", ENTER)
    assert not any(row.has_question for row in ward.sheet.rows)
    ward.type(ENTER, ENTER, "typing slip")
    ward.type(ENTER, control=True)
    assert ward.sheet.stage is Stage.SAVED
    assert any("platelets 19" in sentence and "in force" in sentence for sentence in ward.stored())


def test_that_a_draft_comes_back_to_the_same_author_and_patient(ward: Ward) -> None:
    ward.type("n")
    ward.type("7:10", ENTER, "0.7", ENTER, "x", Qt.Key.Key_Escape)
    assert ward.frame.sheets.sheet is None
    ward.type("n")
    states = {row.spec.name: row.state() for row in ward.sheet.rows}
    assert states["at"] == "31-Jul-2020 07:10"
    assert (states["wbc"], states["anc"]) == ("0.7", "x")
    ward.type(ENTER, control=True)
    assert ward.sheet.stage is Stage.SAVED
    ward.type(Qt.Key.Key_Escape)
    assert ward.frame.sheets.sheet is None
    ward.type("n")
    assert {row.spec.name: row.state() for row in ward.sheet.rows}["wbc"] is None


def test_that_what_is_saved_while_the_window_locks_leaves_no_draft_to_be_saved_again(ward: Ward) -> None:
    ward.type("n")
    ward.type("7:10", ENTER, "0.7", ENTER, "0.1")
    ward.sheet.drafts.flush()
    ward.settle()
    assert len(ward.session.store.drafts.listed()) == 1
    go_on = threading.Event()
    ward.background.run(go_on.wait)
    ward.sheet.save()
    ward.frame.close_views()
    go_on.set()
    ward.settle()
    assert len(opened(ward.session, MRN, ward.session.today()).chart.entries) == 1
    assert ward.session.store.drafts.listed() == ()


def test_that_any_other_kind_is_found_by_typing_and_stored(ward: Ward) -> None:
    ward.type("e")
    assert isinstance(ward.frame.sheets.sheet, KindChooser)
    ward.type("thera", ENTER)
    ward.type("12.1.20", ENTER, "pegas", ENTER, "f")
    ward.type(ENTER, control=True)
    assert ward.sheet.stage is Stage.SAVED
    assert "pegaspargase, frontline" in ward.stored()[0]


def test_that_the_knowledge_asks_once_about_what_no_single_box_can_see(ward: Ward) -> None:
    ward.type("n")
    ward.type(ENTER, "0.7", ENTER, "0.6", ENTER, "0.6", ENTER)
    ward.type(ENTER, control=True)
    assert ward.stored() == []
    assert ward.sheet.strip.asked is not None
    ward.type("b")
    assert ward.sheet.stage is Stage.SAVED
    assert len(ward.stored()) == 1


def test_that_every_letter_opens_its_form(ward: Ward) -> None:
    for letter, kind in (("n", "blood_count"), ("m", "marrow"), ("l", "lymphocyte_subset"), ("v", "vitals")):
        ward.type(letter)
        assert ward.sheet.kind == kind
        ward.type(Qt.Key.Key_Escape)


def test_that_a_regimen_is_found_its_doses_follow_the_size_and_all_is_stored_together(ward: Ward) -> None:
    ward.type("e", "body si", ENTER, ENTER, "50", ENTER, "160")
    ward.type(ENTER, control=True)
    ward.type(Qt.Key.Key_Escape)
    ward.type("r", ENTER)
    sheet = ward.frame.sheets.sheet
    assert isinstance(sheet, RegimenSheet)
    ward.type("20.7.", ENTER)
    assert "30 × 1.4907 m² = 44.7 mg a day" in sheet.lines[0].message.words.replace("\u00a0", " ")
    ward.type(ENTER, control=True)
    assert sheet.foot.saved_words.words.endswith("by Synthetic Nurse: 2 agents")
    given = [sentence for sentence in ward.stored() if "lymphodepletion" in sentence]
    assert len(given) == 2
    assert any("fludarabine" in sentence and "30 mg/m²/day" in sentence for sentence in given)
    ward.type(Qt.Key.Key_Escape)
    assert ward.session.store.drafts.listed() == ()


def test_that_a_regimen_stands_among_what_can_be_entered(ward: Ward) -> None:
    ward.type("e", "regim", ENTER)
    assert isinstance(ward.frame.sheets.sheet, RegimenChooser)
    ward.type(Qt.Key.Key_Escape)
    assert ward.frame.sheets.sheet is None
