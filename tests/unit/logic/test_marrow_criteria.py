"""Tests of the criteria that read the marrow after infusion: L6, H1, H2, H3, A12."""

import pytest

from tests.charts import Fields, assessed, criterion, entry, infusion, marrow, mrd, status

FCM, PCR, NGS = mrd("fcm"), mrd("pcr"), mrd("ngs")
FCM_POS, PCR_POS, NGS_POS = mrd("fcm", "positive"), mrd("pcr", "positive"), mrd("ngs", "positive")
LOW = mrd("fcm", "positive", value=5e-5)


def said(name: str, *entries: Fields, when: int = 200) -> str:
    return status([infusion(0), *entries], name, when)


@pytest.mark.parametrize(
    ("day", "l6", "h1"),
    [(20, "unknown", "unknown"), (21, "met", "not_met"), (42, "met", "not_met"), (43, "unknown", "unknown")],
)
def test_that_day_28_is_d21_to_d42(day: int, l6: str, h1: str) -> None:
    assert (said("L6", marrow(day, 0, PCR)), said("H1", marrow(day, 0, PCR))) == (l6, h1)


@pytest.mark.parametrize(("when", "expected"), [(41, "not_due"), (42, "not_due"), (43, "unknown")])
def test_that_without_a_marrow_day_28_is_awaited_until_d42_included(when: int, expected: str) -> None:
    assert [said(name, when=when) for name in ("L6", "H1", "H3")] == [expected] * 3


@pytest.mark.parametrize("result", [mrd("pcr", "not_evaluable"), mrd("pcr", lod=1e-3)])
def test_that_a_sample_without_a_counted_result_leaves_day_28_not_due(result: Fields) -> None:
    assert [said(name, marrow(28, 0, result), when=42) for name in ("L6", "H1")] == ["not_due"] * 2
    assert [said(name, marrow(28, 0, result), when=43) for name in ("L6", "H1")] == ["unknown"] * 2


def test_that_the_day_28_result_is_the_nearest_that_carries_one_and_the_later_on_a_tie() -> None:
    assert said("L6", marrow(28, 0, mrd("pcr", "not_evaluable")), marrow(40, 0, PCR)) == "met"
    assert said("H1", marrow(26, 0, FCM), marrow(30, 0, FCM_POS)) == "met"
    assert said("H1", marrow(26, 0, FCM_POS), marrow(30, 0, FCM)) == "not_met"
    assert said("H1", marrow(27, 0, FCM), marrow(30, 0, FCM_POS)) == "not_met"


def test_that_fcm_alone_leaves_l6_unknown_at_once() -> None:
    assert said("L6", marrow(28, 0, FCM), when=28) == "unknown"
    assert said("L6", marrow(28, 0, FCM_POS), when=28) == "not_met"


def test_that_l6_needs_the_day_28_sample_of_every_method_negative() -> None:
    assert said("L6", marrow(28, 0, FCM_POS), marrow(35, 0, PCR)) == "not_met"
    assert said("L6", marrow(28, 0, FCM), marrow(35, 0, NGS_POS)) == "not_met"
    assert said("L6", marrow(28, 0, FCM), marrow(35, 0, NGS)) == "met"
    assert said("L6", marrow(28, 0, PCR, NGS_POS)) == "not_met"
    assert said("L6", marrow(28, 0, PCR, LOW)) == "not_met"
    assert said("L6", marrow(28, 0, PCR), marrow(40, 0, FCM_POS)) == "met"


@pytest.mark.parametrize(
    ("results", "expected"),
    [([FCM], "not_met"), ([LOW], "not_met"), ([FCM_POS], "met"), ([PCR_POS, FCM], "met"), ([NGS_POS, FCM], "not_met"),
     ([mrd("pcr", "positive", value=1e-4)], "met"), ([mrd("pcr", "positive", value=9.9e-5)], "not_met")],
)  # fmt: skip
def test_that_h1_reads_fcm_and_pcr_and_lets_low_positive_pass(results: list[Fields], expected: str) -> None:
    assert said("H1", marrow(28, 0, *results)) == expected


def test_that_no_response_meets_h1_and_fails_l6_whatever_mrd_says() -> None:
    for given in (marrow(40, 5, PCR), entry("remission", 21, response="no_response"), marrow(42, 60)):
        assert (said("H1", marrow(28, 0, PCR), given), said("L6", marrow(28, 0, PCR), given)) == ("met", "not_met")
    for outside in (marrow(20, 60), entry("remission", 43, response="no_response")):
        assert said("H1", marrow(28, 0, PCR), outside) == "not_met"


def test_that_after_an_empty_window_the_first_later_result_decides_unless_negative() -> None:
    assert said("H1", marrow(50, 0, FCM_POS)) == "met"
    assert said("H1", marrow(50, 5)) == "met"
    assert said("H1", marrow(50, 0, FCM)) == "unknown"
    assert said("H1", marrow(50, 0, LOW)) == "unknown"
    assert said("H1", marrow(50, 0, FCM), marrow(60, 0, FCM_POS)) == "unknown"
    assert said("H1", marrow(50, 0, NGS_POS), marrow(60, 0, FCM_POS)) == "met"
    assert said("H1", marrow(28, 0, NGS), marrow(60, 0, FCM_POS)) == "met"
    assert said("H1", marrow(28, 0, FCM), marrow(60, 0, FCM_POS)) == "not_met"


@pytest.mark.parametrize(("day", "expected"), [(83, "not_due"), (84, "met"), (85, "met"), (300, "met")])
def test_that_ngs_counts_as_late_from_d84_on(day: int, expected: str) -> None:
    assert said("H2", marrow(day, 0, NGS_POS), when=max(day, 112)) == expected


@pytest.mark.parametrize(("when", "expected"), [(111, "not_due"), (112, "not_due"), (113, "unknown")])
def test_that_late_ngs_is_awaited_until_d112_included(when: int, expected: str) -> None:
    assert said("H2", marrow(28, 0, NGS), when=when) == expected


def test_that_one_late_positive_ngs_stays_and_negative_ones_do_not_undo_it() -> None:
    assert said("H2", marrow(90, 0, NGS)) == "not_met"
    assert said("H2", marrow(90, 0, NGS_POS), marrow(120, 0, NGS)) == "met"
    assert said("H2", marrow(90, 0, NGS), marrow(120, 0, NGS_POS)) == "met"
    assert said("H2", marrow(90, 0, mrd("ngs", lod=1e-3)), when=112) == "not_due"


def test_that_without_an_informative_clone_the_text_shows_fcm_and_pcr_instead() -> None:
    diagnosis = entry("diagnosis", -500, disease="b_all", cd19="positive", ngs_clone="not_informative")
    held = criterion(assessed([diagnosis, infusion(0), marrow(90, 0, PCR)], 200), "H2")
    assert held.status == "unknown"
    assert "no informative clone" in held.text
    assert "PCR negative" in held.text


@pytest.mark.parametrize(
    ("again", "expected"),
    [(marrow(60, 0, FCM_POS), "met"), (marrow(60, 0, LOW), "not_met"), (marrow(60, 5), "met"),
     (marrow(60, 4.9), "not_met"), (marrow(60, 0, NGS_POS), "not_met"), (marrow(60, 0, FCM), "not_met")],
)  # fmt: skip
def test_that_reappearance_follows_a_negative_sample(again: Fields, expected: str) -> None:
    assert said("H3", marrow(28, 0, FCM), again) == expected


def test_that_ngs_reappears_only_where_ngs_was_negative_before() -> None:
    assert said("H3", marrow(28, 0, NGS), marrow(60, 0, NGS_POS)) == "met"
    assert said("H3", marrow(28, 0, NGS, FCM_POS), marrow(50, 0, FCM), marrow(60, 0, NGS_POS)) == "met"
    assert said("H3", marrow(28, 0, NGS, FCM_POS), marrow(60, 0, NGS_POS)) == "unknown"
    assert said("H3", marrow(20, 0, NGS), marrow(28, 0, FCM), marrow(60, 0, NGS_POS)) == "not_met"


def test_that_reappearance_is_met_for_good_and_needs_its_negative_sample_from_d21_on() -> None:
    assert said("H3", marrow(28, 0, FCM), marrow(60, 0, FCM_POS), marrow(90, 0, FCM)) == "met"
    assert said("H3", marrow(20, 0, FCM), marrow(60, 0, FCM_POS)) == "unknown"
    assert said("H3", marrow(21, 0, FCM), marrow(60, 0, FCM_POS)) == "met"


def test_that_h3_is_unknown_at_once_when_a_marrow_of_any_content_is_there_without_a_negative() -> None:
    assert said("H3", marrow(21, None, haematogones=True), when=22) == "unknown"
    assert said("H3", marrow(20, None, haematogones=True), when=22) == "not_due"


def test_that_a12_is_any_positive_sample_from_d21_on() -> None:
    assert said("A12", marrow(20, 0, FCM_POS)) == "unknown"
    assert said("A12", marrow(21, 0, LOW)) == "met"
    assert said("A12", marrow(28, 0, FCM)) == "not_met"
    assert said("A12", marrow(28, 0, FCM), marrow(60, 0, NGS_POS)) == "met"
    assert said("A12", marrow(28, 0)) == "unknown"
