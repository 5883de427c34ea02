"""The forgotten passphrase: the printed recovery code lets a name in again, in the window."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bedside import compose
from bedside.app.program import start_at
from bedside.service.audit_log import audit_log
from bedside.store.envelope import NotLetIn
from bedside.ui.sign_in.passphrase_form import PassphraseForm
from bedside.ui.sign_in.recover_form import RecoverForm
from bedside.ui.window import MainWindow
from tests.e2e.windows import window_at

LEAD, OLD, NEW = "A. Example", "Heide und Moor", "Wald und Feld"


@pytest.fixture
def code(tmp_path: Path) -> str:
    session, code = compose.create_session(tmp_path / "store", LEAD, OLD)
    session.store.close(backup=False)
    return code


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, code: str) -> Iterator[MainWindow]:
    assert code
    with window_at(qtbot, start_at(tmp_path / "store", None)) as made:
        yield made


def form_of(window: MainWindow) -> Any:
    assert window.sign_in is not None
    return window.sign_in.form


def offered(window: MainWindow) -> RecoverForm:
    link = next(one for one in window.findChildren(QPushButton) if one.text().startswith("Use the recovery code"))
    link.click()
    form = form_of(window)
    assert isinstance(form, RecoverForm)
    return form


def fill_in(form: RecoverForm, code: str, name: str, passphrase: str, again: str) -> None:
    for widget, text in ((form.code, code), (form.name, name), (form.passphrase, passphrase), (form.again, again)):
        widget.box.setText(text)
    QTest.keyClick(form.again.box, Qt.Key.Key_Return)


def test_that_the_recovery_code_gives_a_name_a_new_passphrase_and_signs_in(
    qtbot: QtBot, window: MainWindow, code: str, tmp_path: Path
) -> None:
    form = offered(window)
    assert form.name.box.text() == LEAD
    with qtbot.waitSignal(window.signed_in, timeout=20_000):
        fill_in(form, code.lower().replace("-", " "), LEAD.lower(), NEW, NEW)
    assert (window.user, window.session.roles) == (LEAD, {"lead", "physician"})
    said = [(one.user, one.words) for one in audit_log(window.session)]
    assert ("recovery code", f"gave {LEAD} a new passphrase") in said
    assert (LEAD, "signed in") in said
    window.end()
    with pytest.raises(NotLetIn):
        compose.open_session(tmp_path / "store", LEAD, OLD)
    compose.open_session(tmp_path / "store", LEAD, NEW).store.close(backup=False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", LEAD, NEW, NEW), "recovery code is missing"),
        (("ABCD", "", NEW, NEW), "name is missing"),
        (("ABCD", LEAD, "", ""), "passphrase is missing"),
        (("ABCD", LEAD, NEW, OLD), "differ"),
        (("ABCD-EFGH", LEAD, NEW, NEW), "slip in it"),
    ],
)
def test_that_what_is_missing_or_wrong_is_said_and_nothing_changes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, typed: tuple[str, str, str, str], said: str
) -> None:
    form = offered(window)
    fill_in(form, *typed)
    qtbot.waitUntil(form.trouble.isVisible)
    assert said in form.trouble.accessibleName()
    form.back.click()
    assert isinstance(form_of(window), PassphraseForm)
    compose.open_session(tmp_path / "store", LEAD, OLD).store.close(backup=False)
