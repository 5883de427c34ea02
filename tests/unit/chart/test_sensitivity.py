"""Tests of what a result without disease is worth: the cut-off itself is sensitive enough, a limit above it is not."""

import pytest

from bedside.chart.sensitivity import negative_text, sensitive_enough


@pytest.mark.parametrize(
    ("lod", "expected"), [(9.9e-5, True), (1e-4, True), (1.01e-4, False), (1e-3, False), (None, True)]
)
def test_that_a_method_is_sensitive_enough_up_to_the_cut_off(lod: float | None, expected: bool) -> None:
    assert sensitive_enough(lod, 1e-4) is expected


def test_that_the_words_name_the_limit_and_what_it_is_not_enough_for() -> None:
    assert negative_text(1e-4, sensitive=True) == "negative, limit 10⁻⁴"
    assert negative_text(1e-3, sensitive=False) == "negative, not sensitive enough, limit 10⁻³"
    assert negative_text(1e-3, sensitive=False, before_limit="< ") == "negative, not sensitive enough, < 10⁻³"


def test_that_a_limit_that_is_not_stated_is_said_to_be_so() -> None:
    assert negative_text(None, sensitive=True) == "negative, sensitivity not stated"
