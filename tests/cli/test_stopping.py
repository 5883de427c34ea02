"""Tests of commands that are told to stop: whole processes that send the signal to themselves at a certain place."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bedside.service.targets import replacing
from tests.cli.conftest import USER, Station
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system has other signals")

CTRL_C = {130, -signal.SIGINT}
"""A shell tells 130 of both."""

SWALLOWED = """
import os, signal, sys, time
from bedside.cli import assess
from bedside.__main__ import main

def told(_options):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
    except KeyboardInterrupt:
        {then}

assess.assess = told
sys.exit(main())
"""
KILLED = """
import os, signal, sys, time
from bedside.service import exports
from bedside.__main__ import main

def told(_chart):
    os.kill(os.getpid(), signal.{signal})
    time.sleep(5)

exports.facts = told
sys.exit(main())
"""


HEARD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""
"""Whatever had been ignored where the tests were started, such as behind `&` or `nohup`."""


def process(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", HEARD + script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("then", ["return 0", "raise ValueError('of a library')", "raise"])
def test_that_ctrl_c_ends_with_130_whatever_a_library_makes_of_it(then: str) -> None:
    done = process(SWALLOWED.format(then=then), "assess", "chart.json")
    assert done.returncode in CTRL_C
    assert done.stderr in {"", "bedside: stopped.\n"}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "codes"), [("SIGTERM", {143}), ("SIGHUP", {129}), ("SIGINT", CTRL_C)])
def test_that_an_export_told_to_stop_leaves_nothing_of_a_patient_behind(
    station: Station, name: str, codes: set[int]
) -> None:
    folder = station.folder / "out"
    signed_in = ("--user", USER, "--passphrase-file", str(station.folder / "passphrase"))
    command = ("export", "--all", "--csv", str(folder), "--store", str(station.store), *signed_in)
    done = process(KILLED.format(signal=name), *command)
    assert done.returncode in codes
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []


def test_that_a_new_try_removes_what_one_of_the_same_name_was_killed_over(tmp_path: Path) -> None:
    names = ("facts.csv", "facts.csv-2", "facts.csv-x-abcdefgh", "other.csv")
    left = [Path(tempfile.mkstemp(prefix=f".{name}-", suffix=".part", dir=tmp_path)[1]) for name in names]
    with replacing(tmp_path / "facts.csv") as stream:
        stream.write(b"whole")
    assert [path.exists() for path in left] == [False, True, True, True]
    assert (tmp_path / "facts.csv").read_bytes() == b"whole"


@pytest.mark.slow
def test_that_ctrl_c_ends_the_window_and_removes_the_throw_away_store() -> None:
    script = """
import os, signal, sys, tempfile
tempfile.tempdir = sys.argv.pop()
from bedside.app import program
from bedside.__main__ import main
def execute(app, window, execute=program.execute):
    from PySide6.QtCore import QTimer
    def when_open():
        if window.frame is None:
            return
        looking.stop()
        print(len(os.listdir(tempfile.tempdir)), flush=True)
        os.kill(os.getpid(), signal.SIGINT)
    looking = QTimer(interval=50)
    looking.timeout.connect(when_open)
    looking.start()
    return execute(app, window)
program.execute = execute
sys.exit(main())
"""
    with tempfile.TemporaryDirectory() as folder:
        done = process(script, "demo", folder)
        assert (done.returncode, done.stdout.split(), list(Path(folder).iterdir())) == (130, ["1"], [])
    assert "KeyboardInterrupt" not in done.stderr
