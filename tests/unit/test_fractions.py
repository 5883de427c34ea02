"""Tests of what a typed share of cells is understood as."""

import pytest

from bedside.chart.fractions import EitherShare, Share, read_share, share_text
from bedside.chart.reading import Refused


@pytest.mark.parametrize(
    "typed", ["1e-4", "1E-4", "10^-4", "10-4", "10⁻⁴", "1x10^-4", "1 × 10^-4", "0.01%", "0,01 %", "1/10000"]
)
def test_that_one_in_ten_thousand_is_read_in_every_way_it_is_written(typed: str) -> None:
    assert read_share(typed) == Share(0.0001)


def test_that_a_mantissa_is_kept_exactly() -> None:
    assert read_share("3,2e-5") == Share(3.2e-5)
    assert read_share("0.0032 %") == Share(3.2e-5)


@pytest.mark.parametrize("typed", ["0.01", "0,01", "1"])
def test_that_a_bare_number_that_could_be_per_cent_is_asked_about(typed: str) -> None:
    number = float(typed.replace(",", "."))
    assert read_share(typed) == EitherShare(as_percent=number / 100, as_fraction=number)


def test_that_a_bare_number_above_one_can_only_be_per_cent() -> None:
    assert read_share("12") == Share(0.12)


def test_that_zero_is_zero_in_both_readings() -> None:
    assert read_share("0") == Share(0.0)


@pytest.mark.parametrize("typed", ["", "abc", "1e", "10^", "-1", "101", "150 %", "2e0", "1/0"])
def test_that_anything_else_is_refused(typed: str) -> None:
    assert isinstance(read_share(typed), Refused)


def test_that_what_was_understood_is_told_in_both_ways() -> None:
    assert share_text(1e-4).replace("\u00a0", " ") == "10⁻⁴ = 0.01 %"
    assert share_text(3.2e-5).replace("\u00a0", " ") == "3.2 × 10⁻⁵ = 0.0032 %"
    assert share_text(0).replace("\u00a0", " ") == "0 %"
