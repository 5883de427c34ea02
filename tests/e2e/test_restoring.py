"""Restoring in the window: a damaged store is told and kept, a backup is proved, compared and put in its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bedside import compose
from bedside.app.program import start_at
from bedside.chart.formats import date_text
from bedside.service.record import record, register
from bedside.service.users import add_user, disable_user
from bedside.store.cipher import disk_full
from bedside.store.swap import FRESH, KEPT
from bedside.ui.care import Care
from bedside.ui.sign_in.passphrase_form import PassphraseForm
from bedside.ui.sign_in.restore_form import PROVE, RESTORE, RestoreForm
from bedside.ui.start import BackupLine
from bedside.ui.window import MainWindow
from tests.e2e.windows import window_at
from tests.service.charts import COUNT, MRN, PATIENT

USER, PASSPHRASE = "Synthetic Lead", "Grüne Wiese"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a backup, and one count more than the backup has."""
    monkeypatch.setattr(compose, "log_folder", lambda: tmp_path / "logs")
    session, _ = compose.create_session(tmp_path / "store", USER, PASSPHRASE)
    register(session, PATIENT)
    session.close()
    session = compose.open_session(tmp_path / "store", USER, PASSPHRASE)
    record(session, MRN, COUNT)
    session.store.close(backup=False)
    return tmp_path / "store"


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    with window_at(qtbot, start_at(folder, None)) as made:
        yield made


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.worker().idle, timeout=30_000)


def sign_in(qtbot: QtBot, window: MainWindow) -> None:
    assert window.sign_in is not None
    form = window.sign_in.form
    assert isinstance(form, PassphraseForm)
    form.passphrase.box.setText(PASSPHRASE)
    form.submit()
    settled(qtbot, window)


def restore_form(window: MainWindow) -> RestoreForm:
    assert window.sign_in is not None
    form = window.sign_in.form
    assert isinstance(form, RestoreForm)
    return form


def damage(folder: Path) -> bytes:
    content = bytearray((folder / "bedside.db").read_bytes())
    content[5000] ^= 4
    (folder / "bedside.db").write_bytes(content)
    return bytes(content)


def prove(qtbot: QtBot, window: MainWindow) -> RestoreForm:
    form = restore_form(window)
    form.name.box.setText(USER)
    form.passphrase.box.setText(PASSPHRASE)
    assert form.button.text() == PROVE
    form.submit()
    settled(qtbot, window)
    return form


def test_that_a_damaged_store_is_told_and_a_backup_takes_its_place_by_consent(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    content = damage(folder)
    sign_in(qtbot, window)
    form = restore_form(window)
    assert form.title.text() == "The store is damaged"
    assert "damaged" in form.sentence.text()
    assert form.backups.user
    form = prove(qtbot, window)
    assert form.proved
    assert "1 rows" in form.sentence.text()
    assert "may hold entries that the backup lacks" in form.trouble.accessibleName()
    assert form.button.text() == RESTORE
    assert (folder / "bedside.db").read_bytes() == content, "nothing is replaced before consent"
    form.submit()
    settled(qtbot, window)
    (kept,) = (folder / KEPT).iterdir()
    assert (kept / "bedside.db").read_bytes() == content
    assert window.sign_in is not None
    assert isinstance(window.sign_in.form, PassphraseForm)
    said = window.sign_in.form.sentence.text()
    assert said.startswith(f"The backup is restored. The store that was there is kept in {kept}.\nThe store is")
    sign_in(qtbot, window)
    assert window.session is not None
    assert window.session.store.verify() == ()


def test_that_leaving_everything_as_it_is_changes_nothing(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    before = (folder / "bedside.db").read_bytes()
    assert window.sign_in is not None
    (link,) = [one for one in window.sign_in.findChildren(QPushButton) if one.text().startswith("Restore a backup")]
    link.click()
    settled(qtbot, window)
    form = prove(qtbot, window)
    assert "The backup lacks 1 entry" in form.trouble.accessibleName()
    form.back.click()
    settled(qtbot, window)
    assert isinstance(window.sign_in.form, PassphraseForm)
    assert "restored" not in window.sign_in.form.sentence.text()
    assert (folder / "bedside.db").read_bytes() == before
    assert not (folder / FRESH).exists()
    assert not (folder / KEPT).exists()
    sign_in(qtbot, window)
    assert window.session is not None


def test_that_closing_the_window_gives_back_what_was_made_ready(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    assert window.sign_in is not None
    window.sign_in.offer_restore()
    settled(qtbot, window)
    prove(qtbot, window)
    assert (folder / FRESH).exists()
    window.end()
    assert not (folder / FRESH).exists()


def test_that_a_wrong_passphrase_proves_nothing(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    assert window.sign_in is not None
    window.sign_in.offer_restore()
    settled(qtbot, window)
    form = restore_form(window)
    form.name.box.setText(USER)
    form.submit()
    assert "Name and passphrase are needed" in form.trouble.accessibleName()
    form.passphrase.box.setText("wrong")
    form.submit()
    settled(qtbot, window)
    assert "not right" in form.trouble.accessibleName()
    assert not form.proved
    assert not (folder / KEPT).exists()


def test_that_of_two_backups_of_one_minute_the_chosen_one_is_meant(qtbot: QtBot) -> None:
    form = RestoreForm(USER)
    qtbot.addWidget(form)
    lines = [BackupLine("later", "20-Nov-2026 09:12", "9 rows"), BackupLine("earlier", "20-Nov-2026 09:12", "8 rows")]
    form.show_backups(lines)
    asked: list[str] = []
    form.prove_asked.connect(lambda path, _user, _passphrase: asked.append(path))
    form.passphrase.box.setText(PASSPHRASE)
    form.backups.choose_by(1)
    form.submit()
    assert asked == ["earlier"]


def test_that_a_store_without_its_database_is_no_first_start(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    (folder / "bedside.db").unlink()
    assert window.sign_in is not None
    window.sign_in.ask()
    sign_in(qtbot, window)
    assert "missing" in restore_form(window).sentence.text()
    assert not (folder / "bedside.db").exists()


def test_that_beside_another_program_the_window_opens_for_reading_only_and_says_so(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    other = compose.open_session(folder, USER, PASSPHRASE)
    sign_in(qtbot, window)
    assert window.session is not None
    assert window.session.read_only
    assert window.frame.app_bar.backup.text == "Read only: another Bedside has the store"
    other.store.close(backup=False)


def test_that_where_nothing_can_be_written_the_window_opens_for_reading_and_tries_again_after_a_lock(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    shared = folder / "bedside.db-shm"
    shared.unlink(missing_ok=True)
    shared.symlink_to("nowhere")
    sign_in(qtbot, window)
    assert window.session.read_only
    assert window.frame.app_bar.backup.text == "Read only: its folder cannot be written to"
    shared.unlink()
    window.lock()
    settled(qtbot, window)
    sign_in(qtbot, window)
    assert not window.session.read_only


def test_that_on_a_disk_that_filled_up_people_lock_and_come_back_to_read(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_connection: object) -> None:
        raise disk_full()

    sign_in(qtbot, window)
    assert not window.session.read_only
    monkeypatch.setattr("bedside.store.audit.transaction", no_room)
    window.lock()
    settled(qtbot, window)
    sign_in(qtbot, window)
    assert window.session.read_only
    assert window.frame.app_bar.backup.text == "Read only: the disk is full"


def test_that_the_closed_store_says_where_it_is_and_when_it_was_backed_up_and_locked(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    for name, manifest in (("a", "{"), ("b", '{"made_at": "2001-01-01T00:00:00"}'), ("c", "[]")):
        (folder / "backups" / name).mkdir()
        (folder / "backups" / name / "manifest.json").write_text(manifest)
    assert window.sign_in is not None
    window.sign_in.ask()
    said = window.sign_in.panel.accessibleName()
    today = date_text(compose.utc_now().astimezone(compose.local_zone()).date())
    assert f"Store: {folder}, on this computer, encrypted" in said
    assert f"Last backup: {today}" in said
    assert "Locked" not in said
    sign_in(qtbot, window)
    window.lock()
    settled(qtbot, window)
    assert "Locked: " in window.sign_in.panel.accessibleName()


def test_that_a_window_that_reads_locks_when_its_user_is_disabled_in_another(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    other = compose.open_session(folder, USER, PASSPHRASE)
    add_user(other, "B. Specimen", ["nurse"], "Wald")
    assert window.sign_in is not None
    window.sign_in.ask(user="B. Specimen")
    form = window.sign_in.form
    assert isinstance(form, PassphraseForm)
    form.passphrase.box.setText("Wald")
    with qtbot.waitSignal(window.signed_in, timeout=20_000):
        form.submit()
    settled(qtbot, window)
    care = window.frame.findChild(Care)
    care.tick()
    settled(qtbot, window)
    assert window.frame is not None
    disable_user(other, "B. Specimen")
    care.tick()
    settled(qtbot, window)
    assert window.frame is None
    other.store.close(backup=False)
