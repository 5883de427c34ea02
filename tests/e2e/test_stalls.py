"""The window goes on while long work runs behind it: an import, a backup and an export of a chart of 5,000 entries."""

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from bedside.knowledge.tables import Knowledge
from bedside.service.backups import back_up
from bedside.service.exchange_files import export_json, import_file
from bedside.service.read import chart_of
from bedside.store.station import Station
from bedside.ui.overview.view import load_timeline
from bedside.ui.ward import Ward
from tests.benchmarks.charts import dense_fields, patient_fields
from tests.benchmarks.stores import now
from tests.e2e.windows import ward_at
from tests.new_stores import new_session
from tests.watchdog import LIMIT_SECONDS, watched

ENTRIES, TRIES = 5_000, 3
MRN = patient_fields(1)["mrn"]


@pytest.fixture
def chart_file(tmp_path: Path) -> Path:
    fields = {"format": "bedside-chart", "version": 1, "patient": patient_fields(1)}
    path = tmp_path / "long.json"
    path.write_text(json.dumps({**fields, "entries": dense_fields(1, ENTRIES)}), encoding="utf-8")
    return path


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, knowledge: Knowledge) -> Iterator[Ward]:
    load_timeline()
    session = new_session(Station(tmp_path / "store", now, uuid4), knowledge, "Synthetic Lead")
    with ward_at(qtbot, session) as made:
        yield made


def longest_stall(qtbot: QtBot, ward: Ward, work: Callable[[], object]) -> float:
    """The longest stall while this is done on the worker and comes back."""
    with watched() as dog:
        ward.desk.background.run(work)
        qtbot.waitUntil(lambda: ward.desk.background.idle, timeout=120_000)
    return dog.longest


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_no_long_work_behind_the_window_holds_it_up(qtbot: QtBot, ward: Ward, chart_file: Path) -> None:
    session, name, data = ward.desk.session, chart_file.name, chart_file.read_bytes()
    look, store = (partial(import_file, session, name, data, dry_run=dry) for dry in (True, False))
    assert min(longest_stall(qtbot, ward, work) for work in (look, look, store)) <= LIMIT_SECONDS
    assert len(chart_of(session, MRN).entries) == ENTRIES
    for work in (partial(back_up, session), partial(export_json, session, MRN)):
        assert min(longest_stall(qtbot, ward, work) for _ in range(TRIES)) <= LIMIT_SECONDS


def test_that_the_watch_notices_what_holds_up_the_window_and_what_holds_the_interpreter(
    qtbot: QtBot, ward: Ward
) -> None:
    def busy() -> None:
        end = time.process_time() + 3 * LIMIT_SECONDS
        while time.process_time() < end:
            pass

    with watched() as dog:
        busy()
    assert dog.longest > LIMIT_SECONDS
    text = json.dumps([{"number": number, "text": "x" * 40} for number in range(300_000)])
    assert longest_stall(qtbot, ward, partial(json.loads, text)) > LIMIT_SECONDS


def test_that_a_quiet_window_is_not_held_up(qtbot: QtBot, ward: Ward) -> None:
    assert longest_stall(qtbot, ward, partial(time.sleep, 0.3)) <= LIMIT_SECONDS
