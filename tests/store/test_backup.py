"""Backups: verified by another process, openable as they are, and never at the cost of the store or an older one."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
import sqlcipher3

from bedside.chart.errors import StoreFault, UserError
from bedside.store.backup import FOLDER, MANIFEST, BackupReport, backups_in, prune
from bedside.store.copy_check import check_copy
from bedside.store.creation import FirstUser
from bedside.store.place import DATABASE
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.store.wards import CHEAP, COUNTS, FAMILY_NAME, MRN, PATIENT, USER, NewId, Ward, count

DAY = 24 * 60 * 60


def test_that_closing_a_changed_store_backs_it_up_and_an_unchanged_one_not(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    assert store.backups.newest() is None
    store.close()
    clock.advance(hours=2)
    store = ward.open()
    report = store.backups.newest()
    assert report is not None
    assert (report.count, report.head) == (COUNTS + 1, store.head().hash)
    store.close()
    assert len(backups_in(ward.folder / FOLDER)) == 1
    clock.advance(hours=2)
    store = ward.open()
    store.append([count(70)])
    store.close()
    clock.advance(hours=2)
    store = ward.open()
    store.record_event("export", PATIENT)
    store.close()
    found = backups_in(ward.folder / FOLDER)
    assert [(report.count, report.audit_count) for report in found] == [
        (COUNTS + 1, 0),
        (COUNTS + 2, 0),
        (COUNTS + 2, 1),
    ]


def test_that_an_empty_store_and_a_reader_leave_no_backup(
    ward: Ward, tmp_path: Path, clock: FixedClock, new_id: NewId
) -> None:
    empty, _ = Store.create(Station(tmp_path / "x", clock, new_id), FirstUser(USER, "x", CHEAP))
    empty.close()
    assert not (tmp_path / "x" / FOLDER).exists()
    ward.open(read_only=True).close()
    assert not (ward.folder / FOLDER).exists()


def test_that_a_backup_is_a_store_that_opens_with_the_same_passphrase(ward: Ward, tmp_path: Path) -> None:
    store = ward.open()
    report = store.backups.make(tmp_path / "elsewhere")
    rows = store.rows(PATIENT)
    store.append([count(99)])
    store.close(backup=False)
    assert report.folder.parent == tmp_path / "elsewhere"
    reader = ward.open(folder=report.folder, read_only=True)
    assert reader.rows(PATIENT) == rows
    reader.close()
    restored = tmp_path / "restored"
    shutil.copytree(report.folder, restored)
    again = ward.open(folder=restored)
    assert again.verify() == ()
    again.append([count(100)])
    assert len(again.bodies(PATIENT)) == COUNTS + 1
    again.close(backup=False)


def test_that_a_reader_can_back_up_beside_an_open_writer(ward: Ward, tmp_path: Path) -> None:
    writer = ward.open()
    writer.append([count(1)])
    reader = ward.open(read_only=True)
    report = reader.backups.make(tmp_path / "stick")
    reader.close()
    assert (report.count, report.head) == (COUNTS + 2, writer.head().hash)
    writer.close(backup=False)


def test_that_a_backup_says_what_it_holds_and_nothing_of_a_patient(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    report = store.backups.make(ward.folder / FOLDER)
    head = store.head()
    store.close(backup=False)
    manifest = json.loads((report.folder / MANIFEST).read_text())
    assert (manifest["count"], manifest["head"]) == (head.count, head.hash)
    assert manifest["made_at"] == clock().isoformat()
    assert manifest["bytes"] == (report.folder / "bedside.db").stat().st_size
    assert {path.name for path in report.folder.iterdir()} == {
        "bedside.db",
        "keys.json",
        "keys-copy.json",
        MANIFEST,
    }
    everything = b"".join(path.read_bytes() for path in report.folder.iterdir())
    assert not any(word.encode() in everything for word in (FAMILY_NAME, MRN, PATIENT, "Needlenote"))


def test_that_two_backups_of_one_second_stand_side_by_side(ward: Ward, tmp_path: Path) -> None:
    store = ward.open()
    folders = [store.backups.make(tmp_path / "b").folder for _ in range(3)]
    store.close(backup=False)
    assert len(set(folders)) == 3
    assert [report.count for report in backups_in(tmp_path / "b")] == [COUNTS + 1] * 3


def test_that_the_key_reaches_the_verifier_through_its_standard_input_only(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = tmp_path / "witness"
    spy = tmp_path / "spy.sh"
    spy.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {witness}\nenv >> {witness}\nexec {sys.executable} "$@"\n')
    spy.chmod(0o700)
    store = ward.open()
    monkeypatch.setattr(sys, "executable", str(spy))
    report = store.backups.make(tmp_path / "b")
    store.close(backup=False)
    assert report.count == COUNTS + 1
    seen = witness.read_text()
    assert "bedside.store.copy_check" in seen
    assert ward.key.hex() not in seen.lower()
    assert repr(ward.key) not in seen


@pytest.mark.parametrize(
    "answer", ["exit 1", 'echo \'{"count": 3, "head": "00", "audit_count": 0, "audit_head": ""}\'']
)
def test_that_a_copy_that_does_not_verify_is_thrown_away(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    liar = tmp_path / "liar.sh"
    liar.write_text(f"#!/bin/sh\ncat > /dev/null\n{answer}\n")
    liar.chmod(0o700)
    store = ward.open()
    good = store.backups.make(tmp_path / "b")
    monkeypatch.setattr(sys, "executable", str(liar))
    with pytest.raises(StoreFault, match="thrown away"):
        store.backups.make(tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == [good.folder]
    assert len(store.bodies(PATIENT)) == COUNTS
    store.append([count(1)])
    with pytest.raises(StoreFault, match="thrown away"):
        store.close()
    monkeypatch.undo()
    ward.open().close(backup=False)


def test_that_the_verifier_sees_damage_and_a_wrong_key(ward: Ward, tmp_path: Path) -> None:
    store = ward.open()
    copy = store.backups.make(tmp_path / "b").folder / "bedside.db"
    origin = store.origin
    store.close(backup=False)
    assert check_copy(copy, ward.key, origin).problem is None
    assert check_copy(copy, bytes(32), origin).problem
    content = bytearray(copy.read_bytes())
    content[-100] ^= 1
    copy.write_bytes(content)
    assert check_copy(copy, ward.key, origin).problem
    assert check_copy(tmp_path / "nothing.db", ward.key, origin).problem


def test_that_an_unwritable_place_for_a_backup_is_told(ward: Ward, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = ward.open()
    with pytest.raises(UserError, match="No backup could be written") as caught:
        store.backups.make(tmp_path / "file")
    assert caught.value.exit_code == 2
    assert len(store.bodies(PATIENT)) == COUNTS
    store.close(backup=False)


def test_that_a_shrunken_store_is_an_alarm_and_no_backup_is_removed(ward: Ward, clock: FixedClock) -> None:
    ward.open().close()
    kept = backups_in(ward.folder / FOLDER)
    ward.tamper("DELETE FROM journal WHERE origin_seq > 10")
    clock.advance(days=900)
    store = ward.open()
    with pytest.raises(StoreFault, match="lacks entries that its backups hold"):
        store.close()
    assert backups_in(ward.folder / FOLDER) == kept
    ward.open(read_only=True).close()


def test_that_an_old_store_put_in_place_stays_an_alarm_however_much_is_recorded_in_it(
    ward: Ward, clock: FixedClock, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    ward.open().close()
    shutil.copy(ward.folder / DATABASE, old)
    store = ward.open()
    store.append([count(99)])
    store.close()
    shutil.copy(old, ward.folder / DATABASE)
    kept = backups_in(ward.folder / FOLDER)
    clock.advance(days=900)
    store = ward.open()
    store.append([count(number) for number in range(100, 110)])
    with pytest.raises(StoreFault, match="lacks entries that its backups hold"):
        store.close()
    assert backups_in(ward.folder / FOLDER) == kept


def test_that_a_shrunken_audit_trail_is_an_alarm_as_well(ward: Ward, clock: FixedClock) -> None:
    store = ward.open()
    store.record_event("export", PATIENT)
    store.close()
    kept = backups_in(ward.folder / FOLDER)
    ward.tamper("DELETE FROM audit")
    clock.advance(days=900)
    store = ward.open()
    store.append([count(99)])
    with pytest.raises(StoreFault, match="lacks entries that its backups hold"):
        store.close()
    assert backups_in(ward.folder / FOLDER) == kept


@pytest.mark.parametrize(
    "forged",
    [
        {"count": "x"},
        {"count": -1},
        {"count": 2**63},
        {"count": True},
        {"count": float("nan")},
        {"audit_count": None},
        {"head": 5},
        {"audit_head": None},
        {"store_id": 7},
        {"bytes": "x"},
        {"made_at": "2026-11-21T10:00:00"},
        {"made_at": "0001-01-01T00:00:00+14:00"},
        {"made_at": "9999-12-31T23:59:59-14:00"},
    ],
    ids=str,
)
def test_that_a_manifest_that_no_backup_writes_is_passed_over_and_not_removed(
    ward: Ward, forged: dict[str, object]
) -> None:
    store = ward.open()
    good, bad = store.backups.make(ward.folder / FOLDER), store.backups.make(ward.folder / FOLDER)
    manifest = bad.folder / MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | forged))
    assert backups_in(ward.folder / FOLDER) == (good,)
    assert store.verify() == ()
    store.append([count(99)])
    store.close()
    assert manifest.exists()


def test_that_pruning_keeps_the_newest_and_clears_what_was_not_finished(
    ward: Ward, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedside.store.retention.NEWEST", 2)
    target = ward.folder / FOLDER
    store = ward.open()
    made = []
    for _ in range(4):
        clock.advance(minutes=1)
        made.append(store.backups.make(target).folder.name)
    unfinished = target / "2026-01-01T000000Z"
    unfinished.mkdir()
    (unfinished / "bedside.db.part").write_bytes(b"half")
    os.utime(unfinished, (time.time() - DAY - 60,) * 2)
    strange = target / "letters to Zurich"
    strange.mkdir()
    (strange / "letter.txt").write_text("mine")
    prune(target)
    assert {path.name for path in target.iterdir()} == {*made[-2:], strange.name}
    store.close()


@pytest.mark.parametrize(("age", "stays"), [(0, True), (DAY - 60, True), (60 - DAY, True), (-DAY - 60, False)])
def test_that_pruning_spares_an_unfinished_backup_of_the_last_day(ward: Ward, age: int, stays: bool) -> None:
    unfinished = ward.folder / FOLDER / "2026-01-01T000000Z"
    unfinished.mkdir(parents=True)
    os.utime(unfinished, (time.time() - age,) * 2)
    ward.open().close()
    assert unfinished.exists() is stays


def test_that_a_backup_in_the_making_stands_beside_that_of_another_program(ward: Ward) -> None:
    store, reader = ward.open(), ward.open(read_only=True)
    meanwhile: list[BackupReport] = []

    def tell(_done: float, _total: float) -> None:
        if not meanwhile:
            meanwhile.extend(filter(None, [store.backups.make_if_changed()]))

    made = reader.backups.make(ward.folder / FOLDER, tell)
    assert len(meanwhile) == 1
    assert {one.folder for one in backups_in(ward.folder / FOLDER)} == {made.folder, meanwhile[0].folder}
    reader.close()
    store.close(backup=False)


def test_that_a_backup_made_while_the_clock_was_years_behind_is_the_newest_and_stays(
    ward: Ward, clock: FixedClock
) -> None:
    store = ward.open()
    for number in range(30):
        clock.advance(days=31)
        store.append([count(number)])
        store.backups.make_if_changed()
    clock.advance(days=-4000)
    store.append([count(99)])
    made = store.backups.make_if_changed()
    assert made is not None
    assert made.folder.exists()
    assert store.backups.newest() == made
    store.close()
    assert made.folder.exists()


def test_that_a_store_of_other_hands_in_the_backup_folder_is_not_counted(
    ward: Ward, tmp_path: Path, clock: FixedClock
) -> None:
    other, _ = Store.create(Station(tmp_path / "other", clock, ward.new_id), FirstUser(USER, "x", CHEAP))
    other.append([])
    other.record_event("sign_in")
    other.backups.make(ward.folder / FOLDER)
    other.close()
    store = ward.open()
    assert store.backups.newest() is None
    store.close(backup=False)
    (ward.folder / FOLDER / os.listdir(ward.folder / FOLDER)[0] / MANIFEST).write_text("{")
    assert backups_in(ward.folder / FOLDER) == ()


def test_that_a_store_that_cannot_be_read_beside_itself_is_not_blamed_on_the_place_of_the_backup(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on read-only media, where the engine cannot make its small files beside the store."""
    store = ward.open()

    def unable(*_: object) -> None:
        error = sqlcipher3.OperationalError("unable to open database file")
        error.sqlite_errorcode = 14
        raise error

    monkeypatch.setattr("bedside.store.backup.connect", unable)
    for copied in (store.backups.make, store.backups.copy_journal):
        with pytest.raises(UserError, match="The store's folder does not let Bedside write"):
            copied(tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
    monkeypatch.undo()
    store.close(backup=False)
