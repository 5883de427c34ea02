"""Tests that the project's files speak of the project alone: no machine, no address, nothing for later."""

import re

import pytest

from tests.architecture.trees import texts

# Written in halves so that this file does not find itself.
LEFT_FOR_LATER = re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME|XX" + r"X)\b")
REGISTRIES = re.compile("pypi" + r"\.org|python" + r"hosted|npm" + r"js\.|artifact" + "registry|/" + "simple/")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "home|ro" + "ot|wo" + "rk|Us" + r"ers|mnt|opt)/\w|[A-Z]:\\\\?Us" + "ers")


@pytest.mark.parametrize("pattern", [LEFT_FOR_LATER, REGISTRIES, MACHINE_PATHS], ids=["later", "registry", "path"])
def test_that_no_file_names(pattern: re.Pattern[str]) -> None:
    found = {
        f"{name}:{number}": line.strip()[:100]
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    }
    assert found == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (LEFT_FOR_LATER, "# TO" + "DO: later"),
        (REGISTRIES, "https://pypi" + ".org/simple"),
        (MACHINE_PATHS, "/ho" + "me/nurse/chart.json"),
    ],
)
def test_that_the_search_would_find_what_it_looks_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
