"""Tests that an installed wheel finds its resources without the checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

QUESTION = """
from bedside.resources import resource
import bedside
print(bedside.__file__)
print(resource("fonts/BedsideSans-Regular.ttf"))
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that holds the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    python, environment = Path(sys.executable), folder / "env"
    run(python, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    run(python, "-m", "venv", "--without-pip", environment, cwd=folder)
    interpreter = environment / "bin" / "python"
    (wheel,) = folder.glob("bedside-*.whl")
    run(python, "-m", "pip", "--python", interpreter, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    return interpreter


@pytest.mark.slow
def test_that_an_installed_wheel_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    program, font = run(installed, "-I", "-c", QUESTION, cwd=tmp_path).splitlines()
    assert ROOT not in Path(program).parents
    assert Path(font).parent == Path(program).parent / "_resources" / "fonts"
    assert Path(font).is_file()
