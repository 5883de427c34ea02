"""Reads the project's own files for the tests of their shape."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

GENERATED = {".git", ".venv", "build", "dist", "demo-output"}
NOT_TEXT = {".ttf", ".png", ".pdf"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: by git's list, and without git all but the generated folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if path.relative_to(ROOT).parts[0] not in GENERATED]
    return tuple(sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts))


def texts() -> Iterator[tuple[str, str]]:
    """The name and the text of every text file of the project."""
    for path in project_files():
        if path.suffix not in NOT_TEXT:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def modules(folder: str = "") -> Iterator[tuple[str, ast.Module]]:
    """The name and the syntax tree of every Python file under a folder ("bedside/ui/")."""
    for name, text in texts():
        if name.endswith(".py") and name.startswith(folder):
            yield name, ast.parse(text)
