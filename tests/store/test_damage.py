"""Damage: every flipped bit and every cut is noticed, the file stays where it is, and no empty chart is shown."""

import random
import shutil
from pathlib import Path

import pytest

from bedside.chart.errors import StoreFault
from bedside.store.place import DATABASE
from tests.store.wards import COUNTS, PATIENT, Ward, count

FLIPS = 40


@pytest.fixture
def full(ward: Ward) -> Ward:
    """A store of some fifty pages."""
    store = ward.open()
    store.append([count(number) for number in range(300)])
    store.close(backup=False)
    return ward


def noticed(ward: Ward, folder: Path) -> bool:
    """Whether opening or verifying the folder's store says that something is wrong."""
    try:
        store = ward.open(folder=folder)
    except StoreFault:
        return True
    try:
        return store.verify() != ()
    finally:
        store.close(backup=False)


def damaged_copy(ward: Ward, content: bytes, place: Path) -> Path:
    shutil.copytree(ward.folder, place)
    (place / DATABASE).write_bytes(content)
    return place


def test_that_an_undamaged_copy_is_whole(full: Ward, tmp_path: Path) -> None:
    assert not noticed(full, damaged_copy(full, full.database.read_bytes(), tmp_path / "copy"))


def test_that_every_flipped_bit_is_noticed_and_the_file_kept(full: Ward, tmp_path: Path) -> None:
    content = full.database.read_bytes()
    assert len(content) > 40 * 4096
    chance = random.Random(7)
    places = [0, 15, 16, 4095, len(content) - 1, *(chance.randrange(len(content)) for _ in range(FLIPS - 5))]
    for number, place in enumerate(places):
        flipped = content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]
        folder = damaged_copy(full, flipped, tmp_path / str(number))
        assert noticed(full, folder), f"the flip at byte {place} went unnoticed"
        assert (folder / DATABASE).read_bytes() == flipped


@pytest.mark.parametrize("keep", [0, 1, 100, 4095, 4096, 5000, 20 * 4096, -4096, -4095, -1])
def test_that_every_truncation_is_noticed_and_the_file_kept(full: Ward, tmp_path: Path, keep: int) -> None:
    cut = full.database.read_bytes()[:keep]
    folder = damaged_copy(full, cut, tmp_path / "cut")
    assert noticed(full, folder)
    assert (folder / DATABASE).read_bytes() == cut


def test_that_damage_is_told_with_what_to_do(ward: Ward) -> None:
    ward.database.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreFault, match="damaged") as caught:
        ward.open()
    assert "backup" in caught.value.what_to_do


def test_that_the_quick_look_finds_nothing_in_a_whole_store(ward: Ward) -> None:
    store = ward.open()
    assert store.quick_check() == ()
    assert len(store.bodies(PATIENT)) == COUNTS
    store.close(backup=False)


def test_that_the_quick_look_finds_a_flipped_bit_in_any_page(full: Ward, tmp_path: Path) -> None:
    whole, page = full.database.read_bytes(), 4096
    assert len(whole) > 8 * page
    for number in range(1, len(whole) // page, 5):
        folder = damaged_copy(full, whole, tmp_path / str(number))
        store = full.open(folder=folder)
        with (folder / DATABASE).open("r+b") as stream:
            stream.seek(number * page + 100)
            byte = stream.read(1)[0]
            stream.seek(-1, 1)
            stream.write(bytes([byte ^ 1]))
        store._hold.connection.execute("PRAGMA shrink_memory")
        problems = store.quick_check()
        assert problems, f"the flip in page {number} went unnoticed"
        assert {problem.place for problem in problems} == {"Database file"}
        assert max(len(problem.what) for problem in problems) < 100, "one fault, and not every one in one sentence"
        store.close(backup=False)


def test_that_the_quick_look_finds_that_acknowledged_rows_went_with_a_damaged_log(ward: Ward, tmp_path: Path) -> None:
    store = ward.open()
    store.append([count(number) for number in range(40)])
    store.backups.make_if_changed()
    crashed = tmp_path / "crashed"
    shutil.copytree(ward.folder, crashed)
    store.close(backup=False)
    (crashed / f"{DATABASE}-shm").unlink()
    log = crashed / f"{DATABASE}-wal"
    assert log.stat().st_size > 3 * 4096
    log.write_bytes(log.read_bytes()[:4096])
    store = ward.open(folder=crashed)
    (problem,) = store.quick_check()
    assert problem.what == "a backup holds it, the store does not hold it as it was"
    store.close(backup=False)


def test_that_a_reader_finds_nothing_wrong_beside_a_busy_writer(ward: Ward) -> None:
    writer = ward.open()
    writer.append([count(number) for number in range(300)])
    log = ward.folder / f"{DATABASE}-wal"
    assert log.stat().st_size > 0
    reader = ward.open(read_only=True)
    assert reader.verify() == ()
    assert log.stat().st_size > 0
    assert writer.verify() == ()
    assert log.stat().st_size == 0
    reader.close()
    writer.close(backup=False)
