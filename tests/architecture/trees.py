"""Reads the project's own files for the tests of their shape."""

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

GENERATED = {"build", "dist", "demo-output"}
HIDDEN = {".ci", ".gitignore"}
NOT_TEXT = {".ttf", ".png", ".pdf", ".db"}


def _listed_by_git() -> list[Path]:
    """What git tracks; empty without git or outside a repository."""
    if shutil.which("git") is None:
        return []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def _belongs(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = {part for part in parts if part.startswith(".")}
    return parts[0] not in GENERATED and hidden <= HIDDEN and "__pycache__" not in parts


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: by git's list, and without git all but what the tools leave behind."""
    paths = _listed_by_git() or [path for path in ROOT.rglob("*") if _belongs(path)]
    return tuple(sorted(path for path in paths if path.is_file()))


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """The name and the text of every text file of the project."""
    paths = [path for path in project_files() if path.suffix not in NOT_TEXT]
    return tuple((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


@cache
def modules(folder: str = "") -> tuple[tuple[str, ast.Module], ...]:
    """The name and the syntax tree of every Python file under a folder ("bedside/ui/")."""
    if folder:
        return tuple((name, tree) for name, tree in modules() if name.startswith(folder))
    return tuple((name, ast.parse(text)) for name, text in texts() if name.endswith(".py"))
