"""Tests that the pages on safety speak of what is there: tests that exist, and packages as they are installed."""

import ast
import re
import tomllib
from importlib import import_module
from importlib.metadata import distribution, version

import pytest
import sqlcipher3
from cryptography.hazmat.backends.openssl import backend
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtCore import qVersion

from tests.architecture.trees import modules
from tests.conftest import ROOT

SAFETY = ROOT / "docs" / "safety"
TOOLS = {"pip"}
"""Asked for by sqlite-utils and never run with the program."""


def rows(page: str) -> list[list[str]]:
    """The cells of a page's one table, without its head."""
    lines = [line for line in (SAFETY / page).read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def named_tests(row: list[str]) -> set[str]:
    return set(re.findall(r"`(test_\w+)`", row[-1]))


def existing_tests() -> set[str]:
    return {
        node.name
        for _, tree in modules("tests/")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_that_every_test_that_a_hazard_names_exists() -> None:
    named = {name for row in rows("hazards.md") for name in named_tests(row)}
    assert named - existing_tests() == set()
    assert len(named) > 40


def test_that_every_hazard_has_a_cause_a_control_and_a_test() -> None:
    hazards = rows("hazards.md")
    assert [row[0] for row in hazards] == [f"H{number}" for number in range(1, len(hazards) + 1)]
    assert [row[0] for row in hazards if len(row) != 5 or not all(row) or not named_tests(row)] == []


def running() -> dict[str, str]:
    """Every package that the program runs with, as it is installed: canonical name and version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, found = list(project["dependencies"]), dict[str, str]()
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if name in found or name in TOOLS or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        found[name] = version(name)
        waiting += distribution(name).requires or []
    return found


def test_that_the_page_of_components_names_every_package_with_the_installed_version() -> None:
    listed = {canonicalize_name(row[0]): row[1] for row in rows("components.md")}
    assert listed == running()


def _cipher() -> str:
    connection = sqlcipher3.connect(":memory:")
    answer: str = connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("package", "embedded"),
    [
        ("sqlcipher3", f"SQLite {sqlcipher3.sqlite_version}"),
        ("sqlcipher3", f"SQLCipher {_cipher()}"),
        ("cryptography", " ".join(backend.openssl_version_text().split()[:2])),
        ("PySide6_Essentials", f"Qt {qVersion()}"),
        ("tzdata", f"time zones {import_module('tzdata').IANA_VERSION}"),
    ],
)
def test_that_the_page_of_components_names_what_a_package_embeds(package: str, embedded: str) -> None:
    (row,) = [row for row in rows("components.md") if row[0] == package]
    assert embedded in row[2]
