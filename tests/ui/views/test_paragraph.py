"""Tests of wrapping mixed runs: nothing is lost, nothing is wider than its room."""

from hypothesis import given
from hypothesis import strategies as st

from bedside.ui.lettering import Run
from bedside.ui.paragraph import advance, block_height, wrap

WORDS = st.lists(st.text("abc-µ≥0123", min_size=1, max_size=30), min_size=1, max_size=12)


@given(WORDS, st.integers(40, 400))
def test_that_no_letter_is_lost_and_no_line_is_too_wide(words: list[str], width: int) -> None:
    runs = [Run(f"{word} ", 13, 600 if place % 2 else 400) for place, word in enumerate(words)]
    lines = wrap(runs, width)
    kept = "".join(run.text for line in lines for run in line)
    assert kept.replace(" ", "") == "".join(words)
    assert all(advance(line) <= width + advance([Run(" ", 13, 600)]) for line in lines)


def test_that_a_word_that_is_too_wide_breaks_after_its_hyphen() -> None:
    lines = wrap([Run("TESTBERG-HOLUNDER-WACHOLDER", 14, 600)], 180)
    assert [line[-1].text[-1] for line in lines[:-1]] == ["-"] * (len(lines) - 1)


def test_that_a_no_break_space_holds_value_and_unit_together() -> None:
    lines = wrap([Run("CD19 of 75\u00a0cells", 13)], advance([Run("CD19 of 75\u00a0ce", 13)]))
    assert [line[0].text.strip() for line in lines] == ["CD19 of", "75\u00a0cells"]


def test_that_two_paragraphs_stand_as_high_as_their_lines() -> None:
    assert block_height([[Run("a", 14, 600)], [Run("b", 12)]], 100) == 19 + 17
