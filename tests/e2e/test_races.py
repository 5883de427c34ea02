"""What comes back late: another patient was opened, the window was locked, or something else was taken in hand."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.exchange_files import import_file
from bedside.store.station import Station
from bedside.ui.notice import NoticeSheet
from bedside.ui.overview.view import load_timeline
from bedside.ui.registration_sheet import RegistrationSheet
from bedside.ui.ward import Ward
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session
from tests.service.charts import COUNT, PATIENT, chart_file

FIRST, SECOND, THIRD = (f"T-{number:04}" for number in (1, 2, 3))


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, knowledge: Knowledge, clock: FixedClock) -> Iterator[Ward]:
    load_timeline()
    session = new_session(Station(tmp_path / "store", clock, uuid4), knowledge, "Synthetic Lead")
    for mrn in (FIRST, SECOND):
        import_file(session, f"{mrn}.json", chart_file(COUNT, patient={**PATIENT, "mrn": mrn}))
    with ward_at(qtbot, session) as made:
        yield made


@pytest.fixture
def held(ward: Ward) -> Iterator[Callable[[], None]]:
    """The worker stands still until this is called."""
    go_on = threading.Event()
    ward.desk.background.run(go_on.wait)
    yield go_on.set
    go_on.set()


def shown(qtbot: QtBot, ward: Ward, mrn: str) -> None:
    ward.open_patient(mrn)
    qtbot.waitUntil(lambda: ward.desk.background.idle)
    assert ward.opened is not None
    assert ward.opened.is_of(mrn)


def rest(qtbot: QtBot, ward: Ward) -> None:
    qtbot.waitUntil(lambda: ward.desk.background.idle)


def test_that_nothing_of_the_patient_before_is_handed_out_while_the_next_is_read(qtbot: QtBot, ward: Ward) -> None:
    shown(qtbot, ward, FIRST)
    go_on = threading.Event()
    ward.desk.background.run(go_on.wait)
    ward.open_patient(SECOND)
    assert ward.order() is None
    export = next(action for action in ward.general_actions() if action.id == "ward.export")
    assert export.refusal() == "no patient is shown"
    assert ward.frame.banner.facts is None
    go_on.set()
    rest(qtbot, ward)
    order = ward.order()
    assert order is not None
    assert order.mrn == SECOND


def test_that_of_two_patients_opened_in_a_row_the_last_is_shown(
    qtbot: QtBot, ward: Ward, held: Callable[[], None]
) -> None:
    seen: list[str] = []
    ward.patient_came.connect(seen.append)
    ward.open_patient(FIRST)
    ward.open_patient(SECOND)
    held()
    rest(qtbot, ward)
    assert seen == [SECOND]


def test_that_a_frame_that_was_dropped_asks_nothing_more_of_the_store(
    qtbot: QtBot, ward: Ward, held: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ward.open_patient(FIRST)
    ward.read_board()
    ward.frame.close_views()
    asked: list[object] = []
    monkeypatch.setattr(ward.desk.background, "run", lambda work, *_receivers: asked.append(work))
    held()
    rest(qtbot, ward)
    assert asked == []
    assert ward.frame.banner.facts is None


def test_that_an_import_that_ends_late_leaves_the_patient_in_front(
    qtbot: QtBot, ward: Ward, held: Callable[[], None], tmp_path: Path
) -> None:
    path = tmp_path / "late.json"
    path.write_bytes(chart_file(COUNT, patient={**PATIENT, "mrn": THIRD}))
    ward.intake.import_path(str(path))
    ward.open_patient(FIRST)
    ward.frame.show_view("journal")
    held()
    rest(qtbot, ward)
    assert ward.mrn == FIRST
    assert THIRD in {line.mrn for line in ward.search.lines}


def test_that_an_import_that_is_waited_for_shows_its_patient(qtbot: QtBot, ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "chart.json"
    path.write_bytes(chart_file(COUNT, patient={**PATIENT, "mrn": THIRD}))
    ward.intake.import_path(str(path))
    rest(qtbot, ward)
    assert ward.mrn == THIRD


def test_that_a_refused_registration_whose_sheet_was_closed_is_told_all_the_same(
    qtbot: QtBot, ward: Ward, held: Callable[[], None]
) -> None:
    ward.intake.register()
    sheet = ward.frame.findChild(RegistrationSheet)
    assert isinstance(sheet, RegistrationSheet)
    sheet.submitted.emit({**PATIENT, "mrn": FIRST}, True)
    ward.frame.close_sheet()
    held()
    rest(qtbot, ward)
    notice = ward.frame.source
    assert isinstance(notice, NoticeSheet)
    assert FIRST in notice.alert.accessibleName()
