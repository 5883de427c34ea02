"""Tests that hostile files are refused in words through the command line, or kept as the plain text they are."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bedside import compose
from bedside.store.backup import MANIFEST
from bedside.store.cipher import connect
from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost, key_of_code
from bedside.store.store import Store
from tests.cli.conftest import PASSPHRASE, USER, Station
from tests.service.charts import COUNT, MRN, PATIENT, chart_file

SQL = "'); DROP TABLE journal; --"
HTML = '<img src=x onerror="alert(1)"><b>bold</b> &amp; </para>'
FORMULA = '=HYPERLINK("http://x","y")'


def with_text(replaced: str, by: str) -> bytes:
    """A good chart in which one piece of its text is replaced."""
    good = chart_file(COUNT).decode()
    assert replaced in good
    return good.replace(replaced, by).encode()


HOSTILE = {
    "depth of arrays": b"[" * 200_000,
    "depth of objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep inside a chart": with_text('"wbc": 2.1', '"wbc": ' + "[" * 50_000 + "]" * 50_000),
    "digits": with_text('"wbc": 2.1', '"wbc": ' + "9" * 200_000),
    "digits behind the point": with_text('"wbc": 2.1', '"wbc": 2.' + "1" * 200_000 + "e400"),
    "NaN": with_text('"wbc": 2.1', '"wbc": NaN'),
    "infinity": with_text('"wbc": 2.1', '"wbc": -Infinity'),
    "1e400": with_text('"wbc": 2.1', '"wbc": 1e400'),
    "duplicate key": with_text('"wbc": 2.1', '"wbc": 2.1, "wbc": 9.9'),
    "duplicate patient": with_text('"version": 1', '"version": 1, "patient": {}'),
    "text for a number": with_text('"wbc": 2.1', '"wbc": "2.1"'),
    "bidi name": chart_file(COUNT, patient={**PATIENT, "mrn": "T-77", "family_name": "Needle\u202eylimaf"}),
    "number that looks like another": chart_file(COUNT, patient={**PATIENT, "mrn": "T-0001\u200b"}),
    "control sign": chart_file(COUNT, patient={**PATIENT, "mrn": "T-78", "given_name": "a\u0000b"}),
    "half a sign": b'{"format": "bedside-chart", "patient": {"family_name": "\\ud800"}}',
    "another encoding": chart_file(COUNT).decode().encode("utf-16"),
    "nothing": b"",
    "zeros": bytes(100_000),
    "a database": b"SQLite format 3\x00" + bytes(4096),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_chart_is_refused_in_words_and_nothing_is_stored(station: Station, name: str) -> None:
    before = rows_of(station)
    code, out, err = station.at_store("import", station.file("hostile.json", HOSTILE[name]))
    assert (code, out) == (2, ""), err
    assert "Traceback" not in err
    assert 0 < len(err) < 2_000
    assert not any(ord(sign) < 32 and sign not in "\n" for sign in err)
    assert "\u202e" not in err
    assert rows_of(station) == before


def rows_of(station: Station) -> int:
    store = Store.open(compose.station_at(station.store), USER, PASSPHRASE, read_only=True)
    try:
        assert store.verify() == ()
        return store.head().count
    finally:
        store.close()


@pytest.mark.parametrize("text", [SQL, HTML, FORMULA, "../../outside", "${HOME} $(id) `id` %s %n {0.__class__}"])
def test_that_text_stays_text_wherever_it_stands(station: Station, text: str) -> None:
    patient: dict[str, Any] = {**PATIENT, "mrn": "T-0666", "family_name": text, "given_name": text}
    data = chart_file({**COUNT, "note": text}, patient=patient)
    code, _, err = station.at_store("import", station.file("text.json", data))
    assert code == 0, err
    assert station.at_store("verify")[0] == 0
    code, out, _ = station.at_store("board", "--json")
    assert code == 0
    (row,) = [row for row in json.loads(out)["patients"] if row["mrn"] == "T-0666"]
    assert text.casefold() in json.dumps(row, ensure_ascii=False).replace('\\"', '"').casefold()
    pdf, chart = station.folder / "out.pdf", station.folder / "out.json"
    assert station.at_store("export", "T-0666", "--pdf", str(pdf))[0] == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert station.at_store("export", "T-0666", "--json", str(chart))[0] == 0
    assert json.loads(chart.read_bytes())["entries"][0]["note"] == text
    assert not (station.folder.parent / "outside").exists()


@pytest.fixture
def backup(station: Station) -> Path:
    """A good backup to be made hostile."""
    code, out, _ = station.at_store("backup", str(station.folder / "stick"))
    assert code == 0
    return Path(out.strip())


def refused(station: Station, backup: Path) -> str:
    """What the restore of a hostile backup says; the store must be as before."""
    before = rows_of(station)
    code, out, err = station.at_store("restore", str(backup), "--force")
    assert code in (2, 3), err
    assert out == ""
    assert "Traceback" not in err
    assert rows_of(station) == before
    assert station.at_store("board")[0] == 0
    return err


def test_that_a_clear_database_offered_as_a_backup_is_refused(station: Station, backup: Path) -> None:
    (backup / "bedside.db").unlink()
    connection = sqlite3.connect(backup / "bedside.db")
    connection.executescript(
        "CREATE TABLE journal (id TEXT); CREATE TABLE identity (store_id, origin, made_at);"
        "CREATE VIEW audit AS SELECT load_extension('x'); CREATE TRIGGER t AFTER INSERT ON journal BEGIN SELECT 1; END;"
    )
    connection.close()
    assert "not encrypted" in refused(station, backup)


def test_that_an_encrypted_database_with_more_in_it_than_a_store_is_refused(station: Station, backup: Path) -> None:
    from bedside.store.opening import unlock

    key = unlock(station.store, USER, PASSPHRASE).key
    connection = connect(backup / "bedside.db", key)
    connection.execute("CREATE TRIGGER grab AFTER INSERT ON journal BEGIN UPDATE draft SET body = NEW.body; END")
    connection.close()
    assert "grab" in refused(station, backup)


def test_that_a_whole_store_of_somebody_else_is_refused_with_their_keys(station: Station, backup: Path) -> None:
    theirs = station.folder / "theirs"
    store, code = Store.create(compose.station_at(theirs), FirstUser(USER, "their own", Cost(8, 1, 1)))
    store.close()
    assert key_of_code(code)
    for name in ("bedside.db", "keys.json", "keys-copy.json"):
        shutil.copy(theirs / name, backup / name)
    assert "not right" in refused(station, backup)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[" * 100_000,
        b'{"format": "bedside-backup", "version": 2}',
        b'{"format": "bedside-backup", "version": 1, "made_at": "2026-01-01"}',
        b'{"format": "bedside-backup", "version": 1, "made_at": 5, "folder": "/etc"}',
        b"null",
    ],
)
def test_that_a_manifest_that_makes_no_sense_is_no_backup(station: Station, backup: Path, manifest: bytes) -> None:
    (backup / MANIFEST).write_bytes(manifest)
    assert "no finished backup" in refused(station, backup)


@pytest.mark.parametrize("change", [{"count": 0}, {"head": "00"}, {"audit_count": -1}, {"count": "many"}])
def test_that_a_manifest_that_says_something_else_is_refused(
    station: Station, backup: Path, change: dict[str, Any]
) -> None:
    fields = json.loads((backup / MANIFEST).read_bytes())
    (backup / MANIFEST).write_text(json.dumps(fields | change))
    assert refused(station, backup)


def test_that_a_backup_whose_keys_ask_for_an_absurd_cost_is_refused_at_once(station: Station, backup: Path) -> None:
    for name in ("keys.json", "keys-copy.json"):
        (backup / name).write_text((backup / name).read_text().replace("65536", "4294967295"))
    assert refused(station, backup)


def test_that_devices_and_folders_are_no_charts(station: Station) -> None:
    for path in (station.folder, Path("/dev/null")):
        code, out, err = station.at_store("import", str(path))
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1


def test_that_the_number_of_a_patient_leads_out_of_no_folder(station: Station) -> None:
    patient = {**PATIENT, "mrn": "../../../escaped"}
    code, _, _ = station.at_store("import", station.file("path.json", chart_file(COUNT, patient=patient)))
    assert code == 0
    target = station.folder / "all"
    target.mkdir()
    assert station.at_store("export", "--all", "--json", str(target))[0] == 0
    assert len(list(target.iterdir())) == 3
    assert not list(station.folder.parent.glob("escaped*"))
    assert MRN not in [path.name for path in station.folder.parent.iterdir()]
