"""Restoring: proved before it replaces anything, nothing is thrown away, and a crash half-way is finished."""

import os
import shutil
from pathlib import Path

import pytest

from bedside.chart.errors import StoreDamaged, StoreHeld, UserError
from bedside.store import swap
from bedside.store.backup import FOLDER, MANIFEST, BackupReport, backups_in
from bedside.store.backup_keys import unlock_backup
from bedside.store.creation import FIRST_ROLE, FirstUser
from bedside.store.place import DATABASE
from bedside.store.restoring import Restoration, backup_at
from bedside.store.station import Station
from bedside.store.store import Store
from bedside.store.swap import FRESH, INTENT, KEPT
from tests.conftest import FixedClock
from tests.store.wards import CHEAP, COUNTS, PASSPHRASE, PATIENT, USER, Ward, count

LATER = 3


@pytest.fixture
def backed_up(ward: Ward, clock: FixedClock) -> BackupReport:
    """The ward's one backup; afterwards three more counts and an event, backed up an hour later as well."""
    store = ward.open()
    report = store.backups.make(ward.folder / FOLDER)
    clock.advance(hours=1)
    store.append([count(100 + number) for number in range(LATER)])
    store.record_event("export", PATIENT)
    store.close()
    return report


def begun(ward: Ward, report: BackupReport) -> Restoration:
    return Restoration(ward.folder, report, ward.key, ward.clock())


def entries_in(ward: Ward, folder: Path | None = None) -> int:
    store = ward.open(folder=folder)
    try:
        assert store.verify() == ()
        return len(store.bodies(PATIENT))
    finally:
        store.close(backup=False)


def test_that_a_restore_says_first_what_would_be_lost(ward: Ward, backed_up: BackupReport) -> None:
    restoration = begun(ward, backed_up)
    assert restoration.loss.kinds == {"blood_count": LATER}
    assert (restoration.loss.entries, restoration.loss.events) == (LATER, 1)
    assert restoration.loss.damage == ""
    assert restoration.needs_consent
    restoration.abandon()
    assert entries_in(ward) == COUNTS + LATER
    assert not (ward.folder / FRESH).exists()


def test_that_a_restored_store_holds_the_backup_and_the_replaced_one_is_kept_whole(
    ward: Ward, backed_up: BackupReport
) -> None:
    kept = begun(ward, backed_up).carry_out()
    assert kept is not None
    assert kept.parent == ward.folder / KEPT
    assert entries_in(ward) == COUNTS
    assert entries_in(ward, kept) == COUNTS + LATER
    assert not (ward.folder / FRESH).exists()
    assert not (ward.folder / INTENT).exists()


def test_that_backups_from_after_the_restored_one_stay_with_the_replaced_store(
    ward: Ward, backed_up: BackupReport, clock: FixedClock
) -> None:
    kept = begun(ward, backed_up).carry_out()
    assert kept is not None
    assert [report.count for report in backups_in(kept / FOLDER)] == [COUNTS + 1 + LATER]
    assert backups_in(ward.folder / FOLDER) == (backed_up,)
    clock.advance(hours=1)
    store = ward.open()
    store.append([count(7)])
    store.close()
    assert [report.count for report in backups_in(ward.folder / FOLDER)] == [COUNTS + 1, COUNTS + 2]


def test_that_a_backup_with_everything_needs_no_consent(ward: Ward, backed_up: BackupReport) -> None:
    newest = backups_in(ward.folder / FOLDER)[-1]
    restoration = begun(ward, newest)
    assert (restoration.loss.entries, restoration.loss.events, restoration.needs_consent) == (0, 0, False)
    restoration.carry_out()
    assert entries_in(ward) == COUNTS + LATER
    assert newest.count == backed_up.count + LATER


def test_that_a_restore_into_a_new_folder_replaces_nothing(ward: Ward, backed_up: BackupReport, tmp_path: Path) -> None:
    restoration = Restoration(tmp_path / "new", backed_up, ward.key, ward.clock())
    assert not restoration.needs_consent
    assert restoration.carry_out() is None
    assert entries_in(ward, tmp_path / "new") == COUNTS
    assert entries_in(ward) == COUNTS + LATER


def test_that_a_damaged_store_is_kept_byte_by_byte_and_what_can_be_read_is_told(
    ward: Ward, backed_up: BackupReport
) -> None:
    content = bytearray(ward.database.read_bytes())
    content[200] ^= 1
    ward.database.write_bytes(content)
    with pytest.raises(StoreDamaged):
        ward.open()
    restoration = begun(ward, backed_up)
    assert "damaged" in restoration.loss.damage
    assert restoration.needs_consent
    kept = restoration.carry_out()
    assert kept is not None
    assert (kept / DATABASE).read_bytes() == content
    assert entries_in(ward) == COUNTS


def test_that_a_store_of_which_only_the_keys_are_left_is_restored_with_them(
    ward: Ward, backed_up: BackupReport
) -> None:
    ward.database.unlink()
    restoration = begun(ward, backed_up)
    assert not restoration.needs_consent
    assert restoration.carry_out() is not None
    assert entries_in(ward) == COUNTS


def test_that_the_present_passphrase_stays_in_force(ward: Ward, backed_up: BackupReport) -> None:
    store = ward.open()
    store.people.let_in(USER, FIRST_ROLE, "a newer one", CHEAP)
    store.close(backup=False)
    with pytest.raises(UserError, match="not right"):
        unlock_backup(backed_up, ward.folder, USER, PASSPHRASE)
    unlocked = unlock_backup(backed_up, ward.folder, USER, "a newer one")
    Restoration(ward.folder, backed_up, unlocked.key, ward.clock()).carry_out()
    store = ward.open(passphrase="a newer one")
    assert len(store.bodies(PATIENT)) == COUNTS
    store.close(backup=False)


def test_that_without_the_present_key_file_the_backup_opens_with_its_own(ward: Ward, backed_up: BackupReport) -> None:
    for name in ("keys.json", "keys-copy.json"):
        (ward.folder / name).write_text("{}")
    unlocked = unlock_backup(backed_up, ward.folder, USER, PASSPHRASE)
    assert unlocked.key == ward.key
    Restoration(ward.folder, backed_up, unlocked.key, ward.clock()).carry_out()
    assert entries_in(ward) == COUNTS


def test_that_nothing_is_restored_beside_an_open_writer(ward: Ward, backed_up: BackupReport) -> None:
    store = ward.open()
    with pytest.raises(StoreHeld):
        begun(ward, backed_up)
    assert len(store.bodies(PATIENT)) == COUNTS + LATER
    store.close(backup=False)


@pytest.mark.parametrize("place", [0, 5000, -10])
def test_that_a_damaged_backup_replaces_nothing_and_is_not_changed(
    ward: Ward, backed_up: BackupReport, place: int
) -> None:
    file = backed_up.folder / DATABASE
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(StoreDamaged):
        begun(ward, backed_up)
    assert file.read_bytes() == content
    assert entries_in(ward) == COUNTS + LATER
    assert not (ward.folder / FRESH).exists()


def test_that_a_backup_that_is_not_what_its_manifest_says_replaces_nothing(ward: Ward, backed_up: BackupReport) -> None:
    newer = backups_in(ward.folder / FOLDER)[-1]
    shutil.copy(backed_up.folder / DATABASE, newer.folder / DATABASE)
    with pytest.raises(StoreDamaged, match="manifest"):
        begun(ward, newer)
    assert entries_in(ward) == COUNTS + LATER


def test_that_a_backup_of_a_newer_program_is_refused(ward: Ward, backed_up: BackupReport) -> None:
    connection = ward.raw()
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    shutil.copy(ward.database, backed_up.folder / DATABASE)
    with pytest.raises(UserError, match="newer Bedside"):
        begun(ward, backed_up)


def test_that_a_folder_without_a_finished_backup_is_told(backed_up: BackupReport, tmp_path: Path) -> None:
    assert backup_at(backed_up.folder) == backup_at(backed_up.folder / DATABASE) == backed_up
    (backed_up.folder / MANIFEST).unlink()
    for path in (backed_up.folder, tmp_path, tmp_path / "nothing"):
        with pytest.raises(UserError, match="no finished backup"):
            backup_at(path)


def _moves(ward: Ward, backed_up: BackupReport, monkeypatch: pytest.MonkeyPatch, stop_at: int) -> bool:
    """Restore, and fail at the n-th move of a file as a crash would; return whether it came that far."""
    done = 0
    plain_replace = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal done
        if FRESH in self.parts or KEPT in target.parts:
            done += 1
            if done == stop_at:
                raise KeyboardInterrupt
        return plain_replace(self, target)

    restoration = begun(ward, backed_up)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        try:
            restoration.carry_out()
        except KeyboardInterrupt:
            return True
    return False


@pytest.mark.parametrize("stop_at", range(1, 12))
def test_that_a_restore_that_stops_at_any_move_is_finished_at_the_next_opening(
    ward: Ward, backed_up: BackupReport, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    stopped = _moves(ward, backed_up, monkeypatch, stop_at)
    assert stopped == (stop_at <= 10), "both key files made ready, two logs aside, keys and database aside and in"
    if stop_at <= 2:
        assert entries_in(ward) == COUNTS + LATER
        return
    assert entries_in(ward) == COUNTS
    (kept,) = (ward.folder / KEPT).iterdir()
    assert entries_in(ward, kept) == COUNTS + LATER
    assert not (ward.folder / INTENT).exists()


def test_that_the_log_of_a_crashed_store_goes_aside_with_it(
    ward: Ward, backed_up: BackupReport, tmp_path: Path
) -> None:
    store = ward.open()
    store.append([count(1)])
    crashed = tmp_path / "crashed"
    shutil.copytree(ward.folder, crashed)
    store.close(backup=False)
    assert (crashed / f"{DATABASE}-wal").stat().st_size > 0
    restoration = Restoration(crashed, backed_up, ward.key, ward.clock())
    assert restoration.loss.entries == LATER + 1
    kept = restoration.carry_out()
    assert kept is not None
    assert entries_in(ward, crashed) == COUNTS
    assert entries_in(ward, kept) == COUNTS + LATER + 1


@pytest.mark.parametrize("text", ["", "{", '{"kept": "../../elsewhere", "backups": []}', '{"kept": "x", "backups": 3}'])
def test_that_a_note_of_a_restore_that_makes_no_sense_moves_nothing(ward: Ward, text: str) -> None:
    (ward.folder / INTENT).write_text(text)
    before = sorted(os.listdir(ward.folder.parent)), ward.database.read_bytes()
    with pytest.raises(UserError, match="not finished"):
        ward.open()
    assert (sorted(os.listdir(ward.folder.parent)), ward.database.read_bytes()) == before
    assert swap.was_announced(ward.folder)


def test_that_a_folder_with_keys_but_without_its_database_never_gets_an_empty_store(ward: Ward) -> None:
    ward.database.unlink()
    with pytest.raises(UserError, match="already"):
        Store.create(Station(ward.folder, ward.clock, ward.new_id), FirstUser(USER, PASSPHRASE, CHEAP))
    assert not ward.database.exists()
