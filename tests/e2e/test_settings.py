"""The settings by keyboard in the built window: at once, kept, the store's for leads, a centre's faulty file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside import compose
from bedside.app.program import start_at
from bedside.service.users import add_user
from bedside.ui import theme, units_shown
from bedside.ui.computer import CHART, Computer
from bedside.ui.settings.sheet import SettingsSheet
from bedside.ui.sign_in.passphrase_form import PassphraseForm
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow
from tests.ui.foundation.samples import seconds_to_the_lock

LEAD, NURSE = "A. Example", "B. Specimen"
PASSPHRASES = {LEAD: "Heide und Moor", NURSE: "Wald und Feld"}
CENTRE = 'centre = "Testberg"\n[thresholds.day28_last]\nvalue = {}\nreason = "sixth week"\n'

Open = Callable[[], MainWindow]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the window anew, as after another start of the program on this computer."""
    session = compose.create_session(tmp_path / "store", LEAD, PASSPHRASES[LEAD])[0]
    add_user(session, NURSE, ["nurse"], PASSPHRASES[NURSE])
    session.store.close(backup=False)
    opened: list[MainWindow] = []

    def open_window() -> MainWindow:
        for before in opened:
            before.end()
        computer = Computer(str(tmp_path / "computer.ini"))
        made = MainWindow(start_at(tmp_path / "store", None, computer))
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        opened.append(made)
        return made

    yield open_window
    opened[-1].end()
    units_shown.show(CHART)
    theme.apply(qapp, theme.load_theme("light"))


def sign_in(qtbot: QtBot, window: MainWindow, name: str) -> SettingsSheet:
    """Sign in and open the settings by key, once the store's are shown."""
    assert window.sign_in is not None
    form = window.sign_in.form
    assert isinstance(form, PassphraseForm)
    form.names.choose(name)
    QTest.keyClicks(form.passphrase.box, PASSPHRASES[name])
    QTest.keyClick(form.passphrase.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.frame is not None)
    return settings_of(qtbot, window)


def settings_of(qtbot: QtBot, window: MainWindow) -> SettingsSheet:
    window.activateWindow()
    idle(qtbot, window)
    QTest.keyClick(window.frame, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    sheet = window.frame.sheets.sheet
    assert isinstance(sheet, SettingsSheet)
    assert QApplication.focusWidget() in sheet.theme.buttons
    return sheet


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.worker().idle)


def press(key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)


def test_that_theme_size_and_units_are_chosen_by_key_hold_at_once_and_are_kept(qtbot: QtBot, start: Open) -> None:
    sheet = sign_in(qtbot, start(), LEAD)
    press(Qt.Key.Key_Right, 2)
    assert theme.current().name == "dark"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right, 4)
    assert "200 % from the next start on" in sheet.hint.text()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(units_shown.beside("hb", 79.0)))
    again = start()
    kept = again.start.computer
    assert (kept.chosen.theme, kept.scaled, kept.chosen.units) == ("dark", "200", "conventional")


def test_that_a_lead_says_whose_labels_count_and_when_the_window_locks(qtbot: QtBot, start: Open) -> None:
    window = start()
    sheet = sign_in(qtbot, window, LEAD)
    press(Qt.Key.Key_Tab, 3)
    press(Qt.Key.Key_Right)
    idle(qtbot, window)
    assert sheet.done.text() == "The labels of the United States count from now on, for everybody."
    press(Qt.Key.Key_Tab)
    for typed, told in (("0", "cannot be 0"), ("61", "cannot be 61"), ("ten", "cannot be ten")):
        type_minutes(qtbot, window, typed)
        assert told in sheet.trouble.words.accessibleName()
        assert "1 to 60" in sheet.trouble.words.accessibleName()
    type_minutes(qtbot, window, "12")
    assert sheet.done.text() == "The window locks after 12 minutes without a key, for everybody."
    assert seconds_to_the_lock(window) == pytest.approx(720, rel=0.05)
    again = sign_in(qtbot, start(), LEAD)
    assert (again.jurisdiction.chosen, again.minutes.text()) == (("us",), "12")


def type_minutes(qtbot: QtBot, window: MainWindow, text: str) -> None:
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
    idle(qtbot, window)


def test_that_a_nurse_sees_the_settings_of_the_store_and_whose_they_are_to_change(qtbot: QtBot, start: Open) -> None:
    sheet = sign_in(qtbot, start(), NURSE)
    assert sheet.jurisdiction.chosen == ("eu",)
    assert not sheet.minutes.isEnabled()
    assert sheet.choose_file.isHidden()
    assert sheet.whose.text() == "For leads to change."


def test_that_a_centre_s_file_is_refused_by_key_value_and_limits_and_a_right_one_holds_across_a_lock_and_a_start(
    qtbot: QtBot, start: Open, tmp_path: Path
) -> None:
    window = start()
    sheet = sign_in(qtbot, window, LEAD)
    file = tmp_path / "ours.toml"
    file.write_text(CENTRE.format(4200), encoding="utf-8")
    use(qtbot, window, file)
    words = sheet.trouble.words.accessibleName()
    assert "ours.toml, thresholds.day28_last.value = 4200: allowed is" in words
    assert "nothing of it is used" in words
    assert not (tmp_path / "store" / "centre.toml").exists()
    file.write_text(CENTRE.format(45), encoding="utf-8")
    use(qtbot, window, file)
    qtbot.waitUntil(lambda: window.session.knowledge.centre is not None)
    assert "Testberg" in settings_of(qtbot, window).centre.text()
    window.lock()
    assert "Testberg" in sign_in(qtbot, window, LEAD).centre.text()
    assert "45 days after day 0, program 42" in sign_in(qtbot, start(), NURSE).centre.text()


def use(qtbot: QtBot, window: MainWindow, file: Path) -> None:
    ward = window.frame.findChild(Ward)
    ward.settings.use_file(str(file))
    idle(qtbot, window)


def test_that_a_refusal_is_brought_into_sight_in_a_low_window(qtbot: QtBot, start: Open, tmp_path: Path) -> None:
    window = start()
    window.resize(960, 512)
    sheet = sign_in(qtbot, window, LEAD)
    file = tmp_path / "ours.toml"
    file.write_text("not a table", encoding="utf-8")
    use(qtbot, window, file)
    assert "ours.toml is not TOML" in sheet.trouble.words.accessibleName()
    qtbot.waitUntil(lambda: sheet.trouble.visibleRegion().boundingRect().height() == sheet.trouble.height())
