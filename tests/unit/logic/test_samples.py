"""Tests of marrow samples: states of MRD methods and the status of a date."""

from typing import Any

import pytest

from bedside.chart.entries import Marrow, parse_entry
from bedside.logic.samples import sample_of
from tests.charts import DAY0, Fields, marrow, mrd, number_of, tables

Results = list[Fields]


def sample(*entries: Fields) -> Any:
    parsed = [parse_entry({"id": number_of(place), **fields}) for place, fields in enumerate(entries)]
    marrows = [entry for entry in parsed if isinstance(entry, Marrow)]
    return sample_of(DAY0, marrows, tables().numbers)


@pytest.mark.parametrize(
    ("blasts", "results", "expected"),
    [
        (4.9, [], "unknown"),
        (5, [], "positive"),
        (5.1, [mrd("fcm")], "positive"),
        (None, [mrd("fcm", "positive", value=1.01e-4)], "positive"),
        (None, [mrd("fcm", "positive", value=1e-4)], "positive"),
        (None, [mrd("fcm", "positive", value=9.9e-5)], "positive"),
        (None, [mrd("pcr", "positive", below_loq=True)], "positive"),
        (None, [mrd("ngs", "positive", value=1e-6)], "positive"),
        (None, [mrd("fcm")], "negative"),
        (None, [mrd("fcm", lod=1e-4)], "negative"),
        (None, [mrd("fcm", lod=1.01e-4)], "unknown"),
        (None, [mrd("fcm", "not_evaluable")], "unknown"),
        (None, [mrd("fcm", lod=1e-3), mrd("pcr")], "negative"),
        (None, [mrd("fcm"), mrd("ngs", "positive")], "positive"),
        (None, [], "unknown"),
    ],
)
def test_that_the_status_of_a_sample_follows_blasts_and_mrd(
    blasts: float | None, results: Results, expected: str
) -> None:
    assert sample(marrow(0, blasts, *results)).status == expected


@pytest.mark.parametrize(
    ("result", "low"),
    [
        (mrd("fcm", "positive", value=9.9e-5), True),
        (mrd("fcm", "positive", value=1e-4), False),
        (mrd("pcr", "positive", value=9.9e-5, below_loq=True), True),
        (mrd("pcr", "positive", value=2e-4, below_loq=True), False),
        (mrd("pcr", "positive", below_loq=True), True),
        (mrd("pcr", "positive"), False),
    ],
)
def test_that_fcm_and_pcr_are_low_positive_below_the_cut_off_or_below_quantification(result: Fields, low: bool) -> None:
    given = sample(marrow(0, 0, result))
    assert (given.fcm_or_pcr == 4) is low


def test_that_ngs_has_no_low_positive() -> None:
    assert sample(marrow(0, 0, mrd("ngs", "positive", value=1e-6, below_loq=True))).ngs == 5


def test_that_the_entries_of_one_date_are_one_sample_with_the_highest_blasts_and_all_methods() -> None:
    both = sample(marrow(0, 2, mrd("fcm")), marrow(0, 6, mrd("ngs", "positive")))
    assert (both.blasts_pct, both.disease, both.fcm, both.ngs) == (6, True, 3, 5)
    assert both.ids == (number_of(0), number_of(1))
