"""Tests of what commands say and return where there is no room for all that they would write."""

import errno

import pytest

from bedside.chart.errors import UserError
from tests.cli.conftest import Station
from tests.service.charts import COUNT, chart_file


def test_that_an_export_of_all_that_finds_no_room_says_how_many_files_there_are(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file finds no room."""
    room = iter([True, False])

    def flushed(_number: int) -> None:
        if not next(room):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bedside.service.targets.os.fsync", flushed)
    monkeypatch.setattr("bedside.store.store.Store.close", lambda *_, **__: None)
    code, out, err = station.at_store("export", "--all", "--json", str(station.folder / "all"))
    assert (code, out, len(list((station.folder / "all").iterdir()))) == (1, "", 1)
    assert err.endswith(f"no space left on device. 1 of 2 files are in {station.folder / 'all'}.\n")


def test_that_an_import_that_found_no_room_stays_bad_input_when_there_is_none_for_the_backup_either(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise UserError("The disk is full; nothing was saved.", "Free some space, then save again.")

    monkeypatch.setattr("bedside.service.exchange_files.import_file", refused)
    monkeypatch.setattr("bedside.store.own_backups.make_backup", refused)
    code, out, err = station.at_store("import", station.file("new.json", chart_file(COUNT)))
    assert (code, out, len(err.splitlines())) == (2, "", 2)


def test_that_what_goes_wrong_is_told_and_not_what_came_of_it_at_close(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise UserError("No backup could be written.")

    monkeypatch.setattr("bedside.store.own_backups.make_backup", refused)
    code, out, err = station.at_store("export", "T-9999", "--json", str(station.folder / "out"))
    assert (code, out, "T-9999" in err, "backup" in err) == (2, "", True, False)
