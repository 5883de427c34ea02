"""Tests of finding the files that travel with the program."""

from pathlib import Path

import pytest

import bedside.resources
from bedside.chart.errors import BedsideError
from bedside.resources import resource


def test_that_a_resource_of_the_checkout_is_found() -> None:
    assert resource("fonts/OFL.txt").is_file()


def test_that_the_installed_copy_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "fonts" / "OFL.txt"
    installed.parent.mkdir()
    installed.write_text("installed", encoding="utf-8")
    monkeypatch.setattr(bedside.resources, "_INSTALLED", tmp_path)
    assert resource("fonts/OFL.txt") == installed


@pytest.mark.parametrize("name", ["", ".", "/etc", "../pyproject.toml", "fonts/../../README.md", "fonts\\OFL.txt"])
def test_that_a_name_outside_the_folder_is_refused(name: str) -> None:
    with pytest.raises(BedsideError, match="not the name of a resource"):
        resource(name)


def test_that_a_resource_that_does_not_exist_is_named() -> None:
    with pytest.raises(BedsideError, match=r"icons/none\.svg"):
        resource("icons/none.svg")
