"""Several programs on one store: one writer, any number of readers, and nothing acknowledged is ever lost."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bedside.chart.errors import StoreFault
from tests.store.other_programs import append_for_ever, hold, read_for_ever, save_on_a_full_disk
from tests.store.wards import COUNTS, PATIENT, Ward

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def program(act: Callable[[Path], None], folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another program doing `act`, killed at the end of the block if it still runs."""
    command = [sys.executable, "-m", "tests.store.other_programs", act.__name__, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def lines(process: "subprocess.Popen[str]", number: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(number)]


def rest(process: "subprocess.Popen[str]") -> list[str]:
    """Every further whole line until the program ends."""
    assert process.stdout is not None
    return [line.strip() for line in process.stdout if line.endswith("\n")]


def test_that_a_second_writer_is_refused_with_what_to_do(ward: Ward) -> None:
    store = ward.open()
    with pytest.raises(StoreFault, match="Another Bedside") as caught:
        ward.open()
    assert caught.value.exit_code == 3
    assert "Close it" in caught.value.what_to_do
    store.close(backup=False)
    ward.open().close(backup=False)


def test_that_another_program_that_writes_keeps_others_out_until_it_is_killed(ward: Ward) -> None:
    with program(hold, ward.folder) as holder:
        assert lines(holder, 1) == ["open"]
        with pytest.raises(StoreFault, match="Another Bedside"):
            ward.open()
        reader = ward.open(read_only=True)
        assert len(reader.bodies(PATIENT)) == COUNTS
        reader.close()
    assert (ward.folder / "writer.lock").exists()
    ward.open().close(backup=False)


@pytest.mark.parametrize("acknowledged", [1, 7, 40, 150])
def test_that_a_kill_loses_no_acknowledged_entry(ward: Ward, acknowledged: int) -> None:
    with program(append_for_ever, ward.folder) as writer:
        told = lines(writer, acknowledged)
        time.sleep(0.0007 * acknowledged)
        writer.kill()
        told += rest(writer)
    store = ward.open()
    kept = [str(row.id) for row in store.rows(PATIENT)[COUNTS + 1 :]]
    problems = store.verify()
    store.close(backup=False)
    assert len(told) >= acknowledged
    assert kept[: len(told)] == told
    assert len(kept) - len(told) <= 1
    assert problems == ()


def test_that_two_readers_see_the_journal_grow_beside_a_writer(ward: Ward) -> None:
    with (
        program(read_for_ever, ward.folder) as one,
        program(read_for_ever, ward.folder) as two,
        program(append_for_ever, ward.folder) as writer,
    ):
        lines(writer, 300)
        seen = [[int(line) for line in lines(reader, 200)] for reader in (one, two)]
    for numbers in seen:
        assert numbers == sorted(numbers)
        assert numbers[0] >= COUNTS
    store = ward.open()
    assert store.verify() == ()
    assert len(store.bodies(PATIENT)) >= COUNTS + 300
    store.close(backup=False)


def test_that_a_full_disk_harms_neither_the_store_nor_its_backups(ward: Ward) -> None:
    store = ward.open()
    kept = store.backups.make(ward.folder / "backups").folder
    store.close(backup=False)
    before = {path: path.read_bytes() for path in kept.iterdir()}
    with program(save_on_a_full_disk, ward.folder) as writer:
        told = rest(writer)
        assert writer.wait() == 0
    ids = [line for line in told if " " not in line]
    refused, no_backup = (line for line in told if " " in line)
    assert refused.startswith("refused: The disk")
    assert no_backup.startswith("no backup: No backup could be written")
    assert {path: path.read_bytes() for path in kept.iterdir()} == before
    assert list((ward.folder / "backups").iterdir()) == [kept]
    store = ward.open()
    assert [str(row.id) for row in store.rows(PATIENT)[COUNTS + 1 :]] == ids
    assert len(ids) > 3
    assert store.verify() == ()
    store.close(backup=False)
