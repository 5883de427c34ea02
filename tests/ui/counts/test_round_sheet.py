"""Tests of the round sheet: each row stored for its own patient alone, drafts, questions, the way of the keyboard."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from bedside.chart.errors import StoreDamaged
from bedside.knowledge.tables import Knowledge
from bedside.service.drafts import draft
from bedside.service.read import chart_of
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.store.station import Station
from bedside.ui import units_shown
from bedside.ui.background import Background
from bedside.ui.board.lines import BoardLine
from bedside.ui.board.view import BoardView
from bedside.ui.computer import CONVENTIONAL
from bedside.ui.forms.draft_keeper import DELAY_MS
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.frame import Frame
from bedside.ui.round.model import RoundModel
from bedside.ui.round.place import RoundPlace
from bedside.ui.round.rows import Standing
from bedside.ui.start import Desk
from tests.conftest import FixedClock
from tests.new_stores import new_session
from tests.samples.board import row
from tests.ui.counts.conftest import Keys

ENTER, ESC, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down
NAMES = ("Quince", "Sorrel", "Elder")
YESTERDAY = "2020-07-30T07:05:00+02:00"
LAST = {"kind": "blood_count", "at": YESTERDAY, "wbc": 0.5, "anc": 0.1, "alc": 0.4, "hb": 81.0, "plt": 27.0}


class Round:
    """The round sheet of three synthetic patients over a store."""

    def __init__(self, session: Session, background: Background, qtbot: QtBot) -> None:
        self.session, self.background, self._qtbot = session, background, qtbot
        self.frame = Frame()
        qtbot.addWidget(self.frame)
        self.frame.resize(1280, 800)
        self.why_not = ""
        self.lines = [line_of(name) for name in NAMES]
        self.place = RoundPlace(self.frame, Desk(session, background, session.now), self._lines, self._refusal)
        self.frame.set_board(BoardView())
        self.frame.set_general_actions(self.place.actions())
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()

    def _lines(self) -> list[BoardLine]:
        return self.lines

    def _refusal(self) -> str:
        return self.why_not

    def open(self) -> None:
        """Go to the sheet and wait for its rows."""
        self.frame.show_place("round")
        self.settle()
        self.place.view.take_keyboard()

    def settle(self) -> None:
        """Wait until the worker has answered everything."""
        self._qtbot.waitUntil(self._is_idle)

    def _is_idle(self) -> bool:
        return self.background.idle

    def stored(self, name: str) -> list[float | None]:
        """The haemoglobins of a patient in the store, in the order they came."""
        counts = [entry for entry in chart_of(self.session, mrn_of(name)).entries if entry.kind == "blood_count"]
        return [getattr(entry, "hb", None) for entry in counts]

    def standings(self) -> list[str]:
        """What became of each row."""
        return [one.standing.value for one in self.place.view.rows]


def mrn_of(name: str) -> str:
    """The number of a synthetic patient."""
    return f"SYN-{NAMES.index(name) + 1:04d}"


def line_of(name: str) -> BoardLine:
    """The row of the board for a synthetic patient."""
    return row("One", name, 7, mrn=mrn_of(name))


@pytest.fixture
def sheet(qtbot: QtBot, tmp_path: Path, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Round]:
    clock = FixedClock(datetime(2020, 7, 31, 7, 41, 7, tzinfo=UTC))
    background = Background()
    sessions: list[Session] = []

    def open_session() -> None:
        session = new_session(Station(tmp_path / "store", clock, new_id), knowledge)
        for name in NAMES:
            fields = {"mrn": mrn_of(name), "family_name": name, "given_name": "Synthetic One"}
            register(session, {**fields, "birth_date": "1998-04-09", "sex": "female"})
        record(session, mrn_of("Quince"), LAST)
        record(session, mrn_of("Elder"), {**LAST, "hb": 101.0})
        sessions.append(session)

    background.run(open_session)
    qtbot.waitUntil(lambda: background.idle)
    made = Round(sessions[0], background, qtbot)
    made.open()
    yield made
    made.frame.close_views()
    assert background.stop(lambda: sessions[0].store.close(backup=False)) is None


def test_that_every_row_names_the_patient_with_number_and_birth(sheet: Round) -> None:
    rows = sheet.place.view.rows
    assert [one.line.family for one in rows] == list(NAMES)
    words = ["".join(run.text for line in one.patient_lines() for run in line) for one in rows]
    assert all(mrn_of(name) in said.replace("\u2011", "-") for name, said in zip(NAMES, words, strict=True))
    assert all("09\u2011Apr\u20112009" in said for said in words)


def test_that_the_last_value_of_this_patient_stands_beside_each_box(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4)
    box = sheet.place.view.table.editor.box
    assert box.accessibleName() == "QUINCE, Synthetic One, SYN-0001, Hb, g/L"
    assert box.accessibleDescription() == "last value 81, 30-Jul-2020 07:05"
    keys(DOWN)
    assert sheet.place.view.table.editor.box.accessibleDescription() == "no earlier value"
    assert sheet.standings() == ["open", "open", "open"]


def test_that_the_last_value_is_told_in_the_other_unit_too_where_that_is_chosen(
    sheet: Round, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys("7:10", *[ENTER] * 4)
    assert "Hb" not in sheet.place.view.note()
    monkeypatch.setattr(units_shown, "_shown", [CONVENTIONAL])
    assert sheet.place.view.note().replace("\u00a0", " ").endswith("ast Hb 81 g/L (8.1 g/dL)")


def test_that_typing_a_value_takes_the_present_time_and_shows_it(sheet: Round, keys: Keys) -> None:
    sheet.place.view.table.go_to(sheet.place.view.table.sheet.index(1, 2))
    keys("3.1")
    assert sheet.place.view.rows[1].typing.entries.moment.text == "09:41"
    assert sheet.place.view.rows[0].typing.entries.moment.text == ""


def test_that_a_value_in_the_box_of_the_moment_is_asked_about_before_it_is_an_old_day(sheet: Round, keys: Keys) -> None:
    keys("1.2", ENTER)
    table, moment = sheet.place.view.table, sheet.place.view.rows[0].typing.entries.moment
    assert table.is_asking
    assert table.strip.asked is not None
    assert table.strip.asked.lead == "01-Feb-2020?"
    keys("b")
    assert table.currentIndex().column() == 1
    keys("0715", ENTER)
    assert (table.is_asking, table.currentIndex().column()) == (False, 2)
    assert moment.at is not None
    assert moment.at.text == "2020-07-31T07:15:00+02:00"


@pytest.mark.parametrize(("typed", "asked"), [("29.7.", False), ("28.7.", True)])
def test_that_two_days_back_is_still_a_round_and_a_third_is_asked_about(
    sheet: Round, keys: Keys, typed: str, asked: bool
) -> None:
    keys(typed, ENTER)
    assert sheet.place.view.table.is_asking is asked
    if asked:
        keys("a")
        assert sheet.place.view.table.currentIndex().column() == 2
        assert sheet.place.view.rows[0].typing.entries.moment.text == "28-Jul-2020"


def test_that_enter_passes_an_empty_moment_because_the_first_value_fills_it(sheet: Round, keys: Keys) -> None:
    keys(ENTER, "3.1")
    assert sheet.place.view.table.currentIndex().column() == 2
    assert sheet.place.view.rows[0].typing.entries.moment.text == "09:41"


def test_that_a_row_is_stored_for_its_own_patient_at_its_own_moment(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79")
    keys(DOWN, "b" if sheet.place.view.table.is_asking else "99")
    sheet.place.view.table.go_to(sheet.place.view.table.sheet.index(0, 5))
    keys(ENTER, control=True)
    sheet.settle()
    assert sheet.standings() == ["saved", "draft", "open"]
    assert (sheet.stored("Quince"), sheet.stored("Sorrel"), sheet.stored("Elder")) == ([81.0, 79.0], [], [101.0])
    entry = chart_of(sheet.session, mrn_of("Quince")).entries[-1]
    assert entry.at.text == "2020-07-31T07:10:00+02:00"
    assert (entry.recorded_by, getattr(entry, "wbc", 0)) == ("Synthetic Nurse", None)


def test_that_the_saved_row_says_so_and_the_next_open_one_has_the_keyboard(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79")
    keys(ENTER, control=True)
    sheet.settle()
    first = sheet.place.view.rows[0]
    assert "Saved 09:41:07" in first.sentence
    assert "by Synthetic Nurse" in first.sentence
    assert sheet.place.view.table.current_row == 1
    assert sheet.place.view.table.editor.box.accessibleName().startswith("SORREL")
    assert sheet.place.view.top.summary.text() == "1 saved   2 open"


def test_that_enter_on_the_state_after_the_last_box_stores_the_row(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79", ENTER, ENTER, ENTER)
    assert sheet.place.view.table.currentIndex().column() == sheet.place.view.table.sheet.state_column
    keys(ENTER)
    sheet.settle()
    assert sheet.stored("Quince") == [81.0, 79.0]


def test_that_a_saved_row_takes_no_more_typing_and_is_not_stored_twice(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79")
    keys(ENTER, control=True)
    sheet.settle()
    table = sheet.place.view.table
    table.go_to(table.sheet.index(0, 5))
    assert table.editor.typed is None
    keys("5")
    keys(ENTER, control=True)
    sheet.settle()
    assert sheet.stored("Quince") == [81.0, 79.0]


def test_that_a_slip_is_asked_about_under_its_own_row_and_nothing_stored_before(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 5, "270", ENTER)
    table = sheet.place.view.table
    assert table.is_asking
    assert table.rowHeight(0) > table.base_height(0) + 40
    assert sheet.standings() == ["question", "open", "open"]
    keys("a")
    assert sheet.place.view.rows[0].typing.entries.numbers[4].text == "27"
    assert table.rowHeight(0) == table.base_height(0)
    assert sheet.stored("Quince") == [81.0]


def test_that_what_is_refused_keeps_the_row_from_being_stored(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "900")
    keys(ENTER, control=True)
    sheet.settle()
    assert sheet.stored("Quince") == [81.0]
    assert sheet.standings()[0] == "refused"
    assert "To mend" in sheet.place.view.rows[0].sentence


def test_that_tab_leads_from_patient_to_patient_and_out_at_the_end(sheet: Round, keys: Keys) -> None:
    table = sheet.place.view.table
    seen = [table.current_row]
    for _ in range(2):
        keys(TAB)
        seen.append(table.current_row)
    assert seen == [0, 1, 2]
    keys(TAB)
    assert not table.holds_keyboard()


def test_that_drafts_come_back_to_their_author_and_patient_only(sheet: Round, keys: Keys, qtbot: QtBot) -> None:
    keys("7:10", *[ENTER] * 4, "79")
    qtbot.wait(DELAY_MS + 100)
    sheet.settle()
    assert json.loads(draft(sheet.session, mrn_of("Quince"), "round:blood_count") or "{}")["rows"] == {
        "at": "31-Jul-2020 07:10",
        "blood_count.hb": "79",
    }
    assert draft(sheet.session, mrn_of("Sorrel"), "round:blood_count") is None
    keys(ESC)
    sheet.settle()
    sheet.open()
    states = [[number.state for number in one.typing.entries.numbers] for one in sheet.place.view.rows]
    assert states == [[None, None, None, "79", None, None], [None] * 6, [None] * 6]
    assert "brought back" in sheet.place.view.rows[0].sentence
    assert sheet.place.view.rows[0].typing.entries.moment.text == "07:10"


def test_that_leaving_for_the_board_keeps_what_was_typed_and_forgets_the_patients(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79", ESC)
    sheet.settle()
    assert sheet.place.view.rows == []
    assert sheet.place.view.table.sheet.rowCount() == 0
    assert draft(sheet.session, mrn_of("Quince"), "round:blood_count") is not None


def test_that_another_round_has_its_own_boxes_and_drafts(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79", Qt.Key.Key_F6)
    sheet.settle()
    view = sheet.place.view
    assert [view.table.sheet.head(column)[0] for column in (1, 2)] == ["Taken", "Temperature"]
    keys("8:00", ENTER, "38.4")
    keys(ENTER, control=True)
    sheet.settle()
    stored = chart_of(sheet.session, mrn_of("Quince")).entries[-1]
    assert (stored.kind, getattr(stored, "temp_c", 0)) == ("vitals", 38.4)
    assert draft(sheet.session, mrn_of("Quince"), "round:blood_count") is not None


def test_that_a_saved_row_is_corrected_with_a_reason_and_shows_the_new_value(sheet: Round, keys: Keys) -> None:
    keys("7:10", *[ENTER] * 4, "79")
    keys(ENTER, control=True)
    sheet.settle()
    table = sheet.place.view.table
    table.go_to(table.sheet.index(0, 5))
    keys("c")
    form = sheet.frame.sheets.sheet
    assert isinstance(form, FormSheet)
    assert "QUINCE" in form.head.whose.text()
    rows = {one.key: one for one in form.rows}
    rows["hb"].take_keyboard()
    keys("78", ENTER)
    rows["reason"].take_keyboard()
    keys("read again")
    keys(ENTER, control=True)
    sheet.settle()
    keys(ESC)
    assert sheet.stored("Quince") == [81.0, 79.0, 78.0]
    first = sheet.place.view.rows[0]
    assert "Corrected" in first.sentence
    assert first.typing.entries.numbers[3].text == "78"


def test_that_no_round_is_offered_while_the_window_shows_another_moment(sheet: Round) -> None:
    sheet.why_not = "the window shows another moment than now"
    sheet.open()
    assert sheet.place.view.rows == []
    assert sheet.place.view.top.sentence.text() == "No round sheet now: the window shows another moment than now."


def test_that_an_empty_board_gives_an_empty_sheet_that_says_why(sheet: Round) -> None:
    sheet.lines = []
    sheet.open()
    assert sheet.place.view.top.sentence.text().startswith("No patient is on this round.")


def test_that_the_model_keeps_the_rules_of_item_models(sheet: Round) -> None:
    model = RoundModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view = sheet.place.view
    model.show(view.table.sheet.round, view.rows)
    assert (model.rowCount(), model.columnCount()) == (3, 9)
    model.tell(1)
    model.show(view.table.sheet.round, ())
    assert model.rowCount() == 0
    assert view.rows[0].standing is Standing.OPEN


def test_that_columns_that_a_narrow_window_has_no_room_for_are_told(sheet: Round, qtbot: QtBot) -> None:
    view = sheet.place.view
    assert "Out of sight" not in view.top.sentence.text()
    sheet.frame.resize(960, 700)
    qtbot.waitUntil(lambda: "State to the right. 3 patients" in view.top.sentence.text())
    assert view.top.sentence.text().startswith("Out of sight: ")
    bar = view.table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert view.top.sentence.text().startswith("Out of sight: Patient")
    assert "to the right" not in view.top.sentence.text()
    for pixels, first in ((10, "Blasts"), (11, "Patient to the left")):
        bar.setValue(pixels)
        assert view.top.sentence.text().startswith(f"Out of sight: {first}")
    sheet.frame.resize(1280, 800)
    qtbot.waitUntil(lambda: "Out of sight" not in view.top.sentence.text())


def test_that_the_round_tells_for_how_many_something_is_typed_without_a_name(sheet: Round, keys: Keys) -> None:
    assert sheet.frame.unsaved() == ""
    keys("7:10", ENTER, "0.7", TAB, "7:15", ENTER, "0.6")
    assert sheet.frame.unsaved() == "Round sheet, 2 patients"
    keys(ENTER, control=True)
    sheet.settle()
    assert sheet.frame.unsaved() == "Round sheet, 1 patient"


def test_that_a_patient_who_is_no_longer_in_the_store_is_left_out_and_counted(sheet: Round) -> None:
    sheet.frame.show_board()
    sheet.lines = [*sheet.lines, row("One", "Gone", 7, mrn="SYN-0099")]
    sheet.open()
    assert [one.line.family for one in sheet.place.view.rows] == list(NAMES)
    assert "1 more could not be found in the store" in sheet.place.view.top.sentence.text()


def test_that_a_chart_that_cannot_be_read_is_told_as_that_and_not_as_a_missing_patient(
    sheet: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_asked: object) -> None:
        raise StoreDamaged("The store is damaged: a chart is not as it was written.")

    monkeypatch.setattr(sheet.session.store, "bodies", damaged)
    sheet.open()
    top = sheet.place.view.top
    assert top.trouble.accessibleName().startswith("The store is damaged: a chart is not as it was written.")
    assert (top.sentence.text(), sheet.place.view.rows) == ("", [])
