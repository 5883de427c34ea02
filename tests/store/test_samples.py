"""Stores as earlier versions wrote them, kept for ever: each opens, is brought to this version, and is whole."""

import json
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bedside import __version__
from bedside.chart.errors import StoreFault
from bedside.knowledge.tables import Knowledge
from bedside.service.integrity import verify
from bedside.service.session import Session
from bedside.store.backup import FOLDER, backups_in
from bedside.store.cipher import connect
from bedside.store.migrations import VERSION
from bedside.store.opening import unlock
from bedside.store.place import DATABASE
from bedside.store.restoring import Restoration
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.store.make_sample import EXPECTED, PASSPHRASE, PATIENTS, SAMPLES, USER

VERSIONS = range(1, VERSION + 1)


@pytest.fixture(params=VERSIONS, ids=lambda number: f"v{number}")
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the sample of one version."""
    shutil.copytree(SAMPLES / f"v{request.param}", tmp_path / "store")
    return tmp_path / "store"


def expected(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))
    return found


def summary_heads(store: Store, version: int) -> list[int]:
    """How far the journal went when the sample's summary was sent, which version 3 says by the clock alone."""
    return [store.kept.head("patient-1")] if version >= 3 else []


def opened(folder: Path, clock: FixedClock, *, read_only: bool = False) -> Store:
    return Store.open(Station(folder, clock, uuid4), USER, PASSPHRASE, read_only=read_only)


def version_in(folder: Path) -> int:
    connection = connect(folder / DATABASE, unlock(folder, USER, PASSPHRASE).key, "mode=ro&immutable=1")
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return version


def test_that_there_is_a_sample_of_every_version() -> None:
    assert sorted(path.name for path in SAMPLES.iterdir()) == sorted(f"v{number}" for number in VERSIONS)
    assert [version_in(SAMPLES / f"v{number}") for number in VERSIONS] == list(VERSIONS)


def test_that_a_store_of_an_earlier_version_holds_the_same_rows_and_is_whole(
    sample: Path, clock: FixedClock, knowledge: Knowledge
) -> None:
    store = opened(sample, clock)
    session = Session(store, knowledge, clock, uuid4, ZoneInfo("Europe/Berlin"), __version__)
    known = expected(sample)
    assert verify(session) == ()
    assert (store.head().count, store.head().hash) == (known["count"], known["head"])
    assert {patient: [row.hash for row in store.rows(patient)] for patient in PATIENTS} == known["rows"]
    assert store.drafts.text("blood_count", "patient-1") == '{"wbc":"4"}'
    assert [row.event for row in store.events("export")] == ["export"]
    assert [one.head for one in store.kept.summaries("patient-1")] == summary_heads(store, known["version"])
    store.record_event("sign_in")
    store.close()
    assert version_in(sample) == VERSION
    store = opened(sample, clock, read_only=True)
    assert store.verify() == ()
    store.close()


def test_that_a_store_is_backed_up_as_it_was_before_it_is_brought_to_this_version(
    sample: Path, clock: FixedClock
) -> None:
    found = version_in(sample)
    opened(sample, clock).close(backup=False)
    kept = [version_in(report.folder) for report in backups_in(sample / FOLDER)]
    assert kept == ([found] if found < VERSION else [])


def test_that_a_backup_of_an_earlier_version_is_restored_and_brought_to_this_one(
    sample: Path, clock: FixedClock, tmp_path: Path
) -> None:
    found = version_in(sample)
    opened(sample, clock).close()
    reports = backups_in(sample / FOLDER)
    assert found in [version_in(report.folder) for report in reports]
    for report in reports:
        before = (report.folder / DATABASE).read_bytes()
        place = tmp_path / report.folder.name
        Restoration(place, report, unlock(sample, USER, PASSPHRASE).key, clock()).carry_out()
        store = opened(place, clock)
        assert store.verify() == ()
        assert store.head().hash == expected(sample)["head"]
        store.close(backup=False)
        assert (report.folder / DATABASE).read_bytes() == before


def test_that_a_store_is_not_touched_when_it_cannot_be_backed_up_first(
    clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLES / "v1", tmp_path / "store")
    liar = tmp_path / "liar.sh"
    liar.write_text("#!/bin/sh\nexit 1\n")
    liar.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(liar))
    with pytest.raises(StoreFault, match="backup was thrown away"):
        opened(tmp_path / "store", clock)
    assert version_in(tmp_path / "store") == 1
    monkeypatch.undo()
    store = opened(tmp_path / "store", clock)
    assert store.head().hash == expected(tmp_path / "store")["head"]
    store.close(backup=False)
