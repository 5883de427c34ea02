"""Tests of backing up and restoring on the command line."""

import os
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from bedside import compose
from bedside.chart.errors import UserError
from bedside.store import swap
from bedside.store.backup import FOLDER, backups_in
from bedside.store.store import Store
from bedside.store.swap import FRESH, KEPT
from tests.cli.conftest import PASSPHRASE, USER, Station
from tests.service.charts import COUNT, MRN, chart_file


@pytest.fixture
def backup(station: Station) -> Path:
    """A backup on another disk, made before one more count came in."""
    code, out, err = station.at_store("backup", str(station.folder / "stick"))
    assert (code, "Verified" in err) == (0, True)
    assert station.at_store("import", station.file("new.json", chart_file(COUNT)))[0] == 0
    return Path(out.strip())


def counts_of(station: Station, folder: Path | None = None) -> int:
    store = Store.open(compose.station_at(folder or station.store), USER, PASSPHRASE, read_only=True)
    patient = store.patient(MRN)
    assert patient is not None
    try:
        return len(store.bodies(patient.patient_id))
    finally:
        store.close()


def _key(station: Station) -> tuple[str, str]:
    return "--passphrase-file", str(station.folder / "passphrase")


def test_that_a_backup_is_made_beside_an_open_window_and_says_where_it_is(station: Station) -> None:
    writer = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    code, out, err = station.at_store("backup", str(station.folder / "stick"))
    writer.close(backup=False)
    assert code == 0
    (report,) = backups_in(station.folder / "stick")
    assert out == f"{report.folder}\n"
    assert f"Verified: {report.count} rows" in err


def test_that_a_backup_without_a_folder_goes_beside_the_store(station: Station) -> None:
    code, out, _ = station.at_store("backup")
    assert code == 0
    newest = backups_in(station.store / FOLDER)[-1]
    assert out == f"{newest.folder}\n"


def test_that_a_restore_that_would_lose_entries_says_which_and_changes_nothing(station: Station, backup: Path) -> None:
    code, out, err = station.at_store("restore", str(backup))
    assert (code, out) == (2, "")
    assert "1 entry" in err
    assert "1 blood count" in err
    assert "--force" in err
    assert counts_of(station) == 2
    assert not (station.store / KEPT).exists()


def test_that_a_restore_that_would_lose_events_alone_names_them_and_wants_consent_as_well(station: Station) -> None:
    backup = station.at_store("backup", str(station.folder / "stick"))[1].strip()
    assert station.at_store("users", "list")[0] == 0, "which notes who signed in"
    code, out, err = station.at_store("restore", backup)
    assert (code, out) == (2, "")
    assert "the backup lacks 1 event in the audit log of the present store." in err
    assert "--force" in err
    assert station.at_store("restore", backup, "--force")[0] == 0
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE, read_only=True)
    assert [event.detail["events_not_in_backup"] for event in store.events("restore")] == ["1"]
    store.close()


def test_that_a_forced_restore_keeps_the_store_that_was_there(station: Station, backup: Path) -> None:
    code, out, _ = station.at_store("restore", str(backup), "--force")
    assert code == 0
    kept = Path(out.splitlines()[-1].partition(" is in ")[2].rstrip("."))
    assert counts_of(station) == 1
    assert counts_of(station, kept) == 2
    assert station.at_store("verify")[0] == 0


def test_that_a_restore_into_a_new_folder_needs_no_force(station: Station, backup: Path) -> None:
    new = station.folder / "new"
    code, out, err = station.run("restore", str(backup), "--store", str(new), "--user", USER, *_key(station))
    assert err.endswith("To compare: there is no store in that place yet.\n")
    assert (code, len(out.splitlines())) == (0, 1)
    assert counts_of(station, new) == 1
    assert counts_of(station) == 2


def test_that_a_dry_run_only_says_what_would_be_lost(station: Station, backup: Path) -> None:
    before = (station.store / "bedside.db").read_bytes()
    code, out, err = station.at_store("restore", str(backup), "--dry-run")
    assert (code, out) == (0, "")
    assert "1 blood count" in err
    assert (station.store / "bedside.db").read_bytes() == before
    assert not {KEPT, FRESH} & set(os.listdir(station.store))


def test_that_the_restore_stands_in_the_audit_trail(station: Station, backup: Path) -> None:
    station.at_store("restore", str(backup), "--force")
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    found = store._hold.connection.execute("SELECT event, user, body FROM audit ORDER BY origin_seq").fetchall()
    store.close(backup=False)
    events = {event: (user, body) for event, user, body in found}
    assert events["restore"][0] == USER
    assert '"not_in_backup":"1"' in events["restore"][1]


def test_that_without_a_backup_named_those_there_are_are_listed_the_newest_first(station: Station) -> None:
    station.at_store("backup")
    code, out, _ = station.at_store("restore")
    listed = [Path(line.split("  ")[-1]) for line in out.splitlines()]
    assert code == 0
    assert listed == [report.folder for report in reversed(backups_in(station.store / FOLDER))]
    shutil.rmtree(station.store / FOLDER)
    assert station.at_store("restore")[:2] == (1, "")


def test_that_a_damaged_store_is_told_and_restored_with_the_damaged_file_kept(station: Station, backup: Path) -> None:
    database = station.store / "bedside.db"
    content = bytearray(database.read_bytes())
    content[5000] ^= 4
    database.write_bytes(content)
    code, _, err = station.at_store("board")
    assert code == 3
    assert "bedside restore" in err
    code, _, err = station.at_store("restore", str(backup))
    assert code == 2
    assert "cannot be read to its end" in err
    code, out, _ = station.at_store("restore", str(backup), "--force")
    assert code == 0
    kept = Path(out.splitlines()[-1].partition(" is in ")[2].rstrip("."))
    assert (kept / "bedside.db").read_bytes() == content
    assert counts_of(station) == 1


def test_that_a_wrong_passphrase_restores_nothing(station: Station, backup: Path) -> None:
    wrong = station.file("wrong", b"wrong\n")
    options = ("--store", str(station.store), "--user", USER, "--passphrase-file", wrong)
    code, out, err = station.run("restore", str(backup), "--force", *options)
    assert (code, out) == (2, "")
    assert "not right" in err
    assert counts_of(station) == 2


def test_that_a_restore_beside_an_open_window_is_refused(station: Station, backup: Path) -> None:
    writer = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    code, _, err = station.at_store("restore", str(backup), "--force")
    writer.close(backup=False)
    assert code == 3
    assert "Another Bedside" in err
    assert counts_of(station) == 2


def test_that_a_sealed_copy_of_the_journal_restores_the_store_it_came_from(station: Station) -> None:
    code, out, err = station.at_store("backup", str(station.folder / "stick"), "--journal")
    assert (code, "Verified" in err) == (0, True)
    assert station.at_store("import", station.file("new.json", chart_file(COUNT)))[0] == 0
    assert station.at_store("restore", out.strip())[0] == 2
    code, _, err = station.at_store("restore", out.strip(), "--force")
    assert code == 0
    assert "1 entry" in err
    assert counts_of(station) == 1
    assert station.at_store("verify")[0] == 0


def test_that_a_copy_with_its_own_passphrase_becomes_a_new_store_with_its_own_recovery_code(station: Station) -> None:
    own = station.file("own", b"eine andere Wiese\n")
    code, out, _ = station.at_store("backup", str(station.folder / "stick"), "--own-passphrase-file", own)
    assert code == 0
    new = station.folder / "new"
    options = ("--store", str(new), "--user", "Synthetic Heir", "--passphrase-file", own)
    code, said, _ = station.run("restore", out.strip(), *options)
    assert code == 0
    assert station.run("verify", *options)[0] == 0
    recovery = said.splitlines()[1]
    store = Store.open_with_recovery_code(compose.station_at(new), recovery)
    store.close(backup=False)


def test_that_the_recovery_code_is_handed_out_when_the_restored_store_cannot_be_backed_up(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = station.file("own", b"eine andere Wiese\n")
    _, out, _ = station.at_store("backup", str(station.folder / "stick"), "--own-passphrase-file", own)
    new = station.folder / "new"

    def no_room(*_: object, **__: object) -> None:
        raise UserError("No backup could be written.", "Free some space.")

    monkeypatch.setattr("bedside.store.own_backups.make_backup", no_room)
    options = ("--store", str(new), "--user", "Synthetic Heir", "--passphrase-file", own)
    code, said, err = station.run("restore", out.strip(), *options)
    assert code == 0
    assert "it is not backed up yet. No backup could be written." in err
    Store.open_with_recovery_code(compose.station_at(new), said.splitlines()[1]).close(backup=False)


def test_that_who_is_no_lead_may_not_restore(station: Station, backup: Path) -> None:
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    store.people.add("Synthetic Colleague", "lead", "x y z")
    store.people.set_roles(USER, "physician")
    store.close(backup=False)
    code, out, err = station.at_store("restore", str(backup), "--force")
    assert (code, out) == (2, "")
    assert "may not restore a backup" in err
    assert counts_of(station) == 2


def test_that_a_restore_gives_nobody_back_what_was_taken_away(station: Station, backup: Path) -> None:
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    store.people.set_roles(USER, "lead,nurse")
    store.close(backup=False)
    assert station.at_store("restore", str(backup), "--force")[0] == 0
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    assert store.role == "lead,nurse"
    store.close(backup=False)


def test_that_a_restore_that_stops_half_way_gives_nothing_back_and_is_in_the_trail_as_well(
    station: Station, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    store.people.set_roles(USER, "lead,nurse")
    store.close(backup=False)

    def stopped(_folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(swap, "finish", stopped)
        assert station.at_store("restore", str(backup), "--force")[0] != 0
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE)
    assert store.role == "lead,nurse"
    assert [event.detail["kept"] for event in store.events("restore")] == os.listdir(station.store / KEPT)
    store.close(backup=False)


def test_that_a_drill_proves_the_newest_backup_and_replaces_nothing(station: Station) -> None:
    station.at_store("backup")
    before = counts_of(station)
    code, out, _ = station.at_store("restore", "--drill")
    assert code == 0
    assert "can be restored" in out
    assert counts_of(station) == before
    assert not {KEPT, FRESH, "drill"} & set(os.listdir(station.store))


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (("--drill", "--force"), "not allowed with"),
        (("--force", "--dry-run", "BACKUP"), "not allowed with"),
        (("--drill", "BACKUP"), "takes the newest backup"),
        (("--force",), "No backup was named"),
        (("--dry-run",), "No backup was named"),
    ],
)
def test_that_ways_to_restore_that_contradict_each_other_are_refused(
    station: Station, backup: Path, ways: tuple[str, ...], said: str
) -> None:
    before = (station.store / "bedside.db").read_bytes()
    code, out, err = station.at_store("restore", *(str(backup) if way == "BACKUP" else way for way in ways))
    assert (code, out, said in err) == (2, "", True)
    assert (station.store / "bedside.db").read_bytes() == before


def test_that_diagnostics_are_written_without_a_patient(station: Station) -> None:
    target = station.folder / "diagnostics.zip"
    code, out, err = station.at_store("diagnostics", str(target))
    assert (code, out) == (0, "")
    assert str(target) in err
    with zipfile.ZipFile(target) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert not [needle for needle in (MRN, "Needlefamily", "PUBLISHED", USER) if needle.encode() in everything]


def test_that_an_empty_passphrase_seals_no_copy(station: Station) -> None:
    """Such a copy could never be opened again."""
    own = station.file("own", b"\n")
    code, out, err = station.at_store("backup", str(station.folder / "stick"), "--own-passphrase-file", own)
    assert (code, out) == (2, "")
    assert err == "bedside: The passphrase is empty. Choose a passphrase; nothing was changed.\n"
    assert not (station.folder / "stick").exists()


def test_that_a_backup_that_was_asked_for_outlasts_the_commands_of_the_day(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them backs the store up at its end, and all are made in one hour."""
    monkeypatch.setattr("bedside.store.retention.NEWEST", 1)
    path = Path(station.at_store("backup")[1].strip())
    for _ in range(2):
        assert station.at_store("users", "reset-pin", USER)[0] == 0
    assert len(backups_in(station.store / FOLDER)) >= 2
    assert path in [report.folder for report in backups_in(station.store / FOLDER)]
    monkeypatch.setattr("bedside.store.backup.ASKED_FOR", timedelta(0))
    station.at_store("users", "reset-pin", USER)
    assert not path.exists()
