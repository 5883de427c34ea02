"""Tests that the command line does all its work on a machine without Qt, and leaves nothing of a patient readable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

WITHOUT_QT = """
import sys
for name in ("PySide6", "shiboken6", "pyqtgraph", "numpy"):
    sys.modules[name] = None
from bedside.__main__ import main
sys.exit(main())
"""
CASE = ROOT / "resources" / "demo" / "published-myers-index.json"
PASSPHRASE = "correct horse battery staple"


class Station:
    """A machine without Qt: a store folder and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "store"
        self.key = folder / "passphrase"
        self.key.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """What the command printed; it must end with 0."""
        command = [sys.executable, "-c", WITHOUT_QT, *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def on_store(self, *arguments: str) -> str:
        """The same for a command that opens the store."""
        return self.run(
            *arguments, "--store", str(self.store), "--user", "Synthetic Nurse", "--passphrase-file", str(self.key)
        )


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


@pytest.mark.slow
def test_that_a_chart_is_assessed_without_qt(station: Station) -> None:
    answer = json.loads(station.run("assess", str(CASE), "--as-of", "2020-07-31", "--json"))
    assert answer["risk"]["class"] == "high"


@pytest.mark.slow
def test_that_a_store_is_made_filled_read_and_verified_without_qt(station: Station) -> None:
    station.on_store("init")
    station.on_store("import", str(CASE))
    mrn = json.loads(CASE.read_text(encoding="utf-8"))["patient"]["mrn"]
    assert mrn in station.on_store("board", "--json")
    station.on_store("verify")
    station.on_store("export", mrn, "--pdf", str(station.folder / "handoff.pdf"))
    assert (station.folder / "handoff.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_that_no_file_of_the_store_holds_a_word_of_the_patient(station: Station) -> None:
    station.on_store("init")
    station.on_store("import", str(CASE))
    station.on_store("board")
    patient = json.loads(CASE.read_text(encoding="utf-8"))["patient"]
    needles = [patient[name].encode() for name in ("mrn", "family_name", "birth_date")]
    files = [path for path in station.store.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if any(needle in path.read_bytes() for needle in needles)] == []
