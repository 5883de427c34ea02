"""The journal as sealed JSON Lines: nothing in clear, every change noticed, and a whole store again without SQLite."""

import json
import random
from pathlib import Path

import pytest

from bedside.chart.errors import StoreDamaged, UserError
from bedside.store import sealed_lines
from bedside.store.backup import BackupReport
from bedside.store.backup_keys import unlock_copy
from bedside.store.envelope import NotLetIn
from bedside.store.journal_copy import key_way, report_of
from bedside.store.restoring import Restoration, backup_at
from bedside.store.store import Store
from tests.store.wards import COUNTS, FAMILY_NAME, MRN, PASSPHRASE, PATIENT, USER, Ward, count

OWN = "eine andere Wiese"


def copied(ward: Ward, target: Path, passphrase: str | None = None) -> BackupReport:
    store = ward.open()
    store.record_event("export", PATIENT, {"form": "json"})
    report = store.backups.copy_journal(target, passphrase)
    store.close(backup=False)
    return report


def restored(ward: Ward, report: BackupReport, folder: Path, passphrase: str = PASSPHRASE) -> Store:
    unlocked, sealed = unlock_copy(report, folder, USER, passphrase)
    Restoration(folder, report, unlocked.key, ward.clock(), sealed).carry_out()
    return ward.open(folder=folder, passphrase=passphrase)


def test_that_a_copy_says_what_it_holds_and_nothing_of_a_patient(ward: Ward, tmp_path: Path) -> None:
    report = copied(ward, tmp_path / "stick")
    assert report_of(report.folder) == backup_at(report.folder) == report
    assert (report.count, report.audit_count) == (COUNTS + 1, 1)
    content = report.folder.read_bytes()
    user = f'"{USER}"'  # in quotes: three letters alone may stand in the hexadecimal digits of the head by chance
    assert not any(word.encode() in content for word in (FAMILY_NAME, MRN, PATIENT, "Needlenote", "export", user))
    assert report.folder.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [report.folder.name]


def test_that_a_copy_sealed_with_the_store_s_key_becomes_the_same_store_again(ward: Ward, tmp_path: Path) -> None:
    report = copied(ward, tmp_path / "stick")
    store = ward.open()
    rows, events = store.rows(PATIENT), store.events()
    store.append([count(77)])
    store.close(backup=False)
    unlocked, sealed = unlock_copy(report, ward.folder, USER, PASSPHRASE)
    restoration = Restoration(ward.folder, report, unlocked.key, ward.clock(), sealed)
    assert restoration.loss.kinds == {"blood_count": 1}
    restoration.carry_out()
    store = ward.open()
    assert (store.rows(PATIENT), store.events()) == (rows, events)
    assert store.verify() == ()
    assert store.patients()[0].mrn == MRN
    store.append([count(78)])
    store.close(backup=False)


def test_that_a_copy_sealed_with_a_passphrase_becomes_a_store_anywhere_with_that_passphrase(
    ward: Ward, tmp_path: Path
) -> None:
    report = copied(ward, tmp_path / "stick", OWN)
    store = restored(ward, report, tmp_path / "new", OWN)
    assert len(store.bodies(PATIENT)) == COUNTS
    assert store.verify() == ()
    assert store.role == "lead,physician"
    assert store.head().hash == report.head
    store.close(backup=False)
    with pytest.raises(NotLetIn):
        ward.open(folder=tmp_path / "new")


def test_that_a_wrong_passphrase_opens_no_copy(ward: Ward, tmp_path: Path) -> None:
    own, of_store = copied(ward, tmp_path / "a", OWN), copied(ward, tmp_path / "b")
    with pytest.raises(NotLetIn):
        unlock_copy(own, tmp_path / "new", USER, PASSPHRASE)
    with pytest.raises(NotLetIn):
        unlock_copy(of_store, ward.folder, USER, OWN)
    with pytest.raises(UserError, match="key file is not in the folder"):
        unlock_copy(of_store, tmp_path / "new", USER, PASSPHRASE)


def test_that_every_change_and_every_cut_of_a_copy_is_noticed(ward: Ward, tmp_path: Path) -> None:
    report = copied(ward, tmp_path / "stick")
    key, content = key_way(report.folder).of_store(ward.key), report.folder.read_bytes()
    assert len(list(sealed_lines.read(report.folder, key))) > COUNTS
    chance, harmed = random.Random(3), tmp_path / "harmed"
    harms = [content[:-1], content + b"x", content[: len(content) // 2], content[:-20], b"", content * 2]
    for _ in range(150):
        place = chance.randrange(len(content))
        harms.append(content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :])
    for number, harm in enumerate(harms):
        harmed.write_bytes(harm)
        with pytest.raises(StoreDamaged):
            list(sealed_lines.read(harmed, key))
        assert harmed.read_bytes() == harm, number


@pytest.mark.parametrize("length", [0, 1, sealed_lines.CHUNK - 1, sealed_lines.CHUNK, sealed_lines.CHUNK + 1, 200_000])
def test_that_lines_of_any_length_come_back_as_they_were(tmp_path: Path, length: int) -> None:
    lines = ["µ" * (length // 2), "", "x" * length, "end"]
    with (tmp_path / "lines").open("wb") as stream:
        sealed_lines.write(stream, {"a": 1}, bytes(32), lines)
    assert list(sealed_lines.read(tmp_path / "lines", bytes(32))) == lines
    assert sealed_lines.header_of(tmp_path / "lines") == {"a": 1}


def test_that_chunks_cannot_change_places_or_files(tmp_path: Path) -> None:
    lines = ["a" * sealed_lines.CHUNK, "b" * sealed_lines.CHUNK, "c"]
    for name in ("one", "two"):
        with (tmp_path / name).open("wb") as stream:
            sealed_lines.write(stream, {"name": name}, bytes(32), lines)
    content, other = (tmp_path / "one").read_bytes(), (tmp_path / "two").read_bytes()
    head = content.index(b"\n") + 1
    size = 4 + sealed_lines.CHUNK + 16
    first, second, rest = (
        content[head : head + size],
        content[head + size : head + 2 * size],
        content[head + 2 * size :],
    )
    for harm in (second + first + rest, first + rest, first + second, first + first + rest, other[head:]):
        (tmp_path / "harm").write_bytes(content[:head] + harm)
        with pytest.raises(StoreDamaged):
            list(sealed_lines.read(tmp_path / "harm", bytes(32)))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"end": [0, "", 0, ""]}],
        [{"table": "sqlite_master", "columns": ["sql"]}, ["x"], {"end": [0, "", 0, ""]}],
        [{"table": "journal", "columns": ["id); DROP TABLE audit; --"]}, ["x"], {"end": [0, "", 0, ""]}],
        [{"table": "identity", "columns": ["store_id", "origin", "made_at"]}, ["a", "b"], {"end": [0, "", 0, ""]}],
        [{"table": "identity", "columns": ["store_id", "origin", "made_at"]}, ["a", "b", 1]],
        [["a row of nothing"]],
        ["words"],
        [{"table": "identity", "columns": ["store_id", "origin", "made_at"]}, ["a", "b", "x"], {"end": [0, "", 0, ""]}],
    ],
)
def test_that_a_forged_copy_becomes_no_store(ward: Ward, tmp_path: Path, lines: list[object]) -> None:
    report = copied(ward, tmp_path / "stick")
    header = sealed_lines.header_of(report.folder)
    assert header is not None
    key = key_way(report.folder).of_store(ward.key)
    with report.folder.open("wb") as stream:
        sealed_lines.write(stream, header, key, map(json.dumps, lines))
    forged = report_of(report.folder)
    assert forged is not None
    unlocked, sealed = unlock_copy(forged, ward.folder, USER, PASSPHRASE)
    with pytest.raises(StoreDamaged):
        Restoration(ward.folder, forged, unlocked.key, ward.clock(), sealed)
    store = ward.open()
    assert len(store.bodies(PATIENT)) == COUNTS
    store.close(backup=False)


def test_that_a_header_with_an_absurd_cost_is_refused_without_paying_it(ward: Ward, tmp_path: Path) -> None:
    report = copied(ward, tmp_path / "stick", OWN)
    head, _, rest = report.folder.read_bytes().partition(b"\n")
    header = json.loads(head) | {"passphrase": [2**31, 1000, 1]}
    report.folder.write_bytes(json.dumps(header).encode() + b"\n" + rest)
    with pytest.raises(NotLetIn):
        unlock_copy(report, tmp_path / "new", USER, OWN)


def test_that_two_copies_of_one_second_stand_side_by_side(ward: Ward, tmp_path: Path) -> None:
    made = {copied(ward, tmp_path / "stick").folder for _ in range(3)}
    assert len(made) == 3
    assert set((tmp_path / "stick").iterdir()) == made


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": "bedside-journal-copy"}', "[" * 70_000])
def test_that_a_file_that_is_no_copy_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text)
    assert report_of(tmp_path / "file") is None
    with pytest.raises(UserError, match="no finished backup"):
        backup_at(tmp_path / "file")


def test_that_an_unwritable_place_for_a_copy_is_told(ward: Ward, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="No copy could be written"):
        copied(ward, tmp_path / "file")
