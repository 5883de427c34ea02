"""Tests of what the sign-in window costs before it is first painted: only Qt and the standard library are loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HEAVY = """
    pydantic sqlite_utils sqlcipher3 cryptography tomllib numpy platformdirs filelock reportlab pyqtgraph dateutil
    bedside.ui.frame bedside.ui.background bedside.chart.entries bedside.service bedside.knowledge
    bedside.store.store bedside.store.engine bedside.store.cipher
"""
PROGRAM = """
import os, sys
from datetime import datetime
from PySide6.QtWidgets import QApplication
from bedside.ui import fonts, theme
from bedside.ui.start import Start, StoreFacts, UserLine
app = QApplication([])
fonts.load_faces(*fonts.FIRST_FACES)
theme.apply(app, theme.load_theme("light"))
from bedside.ui.window import MainWindow
def nothing(*_): pass
def facts(): return StoreFacts({exists}, (UserLine("A. Example", "physician"),), (("Store", "here"),))
start = Start(facts, nothing, nothing, nothing, nothing, nothing, datetime.now)
window = MainWindow(start)
def painted():
    print(*sys.modules)
    sys.stdout.flush()
    os._exit(0)
window.sign_in.first_painted.connect(painted)
window.show()
app.exec()
"""


@pytest.mark.slow
@pytest.mark.parametrize("exists", [True, False], ids=["store", "first start"])
def test_that_nothing_heavy_is_imported_before_the_first_paint(exists: bool) -> None:
    program = PROGRAM.replace("{exists}", str(exists))
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(ended.stdout.split())
    assert "PySide6.QtWidgets" in loaded
    assert sorted(loaded.intersection(HEAVY.split())) == []


LAUNCH = """
import sys
from pathlib import Path
from bedside.app import program
computer = program.chosen_computer()
program.application(computer)
program.window_of(program.start_at(Path("nowhere"), None, computer))
print(*sys.modules)
"""


@pytest.mark.slow
def test_that_the_program_loads_nothing_of_the_chart_before_its_window_is_made() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LAUNCH], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(ended.stdout.split())
    assert "bedside.ui.window" in loaded
    assert sorted(loaded.intersection(set(HEAVY.split()) - {"platformdirs"})) == []
