"""Tests of the second opinion, where the sources differ, the HSCT panel (sections 11, 12)."""

from typing import Any

import pytest

from bedside.chart.derived.opinion import SecondOpinion
from tests.charts import (
    Fields,
    assessed,
    entry,
    genetics,
    hsct,
    infusion,
    marrow,
    mrd,
    number_of,
    referral,
    relapse,
    subset,
    therapy,
)


def opinion(entries: list[Fields], when: Any = 200) -> SecondOpinion:
    return assessed(entries, when).second_opinion


def factor(entries: list[Fields], name: str, when: Any = 400) -> str:
    found = {one.id: one.status.value for one in opinion([infusion(0), *entries], when).factors}
    return found[name]


def verdict(*entries: Fields, when: Any = 200, product: str = "tisagenlecleucel") -> str:
    return opinion([infusion(0, product), *entries], when).verdict.value


def ngs(when: int, result: str, **fields: Any) -> Fields:
    return marrow(when, 0, mrd("ngs", result, **fields))


def test_that_the_first_verdict_that_applies_is_given() -> None:
    assert opinion([]).verdict == "not_infused"
    lost = [subset(28), subset(60, 90)]
    assert verdict(marrow(28, 6), *lost) == "not_in_remission"
    assert verdict(relapse(90), *lost) == "not_in_remission"
    assert verdict(hsct(-300), *lost) == "second_hsct_if_imminent"
    assert verdict(hsct(-300)) == "no_second_hsct_routinely"
    assert verdict(*lost) == "hsct_soon"
    assert verdict(marrow(28, 0), product="brexucabtagene_autoleucel") == "hsct_recommended"
    assert verdict(product="brexucabtagene_autoleucel") == "monitor"
    assert verdict(ngs(28, "positive")) == "repeat_ngs"
    assert verdict(ngs(28, "negative", lod=1e-6)) == "monitor"


@pytest.mark.parametrize(
    ("entries", "signs"),
    [
        ([subset(28), subset("2020-12-01", 90)], {"bca_loss_within_6_months"}),
        ([subset(28), subset("2020-12-02", 90)], set()),
        ([ngs(83, "positive")], set()),
        ([ngs(84, "positive")], {"ngs_3_months"}),
        ([ngs(28, "positive"), ngs(60, "positive")], {"ngs_twice"}),
        ([ngs(28, "positive"), ngs(50, "negative", lod=1e-6), ngs(60, "positive")], set()),
        ([ngs(28, "positive"), marrow(50, 0, mrd("fcm")), ngs(60, "positive")], {"ngs_twice"}),
        ([marrow(20, 0, mrd("pcr", "positive", value=1e-3))], set()),
        ([marrow(21, 0, mrd("pcr", "positive", value=1e-3))], {"fcm_or_pcr_positive"}),
        ([marrow(28, 0, mrd("pcr", "positive", value=9e-5))], set()),
    ],
)
def test_that_each_sign_of_imminent_relapse_is_told_at_its_edge(entries: list[Fields], signs: set[str]) -> None:
    assert {sign.id for sign in opinion([infusion(0), *entries], 300).imminent} == signs


@pytest.mark.parametrize(
    ("name", "present", "absent"),
    [
        (
            "blinatumomab_nonresponse",
            [therapy(-90, "blinatumomab", stop=-60, response="no_cr")],
            [therapy(-90, "blinatumomab", stop=-60, response="cr")],
        ),
        ("burden_5_pct", [marrow(-5, 5)], [marrow(-5, 4.9)]),
        (
            "non_cns_extramedullary",
            [entry("extramedullary", -5, site="bone", active=True)],
            [
                entry("extramedullary", -9, site="bone", active=True),
                entry("extramedullary", -5, site="bone", active=False),
            ],
        ),
        ("cd19_load_below_15_pct", [marrow(-5, 1, cd19_load_pct=14.9)], [marrow(-5, 1, cd19_load_pct=15)]),
        (
            "fludarabine_auc_below_13_8",
            [entry("fludarabine_exposure", -2, auc=13.79, basis="measured")],
            [entry("fludarabine_exposure", -2, auc=13.8, basis="measured")],
        ),
        (
            "cd19_dim_after_blinatumomab",
            [therapy(-90, "blinatumomab", stop=-60), marrow(-50, 1, cd19="dim")],
            [therapy(-90, "blinatumomab", stop=-60), marrow(-50, 1, cd19="positive")],
        ),
        ("kmt2a_r", [genetics("kmt2a_r", "present")], [genetics("kmt2a_r", "absent")]),
        ("tp53", [genetics("tp53", "present")], [genetics("tp53", "absent")]),
        ("hypodiploid", [genetics("hypodiploid", "present")], [genetics("hypodiploid", "absent")]),
        ("prior_lines", [referral(), therapy(-300, "vincristine", "frontline", stop=-290)], [referral()]),
        (
            "two_prior_remissions",
            [entry("remission", -400, response="cr"), relapse(-300), entry("remission", -200, response="cri")],
            [
                referral(),
                entry("remission", -400, response="cr"),
                entry("remission", -350, response="cr"),
                relapse(-300),
            ],
        ),
        ("bca_loss_within_6_months", [subset(28), subset("2020-12-01", 90)], [subset(28), subset("2020-12-02", 90)]),
        ("bca_loss_within_12_months", [subset(28), subset("2021-06-01", 90)], [subset(28), subset("2021-06-02", 90)]),
        ("ngs_day28", [ngs(42, "positive")], [ngs(42, "negative", lod=1e-6)]),
        ("ngs_3_months", [ngs(84, "positive")], [ngs(84, "negative", lod=1e-6)]),
        (
            "pcr_day28",
            [marrow(28, 0, mrd("pcr", "positive", value=1e-4))],
            [marrow(28, 0, mrd("pcr", "positive", value=9e-5))],
        ),
    ],
)
def test_that_each_factor_is_present_absent_or_unknown(name: str, present: list[Fields], absent: list[Fields]) -> None:
    found = (factor(present, name), factor(absent, name), factor([], name))
    assert found == ("present", "absent", "unknown")


def test_that_agents_begun_within_28_days_are_one_line_and_a_relapse_begins_the_next() -> None:
    def lines(*entries: Fields) -> str:
        found = opinion([infusion(0), referral(), *entries]).factors
        return next(one.text for one in found if one.id == "prior_lines")

    first = therapy(-900, "vincristine", "frontline", stop=-880)
    assert lines(first, therapy(-872, "daunorubicin", "frontline", stop=-870)) == "1 earlier lines"
    assert lines(first, therapy(-871, "daunorubicin", "frontline", stop=-870)) == "1 earlier lines"
    assert lines(first, relapse(-500), therapy(-490, "clofarabine", stop=-480)) == "2 earlier lines"
    failed = {**first, "response": "no_cr"}
    assert lines(failed, therapy(-800, "clofarabine", stop=-790)) == "2 earlier lines"
    assert lines(first, therapy(-850, "methotrexate", "frontline", stop=-850, route="it")) == "1 earlier lines"


def test_that_contested_entries_leave_their_factors_unknown_and_are_named() -> None:
    held = [infusion(0), genetics("tp53", "present")]
    held += [
        {**genetics("tp53", result), "supersedes": number_of(1), "reason": "again"} for result in ("absent", "present")
    ]
    found = next(one for one in opinion(held).factors if one.id == "tp53")
    assert found.status == "unknown"
    assert found.text.startswith("conflict: ")


@pytest.mark.parametrize(
    ("entries", "topic"),
    [
        ([subset(28), subset("2020-09-01", 90)], "bca_loss_3_to_6_months"),
        ([subset(28), subset("2020-12-01", 90)], "bca_loss_3_to_6_months"),
        ([subset(28), subset("2020-12-02", 90)], "bca_loss_6_to_12_months"),
        ([subset(28), subset("2021-06-01", 90)], "bca_loss_6_to_12_months"),
        ([ngs(28, "positive")], "ngs_day28"),
        ([therapy(-60, "blinatumomab", "bridging", stop=-40)], "blinatumomab_as_bridge"),
        ([therapy(-60, "blinatumomab", stop=-40)], "blinatumomab_exposure"),
        ([therapy(-60, "inotuzumab_ozogamicin", stop=-40)], "inotuzumab"),
        ([genetics("kmt2a_r", "present")], "kmt2a_r"),
        ([marrow(-5, 1)], "burden_cut_offs"),
        ([infusion(60, role="reinfusion")], "reinfusion"),
        ([marrow(28, 0, mrd("pcr", "positive", value=9e-5))], "pcr_below_cut_off"),
        ([entry("diagnosis", -800, disease="b_all", cd19="positive"), relapse(-100)], "relapse_timing"),
        ([entry("blood_count", -40, pb_blasts_pct=3), entry("apheresis", -40)], "blasts_at_apheresis"),
    ],
)
def test_that_a_difference_is_shown_when_the_chart_raises_it_and_not_otherwise(
    entries: list[Fields], topic: str
) -> None:
    raised = {one.topic: one for one in assessed([infusion(0), *entries], 400).differences}
    assert len(raised[topic].sources) > 1
    assert raised[topic].evidence
    plain = {one.topic for one in assessed([infusion(0)], 400).differences}
    assert plain == {"consolidation_by_product"}


def test_that_the_hsct_panel_says_what_is_and_what_is_not_recorded() -> None:
    bare = {item.id: item for item in assessed([infusion(0)], 60).hsct.items}
    assert {name for name, item in bare.items() if not item.known} == {
        "prior_hsct", "donor_search", "mrd_before_hsct", "inotuzumab", "infections", "decision",
    }  # fmt: skip
    held = [
        infusion(0),
        hsct(-300),
        entry("donor_search", 20, status="identified", donor="sibling"),
        marrow(28, 1, mrd("fcm")),
        therapy(-60, "inotuzumab_ozogamicin", stop=-50),
        entry("infection", 50, organism="CMV", controlled=True),
        entry("decision", 58, choice="hsct", rationale="early loss", signed_by="A. Example"),
    ]
    said = {item.id: item.text for item in assessed(held, 60).hsct.items}
    assert said["donor_search"] == "identified, sibling, 21-Jun-2020"
    assert said["infections"] == "CMV, controlled, since 21-Jul-2020"
    assert said["decision"].endswith("signed by A. Example: early loss")
    assert said["days_since_infusion"] == "D+60, infused 01-Jun-2020"
