"""Tests of the commands at a store: their results, their words, and the exit codes that scripts rely on."""

import json
import os
import shutil
import unicodedata
from pathlib import Path
from threading import Thread

import pytest

from bedside import compose
from bedside.cli import given_files
from bedside.store.key_copies import COPIES
from bedside.store.store import Store
from tests.cli.conftest import PASSPHRASE, USER, Station
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, PATIENT, chart_file


def test_that_init_makes_a_store_and_prints_its_recovery_code_alone(station: Station) -> None:
    key = str(station.folder / "passphrase")
    new = station.folder / "new"
    code, out, err = station.run("init", "--store", str(new), "--user", USER, "--passphrase-file", key)
    assert code == 0
    assert str(new) in err
    (recovery,) = out.split()
    store = Store.open_with_recovery_code(compose.station_at(new), recovery)
    store.close(backup=False)


def test_that_init_on_an_existing_store_changes_nothing(station: Station) -> None:
    before = (station.store / "bedside.db").read_bytes()
    code, out, err = station.at_store("init")
    assert (code, out) == (2, "")
    assert "already" in err
    assert (station.store / "bedside.db").read_bytes() == before


def test_that_an_import_says_what_it_brought(station: Station) -> None:
    code, out, err = station.at_store("import", station.file("new.json", chart_file(COUNT)))
    assert (code, out, err) == (0, f"new.json: {MRN}, known patient, 1 new entries, 0 known\n", "")
    assert station.at_store("import", station.file("new.json", chart_file(COUNT)))[1].endswith(
        "0 new entries, 1 known\n"
    )


def test_that_a_dry_run_stores_nothing(station: Station) -> None:
    path = station.file("new.json", chart_file(COUNT))
    code, out, _ = station.at_store("import", "--dry-run", path)
    assert (code, "1 new entries" in out, "nothing was stored" in out) == (0, True, True)
    assert "1 new entries" in station.at_store("import", path)[1]


def test_that_each_file_of_an_import_stands_alone_and_the_worst_code_counts(station: Station) -> None:
    bad = station.file("bad.json", chart_file({**COUNT, "hb": "92"}))
    good = station.file("good.json", chart_file(COUNT))
    code, out, err = station.at_store("import", bad, str(station.folder / "missing.json"), good)
    assert code == 2
    assert out.startswith("good.json: ")
    bad_line, missing_line = err.splitlines()
    assert "bad.json, entries[0] (blood_count): hb is" in bad_line
    assert "missing.json" in missing_line


def test_that_a_soft_limit_is_a_warning_on_stderr(station: Station) -> None:
    code, out, err = station.at_store("import", station.file("soft.json", chart_file({**COUNT, "hb": 30})))
    assert code == 0
    assert "1 new entries" in out
    assert "soft.json, entries[0] (blood_count): hb" in err


def test_that_another_birth_date_is_refused(station: Station) -> None:
    other = chart_file(COUNT, patient={**PATIENT, "birth_date": "2011-03-02"})
    code, out, err = station.at_store("import", station.file("other.json", other))
    assert (code, out) == (2, "")
    assert "birth_date" in err


def test_that_the_board_is_an_aligned_table(station: Station) -> None:
    code, out, err = station.at_store("board", "--as-of", "2020-07-31")
    assert (code, err) == (0, "")
    title, head, index, small = out.splitlines()
    assert title == "Ward board, 31-Jul-2020, 2 patients"
    assert index.index("PUBLISHED, Myers Index") == small.index("NEEDLEFAMILY, Synthetic One") == head.index("Patient")
    assert "high (provisional)" in index
    assert "D+60" in index
    assert index.endswith("published")


def test_that_the_board_is_one_json_document(station: Station) -> None:
    code, out, _ = station.at_store("board", "--json", "--as-of", "2020-07-31")
    rows = {row["mrn"]: row for row in json.loads(out)["patients"]}
    assert code == 0
    assert (rows[INDEX_MRN]["class"], rows[INDEX_MRN]["day"], rows[INDEX_MRN]["crs"]) == ("high", 60, None)
    assert rows[INDEX_MRN]["moved"] == {"from": "ambiguous", "to": "high", "on": "2020-07-31"}
    assert rows[MRN]["tag"] is None


def test_that_a_patient_of_the_store_is_assessed(station: Station) -> None:
    code, out, _ = station.at_store("assess", "--mrn", INDEX_MRN, "--as-of", "2020-07-31", "--json")
    assert (code, json.loads(out)["risk"]["class"]) == (0, "high")


def test_that_an_export_holds_the_chart_as_it_came(station: Station) -> None:
    target = station.folder / "out.json"
    code, out, _ = station.at_store("export", INDEX_MRN, "--json", str(target))
    assert (code, out) == (0, "")
    assert json.loads(target.read_bytes()) == json.loads(INDEX)


def test_that_a_summary_is_a_pdf_in_place_of_what_was_there(station: Station) -> None:
    target = station.file("out.pdf", b"old")
    code, _, _ = station.at_store("export", INDEX_MRN, "--pdf", target, "--as-of", "2020-07-31")
    assert code == 0
    assert Path(target).read_bytes().startswith(b"%PDF-")
    assert [path.name for path in station.folder.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize("target", ["missing/out.pdf", "store"])
def test_that_an_unwritable_target_is_one_sentence_and_leaves_nothing(station: Station, target: str) -> None:
    before = sorted(station.folder.rglob("*"))
    code, out, err = station.at_store("export", INDEX_MRN, "--pdf", str(station.folder / target))
    assert (code, out) == (2, "")
    assert str(station.folder / target) in err
    assert len(err.splitlines()) == 1
    assert {path.suffix for path in set(station.folder.rglob("*")) - set(before)}.isdisjoint({".pdf", ".part"})


def test_that_an_export_of_an_unknown_patient_keeps_the_old_file(station: Station) -> None:
    target = station.file("out.pdf", b"old")
    code, out, err = station.at_store("export", "T-9999", "--pdf", target)
    assert (code, out) == (2, "")
    assert "T-9999" in err
    assert Path(target).read_bytes() == b"old"


def test_that_verify_says_that_a_store_is_whole(station: Station) -> None:
    code, out, err = station.at_store("verify")
    assert (code, err) == (0, "")
    assert out.startswith("The store is whole: 37 rows")


def test_that_a_wrong_passphrase_and_an_unknown_user_are_refused(station: Station) -> None:
    wrong = station.file("wrong", b"guess\n")
    code, out, err = station.run("board", "--store", str(station.store), "--user", USER, "--passphrase-file", wrong)
    assert (code, out) == (2, "")
    key = str(station.folder / "passphrase")
    unknown = station.run("board", "--store", str(station.store), "--user", "Nobody", "--passphrase-file", key)
    assert unknown[:2] == (2, "")
    assert len(err.splitlines()) == len(unknown[2].splitlines()) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_that_a_passphrase_file_is_read_in_any_form(station: Station, form: str, end: str) -> None:
    text = unicodedata.normalize(form, PASSPHRASE) + end  # type: ignore[arg-type]
    key = station.file("key", text.encode())
    assert station.run("verify", "--store", str(station.store), "--user", USER, "--passphrase-file", key)[0] == 0


@pytest.mark.parametrize(("content", "word"), [(b"\xff\xfe\x00", "UTF-8"), (None, "cannot be read")])
def test_that_a_bad_passphrase_file_is_refused(station: Station, content: bytes | None, word: str) -> None:
    key = str(station.folder / "no-key") if content is None else station.file("key", content)
    code, _, err = station.run("board", "--store", str(station.store), "--user", USER, "--passphrase-file", key)
    assert (code, word in err) == (2, True)


@pytest.mark.parametrize("given", [[], ["--user", USER]])
def test_that_without_a_terminal_the_missing_answer_is_named(station: Station, given: list[str]) -> None:
    code, out, err = station.run("board", "--store", str(station.store), *given)
    assert (code, out) == (2, "")
    assert ("--passphrase-file" if given else "--user") in err


def test_that_a_folder_without_a_store_is_named(station: Station) -> None:
    key = str(station.folder / "passphrase")
    empty = str(station.folder / "nothing")
    code, out, err = station.run("board", "--store", empty, "--user", USER, "--passphrase-file", key)
    assert (code, out) == (2, "")
    assert empty in err
    assert not Path(empty).exists()


def test_that_the_environment_names_the_store(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compose.STORE_VARIABLE, str(station.store))
    key = str(station.folder / "passphrase")
    assert station.run("verify", "--user", USER, "--passphrase-file", key)[0] == 0


def test_that_reading_works_beside_a_writer_and_writing_does_not(station: Station) -> None:
    session = compose.open_session(station.store, USER, PASSPHRASE)
    try:
        assert station.at_store("board")[::2] == (0, "")
        code, _, err = station.at_store("export", MRN, "--json", str(station.folder / "out.json"))
        assert (code, err.splitlines()[0]) == (
            0, "bedside: This is not in the audit log: another Bedside has the store.",
        )  # fmt: skip
        code, out, err = station.at_store("import", station.file("new.json", chart_file(COUNT)))
        assert (code, out) == (3, "")
        assert "open" in err
    finally:
        session.close()


@pytest.mark.parametrize("name", COPIES)
def test_that_one_damaged_copy_of_the_keys_is_found_and_mended_by_the_next_who_signs_in(
    station: Station, name: str
) -> None:
    (station.store / name).write_bytes(b"{")
    code, out, _ = station.at_store("verify")
    assert (code, out.startswith(f"Key file {name}: it is missing or damaged")) == (1, True)
    assert station.at_store("users", "list")[0] == 0
    assert station.at_store("verify")[0] == 0


def test_that_who_looks_at_the_board_stands_in_the_audit_log(station: Station) -> None:
    before = len(json.loads(station.at_store("audit", "--json")[1])["events"])
    station.at_store("board")
    assert len(json.loads(station.at_store("audit", "--json")[1])["events"]) == before + 2, "the board and the log"


def test_that_a_newer_store_is_refused_and_left_as_it_is(station: Station) -> None:
    from bedside.store.cipher import connect
    from bedside.store.opening import unlock

    unlocked = unlock(station.store, USER, PASSPHRASE)
    connection = connect(station.store / "bedside.db", unlocked.key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (station.store / "bedside.db").read_bytes()
    for command in (("board",), ("verify",), ("import", station.file("new.json", chart_file(COUNT)))):
        code, out, err = station.at_store(*command)
        assert (code, out) == (3, "")
        assert "newer" in err
    assert (station.store / "bedside.db").read_bytes() == before


def test_that_verify_names_the_row_that_was_forged(station: Station) -> None:
    from bedside.store.cipher import connect
    from bedside.store.opening import unlock
    from bedside.store.schema import TRIGGERS

    connection = connect(station.store / "bedside.db", unlock(station.store, USER, PASSPHRASE).key)
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE journal SET body = replace(body, 'male', 'female') WHERE origin_seq = 1")
    for text in TRIGGERS.values():
        connection.execute(text)
    connection.close()
    code, out, _ = station.at_store("verify")
    assert code == 1
    assert "Journal row 1 (registration)" in out
    assert "Myers" not in out


def test_that_an_export_never_takes_the_place_of_a_device(station: Station) -> None:
    device = station.folder / "device"
    os.mkfifo(device)
    code, out, err = station.at_store("export", MRN, "--json", str(device))
    assert (code, out) == (2, "")
    assert "not an ordinary file" in err
    assert device.is_fifo()


def test_that_an_export_through_a_link_keeps_the_link(station: Station) -> None:
    link, target = station.folder / "link.json", Path(station.file("target.json", b"old"))
    link.symlink_to(target)
    assert station.at_store("export", MRN, "--json", str(link))[0] == 0
    assert link.is_symlink()
    assert json.loads(target.read_bytes())["patient"]["mrn"] == MRN


def test_that_a_file_whose_name_is_no_text_is_imported_and_audited(station: Station) -> None:
    path = station.folder / os.fsdecode(b"na\xffme.json")
    path.write_bytes(chart_file(COUNT))
    code, out, err = station.at_store("import", str(path))
    assert (code, out, err) == (0, f"na\\xffme.json: {MRN}, known patient, 1 new entries, 0 known\n", "")


def test_that_an_mrn_that_is_no_text_is_bad_usage(station: Station) -> None:
    for command in (("assess", "--mrn", "\udcff"), ("export", "\udcff", "--json", "out.json")):
        code, out, err = station.at_store(*command)
        assert (code, out) == (2, "")
        assert "not UTF-8" in err


def test_that_a_store_in_a_folder_whose_name_is_no_text_backs_itself_up(station: Station) -> None:
    folder = station.folder / os.fsdecode(b"st\xffre")
    shutil.copytree(station.store, folder)
    key, path = str(station.folder / "passphrase"), station.file("new.json", chart_file(COUNT))
    signed_in = ("--store", str(folder), "--user", USER, "--passphrase-file", key)
    code, out, err = station.run("import", path, *signed_in)
    assert (code, err) == (0, "")
    assert "1 new entries" in out


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no endless file")
def test_that_an_endless_file_is_too_large(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_files, "LARGEST_FILE_BYTES", 1 << 20)
    code, out, err = station.at_store("import", "/dev/zero")
    assert (code, out) == (2, "")
    assert "larger than 1 MB" in err
    endless = station.run("verify", "--store", str(station.store), "--user", USER, "--passphrase-file", "/dev/zero")
    assert endless[0] == 2


def test_that_entries_stay_and_the_code_is_one_when_the_backup_fails(station: Station) -> None:
    shutil.rmtree(station.store / "backups")
    (station.store / "backups").write_bytes(b"")
    code, out, err = station.at_store("import", station.file("new.json", chart_file(COUNT)))
    assert (code, "1 new entries" in out) == (1, True)
    assert "stays" in err
    assert len(err.splitlines()) == 1
    (station.store / "backups").unlink()
    again = station.at_store("import", station.file("again.json", chart_file(COUNT)))
    assert (again[0], "0 new entries, 1 known" in again[1]) == (0, True)


def test_that_every_patient_is_exported_to_a_file_named_by_number_and_never_by_name(station: Station) -> None:
    folder = station.folder / "all"
    station.at_store("import", station.file("index.json", INDEX))
    code, _, err = station.at_store("export", "--all", "--pdf", str(folder), "--as-of", "2020-07-31")
    assert (code, "2 files" in err) == (0, True)
    assert sorted(path.name for path in folder.iterdir()) == [f"{INDEX_MRN}.pdf", f"{MRN}.pdf"]


@pytest.mark.parametrize("given", [(), (MRN, "--all")])
def test_that_either_one_patient_or_all_are_exported(station: Station, given: tuple[str, ...]) -> None:
    code, out, err = station.at_store("export", *given, "--pdf", str(station.folder / "out.pdf"))
    assert (code, out) == (2, "")
    assert "One patient or all" in err


@pytest.mark.parametrize("nothing", [b"", b"\nWiese\n"])
@pytest.mark.parametrize("whose", [(MRN,), ("--all",)])
def test_that_an_empty_password_locks_no_summary(station: Station, nothing: bytes, whose: tuple[str, ...]) -> None:
    target, secret = station.folder / "out", station.file("secret", nothing)
    code, out, err = station.at_store("export", *whose, "--pdf", str(target), "--pdf-password-file", secret)
    assert (code, out, "The password is empty." in err) == (2, "", True)
    assert not target.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_that_a_password_from_a_pipe_locks_the_summary_of_every_patient(station: Station) -> None:
    pipe, folder = station.folder / "pipe", station.folder / "all"
    os.mkfifo(pipe)
    Thread(target=pipe.write_bytes, args=(b"Wiese\n",), daemon=True).start()
    code, _, _ = station.at_store("export", "--all", "--pdf", str(folder), "--pdf-password-file", str(pipe))
    assert code == 0
    assert [b"/Encrypt" in path.read_bytes() for path in folder.iterdir()] == [True, True]


def test_that_a_summary_is_imported_as_the_chart_it_carries_and_locked_with_a_password(station: Station) -> None:
    target, secret = station.folder / "summary.pdf", station.file("secret", "Grüne Wiese\n".encode())
    station.at_store("import", station.file("index.json", INDEX))
    station.at_store("export", INDEX_MRN, "--pdf", str(target), "--pdf-password-file", secret)
    code, out, err = station.at_store("import", str(target))
    assert (code, out, "protected by a password" in err) == (2, "", True)
    code, out, err = station.at_store("import", "--dry-run", str(target), "--pdf-password-file", secret)
    assert (code, err) == (0, "")
    assert out.startswith(f"summary.pdf: {INDEX_MRN}, known patient, 0 new entries")
