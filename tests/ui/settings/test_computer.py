"""Tests of what is chosen for this computer: kept in its file, read again, refused, and the units beside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bedside.ui import units_shown
from bedside.ui.computer import CHART, CONVENTIONAL, Chosen, Computer


@pytest.fixture
def conventional() -> Iterator[None]:
    units_shown.show(CONVENTIONAL)
    yield
    units_shown.show(CHART)


def test_that_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = str(tmp_path / "computer.ini")
    first = Computer(file)
    assert first.choose("theme", "dark")
    assert first.choose("size", "150")
    assert first.scaled == "100"
    assert Computer(file).chosen == Chosen("dark", "150", CHART)
    assert Computer(file).scaled == "150"


def test_that_a_damaged_file_gives_what_was_never_chosen(tmp_path: Path) -> None:
    file = tmp_path / "computer.ini"
    file.write_bytes(b"\xff\x00[[[theme=\nsize=9000\n[General]\nunits=stones\n")
    assert Computer(str(file)).chosen == Chosen()


def test_that_a_value_the_setting_does_not_take_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    computer = Computer(str(tmp_path / "computer.ini"))
    with pytest.raises(ValueError, match="100, 125, 150, 175, 200"):
        computer.choose("size", "210")
    assert computer.chosen == Chosen()


def test_that_a_choice_that_cannot_be_kept_holds_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    computer = Computer(str(tmp_path / "file" / "computer.ini"))
    assert not computer.choose("theme", "light")
    assert computer.chosen.theme == "light"


def test_that_only_the_chart_s_unit_is_told_until_another_is_chosen() -> None:
    assert units_shown.quantity_words("hb", 79.0) == "79\u00a0g/L"


@pytest.mark.usefixtures("conventional")
@pytest.mark.parametrize(
    ("field", "value", "sign", "told"),
    [
        ("hb", 79.0, "", "79\u00a0g/L (7.9\u00a0g/dL)"),
        ("creatinine", 97.24, "", "97.24\u00a0µmol/L (1.1\u00a0mg/dL)"),
        ("igg", 4.0, "<", "<4\u00a0g/L (<400\u00a0mg/dL)"),
        ("plt", 20.0, "", "20\u00a0×10⁹/L"),
        ("crp", 0.0, "", "0\u00a0mg/L (0\u00a0mg/dL)"),
    ],
)
def test_that_the_other_unit_stands_beside_where_there_is_one(field: str, value: float, sign: str, told: str) -> None:
    assert units_shown.quantity_words(field, value, sign) == told
