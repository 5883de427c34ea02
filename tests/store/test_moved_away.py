"""Tests of a store whose folder is taken away while it is open: nothing is said to be stored that would be lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bedside.chart.errors import NotWritable
from bedside.store.place import DATABASE
from bedside.store.store import Store
from tests.store.wards import COUNTS, PATIENT, Ward, count


@pytest.fixture(params=["moved", "removed", "replaced"])
def away(request: pytest.FixtureRequest, ward: Ward, tmp_path: Path) -> Iterator[Store]:
    """A store that was open while its folder was moved or removed, or another database put in its place."""
    store = ward.open()
    shutil.copytree(store.folder, tmp_path / "copy")
    if request.param == "removed":
        shutil.rmtree(store.folder)
    else:
        store.folder.rename(tmp_path / "elsewhere")
    if request.param == "replaced":
        shutil.copytree(tmp_path / "copy", store.folder)
    yield store
    store.close(backup=False)


def test_that_neither_an_entry_nor_a_draft_nor_an_event_is_taken(away: Store) -> None:
    for write in (
        lambda: away.append([count(COUNTS)]),
        lambda: away.drafts.save("note", PATIENT, "half"),
        lambda: away.record_event("export"),
    ):
        with pytest.raises(NotWritable, match="no longer in"):
            write()


def test_that_what_was_stored_can_still_be_read(away: Store) -> None:
    assert away.patients()


def test_that_no_backup_makes_a_folder_in_the_place_of_the_one_that_is_gone(away: Store) -> None:
    before = away.folder.exists()
    with pytest.raises(NotWritable):
        away.backups.make(away.folder / "backups")
    assert away.folder.exists() is before


def test_that_a_folder_that_is_put_back_takes_entries_again(ward: Ward, tmp_path: Path) -> None:
    store = ward.open()
    store.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(NotWritable):
        store.append([count(COUNTS)])
    (tmp_path / "elsewhere").rename(store.folder)
    store.append([count(COUNTS)])
    store.close()
    assert (store.folder / DATABASE).exists()
