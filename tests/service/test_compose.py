"""Tests of the composition: where things are, which zone, and what opening, creating and demonstrating give."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs
import pytest

from bedside import compose
from bedside.chart.errors import StoreFault, UserError
from bedside.chart.moments import AsOf
from bedside.service.board import Tag, board
from bedside.service.record import record, register
from tests.service.charts import COUNT, MRN, PATIENT


def test_that_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compose.STORE_VARIABLE, str(tmp_path))
    assert compose.default_folder() == tmp_path


def test_that_the_platform_names_the_folder_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(compose.STORE_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert compose.default_folder().name == "bedside"


def test_that_a_site_file_names_one_store_for_every_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(compose.STORE_VARIABLE, raising=False)
    monkeypatch.setattr(platformdirs, "site_config_dir", lambda *_, **__: str(tmp_path))
    ward = (tmp_path / "ward").resolve()
    (tmp_path / compose.SITE_FILE).write_text(json.dumps({"store": str(ward)}), encoding="utf-8")
    assert compose.default_folder() == ward
    monkeypatch.setenv(compose.STORE_VARIABLE, str(tmp_path / "own"))
    assert compose.default_folder() == tmp_path / "own"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"stor": "/x"}', '{"store": 7}', '{"store": "ward"}'])
def test_that_a_site_file_that_names_no_folder_never_leads_to_another_store(tmp_path: Path, text: str) -> None:
    file = tmp_path / compose.SITE_FILE
    assert compose.site_folder(file) is None
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="site file"):
        compose.site_folder(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(UserError, match="site file"):
        compose.site_folder(file)


@pytest.mark.parametrize("name", ["Europe/Berlin", ":Asia/Kolkata"])
def test_that_tz_names_the_zone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TZ", name)
    assert compose.local_zone() == ZoneInfo(name.removeprefix(":"))


@pytest.mark.parametrize("name", ["", "Not/AZone", "../../etc/passwd", "CET-1CEST"])
def test_that_a_zone_without_a_name_still_gives_an_offset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TZ", name)
    assert datetime(2020, 7, 1, tzinfo=compose.local_zone()).utcoffset() is not None


def test_that_the_clock_is_aware() -> None:
    assert compose.utc_now().utcoffset() is not None


def test_that_a_created_store_opens_again_with_what_was_recorded(tmp_path: Path) -> None:
    session, code = compose.create_session(tmp_path / "store", "ada", "Wiese")
    register(session, PATIENT)
    record(session, MRN, COUNT)
    with pytest.raises(StoreFault):
        compose.open_session(tmp_path / "store", "ada", "Wiese")
    session.close()
    assert code
    with pytest.raises(UserError, match="passphrase"):
        compose.open_session(tmp_path / "store", "ada", "Wald")
    again = compose.open_session(tmp_path / "store", "ada", "Wiese", read_only=True)
    assert [row.patient.mrn for row in board(again, again.today())] == [MRN]
    again.close()


def test_that_the_demonstration_holds_marked_patients_and_leaves_nothing() -> None:
    session = compose.demo_session()
    folder = session.store.folder
    rows = board(session, AsOf.parse("2020-07-31"))
    record(session, rows[0].patient.mrn, COUNT)
    session.close()
    assert {row.tag for row in rows} == {Tag.PUBLISHED, Tag.SYNTHETIC}
    assert not folder.exists()


def test_that_the_demonstration_receives_its_rows_at_its_own_moment() -> None:
    moment = datetime(2020, 7, 31, 7, 41, tzinfo=UTC)
    session = compose.demo_session(lambda: moment)
    row = session.store.patients()[0]
    received = {one.received_at for one in session.store.rows(row.patient_id)}
    session.close()
    assert received == {moment}


@pytest.mark.parametrize(("rule", "hours"), [("<+14>-14", 14), ("XYZ+3", -3), ("UTC+25", 0)])
def test_that_a_rule_in_tz_counts_before_the_system_s_zone(
    monkeypatch: pytest.MonkeyPatch, rule: str, hours: int
) -> None:
    monkeypatch.setenv("TZ", rule)
    time.tzset()
    try:
        assert datetime(2020, 7, 1, tzinfo=compose.local_zone()).utcoffset() == timedelta(hours=hours)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("name", ["x" * 256, "nul\0", "loop"], ids=["too long", "no path", "loop"])
def test_that_a_folder_that_cannot_be_looked_into_is_told_and_taken_for_no_empty_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UserError, match="cannot look into the folder") as caught:
        compose.store_folder(tmp_path / name)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["x" * 255, "räume und Gänge"])
def test_that_a_folder_may_be_named_as_the_machine_allows(tmp_path: Path, name: str) -> None:
    assert compose.store_folder(tmp_path / name) == tmp_path / name


def test_that_a_manifest_of_an_impossible_moment_is_no_last_backup(tmp_path: Path) -> None:
    from bedside.app.closed_store import last_backup

    for number, moment in enumerate(("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday")):
        manifest = tmp_path / "backups" / str(number) / "manifest.json"
        manifest.parent.mkdir(parents=True)
        manifest.write_text(json.dumps({"made_at": moment}))
    assert last_backup(tmp_path) == "none yet"


def test_that_the_last_backup_is_the_one_that_holds_most_whatever_the_clock_said(tmp_path: Path) -> None:
    from bedside.app.closed_store import last_backup

    of_each = {"store_id": "s", "head": "", "audit_count": 0, "audit_head": "", "bytes": 0}
    for count, moment in ((5, "2030-01-01T12:00:00+00:00"), (6, "2026-11-20T12:00:00+00:00")):
        manifest = tmp_path / "backups" / str(count) / "manifest.json"
        manifest.parent.mkdir(parents=True)
        fields = {"format": "bedside-backup", "version": 1, "made_at": moment, "count": count, **of_each}
        manifest.write_text(json.dumps(fields))
    assert "2026" in last_backup(tmp_path)
