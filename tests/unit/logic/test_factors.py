"""Tests of the criteria that read age, genetics, therapy, product and expansion: L1 to L4, A2 to A6, A8, A9, A11."""

import pytest

from tests.charts import (
    Fields,
    assessed,
    criterion,
    entry,
    genetics,
    hsct,
    infusion,
    marrow,
    referral,
    release,
    status,
    therapy,
)


@pytest.mark.parametrize(("born", "l1"), [("2019-06-02", "not_met"), ("2019-06-01", "not_met"), ("2019-05-31", "met")])
def test_that_the_patient_is_older_than_a_year_only_after_the_first_birthday(born: str, l1: str) -> None:
    assert status([infusion(0)], "L1", 0, born=born) == l1
    assert status([infusion(0)], "A9", 0, born=born) == {"met": "not_met", "not_met": "met"}[l1]


def test_that_somebody_born_on_29_february_is_a_year_old_on_1_march() -> None:
    assert status([infusion("2021-03-01")], "L1", "2021-03-01", born="2020-02-29") == "not_met"
    assert status([infusion("2021-03-02")], "L1", "2021-03-02", born="2020-02-29") == "met"


def test_that_before_infusion_age_is_met_once_it_is_reached_and_else_not_due() -> None:
    assert [status([], "L1", when, born="2019-06-01") for when in (0, 1)] == ["not_due", "met"]
    assert [status([], "A9", when, born="2019-06-01") for when in (0, 1)] == ["unknown", "not_met"]


@pytest.mark.parametrize(
    ("found", "l2", "a3"),
    [
        ([], "unknown", "unknown"),
        ([genetics("kmt2a_r", "unknown")], "unknown", "unknown"),
        ([genetics("kmt2a_r", "absent")], "met", "unknown"),
        ([genetics("kmt2a_r", "absent"), genetics("hypodiploid", "absent")], "met", "not_met"),
        ([genetics("kmt2a_r", "present")], "not_met", "met"),
        ([genetics("kmt2a_r", "absent"), genetics("hypodiploid", "present")], "met", "met"),
        ([genetics("kmt2a_r", "present"), genetics("kmt2a_r", "absent", -30)], "not_met", "met"),
        ([genetics("kmt2a_r", "absent"), genetics("kmt2a_r", "unknown", -30)], "met", "unknown"),
        ([genetics("kmt2a_r", "unknown"), genetics("kmt2a_r", "absent", -30)], "met", "unknown"),
    ],
)
def test_that_a_lesion_once_present_stays_and_absent_outweighs_unknown(found: list[Fields], l2: str, a3: str) -> None:
    assert (status([infusion(0), *found], "L2", 5), status([infusion(0), *found], "A3", 5)) == (l2, a3)
    assert status(found, "L2", -1) == l2


@pytest.mark.parametrize(("result", "expected"), [("present", "met"), ("absent", "not_met"), ("unknown", "unknown")])
def test_that_a2_is_tp53(result: str, expected: str) -> None:
    assert status([infusion(0), genetics("tp53", result)], "A2", 5) == expected
    assert status([infusion(0)], "A2", 5) == "unknown"


@pytest.mark.parametrize("agent", ["blinatumomab", "inotuzumab_ozogamicin"])
@pytest.mark.parametrize(("began", "l3", "a4"), [(-1, "not_met", "met"), (0, "met", "not_met"), (1, "met", "not_met")])
def test_that_such_therapy_before_infusion_begins_before_day_0(agent: str, began: int, l3: str, a4: str) -> None:
    given = [referral(), therapy(began, agent), infusion(0)]
    assert (status(given, "L3", 5), status(given, "A4", 5)) == (l3, a4)


@pytest.mark.parametrize(
    ("history", "expected"), [("complete", "met"), ("partial", "unknown"), ("unknown", "unknown"), (None, "unknown")]
)
def test_that_absence_counts_only_when_the_newest_referral_calls_the_history_complete(
    history: str | None, expected: str
) -> None:
    assert status([referral(history=history), infusion(0)], "L3", 5) == expected
    assert status([referral(history=history)], "L3", -1) == expected
    assert status([referral(-90, "complete"), referral(-60, history), infusion(0)], "L3", 5) == expected


def test_that_without_a_referral_l3_and_a4_are_unknown() -> None:
    assert [status([infusion(0)], name, 5) for name in ("L3", "A4")] == ["unknown", "unknown"]


def test_that_rituximab_before_infusion_is_no_matter() -> None:
    assert status([referral(), therapy(-30, "rituximab"), infusion(0)], "L3", 5) == "met"


@pytest.mark.parametrize(
    ("product", "l4"),
    [
        ("tisagenlecleucel", "met"),
        ("brexucabtagene_autoleucel", "not_met"),
        ("obecabtagene_autoleucel", "not_met"),
        ("other", "not_met"),
    ],
)
def test_that_l4_and_a8_read_the_product_of_day_0(product: str, l4: str) -> None:
    assert status([infusion(0, product)], "L4", 5) == l4
    assert status([infusion(0, product)], "A8", 5) == {"met": "not_met", "not_met": "met"}[l4]


def test_that_a_manufacture_that_failed_is_told_as_one() -> None:
    made = entry("manufacturing", -20, product="tisagenlecleucel", status="failed")
    assert "manufacture (failed) of 12-May-2020" in criterion(assessed([made], -10), "L4").text


def test_that_before_infusion_the_newest_release_then_the_manufacture_tells_the_product() -> None:
    made = entry("manufacturing", -20, product="brexucabtagene_autoleucel", status="in_process")
    assert (status([], "L4", -1), status([], "A8", -1)) == ("not_due", "unknown")
    assert (status([made], "L4", -1), status([made], "A8", -1)) == ("not_met", "met")
    assert status([made, release(-25)], "L4", -1) == "met"


@pytest.mark.parametrize(
    ("out", "viability", "jurisdiction", "expected"),
    [
        (False, 69.9, "eu", "met"),
        (False, 70, "eu", "not_met"),
        (False, 70.1, "eu", "not_met"),
        (False, 79.9, "us", "met"),
        (False, 80, "us", "not_met"),
        (False, 75, "eu", "not_met"),
        (True, 95, "eu", "met"),
        (False, None, "eu", "not_met"),
    ],
)
def test_that_a5_is_a_flag_or_viability_below_the_limit_of_the_jurisdiction(
    out: bool, viability: float | None, jurisdiction: str, expected: str
) -> None:
    given = [release(out=out, viability=viability), infusion(0)]
    assert status(given, "A5", 5, jurisdiction=jurisdiction) == expected


def test_that_a5_reads_the_newest_release_of_the_infused_product_up_to_day_0() -> None:
    assert status([infusion(0)], "A5", 5) == "unknown"
    assert status([release(-9, out=True), release(0), infusion(0)], "A5", 5) == "not_met"
    assert status([release(-9), release(1, out=True), infusion(0)], "A5", 5) == "not_met"
    assert status([release(-9, product="obecabtagene_autoleucel", out=True), infusion(0)], "A5", 5) == "unknown"


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ([], "unknown"),
        ([{"peak": "low"}], "met"),
        ([{"auc": "reduced"}], "met"),
        ([{"peak": "adequate", "auc": "adequate"}], "not_met"),
        ([{"peak": "adequate"}], "unknown"),
        ([{"peak": "unknown", "auc": "unknown"}], "unknown"),
        ([{"peak": "low"}, {"peak": "adequate", "auc": "adequate"}], "not_met"),
        ([{"peak": "low"}, {"peak": "unknown"}], "met"),
    ],
)
def test_that_a6_is_the_last_judgement_of_peak_and_auc(judged: list[Fields], expected: str) -> None:
    entries = [entry("expansion", 10 + place, **fields) for place, fields in enumerate(judged)]
    assert status([infusion(0), *entries], "A6", 40) == expected


def test_that_an_expansion_of_an_earlier_course_is_not_this_one_s() -> None:
    given = [infusion(-200), entry("expansion", -180, peak="low"), hsct(-100), infusion(0)]
    assert (status(given, "A6", -150), status(given, "A6", 5)) == ("met", "unknown")


@pytest.mark.parametrize(
    ("agent", "intent", "expected"),
    [
        ("rituximab", "supportive", "met"),
        ("blinatumomab", "post_car_t", "met"),
        ("inotuzumab_ozogamicin", "toxicity", "met"),
        ("vincristine", "salvage", "met"),
        ("imatinib", "post_car_t", "met"),
        ("new_agent", "post_car_t", "met"),
        ("vincristine", "frontline", "not_met"),
        ("dexamethasone", "toxicity", "not_met"),
        ("immunoglobulin", "supportive", "not_met"),
    ],
)
def test_that_a11_is_therapy_of_the_leukaemia_after_day_0(agent: str, intent: str, expected: str) -> None:
    assert status([infusion(0), therapy(1, agent, intent)], "A11", 30) == expected
    assert status([infusion(0), therapy(0, agent, intent)], "A11", 30) == "not_met"


def test_that_a11_is_also_a_reinfusion_and_not_a_split_dose() -> None:
    assert status([infusion(0), infusion(14)], "A11", 60) == "not_met"
    assert status([infusion(0), infusion(15)], "A11", 60) == "met"
    assert status([infusion(0), marrow(28)], "A11", 60) == "not_met"


def test_that_before_infusion_factors_that_need_a_course_are_unknown() -> None:
    names = ("A1", "A5", "A6", "A7", "A10", "A11", "A12")
    assert {name: status([release()], name, -1) for name in names} == dict.fromkeys(names, "unknown")
