"""Tests of backups while the store is open: when one is due, what is told of them, the drill, and low room."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bedside.chart.errors import StoreDamaged, UserError
from bedside.service.backups import (
    back_up_if_due,
    backup_state,
    choose_second_target,
    look_after,
    rehearse_restore,
)
from bedside.service.record import record, register
from bedside.service.restore import offers
from bedside.service.session import Session
from bedside.service.settings import change_setting, settings
from bedside.store.backup import FOLDER, backups_in
from bedside.store.place import LOW_DISK_BYTES
from bedside.store.second_target import place_in
from tests.conftest import FixedClock
from tests.service.charts import COUNT, MRN, PATIENT


@pytest.fixture
def changed(session: Session) -> Session:
    """A session whose store holds something."""
    register(session, PATIENT)
    return session


def made(session: Session) -> int:
    return len(backups_in(session.store.folder / FOLDER))


@pytest.mark.parametrize(("minutes", "due"), [(59, False), (60, True), (61, True), (-5, True)])
def test_that_changes_wait_an_hour_for_a_backup_and_no_longer(
    changed: Session, clock: FixedClock, minutes: int, due: bool
) -> None:
    assert back_up_if_due(changed) is not None
    record(changed, MRN, COUNT)
    clock.advance(minutes=minutes)
    assert (back_up_if_due(changed) is not None) == due


def test_that_without_a_change_no_backup_is_due(changed: Session, clock: FixedClock) -> None:
    back_up_if_due(changed)
    clock.advance(hours=30)
    assert back_up_if_due(changed) is None
    assert made(changed) == 1


def test_that_the_state_tells_age_and_lateness_of_the_newest_backup(changed: Session, clock: FixedClock) -> None:
    assert (backup_state(changed).age, backup_state(changed).is_late) == (None, True)
    back_up_if_due(changed)
    clock.advance(hours=24)
    state = backup_state(changed)
    assert (state.age, state.is_late) == (timedelta(hours=24), False)
    clock.advance(seconds=1)
    assert backup_state(changed).is_late
    clock.advance(days=-3)
    assert backup_state(changed).age == timedelta(0)


def test_that_the_state_tells_whether_the_second_target_has_the_newest_backup(
    changed: Session, clock: FixedClock, tmp_path: Path
) -> None:
    assert not backup_state(changed).elsewhere_is_behind
    choose_second_target(changed, tmp_path / "disk")
    back_up_if_due(changed)
    assert not backup_state(changed).elsewhere_is_behind
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    (tmp_path / "disk").write_text("")
    record(changed, MRN, COUNT)
    clock.advance(hours=2)
    with pytest.raises(UserError, match="second backup folder"):
        back_up_if_due(changed)
    state = backup_state(changed)
    assert (state.elsewhere_is_behind, state.elsewhere_at, made(changed)) == (True, None, 2)
    (tmp_path / "disk").unlink()
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    changed.store.backups.send()
    assert not backup_state(changed).elsewhere_is_behind
    assert len(backups_in(place_in(tmp_path / "disk", changed.store.store_id))) == 2


def test_that_a_second_target_that_the_system_does_not_reach_is_told_and_hides_no_backup(
    changed: Session, clock: FixedClock, tmp_path: Path
) -> None:
    choose_second_target(changed, tmp_path / "disk")
    back_up_if_due(changed)
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    (tmp_path / "disk").symlink_to("x" * 300)  # for the superuser too, it cannot even be asked what it is
    record(changed, MRN, COUNT)
    clock.advance(hours=2)
    looked = look_after(changed)
    assert "second backup folder" in looked.trouble
    assert (looked.state.elsewhere_is_behind, looked.state.elsewhere_at, made(changed)) == (True, None, 2)
    assert [one.folder.parent for one in offers(changed.store.folder)] == [changed.store.folder / FOLDER] * 2


def test_that_the_second_target_is_not_behind_when_the_clock_was(
    changed: Session, clock: FixedClock, tmp_path: Path
) -> None:
    choose_second_target(changed, tmp_path / "disk")
    back_up_if_due(changed)
    clock.advance(days=-400)
    record(changed, MRN, COUNT)
    back_up_if_due(changed)
    state = backup_state(changed)
    assert (state.made_at, state.elsewhere_is_behind) == (clock(), False)


def test_that_a_store_without_its_own_backups_is_offered_those_of_the_second_target(
    changed: Session, tmp_path: Path
) -> None:
    choose_second_target(changed, tmp_path / "disk")
    report = back_up_if_due(changed)
    assert report is not None
    folder = changed.store.folder
    assert [one.folder for one in offers(folder)] == [report.folder], "what lies in both places is offered once"
    shutil.rmtree(folder / FOLDER)
    (sent,) = offers(folder)
    assert sent.folder.is_relative_to(tmp_path / "disk")


def test_that_choosing_a_second_target_leaves_every_setting_as_it_was(changed: Session, tmp_path: Path) -> None:
    change_setting(changed, "idle_lock_minutes", 12)
    changed.note("setting_changed", None, {"setting": "second backup folder", "set": "True"})
    choose_second_target(changed, tmp_path / "disk")
    choose_second_target(changed, None)
    assert settings(changed).idle_lock_minutes == 12
    said = [(row.detail["value"], row.detail["before"]) for row in changed.store.events("setting_changed")[2:]]
    assert said == [("chosen", "none"), ("none", "chosen")]


@pytest.mark.parametrize(("spare", "low"), [(-1, True), (0, False), (1, False)])
def test_that_low_room_is_told_at_the_limit(
    changed: Session, monkeypatch: pytest.MonkeyPatch, spare: int, low: bool
) -> None:
    monkeypatch.setattr("bedside.service.backups.free_space", lambda _folder: LOW_DISK_BYTES + spare)
    assert backup_state(changed).low is low


def test_that_a_drill_is_noted_with_how_it_went(changed: Session, clock: FixedClock) -> None:
    with pytest.raises(UserError, match="no backup"):
        rehearse_restore(changed)
    back_up_if_due(changed)
    drilled = rehearse_restore(changed)
    assert drilled.later == 0
    assert backup_state(changed).drilled_at == clock()
    assert [row.detail["result"] for row in changed.store.events("restore_drill")] == ["failed", "whole"]


def test_that_a_drill_of_a_damaged_backup_fails_and_is_noted(changed: Session) -> None:
    report = back_up_if_due(changed)
    assert report is not None
    file = report.folder / "bedside.db"
    file.write_bytes(file.read_bytes()[:-4096])
    with pytest.raises(StoreDamaged):
        rehearse_restore(changed)
    assert [row.detail["result"] for row in changed.store.events("restore_drill")] == ["failed"]
    assert backup_state(changed).drilled_at is None


def test_that_a_reader_makes_no_backup(changed: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed.store, "_hold", replace(changed.store._hold, read_only=True))
    assert back_up_if_due(changed) is None
    assert made(changed) == 0
