"""Tests of the second opinion and of where the sources differ."""

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
    assert verdict(ngs(28, "positive"), ngs(50, "negative", lod=1e-6)) == "monitor"
    assert verdict(ngs(28, "positive"), ngs(50, "negative", lod=1e-6), ngs(70, "positive")) == "repeat_ngs"
    assert verdict(ngs(28, "positive"), marrow(50, 0, mrd("ngs", "not_evaluable"))) == "repeat_ngs"


def test_that_a_referral_for_a_relapse_after_hsct_tells_of_an_earlier_one() -> None:
    said = entry("referral", -60, indication="post_hsct_relapse")
    assert verdict(said) == "no_second_hsct_routinely"
    assert verdict(said, subset(28), subset(60, 90)) == "second_hsct_if_imminent"


def test_that_an_hsct_on_record_before_day_0_decides_and_none_recorded_is_not_known_to_be_none() -> None:
    assert verdict(hsct(-1)) == "no_second_hsct_routinely"
    note = "No earlier HSCT is recorded"
    assert any(one.startswith(note) for one in opinion([infusion(0)]).notes)
    assert not any(one.startswith(note) for one in opinion([infusion(0), referral()]).notes)
    assert not any(one.startswith(note) for one in opinion([infusion(0), hsct(-1)]).notes)


def test_that_each_note_names_the_entries_that_it_rests_on() -> None:
    lesion = genetics("kmt2a_r", "present")
    values = [entry("chemistry", -3, ldh=290), entry("blood_count", -3, plt=42)]
    found = opinion([infusion(0), lesion, *values, ngs(28, "positive"), infusion(120, role="reinfusion")])
    behind = dict(zip(found.notes, found.notes_evidence, strict=True))
    for begins, rests in (
        ("KMT2A", (1,)),
        ("LDH before infusion 290", (2,)),
        ("Platelets before infusion 42", (3,)),
        ("NGS positive", (4,)),
        ("Reinfusion", (5,)),
        ("No earlier HSCT", ()),
    ):
        (evidence,) = (one for text, one in behind.items() if text.startswith(begins))
        assert evidence == tuple(map(number_of, rests))
    partial = opinion([infusion(0), referral(history="partial")])
    assert (number_of(1),) in partial.notes_evidence


def test_that_a_contested_marrow_is_named_with_the_verdict() -> None:
    held = [infusion(0), ngs(28, "positive")]
    held += [{**ngs(28, said), "supersedes": number_of(1), "reason": "again"} for said in ("negative", "positive")]
    found = opinion(held)
    assert found.verdict == "monitor"
    assert "conflict: " in found.text


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
        (
            "bca_loss_within_6_months",
            [subset(28), subset("2020-12-01", 90)],
            [subset(28), subset("2020-11-20"), subset("2020-12-02", 90)],
        ),
        (
            "bca_loss_within_12_months",
            [subset(28), subset("2021-06-01", 90)],
            [subset(28), subset("2021-05-20"), subset("2021-06-02", 90)],
        ),
        ("ngs_day28", [ngs(42, "positive")], [ngs(42, "negative", lod=1e-6)]),
        ("ngs_3_months", [ngs(84, "positive")], [ngs(84, "negative", lod=1e-6)]),
        (
            "pcr_day28",
            [marrow(28, 0, mrd("pcr", "positive", value=1.1e-4))],
            [marrow(28, 0, mrd("pcr", "positive", value=1e-4))],
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
    assert lines(first, therapy(-872, "daunorubicin", "frontline", stop=-870)) == "1 earlier line"
    assert lines(first, therapy(-871, "daunorubicin", "frontline", stop=-870)) == "1 earlier line"
    assert lines(first, relapse(-500), therapy(-490, "clofarabine", stop=-480)) == "2 earlier lines"
    failed = {**first, "response": "no_cr"}
    assert lines(failed, therapy(-800, "clofarabine", stop=-790)) == "2 earlier lines"
    assert lines(first, therapy(-850, "methotrexate", "frontline", stop=-850, route="it")) == "1 earlier line"
    soon = [relapse(-890), therapy(-885, "clofarabine", stop=-880)]
    assert lines(first, *soon) == "2 earlier lines"
    assert lines(first, *soon, therapy(-840, "vincristine", stop=-830)) == "2 earlier lines"
    on_the_day = [relapse(-500), therapy(-500, "clofarabine", stop=-490), therapy(-450, "vincristine", stop=-440)]
    assert lines(first, *on_the_day) == "2 earlier lines"


def test_that_lines_recorded_are_present_even_where_more_may_have_been_given() -> None:
    given = [infusion(0), therapy(-300, "vincristine", "frontline", stop=-290)]
    found = next(one for one in opinion(given).factors if one.id == "prior_lines")
    assert (found.status, found.text) == ("present", "at least 1 earlier line")


@pytest.mark.parametrize(
    ("last_aplastic", "expected"),
    [("2020-10-20", "unknown"), ("2020-10-21", "absent"), ("2020-12-02", "absent")],
)
def test_that_a_loss_after_6_months_that_no_sample_dates_leaves_it_unknown_whether_it_came_within_them(
    last_aplastic: str, expected: str
) -> None:
    lost = "2020-12-02" if last_aplastic != "2020-12-02" else "2021-04-01"
    assert factor([subset(last_aplastic), subset(lost, 90)], "bca_loss_within_6_months") == expected


def test_that_the_result_nearest_to_day_28_is_the_day_28_result() -> None:
    early, nearest, late = ngs(21, "positive"), ngs(27, "negative", lod=1e-6), ngs(42, "positive")
    assert factor([early, nearest, late], "ngs_day28") == "absent"
    assert factor([ngs(26, "negative", lod=1e-6), ngs(30, "positive")], "ngs_day28") == "present"
    shallow = marrow(28, 0, mrd("pcr", lod=1e-3))
    assert factor([shallow], "pcr_day28") == "unknown"
    assert factor([shallow, marrow(35, 0, mrd("pcr", "positive", value=1e-3))], "pcr_day28") == "present"


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"value": 9.9e-5}, "absent"),
        ({"value": 1e-4}, "absent"),
        ({"value": 1.01e-4}, "present"),
        ({}, "present"),
        ({"below_loq": True}, "absent"),
    ],
)
def test_that_pcr_at_day_28_is_a_factor_above_the_cut_off(result: dict[str, Any], expected: str) -> None:
    assert factor([marrow(28, 0, mrd("pcr", "positive", **result))], "pcr_day28") == expected


def test_that_the_cd19_load_is_that_before_the_first_day_of_lymphodepletion() -> None:
    days = (-5, -4, -3)
    given = [therapy(day, "fludarabine", "lymphodepletion", stop=day) for day in days]
    early, late = marrow(-6, 1, cd19_load_pct=20), marrow(-4, 0, cd19_load_pct=3)
    assert factor([*given, early, late], "cd19_load_below_15_pct") == "absent"
    assert factor([early, late], "cd19_load_below_15_pct") == "present"


def test_that_the_exposure_to_fludarabine_is_that_of_the_newest_course() -> None:
    earlier = entry("fludarabine_exposure", -2, auc=10, basis="measured")
    second = [earlier, relapse(90), infusion(200)]
    assert factor([earlier], "fludarabine_auc_below_13_8") == "present"
    assert factor(second, "fludarabine_auc_below_13_8") == "unknown"
    assert factor([*second, {**earlier, "at": "2020-12-15"}], "fludarabine_auc_below_13_8") == "present"


def test_that_contested_entries_leave_their_factors_unknown_and_are_named() -> None:
    held = [infusion(0), genetics("tp53", "present")]
    held += [
        {**genetics("tp53", result), "supersedes": number_of(1), "reason": "again"} for result in ("absent", "present")
    ]
    found = next(one for one in opinion(held).factors if one.id == "tp53")
    assert found.status == "unknown"
    assert found.text.startswith("conflict: ")


@pytest.mark.parametrize(("day", "burden", "after"), [(-5, "unknown", "absent"), (28, "present", "unknown")])
def test_that_a_contested_marrow_leaves_unknown_only_what_it_bears_on(day: int, burden: str, after: str) -> None:
    kept = [marrow(-9, 30), ngs(30, "negative", lod=1e-6)]
    wrong = {**marrow(day, 0, mrd("ngs", lod=1e-6)), "id": number_of(70)}
    again = [{**wrong, "supersedes": number_of(70), "reason": "again", "id": number_of(one)} for one in (71, 72)]
    held = [*kept, wrong, *again]
    assert (factor(held, "burden_5_pct"), factor(held, "ngs_day28")) == (burden, after)
    assert ("conflict" in opinion([infusion(0), *held]).text) is (day > 0)


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
        ([entry("blood_count", -47, pb_blasts_pct=3), entry("apheresis", -40)], "blasts_at_apheresis"),
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


@pytest.mark.parametrize(
    ("entries", "topic"),
    [
        ([entry("blood_count", -48, pb_blasts_pct=3), entry("apheresis", -40)], "blasts_at_apheresis"),
        ([entry("diagnosis", "2017-04-30", disease="b_all", cd19="positive"), relapse("2020-05-01")], "relapse_timing"),
        ([entry("diagnosis", -800, disease="b_all", cd19="positive"), relapse(-100, "cns")], "relapse_timing"),
        ([entry("diagnosis", -800, disease="b_all", cd19="positive"), relapse(100)], "relapse_timing"),
        ([ngs(21, "positive"), ngs(28, "negative", lod=1e-6)], "ngs_day28"),
        ([subset(28), subset("2020-08-31", 90)], "bca_loss_3_to_6_months"),
        ([subset(28), subset("2020-12-01", 90)], "bca_loss_6_to_12_months"),
        ([subset(28), subset("2021-06-02", 90)], "bca_loss_6_to_12_months"),
        ([marrow(-5, 0.9)], "burden_cut_offs"),
        ([marrow(28, 0, mrd("pcr", "positive", value=1e-4))], "pcr_below_cut_off"),
    ],
)
def test_that_a_difference_just_outside_its_bounds_is_not_raised(entries: list[Fields], topic: str) -> None:
    assert topic not in {one.topic for one in assessed([infusion(0), *entries], 400).differences}


def test_that_disease_at_day_28_leaves_a_method_that_was_not_done_on_it_unknown() -> None:
    held = [marrow(26, 10), marrow(40, 0, mrd("ngs"), mrd("pcr"))]
    assert factor(held, "ngs_day28") == "unknown"
    assert factor(held, "pcr_day28") == "unknown"
    assert factor(held[1:], "ngs_day28") == "absent"


def test_that_a_factor_in_conflict_names_every_correction() -> None:
    given = therapy(-100, "blinatumomab", stop=-80)
    doubted = [{**therapy(-100, agent, stop=-80), "supersedes": number_of(0), "reason": "x"} for agent in
               ("blinatumomab", "vincristine")]  # fmt: skip
    (found,) = [one for one in opinion([given, *doubted, infusion(0)]).factors if one.id == "blinatumomab_nonresponse"]
    assert set(found.evidence) == {number_of(1), number_of(2)}
    assert "corrected twice alike" not in found.text


@pytest.mark.parametrize("event", [hsct(100), entry("death", 100, cause="other")])
def test_that_after_the_course_the_opinion_recommends_nothing_any_more(event: Fields) -> None:
    lost = [subset(20, 0), subset(28, 50)]
    assert "recommends nothing now" in opinion([infusion(0), *lost, event], 120).text
    assert "recommends nothing now" not in opinion([infusion(0), *lost, event], 99).text
    assert "recommends nothing now" not in opinion([infusion(0), *lost, relapse(100)], 120).text
