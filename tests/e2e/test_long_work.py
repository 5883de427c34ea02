"""Long work in the built window: shown while it lasts, cancelled by key, with store and files as they were."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.exchange_files import import_file
from bedside.store.backup import FOLDER, backups_in
from bedside.store.station import Station
from bedside.ui import care, way_out
from bedside.ui.backup_sheet import BackupSheet
from bedside.ui.long_work.watch import Watch
from bedside.ui.overview.view import load_timeline
from bedside.ui.ward import Ward
from bedside.ui.widgets.key_bar import SIDE
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session
from tests.service.charts import COUNT, MRN, PATIENT, chart_file

OTHER = "T-0002"
EXPORTS = ("export.json", "export.fhir", "export.tables", "export.all", "ward.export", "ward.list_file")


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, knowledge: Knowledge, clock: FixedClock) -> Iterator[Ward]:
    load_timeline()
    session = new_session(Station(tmp_path / "store", clock, uuid4), knowledge, "Synthetic Lead")
    import_file(session, "one.json", chart_file(COUNT))
    with ward_at(qtbot, session) as made:
        made.open_patient(MRN)
        qtbot.waitUntil(lambda: made.desk.background.idle)
        yield made


class Gate:
    """Holds the worker at the step that it tells when this many were told, until somebody lets it go on."""

    def __init__(self, steps: int = 1) -> None:
        self.left, self.reached, self.go_on = steps, threading.Event(), threading.Event()

    def tell(self, watch: Watch, done: int, total: int) -> None:
        watch.done, watch.total = done, total
        self.left -= 1
        if self.left <= 0:
            self.reached.set()
            self.go_on.wait(20)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Stands in the way of everything long."""
    made, usual = Gate(), Watch.tell

    def tell(watch: Watch, done: int, total: int) -> None:
        if (done, total) != (0, 0):
            made.tell(watch, done, total)
        usual(watch, done, total)

    monkeypatch.setattr(Watch, "tell", tell)
    yield made
    made.go_on.set()


def held(ward: Ward) -> object:
    """What the store holds, without the trail."""
    store = ward.desk.session.store
    return store.head(), store.patient_numbers(), backups_in(store.folder / FOLDER)


def press_cancel(ward: Ward) -> None:
    QTest.keyClick(QApplication.focusWidget() or ward.frame, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)


def cancel(qtbot: QtBot, ward: Ward, gate: Gate) -> None:
    """Wait until the work is shown at its gate, cancel it by key, and let it go on."""
    qtbot.waitUntil(gate.reached.is_set)
    qtbot.waitUntil(ward.frame.work.isVisible)
    press_cancel(ward)
    gate.go_on.set()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    qtbot.waitUntil(ward.frame.work.isHidden)


def note(ward: Ward) -> str:
    return ward.frame.key_bar.accessibleName()


def close_dialogs(ward: Ward) -> None:
    for dialog in ward.frame.findChildren(QFileDialog):
        dialog.close()


def do(ward: Ward, name: str) -> None:
    (action,) = [one for one in ward.general_actions() if one.id == name]
    assert action.refusal() == ""
    action.callback()


def send_to(ward: Ward, name: str, place: Path) -> None:
    """Ask for an export, and say where it goes."""
    do(ward, name)
    close_dialogs(ward)
    out = ward.handoff if name.startswith("ward.") else ward.exporting.way_out
    if name in ("export.tables", "export.all"):
        out.fill(str(place))
    else:
        out.write(str(place / "out"))


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("there", [True, False])
def test_that_a_cancelled_export_leaves_no_file_or_the_one_that_was_there(
    qtbot: QtBot, ward: Ward, gate: Gate, tmp_path: Path, name: str, *, there: bool
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    if there:
        for file in ("out", "facts.csv", "data-dictionary.csv"):
            (place / file).write_bytes(b"what was there")
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    events = len(ward.desk.session.store.events())
    send_to(ward, name, place)
    cancel(qtbot, ward, gate)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert len(ward.desk.session.store.events()) == events
    assert f"It was cancelled. {way_out.NOTHING_WRITTEN}" in note(ward)
    assert ward.frame.sheets.sheet is None


def test_that_the_same_export_is_written_when_nobody_cancels_it(qtbot: QtBot, ward: Ward, tmp_path: Path) -> None:
    shown: list[int] = []
    ward.frame.work.shown.connect(lambda: shown.append(1))
    send_to(ward, "export.json", tmp_path)
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert (tmp_path / "out").is_file()
    assert shown == [], "a short job shows nothing"


def test_that_a_cancelled_import_of_a_chart_stores_nothing(
    qtbot: QtBot, ward: Ward, gate: Gate, tmp_path: Path
) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(chart_file(COUNT, patient={**PATIENT, "mrn": OTHER}))
    before = held(ward)
    ward.intake.import_path(str(path))
    cancel(qtbot, ward, gate)
    assert held(ward) == before
    assert "It was cancelled. Nothing was stored." in note(ward)
    assert ward.mrn == MRN


def test_that_the_strip_says_what_goes_on_and_how_far_it_is(
    qtbot: QtBot, ward: Ward, gate: Gate, tmp_path: Path
) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(chart_file(COUNT, patient={**PATIENT, "mrn": OTHER}))
    gate.left = 3
    ward.intake.import_path(str(path))
    qtbot.waitUntil(ward.frame.work.isVisible)
    row = ward.frame.work.row
    assert row.words.text() == "other.json is being imported …"
    assert row.count.text().endswith(" %")
    key_bar = ward.frame.key_bar
    assert key_bar.rect().contains(ward.frame.work.geometry())
    assert key_bar.width() - ward.frame.work.geometry().right() <= SIDE + 1
    gate.go_on.set()
    qtbot.waitUntil(lambda: ward.mrn == OTHER)


def backup_sheet(qtbot: QtBot, ward: Ward) -> BackupSheet:
    ward.care.open_sheet()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    sheet = ward.frame.findChild(BackupSheet)
    assert isinstance(sheet, BackupSheet)
    return sheet


def test_that_a_backup_shows_in_its_sheet_how_far_it_is_and_is_cancelled_there(
    qtbot: QtBot, ward: Ward, gate: Gate
) -> None:
    sheet, before = backup_sheet(qtbot, ward), held(ward)
    sheet.backup.click()
    qtbot.waitUntil(sheet.progress.isVisible)
    assert ward.frame.work.isHidden()
    assert not sheet.backup.isEnabled()
    sheet.progress.cancel.click()
    gate.go_on.set()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert held(ward) == before
    assert sheet.done.text() == f"It was cancelled. {care.NO_BACKUP}"
    assert sheet.progress.isHidden()
    assert sheet.backup.isEnabled()
    assert QApplication.focusWidget() is sheet.backup


def test_that_a_backup_whose_sheet_was_closed_goes_on_in_the_strip(qtbot: QtBot, ward: Ward, gate: Gate) -> None:
    sheet = backup_sheet(qtbot, ward)
    sheet.backup.click()
    qtbot.waitUntil(gate.reached.is_set)
    ward.frame.close_sheet()
    cancel(qtbot, ward, gate)
    assert backups_in(ward.desk.session.store.folder / FOLDER) == ()
    assert care.NO_BACKUP in note(ward)


def test_that_a_rehearsal_is_cancelled_and_leaves_nothing(qtbot: QtBot, ward: Ward, gate: Gate) -> None:
    ward.desk.session.store.backups.make_if_changed()
    sheet, before = backup_sheet(qtbot, ward), held(ward)
    sheet.drill.click()
    qtbot.waitUntil(gate.reached.is_set)
    press_cancel(ward)
    gate.go_on.set()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert held(ward) == before
    assert sheet.done.text() == f"It was cancelled. {care.NOT_REHEARSED}"
    (row,) = ward.desk.session.store.events("restore_drill")
    assert row.detail == {"result": "cancelled"}


def test_that_nothing_else_moves_when_the_strip_comes_and_a_sheet_leaves_it_to_be_seen(
    qtbot: QtBot, ward: Ward, gate: Gate, tmp_path: Path
) -> None:
    send_to(ward, "export.json", tmp_path)
    sheet, room = backup_sheet_over(ward), ward.frame.room.geometry()
    qtbot.waitUntil(ward.frame.work.isVisible)
    assert ward.frame.room.geometry() == room
    assert ward.frame.sheets.geometry().bottom() < ward.frame.key_bar.y()
    assert not sheet.closed
    gate.go_on.set()
    qtbot.waitUntil(lambda: ward.desk.background.idle)


def backup_sheet_over(ward: Ward) -> BackupSheet:
    ward.care.open_sheet()
    sheet = ward.frame.findChild(BackupSheet)
    assert isinstance(sheet, BackupSheet)
    return sheet


def test_that_a_dropped_frame_shows_nothing_more_of_what_goes_on(
    qtbot: QtBot, ward: Ward, gate: Gate, tmp_path: Path
) -> None:
    send_to(ward, "export.json", tmp_path)
    qtbot.waitUntil(ward.frame.work.isVisible)
    ward.frame.close_views()
    assert ward.frame.work.isHidden()
    gate.go_on.set()
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert (tmp_path / "out").is_file()


def test_that_every_export_and_import_of_the_window_has_a_way_out(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[str] = []

    def run(_work: Callable[[], object], *_receivers: object) -> None:
        watched.extend(one.words for one in _receivers if isinstance(one, Watch))

    monkeypatch.setattr(ward.desk.background, "run", run)
    ward.intake.import_path("chart.json")
    for name in EXPORTS:
        send_to(ward, name, Path("place"))
    assert len(watched) == 1 + len(EXPORTS)
