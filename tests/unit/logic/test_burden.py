"""Tests of the pre-infusion burden and remission at infusion, which L5, A1 and A10 read."""

import pytest

from bedside.chart.formats import NO_BREAK_SPACE
from tests.charts import Fields, assessed, criterion, entry, infusion, marrow, mrd, status, therapy


def burden(*entries: Fields) -> str:
    return criterion(assessed([*entries, infusion(0)], 0), "A10").text.replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    ("pct", "expected"), [(0.9, "not_met"), (1, "met"), (1.1, "met"), (4.9, "met"), (5, "not_met"), (5.1, "not_met")]
)
def test_that_low_level_disease_is_from_1_to_below_5_percent(pct: float, expected: str) -> None:
    given = [marrow(-10, pct), infusion(0)]
    assert status(given, "L5", 0) == expected
    assert status(given, "A10", 0) == {"met": "not_met", "not_met": "met"}[expected]


@pytest.mark.parametrize(("day", "known"), [(-43, False), (-42, True), (-41, True), (-1, True), (0, True), (1, False)])
def test_that_the_burden_is_looked_for_from_42_days_before_up_to_day_0(day: int, known: bool) -> None:
    assert status([marrow(day, 3), infusion(0)], "L5", 2) == ("met" if known else "unknown")


def test_that_blasts_from_5_percent_and_positive_values_give_the_larger() -> None:
    assert burden(marrow(-5, 6, mrd("fcm", "positive", value=0.12))).startswith("12 %")
    assert burden(marrow(-5, 20, mrd("fcm", "positive", value=0.12))).startswith("20 %")


def test_that_below_5_percent_the_positive_value_counts_instead_of_the_blasts() -> None:
    assert burden(marrow(-5, 4, mrd("pcr", "positive", value=0.02))).startswith("2 %")


def test_that_a_negative_result_makes_the_burden_zero_whatever_the_blasts_below_5() -> None:
    assert burden(marrow(-5, 3, mrd("fcm"))).startswith("0 %")


def test_that_a_positive_without_a_value_gives_none_and_an_earlier_sample_is_asked() -> None:
    positive = marrow(-5, 3, mrd("fcm", "positive"))
    assert status([positive, infusion(0)], "L5", 0) == "unknown"
    assert burden(marrow(-20, 2), positive).startswith("2 %")


def test_that_without_fcm_or_pcr_the_blasts_count_and_ngs_says_nothing() -> None:
    assert burden(marrow(-5, 3, mrd("ngs", "positive", value=0.4))).startswith("3 %")


@pytest.mark.parametrize("result", [mrd("fcm", lod=1e-3), mrd("pcr", "not_evaluable")])
def test_that_a_result_that_says_nothing_gives_none(result: Fields) -> None:
    assert status([marrow(-5, 3, result), infusion(0)], "L5", 0) == "unknown"


def test_that_a_value_in_percent_is_not_spoilt_by_binary_fractions() -> None:
    assert burden(marrow(-5, 1, mrd("fcm", "positive", value=0.07))).startswith("7 %")


def test_that_an_active_site_or_blasts_in_csf_speak_against_remission() -> None:
    site = entry("extramedullary", -300, site="testis", active=True)
    cured = entry("extramedullary", -20, site="testis", active=False)
    csf = entry("csf", -42, wbc_per_ul=1, blasts=True)
    given = [marrow(-10, 3), infusion(0)]
    assert status([*given, site], "L5", 0) == "not_met"
    assert status([*given, site, cured], "L5", 0) == "met"
    assert status([*given, csf], "L5", 0) == "not_met"
    assert status([*given, csf, entry("csf", -3, wbc_per_ul=0, blasts=False)], "L5", 0) == "met"
    assert status([*given, {**csf, "at": "2020-04-19"}], "L5", 0) == "met"


def test_that_a_site_or_csf_after_day_0_says_nothing_about_infusion() -> None:
    later = entry("extramedullary", 3, site="testis", active=True)
    assert status([marrow(-10, 3), infusion(0), later], "L5", 5) == "met"


def test_that_therapy_after_the_sample_is_named_with_the_burden() -> None:
    given = therapy(-5, "vincristine", "bridging", -4)
    assert "before later therapy" in burden(marrow(-10, 30), given)
    assert "before later therapy" not in burden(marrow(-10, 30), therapy(-5, "fludarabine", "lymphodepletion", -3))
    assert "before later therapy" not in burden(marrow(-10, 30), {**given, "route": "it"})
    assert "before later therapy" not in burden(marrow(-10, 30), therapy(-20, "vincristine", "bridging", -10))


@pytest.mark.parametrize(("blasts", "expected"), [(4.9, "not_met"), (5, "met"), (5.1, "met"), (None, "unknown")])
def test_that_a1_reads_the_blasts_of_the_sample_that_gives_the_burden(blasts: float | None, expected: str) -> None:
    assert status([marrow(-10, blasts, mrd("fcm", "positive", value=0.3)), infusion(0)], "A1", 0) == expected


def test_that_without_a_burden_a1_a10_and_l5_are_unknown() -> None:
    assert {name: status([infusion(0)], name, 0) for name in ("A1", "A10", "L5")} == dict.fromkeys(
        ("A1", "A10", "L5"), "unknown"
    )
