"""Tests of a line of words: what is pasted into it is taken whole and legible, or the reason stands beside it."""

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bedside.ui.forms.row import RowSpec
from bedside.ui.forms.text_rows import LONGEST, TextRow


@pytest.fixture
def row(qtbot: QtBot) -> TextRow:
    made = TextRow(RowSpec("note", "text", "Text"))
    qtbot.addWidget(made)
    return made


def paste(row: TextRow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    row.box.paste()
    QGuiApplication.clipboard().clear()


def fields(row: TextRow) -> dict[str, Any]:
    found: dict[str, Any] = {}
    row.contribute(found)
    return found


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b[31m", "\u202e", "\u2066", "\x7f"])
def test_that_a_hidden_character_is_not_taken_and_told(row: TextRow, hidden: str) -> None:
    row.box.setText("seen ")
    paste(row, f"again{hidden}tomorrow")
    assert fields(row) == {"text": "seen"}
    assert row.message.words.startswith("Not taken: it holds a hidden character")


@pytest.mark.parametrize("line_break", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_that_a_break_of_another_program_is_read_as_a_space(row: TextRow, line_break: str) -> None:
    paste(row, f"two{line_break}lines")
    assert fields(row) == {"text": "two lines"}


def test_that_lines_and_tabs_of_an_entry_stay_as_they_are(row: TextRow) -> None:
    row.load({"text": "two\nlines\tapart"})
    assert fields(row) == {"text": "two\nlines\tapart"}


@pytest.mark.parametrize(("length", "told"), [(LONGEST - 1, False), (LONGEST, False), (LONGEST + 1, True)])
def test_that_what_is_cut_off_is_told(row: TextRow, length: int, told: bool) -> None:
    paste(row, "x" * length)
    assert len(fields(row)["text"]) == min(length, LONGEST)
    assert row.message.words.startswith("Not taken: what goes beyond 4000 letters") is told
