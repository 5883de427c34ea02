"""Tests of the lock and the way back: the PIN, the passphrase beside it, and the lock after idle minutes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.errors import UserError
from bedside.service.ward_settings import Settings
from bedside.ui.forms import doors
from bedside.ui.forms.context import DraftText
from bedside.ui.forms.doors import OwnDrafts
from bedside.ui.sign_in.passphrase_form import PassphraseForm
from bedside.ui.sign_in.pin_box import PinBox
from bedside.ui.sign_in.pin_form import PinForm
from bedside.ui.start import Start, Turns, UserLine
from bedside.ui.view import View
from bedside.ui.window import MainWindow
from tests.ui.foundation.samples import PASSPHRASE, OpenStore, Rehearsal, seconds_to_the_lock

PIN = "190731"
RETURNING = (UserLine("A. Example", "", "PIN until 19:04"), UserLine("B. Specimen", "", "PIN until 20:11"))


@dataclass
class Shift:
    """A store at which people take turns: remembers why it was locked and who came back."""

    rehearsal: Rehearsal = field(default_factory=Rehearsal)
    returning: tuple[UserLine, ...] = RETURNING
    minutes: int = 5
    locked: list[str] = field(default_factory=list)

    def lock(self, _session: Any, why: str) -> tuple[UserLine, ...]:
        self.locked.append(why)
        return self.returning

    def resume(self, user: str, pin: str) -> Any:
        if pin != PIN:
            raise UserError("The PIN is not right.", "4 more tries before a wait; the passphrase always opens.")
        self.rehearsal.opened.append(OpenStore(role=user))
        return self.rehearsal.opened[-1]

    def start(self) -> Start:
        return replace(self.rehearsal.start(), turns=Turns(self.lock, self.resume, lambda _session: self.minutes))


@pytest.fixture
def shift() -> Shift:
    return Shift()


@pytest.fixture
def window(qtbot: QtBot, shift: Shift) -> Iterator[MainWindow]:
    made = MainWindow(shift.start())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with qtbot.waitSignal(made.signed_in, timeout=5_000):
        QTest.keyClicks(focused(), PASSPHRASE)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.worker().idle)
    yield made
    made.end()


def focused() -> Any:
    return QApplication.focusWidget()


def form_of(window: MainWindow) -> Any:
    assert window.sign_in is not None
    return window.sign_in.form


def lock(qtbot: QtBot, window: MainWindow) -> None:
    window.frame.lock_asked.emit()
    qtbot.waitUntil(lambda: isinstance(form_of(window), PinForm))


@pytest.mark.parametrize(
    ("room", "fills"), [((1440, 900), False), ((1920, 1080), False), ((1439, 900), True), ((1440, 899), True)]
)
def test_that_the_window_fills_a_screen_that_it_would_reach_beyond(
    window: MainWindow, room: tuple[int, int], fills: bool
) -> None:
    window.hide()
    window.showNormal()
    window.resize(1440, 900)
    window.hide()
    window.show_on(QSize(*room))
    assert window.isMaximized() is fills


def test_that_six_digits_bring_the_same_person_back(qtbot: QtBot, window: MainWindow, shift: Shift) -> None:
    lock(qtbot, window)
    assert shift.locked == ["asked"]
    assert not shift.rehearsal.opened[0].closed
    assert form_of(window).user == "B. Specimen"
    assert focused().accessibleName() == "PIN for B. Specimen, 6 digits"
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClicks(focused(), PIN)
    assert window.user == "B. Specimen"
    assert window.session is shift.rehearsal.opened[-1]


class HalfTyped(View):
    def unsaved(self) -> str:
        return "Blood count, 3 values"


def test_that_the_lock_says_what_was_typed_and_that_it_comes_back_without_a_name(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.frame.open_sheet(HalfTyped())
    lock(qtbot, window)
    kept = "Draft kept: Blood count, 3 values. It comes back to you alone, when you open it again."
    assert window.sign_in is not None
    assert kept in window.sign_in.panel.accessibleName()
    form_of(window).other.click()
    assert kept in window.sign_in.panel.accessibleName()


def test_that_the_lock_claims_no_draft_before_it_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.frame.open_sheet(HalfTyped())
    window.lock()
    assert window.sign_in is not None
    assert "Draft: Blood count, 3 values. It is being kept." in window.sign_in.panel.accessibleName()
    qtbot.waitUntil(lambda: isinstance(form_of(window), PinForm))


class TypedLast(HalfTyped):
    """Hands in its draft when it is closed, as forms do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        session: Any = window.session
        self._drafts = OwnDrafts(session, window.worker())

    def close_view(self) -> None:
        super().close_view()
        self._drafts.store_draft("registration", "{}", self._kept)

    def _kept(self, _draft: DraftText) -> None:
        raise AssertionError("nobody is there any more")


def test_that_the_lock_says_when_what_was_typed_was_not_kept(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object) -> None:
        raise UserError("The disk is full.", "Free some space.")

    monkeypatch.setattr(doors, "keep_draft", full)
    window.session.now = window.start.now
    window.frame.open_sheet(TypedLast(window))
    lock(qtbot, window)
    assert window.sign_in is not None
    for _ in range(2):
        told = window.sign_in.panel.accessibleName()
        assert "Draft not kept: Blood count, 3 values." in told
        assert "Draft kept" not in told
        if isinstance(form_of(window), PinForm):
            form_of(window).other.click()


def test_that_a_lock_with_nothing_typed_speaks_of_no_draft(qtbot: QtBot, window: MainWindow) -> None:
    lock(qtbot, window)
    assert window.sign_in is not None
    assert "Draft" not in window.sign_in.panel.accessibleName()


def test_that_the_arrow_keys_choose_who_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    lock(qtbot, window)
    QTest.keyClicks(focused(), "19")
    QTest.keyClick(focused(), Qt.Key.Key_Up)
    assert form_of(window).pin.text() == ""
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClicks(focused(), PIN)
    assert window.user == "A. Example"


def test_that_a_wrong_pin_is_told_and_the_box_is_empty_again(qtbot: QtBot, window: MainWindow) -> None:
    lock(qtbot, window)
    form = form_of(window)
    QTest.keyClicks(focused(), "190732")
    qtbot.waitUntil(form.trouble.isVisible)
    assert "4 more tries" in form.trouble.accessibleName()
    assert (form.pin.text(), focused()) == ("", form.pin)


def test_that_the_box_takes_digits_alone_and_enter_tells_what_is_missing(qtbot: QtBot, window: MainWindow) -> None:
    lock(qtbot, window)
    QTest.keyClicks(focused(), "1a9 0,")
    assert form_of(window).pin.text() == "190"
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "6 digits" in form_of(window).trouble.accessibleName()


def test_that_the_passphrase_is_one_step_away(qtbot: QtBot, window: MainWindow) -> None:
    lock(qtbot, window)
    form_of(window).other.click()
    assert isinstance(form_of(window), PassphraseForm)
    assert form_of(window).title.text() == "Locked"
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClicks(focused(), PASSPHRASE)
        QTest.keyClick(focused(), Qt.Key.Key_Return)


def test_that_without_a_pin_the_passphrase_is_asked_for(qtbot: QtBot, window: MainWindow, shift: Shift) -> None:
    shift.returning = ()
    window.lock()
    qtbot.waitUntil(lambda: shift.locked == ["asked"])
    assert isinstance(form_of(window), PassphraseForm)


def test_that_an_idle_window_locks_itself_and_a_key_begins_the_count_anew(
    qtbot: QtBot, window: MainWindow, shift: Shift
) -> None:
    window.idle_lock.begin(0.3 / 60)
    for _ in range(4):
        qtbot.wait(150)
        QTest.keyClick(window.frame, Qt.Key.Key_Shift)
    assert shift.locked == []
    qtbot.waitUntil(lambda: shift.locked == ["idle"])
    assert window.frame is None


def test_that_the_minutes_of_the_store_count_and_nothing_is_counted_while_locked(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: seconds_to_the_lock(window) > 0)
    assert 285 <= seconds_to_the_lock(window) <= 315  # a coarse timer, one part in twenty
    lock(qtbot, window)
    assert seconds_to_the_lock(window) == 0


def test_that_a_pin_is_never_shown_copied_or_read_aloud(qtbot: QtBot) -> None:
    box = PinBox("PIN")
    qtbot.addWidget(box)
    QTest.keyClicks(box, PIN)
    assert box.displayText() != PIN
    box.selectAll()
    box.copy()
    assert QApplication.clipboard().text() != PIN
    assert PIN not in box.accessibleName()


def test_that_the_store_is_tended_while_the_window_is_locked_and_no_longer(
    qtbot: QtBot, window: MainWindow, shift: Shift
) -> None:
    tended: list[str] = []
    turns = shift.start().turns
    assert turns is not None
    window.start = replace(window.start, turns=replace(turns, tend=lambda: tended.append("once")))
    window._tending.setInterval(20)
    assert not window._tending.isActive()
    lock(qtbot, window)
    qtbot.waitUntil(lambda: len(tended) > 1)
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClicks(focused(), PIN)
    assert not window._tending.isActive()


def test_that_a_window_whose_minutes_cannot_be_read_locks_after_the_usual_ones(
    qtbot: QtBot, window: MainWindow, shift: Shift
) -> None:
    def broken(_session: Any) -> int:
        raise UserError("The settings cannot be read.", "")

    lock(qtbot, window)
    assert window.start.turns is not None
    window.start = replace(window.start, turns=replace(window.start.turns, idle_minutes=broken))
    with qtbot.waitSignal(window.signed_in, timeout=5_000):
        QTest.keyClicks(focused(), PIN)
    assert shift.locked == ["asked"]
    assert seconds_to_the_lock(window) == pytest.approx(60 * Settings().idle_lock_minutes, rel=0.1)
