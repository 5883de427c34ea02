"""Tests of whole processes: a broken pipe, an unexpected error, what is imported, what is left behind."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bedside import compose
from bedside.cli import commands, program, sign_in
from bedside.cli.arguments import parse
from bedside.cli.speaking import PROBLEM_FOUND
from bedside.resources import resource
from tests.cli.conftest import USER, Station
from tests.conftest import ROOT
from tests.service.charts import INDEX_MRN, MRN, PATIENT

INDEX_FILE = resource("demo/published-myers-index.json")
LOADED = """
import sys
from bedside.__main__ import main
code = main(sys.argv[1:])
heavy = {"PySide6", "sqlcipher3", "sqlite_utils", "cryptography", "reportlab", "platformdirs", "numpy"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def process(*command: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=False, timeout=60)


@pytest.mark.slow
def test_that_assessing_a_file_loads_neither_store_nor_report_nor_window() -> None:
    done = process("-c", LOADED, "assess", str(INDEX_FILE), "--json")
    assert (done.returncode, done.stderr) == (0, b"[]\n")


@pytest.mark.slow
def test_that_a_reader_who_has_seen_enough_causes_no_words(tmp_path: Path) -> None:
    lines = tmp_path / "ward.jsonl"
    lines.write_bytes((INDEX_FILE.read_bytes().replace(b"\n", b"") + b"\n") * 40)
    command = [sys.executable, "-m", "bedside", "assess", str(lines), "--json"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert (running.wait(timeout=60), running.stderr.read()) == (0, b"")
    running.stderr.close()


@pytest.mark.slow
def test_that_results_are_utf_8_whatever_the_language_of_the_machine() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bedside", "assess", str(INDEX_FILE), "--as-of", "2020-07-31"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
        timeout=60,
    )
    assert done.returncode == 0
    assert "✓ H4" in done.stdout.decode()


def test_that_our_own_mistake_is_said_and_logged_without_a_patient(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_options: object) -> int:
        raise RuntimeError(f"{PATIENT['family_name']} went wrong")

    monkeypatch.setattr(commands, "board", fail)
    code, out, err = station.at_store("board")
    assert (code, out) == (70, "")
    assert "Bedside made a mistake (RuntimeError)" in err
    log = (compose.log_folder() / "bedside.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "test_processes.py" in log
    assert PATIENT["family_name"] not in log + err


def test_that_ctrl_c_ends_quietly(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "board", stop)
    assert station.at_store("board") == (130, "", "bedside: stopped.\n")


class Typing(io.StringIO):
    """A terminal at which these lines are typed, and then Ctrl+D."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("typed", ["", "Ann\n"])
def test_that_ctrl_d_at_a_prompt_ends_quietly(station: Station, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(sys, "stdin", Typing(typed))
    monkeypatch.setattr(sign_in, "getpass", ended)
    code, out, err = station.run("board", "--store", str(station.store))
    assert (code, out, err) == (130, "", "User name: bedside: stopped.\n")


def test_that_no_file_but_the_exports_holds_a_word_of_a_patient(
    station: Station, tree: Callable[[Path], dict[str, bytes]]
) -> None:
    for command in (("board",), ("board", "--json"), ("verify",), ("assess", "--mrn", MRN)):
        assert station.at_store(*command)[0] == 0
    assert station.at_store("export", MRN, "--json", str(station.folder / "out.json"))[0] == 0
    assert station.at_store("export", MRN, "--pdf", str(station.folder / "out.pdf"))[0] == 0
    needles = [PATIENT["family_name"], PATIENT["given_name"], MRN, INDEX_MRN, "Myers Index", PATIENT["birth_date"]]
    found = {
        name
        for name, content in tree(station.folder.parent).items()
        if any(needle.encode() in content or needle.encode("utf-16-le") in content for needle in needles)
    }
    assert found == {"station/out.json", "station/out.pdf"} & found
    assert "station/out.json" in found


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_that_the_window_without_qt_is_refused_in_words(arguments: list[str]) -> None:
    blocked = "import sys; sys.modules['PySide6'] = None; from bedside.__main__ import main; sys.exit(main())"
    done = process("-c", blocked, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"PySide6" in done.stderr
    assert b"Traceback" not in done.stderr


def shell(line: str) -> "subprocess.CompletedProcess[bytes]":
    """What a shell makes of the line, in which $BEDSIDE stands for the program and $CASE for the index case."""
    words = {"BEDSIDE": f"{sys.executable} -m bedside", "CASE": str(INDEX_FILE), "PATH": os.environ["PATH"]}
    return subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, check=False, timeout=60, env=words)


@pytest.mark.slow
def test_that_without_standard_output_the_command_says_so() -> None:
    done = shell('$BEDSIDE assess "$CASE" >&-')
    assert done.returncode == 2
    assert done.stderr.startswith(b"bedside: There is no standard output")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_that_without_standard_error_no_message_gets_among_the_results() -> None:
    done = shell("$BEDSIDE assess missing.json 2>&-")
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("form", ["", "--json"])
def test_that_results_that_find_no_room_are_one_sentence(form: str) -> None:
    done = shell(f'$BEDSIDE assess "$CASE" {form} >/dev/full')
    assert done.returncode == 2
    assert (
        done.stderr == b"bedside: The results cannot be written: no space left on device. Send them to another place.\n"
    )


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize(("end", "code"), [("> /dev/full", 2), ("| true", 0)])
def test_that_there_is_no_store_whose_recovery_code_nobody_could_read(tmp_path: Path, end: str, code: int) -> None:
    (tmp_path / "passphrase").write_text("Wald", encoding="utf-8")
    init = f"$BEDSIDE init --store {tmp_path}/new --user Ann --passphrase-file {tmp_path}/passphrase"
    assert shell(f"{init} {end}").returncode == code
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["writer.lock"]
    done = shell(init)
    assert (done.returncode, len(done.stdout.split())) == (0, 1), "the folder takes a store as if nothing had been"


def test_that_a_found_problem_is_still_told_when_its_reader_has_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    dropped: list[bool] = []
    monkeypatch.setattr(program, "_drop_results", lambda: dropped.append(True))
    monkeypatch.setattr(commands, "verify", lambda _options: PROBLEM_FOUND)
    monkeypatch.setattr(sys, "stdout", Gone())
    assert program.run(parse(["verify"])) == PROBLEM_FOUND
    assert dropped == [True]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_that_an_import_whose_results_find_no_room_says_that_it_may_be_done(station: Station) -> None:
    signed_in = f"--store {station.store} --user '{USER}' --passphrase-file {station.folder}/passphrase"
    done = shell(f'$BEDSIDE import "$CASE" {signed_in} >/dev/full')
    words = (
        b"bedside: The results cannot be written: no space left on device. What was asked for may be done already.\n"
    )
    assert (done.returncode, done.stderr) == (1, words)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["audit", "verify", "users list"])
def test_that_what_only_shows_ends_well_when_its_reader_has_seen_enough(station: Station, command: str) -> None:
    signed_in = f"--store {station.store} --user '{USER}' --passphrase-file {station.folder}/passphrase"
    done = shell(f"{{ PYTHONUNBUFFERED=1 $BEDSIDE {command} {signed_in}; echo $? >&2; }} | true")
    assert done.stderr == b"0\n"
