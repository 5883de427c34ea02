"""Reading a store where nothing can be written: a full disk, a folder without the right, a medium for reading only."""

import shutil
from pathlib import Path

import pytest

from bedside.chart.errors import NotWritable, StoreDamaged, StoreHeld
from bedside.store import engine, opening
from bedside.store.store import Store
from tests.store.wards import COUNTS, PATIENT, Ward, count


def without_shared_memory(folder: Path) -> None:
    """Let the engine's own small file beside the database be one that nobody can make."""
    shared = folder / "bedside.db-shm"
    shared.unlink(missing_ok=True)
    shared.symlink_to("nowhere")


@pytest.fixture
def stuck(ward: Ward) -> Ward:
    without_shared_memory(ward.folder)
    return ward


def test_that_a_writer_is_told_why_and_a_reader_reads_everything(stuck: Ward) -> None:
    with pytest.raises(NotWritable, match="does not let Bedside write") as caught:
        stuck.open()
    assert (caught.value.why, caught.value.exit_code) == ("its folder cannot be written to", 2)
    reader = stuck.open(read_only=True)
    assert len(reader.bodies(PATIENT)) == COUNTS
    assert reader.verify() == ()
    reader.close()
    stuck.open(read_only=True).close()


def test_that_such_a_reader_is_alone_until_it_closes(stuck: Ward) -> None:
    reader = stuck.open(read_only=True)
    with pytest.raises(StoreHeld):
        stuck.open(read_only=True)
    (stuck.folder / "bedside.db-shm").unlink()
    with pytest.raises(StoreHeld):
        stuck.open()
    reader.close()
    stuck.open().close(backup=False)


def test_that_what_stands_in_the_log_alone_is_read_as_well(ward: Ward, tmp_path: Path) -> None:
    store = ward.open()
    store.append([count(99)])
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("bedside.db", "bedside.db-wal", "keys.json"):
        shutil.copyfile(ward.folder / name, crashed / name)
    store.close(backup=False)
    without_shared_memory(crashed)
    reader = ward.open(folder=crashed, read_only=True)
    assert len(reader.bodies(PATIENT)) == COUNTS + 1
    reader.close()


def test_that_a_reader_without_the_right_to_lock_reads_as_well(stuck: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "lock_if_possible", lambda _folder: None)
    reader = stuck.open(read_only=True)
    assert len(reader.bodies(PATIENT)) == COUNTS
    reader.close()


def test_that_a_reader_that_does_not_get_in_gives_the_lock_back(ward: Ward) -> None:
    ward.tamper("UPDATE journal SET body = replace(body, '11.5', '99.5') WHERE origin_seq = 13")
    without_shared_memory(ward.folder)
    for _ in range(2):
        with pytest.raises(StoreDamaged, match="row 13"):
            ward.open(read_only=True)


@pytest.mark.parametrize(("room", "why"), [(engine.SMALLEST_ROOM - 1, "the disk is full"), (engine.SMALLEST_ROOM, "")])
def test_that_a_disk_without_room_is_told_from_one_that_fails(
    stuck: Ward, monkeypatch: pytest.MonkeyPatch, room: int, why: str
) -> None:
    monkeypatch.setattr(engine, "free_space", lambda _folder: room)
    with pytest.raises(NotWritable) as caught:
        stuck.open()
    assert caught.value.why == (why or "its folder cannot be written to")


def test_that_a_store_that_others_write_to_is_read_beside_them(ward: Ward) -> None:
    writer = ward.open()
    reader: Store = ward.open(read_only=True)
    writer.append([count(99)])
    assert len(reader.bodies(PATIENT)) == COUNTS + 1
    writer.close(backup=False)
    reader.close()
