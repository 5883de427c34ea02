"""The published index case by keyboard alone: registered, entered by hand, classed over time, exported."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.session import Session
from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost
from bedside.store.station import Station
from bedside.store.store import Store
from bedside.ui.forms.choice_rows import ChoiceRow
from bedside.ui.forms.mrd_row import MrdRow
from bedside.ui.forms.row import FieldRow
from bedside.ui.forms.segments import Segments
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.risk.row import CriterionRow
from bedside.ui.start import Start, StoreFacts
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow
from tests.conftest import FixedClock

USER, PASSPHRASE = "Synthetic Physician", "Green meadow at dawn"
ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MRN = "SYN-INDEX"


class Desk:
    """The built window on a temporary store, and the keys that are pressed in it."""

    def __init__(self, folder: Path, knowledge: Knowledge, new_id: Callable[[], UUID], qtbot: QtBot) -> None:
        self.clock = FixedClock(datetime(2020, 9, 30, 7, 0, tzinfo=UTC))
        self._folder, self._knowledge, self._new_id, self.qtbot = folder, knowledge, new_id, qtbot
        start = Start(
            facts=partial(StoreFacts, True),
            open_store=self._open,
            create_store=self._create,
            close_session=Session.close,
            furnish=self._furnish,
            preload=list,
            now=self._now,
        )
        self.window = MainWindow(start)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.ward: Ward | None = None

    def _now(self) -> datetime:
        return self.clock().astimezone(ZoneInfo("Europe/Zurich"))

    def _create(self, user: str, passphrase: str) -> tuple[Session, str]:
        cost = Cost(memory_kib=8, passes=1, lanes=1)
        store, code = Store.create(Station(self._folder, self.clock, self._new_id), FirstUser(user, passphrase, cost))
        return self._session(store), code

    def _open(self, user: str, passphrase: str) -> Session:
        if not self._folder.exists():
            return self._create(user, passphrase)[0]
        store = Store.open(Station(self._folder, self.clock, self._new_id), user, passphrase)
        return self._session(store)

    def _session(self, store: Store) -> Session:
        zone = ZoneInfo("Europe/Zurich")
        return Session(store, self._knowledge, self.clock, self._new_id, zone, "0.1", None)

    def _furnish(self, frame: object, desk: object) -> None:
        self.ward = Ward(frame, desk)  # type: ignore[arg-type]
        self.ward.start()

    def press(self, *keys: str | Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Send words letter by letter and single keys to whatever has the keyboard; then let the store answer."""
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the keyboard for {key}"
            if isinstance(key, str):
                QTest.keyClicks(target, key, held)
            else:
                QTest.keyClick(target, key, held)
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has answered everything."""
        self.qtbot.waitUntil(self._is_idle)

    def _is_idle(self) -> bool:
        return self.window.worker().idle

    @property
    def shown(self) -> Ward:
        """What fills the frame."""
        assert self.ward is not None
        return self.ward

    def banner(self) -> str:
        """The banner as it is read aloud."""
        return str(self.shown.frame.banner.accessibleName())

    def fill(self, kind: str, values: dict[str, str]) -> None:
        """Open the form of a kind by its words, fill rows by name, save, close."""
        self.press(Qt.Key.Key_E)
        self.press(kind, ENTER)
        sheet = self.shown.frame.sheets.sheet
        assert isinstance(sheet, FormSheet), f"no form for {kind}"
        rows = {row.key: row for row in sheet.rows}
        for name, typed in values.items():
            self._answer(rows[name], typed)
        self.press(ENTER, held=CONTROL)
        for _ in range(3):
            if any(row.has_question for row in sheet.rows):
                self.press(Qt.Key.Key_A)
                self.press(ENTER, held=CONTROL)
        assert sheet.stage is Stage.SAVED, sheet.foot.obstacle.text() + sheet.foot.alert.accessibleName()
        self.press(ESC)

    def _answer(self, row: FieldRow, typed: str) -> None:
        row.take_keyboard()
        if isinstance(row, MrdRow):
            result, *limit = typed.split(", ")
            self._choose(row.result, result)
            if limit:
                self.press(ENTER, *limit)
        elif isinstance(row, ChoiceRow):
            self._choose(row.segments, typed)
        else:
            box = QApplication.focusWidget()
            assert isinstance(box, QLineEdit)
            box.selectAll()
            self.press(typed)

    def _choose(self, segments: Segments, code: str) -> None:
        """Press the first letter of an answer until it is the one that is chosen."""
        for _ in range(9):
            self.press(code[0])
            if segments.chosen == (code,):
                return
        raise AssertionError(f"{code} cannot be chosen by its letter")

    def as_of(self, day: str) -> None:
        """Turn the window to a day."""
        self.press(Qt.Key.Key_D, held=CONTROL)
        self.press(day, ENTER)


@pytest.fixture
def desk(tmp_path: Path, knowledge: Knowledge, new_id: Callable[[], UUID], qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path / "store", knowledge, new_id, qtbot)
    yield made
    made.window.end()


def sign_in(desk: Desk) -> None:
    desk.press(USER, ENTER, PASSPHRASE, ENTER)
    desk.qtbot.waitUntil(lambda: desk.ward is not None)
    desk.settle()


def test_that_signing_in_leads_to_an_empty_board_that_says_what_to_do(desk: Desk) -> None:
    sign_in(desk)
    assert desk.shown.board.empty.statement.text() == "No patient is registered."


def register(desk: Desk) -> None:
    """Register the patient of the index case by hand."""
    desk.press(Qt.Key.Key_N, held=CONTROL)
    desk.press(MRN, ENTER, "Quince", ENTER, "Synthetic Index", ENTER, "15-Jun-2000", ENTER)
    desk.press(Qt.Key.Key_Right, ENTER)
    desk.press(ENTER, held=CONTROL)


BEFORE_INFUSION: tuple[tuple[str, dict[str, str]], ...] = (
    ("referral", {"at": "15-Mar-2020", "indication": "refractory_relapse"}),
    ("genetics", {"at": "08-Sep-2016", "marker": "kmt2a_r", "result": "absent"}),
    ("therapy", {"at": "12-Feb-2020", "agent": "blinatumomab", "intent": "salvage", "stop": "11-Mar-2020"}),
    ("apheresis", {"at": "02-Apr-2020", "sufficient": "yes"}),
    ("marrow", {"at": "22-May-2020", "blasts_pct": "30"}),
)
AFTER_INFUSION: tuple[tuple[str, dict[str, str]], ...] = (
    ("infusion", {"at": "01-Jun-2020", "product": "tisagenlecleucel", "identity_check_reason": "given elsewhere"}),
    ("marrow", {"at": "29-Jun-2020", "blasts_pct": "0", "mrd.fcm": "negative, 10^-4", "mrd.ngs": "positive"}),
    ("lymphocyte", {"at": "29-Jun-2020", "cd19": "0"}),
    ("marrow", {"at": "31-Jul-2020", "blasts_pct": "0", "mrd.ngs": "positive"}),
    ("lymphocyte", {"at": "31-Jul-2020", "cd19": "75"}),
)


def test_that_the_index_case_is_entered_by_hand_and_its_class_moves_as_published(desk: Desk, tmp_path: Path) -> None:
    sign_in(desk)
    register(desk)
    assert "QUINCE, Synthetic Index" in desk.banner()
    for kind, values in BEFORE_INFUSION:
        desk.fill(kind, values)
    assert "Pending" in desk.banner()
    for kind, values in AFTER_INFUSION:
        desk.fill(kind, values)
    assert "High risk, provisional, since 31\u2011Jul\u20112020" in desk.banner()
    desk.fill("hsct", {"at": "24-Aug-2020", "donor": "unrelated"})
    assert "Closed: HSCT, D+84" in desk.banner()

    for day, said in (
        ("31-May-2020", "Pending, low out of reach"),
        ("29-Jun-2020", "Ambiguous, provisional"),
        ("31-Jul-2020", "High risk, provisional"),
    ):
        desk.as_of(day)
        assert said in desk.banner()
        assert desk.shown.frame.view_bar.as_of.accessibleName().startswith(f"As of {day}, not now")

    desk.press(Qt.Key.Key_2, held=ALT)
    row = QApplication.focusWidget()
    assert isinstance(row, CriterionRow)
    assert row.accessibleName().startswith("H4, Early loss of B-cell aplasia, met, CD19 75/µL, 31-Jul-2020")
    export(desk, tmp_path / "handoff.pdf")

    desk.press(Qt.Key.Key_Home, held=ALT)
    assert "Closed: HSCT, D+84" in desk.banner()
    desk.press(Qt.Key.Key_B, held=CONTROL)
    assert desk.shown.board.table.rows.rowCount() == 0
    assert "1 closed course not shown" in desk.shown.board.state.text()


def export(desk: Desk, target: Path) -> None:
    """Export the handoff summary by keyboard and find it complete."""
    desk.press(Qt.Key.Key_E, held=CONTROL)
    dialog = desk.shown.handoff.dialog
    assert dialog is not None
    desk.qtbot.waitUntil(dialog.isVisible)
    box = dialog.findChild(QLineEdit, "fileNameEdit")
    assert box is not None
    desk.qtbot.waitUntil(box.hasFocus)
    box.selectAll()
    desk.press(str(target), ENTER)
    if not target.exists() and dialog.isVisible():
        desk.press(ENTER)
    desk.qtbot.waitUntil(target.exists)
    assert target.read_bytes().startswith(b"%PDF")
    assert b"Quince" not in target.name.encode()


def test_that_a_wrong_passphrase_is_said_in_words_and_opens_nothing(desk: Desk) -> None:
    sign_in(desk)
    desk.press(Qt.Key.Key_L, held=CONTROL)
    desk.press("wrong", ENTER)
    assert desk.window.frame is None
