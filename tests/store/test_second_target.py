"""The second target: closed files on another disk, read back and compared, and never in the way of the first backup."""

import shutil
from pathlib import Path

import pytest

from bedside.chart.errors import UserError
from bedside.store import second_target as second
from bedside.store.backup import FOLDER, backups_in
from bedside.store.restoring import Restoration
from bedside.store.second_target import place_in, second_target, send, set_second_target
from bedside.store.slots import read_keys
from tests.conftest import FixedClock
from tests.store.wards import COUNTS, PATIENT, Ward, count


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "other-disk"


def choose(ward: Ward, target: Path | None) -> None:
    set_second_target(ward.folder, read_keys(ward.folder).store_id, target)


def test_that_without_a_second_target_nothing_is_sent(ward: Ward) -> None:
    assert second_target(ward.folder) is None
    store = ward.open()
    assert store.backups.send() is None
    store.close()


def test_that_closing_sends_the_backup_to_the_second_target_as_it_is(ward: Ward, disk: Path) -> None:
    choose(ward, disk)
    assert second_target(ward.folder) == disk
    ward.open().close()
    (own,) = backups_in(ward.folder / FOLDER)
    (sent,) = backups_in(place_in(disk, own.store_id))
    assert {file.name: file.read_bytes() for file in sent.folder.iterdir()} == {
        file.name: file.read_bytes() for file in own.folder.iterdir()
    }


def test_that_a_store_is_restored_from_the_second_target_alone(ward: Ward, disk: Path) -> None:
    choose(ward, disk)
    store = ward.open()
    store_id = store.store_id
    store.close()
    shutil.rmtree(ward.folder)
    (sent,) = backups_in(place_in(disk, store_id))
    Restoration(ward.folder, sent, ward.key, ward.clock()).carry_out()
    store = ward.open()
    assert len(store.bodies(PATIENT)) == COUNTS
    store.close(backup=False)


def test_that_a_backup_that_is_there_already_is_not_sent_again(ward: Ward, disk: Path) -> None:
    choose(ward, disk)
    store = ward.open()
    store.backups.make_if_changed()
    first, again = store.backups.send(), store.backups.send()
    store.close()
    assert first is not None
    assert again is not None
    assert first.folder == again.folder
    assert len(backups_in(place_in(disk, first.store_id))) == 1


def test_that_a_target_that_cannot_be_reached_is_told_and_the_first_backup_stands(ward: Ward, disk: Path) -> None:
    choose(ward, disk)
    aside = disk.rename(disk.with_name("aside"))
    disk.write_text("no folder any more")
    store = ward.open()
    assert store.backups.make_if_changed() is not None
    with pytest.raises(UserError, match="second backup folder"):
        store.backups.send()
    store.close()
    assert len(backups_in(ward.folder / FOLDER)) == 1
    disk.unlink()
    aside.rename(disk)
    store = ward.open()
    sent = store.backups.send()
    store.close(backup=False)
    assert sent is not None, "what could not be sent then is sent when the disk is back"


def test_that_an_empty_mount_point_is_not_taken_for_the_disk_that_is_gone(ward: Ward, disk: Path) -> None:
    choose(ward, disk)
    shutil.rmtree(disk)
    for gone in (disk.parent, disk):
        gone.mkdir(exist_ok=True)
        store = ward.open()
        store.backups.make_if_changed()
        with pytest.raises(UserError, match="not connected"):
            store.backups.send()
        store.close()
        assert not list(disk.glob("*")), "a folder of that path on the own disk is no second disk"


def test_that_a_copy_that_is_not_what_was_written_is_thrown_away(
    ward: Ward, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ward.open()
    report = store.backups.make_if_changed()
    store.close()
    assert report is not None
    choose(ward, disk)
    digest = second._digest
    monkeypatch.setattr(second, "_digest", lambda path, told: b"" if disk in path.parents else digest(path, told))
    with pytest.raises(UserError, match="not what was written"):
        send(report, disk)
    assert list(place_in(disk, report.store_id).iterdir()) == []


def test_that_a_copy_that_stopped_half_way_is_never_taken_for_a_backup(ward: Ward, disk: Path) -> None:
    store = ward.open()
    report = store.backups.make_if_changed()
    store.close()
    assert report is not None
    choose(ward, disk)
    half = place_in(disk, report.store_id) / f".{report.folder.name}.part"
    shutil.copytree(report.folder, half)
    assert backups_in(half.parent) == ()
    send(report, disk)
    assert [path.name for path in half.parent.iterdir()] == [report.folder.name]


def test_that_old_backups_go_from_the_second_target_as_from_the_first(
    ward: Ward, disk: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedside.store.retention.NEWEST", 1)
    choose(ward, disk)
    store = ward.open()
    for number in range(4):
        clock.advance(minutes=1)
        store.append([count(number)])
        report = store.backups.make_if_changed()
        store.backups.send()
    assert report is not None
    assert [one.count for one in backups_in(place_in(disk, report.store_id))] == [COUNTS + 5]
    store.close()


@pytest.mark.parametrize("inside", ["", "backups", "deep/er"])
def test_that_the_stores_own_folder_is_no_second_target(ward: Ward, inside: str) -> None:
    for place in (ward.folder / inside, ward.folder.parent):
        with pytest.raises(UserError, match="the store itself"):
            choose(ward, place)
    assert second_target(ward.folder) is None


def test_that_a_second_target_can_be_given_up(ward: Ward, disk: Path) -> None:
    choose(ward, disk)
    choose(ward, None)
    assert second_target(ward.folder) is None
    (ward.folder / second.SETTING).write_text("[1")
    assert second_target(ward.folder) is None


def test_that_a_folder_that_cannot_be_written_to_is_refused(ward: Ward, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written to"):
        choose(ward, tmp_path / "file" / "x")
    assert second_target(ward.folder) is None
