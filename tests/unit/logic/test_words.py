"""Tests of what is said: the result that decided stands first, with its date, and the evidence names its entries."""

from dataclasses import replace
from typing import Any

import pytest

from bedside.chart.assessment import Criterion
from bedside.chart.formats import NO_BREAK_SPACE
from tests.charts import (
    Fields,
    assessed,
    criterion,
    entry,
    genetics,
    infusion,
    low_course,
    marrow,
    mrd,
    number_of,
    referral,
    relapse,
    release,
    subset,
    tables,
    therapy,
)

BY_NGS = [infusion(0), marrow(28, 0, mrd("fcm", lod=1e-4), mrd("ngs", "positive", below_loq=True))]


def said(entries: list[Fields], name: str, when: int, **options: Any) -> str:
    return told(entries, name, when, **options).text.replace(NO_BREAK_SPACE, " ")


def told(entries: list[Fields], name: str, when: int, **options: Any) -> Criterion:
    return criterion(assessed(entries, when, **options), name)


@pytest.mark.parametrize("name", ["L6", "A12"])
def test_that_the_method_that_is_positive_leads(name: str) -> None:
    assert said(BY_NGS, name, 28).startswith("NGS positive, below quantification, FCM negative")


def test_that_an_adequate_negative_leads_before_an_inadequate_one() -> None:
    given = [infusion(0), marrow(28, 0, mrd("pcr", lod=1e-3), mrd("ngs"))]
    assert said(given, "L6", 28).startswith("NGS negative")


def test_that_no_response_names_the_marrow_or_the_judgement() -> None:
    diseased = [infusion(0), marrow(28, 12)]
    assert said(diseased, "H1", 28) == "no response: 12 % blasts, 29-Jun-2020 (D+28)"
    judged = [infusion(0), marrow(28, 0), entry("remission", 30, response="no_response")]
    assert said(judged, "L6", 30) == "no response as judged, 01-Jul-2020 (D+30)"
    assert told(judged, "L6", 30).evidence == (number_of(2),)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (marrow(-10, 0, mrd("fcm")), "0 % by FCM,"),
        (marrow(-10, 2, mrd("fcm"), mrd("pcr")), "0 % by FCM and PCR,"),
        (marrow(-10, 3, mrd("pcr", "positive", value=0.03), mrd("fcm")), "3 % by PCR,"),
        (marrow(-10, 20, mrd("fcm", "positive", value=0.4)), "40 % by FCM,"),
        (marrow(-10, 20, mrd("fcm", "positive", value=0.1)), "20 % blasts,"),
        (marrow(-10, 3), "3 % blasts,"),
    ],
)
def test_that_the_burden_says_what_gives_it(given: Fields, words: str) -> None:
    assert said([given, infusion(0)], "A10", 0).startswith(words)


def test_that_what_speaks_against_remission_is_dated_and_is_the_evidence() -> None:
    given = [marrow(-10, 3), entry("extramedullary", -20, site="testis", active=True), infusion(0)]
    assert said(given, "L5", 0).startswith("not in remission: testis active 12-May-2020 (D−20); 3 % blasts")
    assert told(given, "L5", 0).evidence == (number_of(1),)


def test_that_hypodiploidy_leads_where_it_decides_and_names_its_source() -> None:
    given = [genetics("kmt2a_r", "absent"), genetics("hypodiploid", "present"), infusion(0)]
    held = told(given, "A3", 0)
    assert held.text.startswith("hypodiploid present, 28-Apr-2019 (Myers 2023); KMT2A-r absent")
    assert (held.evidence, held.source) == ((number_of(1),), "myers_2023")
    assert told([genetics("kmt2a_r", "present"), infusion(0)], "A3", 0).source == "buechner_2022"


def test_that_viability_below_the_limit_is_not_called_in_specification() -> None:
    given = [release(viability=75), infusion(0)]
    assert said(given, "A5", 0, jurisdiction="us").startswith(
        "viability 75 %, below the limit of 80 % (US); not flagged"
    )
    assert said(given, "A5", 0).startswith("released in specification; viability 75 %, limit 70 % (EU)")
    assert said([release(viability=60, out=True), infusion(0)], "A5", 0).startswith("flagged out of specification")


def test_that_ngs_again_is_held_against_the_sample_in_which_ngs_was_negative() -> None:
    given = [
        infusion(0),
        marrow(28, 0, mrd("fcm")),
        marrow(60, 0, mrd("ngs")),
        marrow(90, 0, mrd("fcm"), mrd("ngs", "positive")),
    ]
    held = told(given, "H3", 90)
    assert held.evidence == (number_of(3), number_of(1), number_of(2))
    assert held.text.startswith("NGS positive, FCM negative, sensitivity not stated, 30-Aug-2020 (D+90), after")
    assert "NGS negative, sensitivity not stated, 31-Jul-2020 (D+60)" in held.text


def test_that_a_result_that_does_not_count_is_named_instead_of_denied() -> None:
    given = [infusion(0), marrow(28, 0, mrd("pcr", lod=1e-3)), marrow(90, 0, mrd("ngs", "not_evaluable"))]
    assert "PCR negative, not sensitive enough" in said(given, "L6", 50)
    assert "no FCM or PCR result from D+21 to D+42 that counts" in said(given, "H1", 50)
    held = told(given, "H2", 120)
    assert "NGS not evaluable, 30-Aug-2020 (D+90)" in held.text
    assert (held.evidence, str(held.due)) == ((number_of(2),), "2020-09-21")


def test_that_a_count_after_rituximab_is_named_with_the_agent() -> None:
    given = [infusion(0), subset(40, 0), therapy(50, "rituximab", "supportive"), subset(100, 0), subset(190, 0)]
    held = told(given, "L7", 230)
    assert held.status == "unknown"
    assert "CD19 0/µL, 08-Dec-2020 (D+190), not counted after rituximab, 21-Jul-2020" in held.text
    assert "CD19 0/µL, 08-Dec-2020 (D+190), not counted after rituximab" in told(given, "H4", 230).text


def test_that_a_censored_count_that_could_lie_on_either_side_is_named() -> None:
    given = [infusion(0), subset(40, 0), subset(100, 20, censored={"cd19": "<"})]
    assert "CD19 <20/µL, 09-Sep-2020 (D+100), does not settle it" in told(given, "H4", 130).text


def test_that_a_loss_that_cannot_be_dated_may_have_come_earlier() -> None:
    given = [infusion(0), subset(30, 0), subset(100, 50)]
    held = told(given, "H4", 100)
    assert held.status == "unknown"
    assert "may have been lost before 01-Sep-2020 (3 months)" in held.text
    assert "not before" not in held.text


def test_that_an_unknown_that_a_result_can_still_settle_keeps_its_due_date() -> None:
    by_flow = [infusion(0), marrow(28, 0, mrd("fcm"))]
    assert str(told(by_flow, "L6", 30).due) == "2020-07-13"
    assert "L6: marrow with MRD by PCR or NGS at day 28, by 13-Jul-2020" in assessed(by_flow, 30).risk.missing
    aplastic = [infusion(0), subset(30, 0)]
    assert str(told(aplastic, "H4", 120).due) == "2020-09-15"
    assert str(told(aplastic, "L7", 230).due) == "2020-12-29"
    assert told([infusion(0), marrow(50, 0, mrd("fcm"))], "H1", 60).due is None


def test_that_a_subset_without_cd19_is_no_evidence() -> None:
    given = [infusion(0), subset(30, 0), subset(60, 75), subset(60, None, cd3=200)]
    assert told(given, "H4", 60).evidence == (number_of(2), number_of(1))


def test_that_a_loss_after_six_months_says_so() -> None:
    given = [infusion(0), subset(150, 0), subset(200, 50)]
    assert told(given, "L7", 230).text.startswith("lost after 01-Dec-2020 (6 months): CD19 50/µL")


def moved_by(entries: list[Fields], when: int, day: str) -> str | None:
    return next(row.entry for row in assessed(entries, when).risk.history if str(row.date) == day)


def test_that_the_entry_that_moved_the_class_is_the_one_that_was_read() -> None:
    low = [*low_course()[:-2], marrow(190, 0, mrd("ngs")), marrow(90, 0, mrd("ngs"))]
    subset_of_190 = next(
        place for place, one in enumerate(low) if one["kind"] == "lymphocyte_subset" and one["at"] > "2020-12-01"
    )
    assert assessed(low, 190).risk.class_ == "low"
    assert moved_by(low, 190, "2020-12-08") == number_of(subset_of_190)


def test_that_another_therapy_of_the_date_does_not_move_the_class() -> None:
    given = low_course()
    place = len(given)
    for order in ((0, 1, 2), (2, 1, 0)):
        drugs = [
            therapy(60, "blinatumomab", "post_car_t"),
            therapy(60, "co_trimoxazole", "supportive"),
            therapy(60, "paracetamol", "supportive"),
        ]
        mixed = [*given, *({**drugs[one], "id": number_of(place + step)} for step, one in enumerate(order))]
        assert moved_by(mixed, 60, "2020-07-31") == number_of(place + order.index(0))


def test_that_another_gene_of_the_date_does_not_move_the_class() -> None:
    given = [*low_course(), genetics("bcr_abl1", "absent", 60), genetics("tp53", "present", 60)]
    given += [genetics("ph_like", "absent", 60)]
    assert moved_by(given, 60, "2020-07-31") == number_of(len(given) - 2)


LOST = [infusion(0), marrow(28, 0, mrd("fcm")), subset(30, 0), subset(60, 75)]


@pytest.mark.parametrize(
    ("event", "words"),
    [(relapse(70), "relapse, 10-Aug-2020"), (entry("death", 70, cause="infection"), "death, 10-Aug-2020")],
)
def test_that_nothing_is_recommended_after_the_course(event: Fields, words: str) -> None:
    assert "HSCT should be offered" in assessed(LOST, 65).risk.meaning
    closed = assessed([*LOST, event], 80)
    assert closed.risk.class_ == "high"
    assert "should be offered" not in closed.risk.meaning
    assert words in closed.risk.meaning
    assert "none is recorded yet" not in closed.risk.meaning
    assert not any("Repeat" in line for line in closed.risk.missing)
    assert "BCA-3" not in {alert.rule for alert in closed.alerts}


def test_that_after_death_no_igg_is_to_be_replaced() -> None:
    given = [infusion(0), subset(30, 0), entry("immunoglobulin", 40, igg=2.0)]
    assert "BCA-5" in {alert.rule for alert in assessed([*given, relapse(50)], 60).alerts}
    dead = [*given, relapse(50), entry("death", 55, cause="disease")]
    assert "BCA-5" not in {alert.rule for alert in assessed(dead, 60).alerts}


def test_that_a_decision_about_an_earlier_course_is_not_this_one_s() -> None:
    decision = entry("decision", 40, choice="hsct", rationale="high risk")
    given = [infusion(0), decision, relapse(50), infusion(100)]
    assert "HSCT" not in assessed(given, 110).risk.meaning
    assert "none is recorded yet" in assessed(given, 110).risk.meaning


def test_that_replacement_counts_from_the_run_that_still_goes_on() -> None:
    old = therapy(-700, "immunoglobulin", "supportive", -700)
    runs = [therapy(day, "immunoglobulin", "supportive", day) for day in (20, 48, 76)]
    given = [infusion(0), subset(30, 0), old, *runs, entry("immunoglobulin", 90, igg=3.0)]
    text = next(alert.text for alert in assessed(given, 90).alerts if alert.rule == "BCA-5")
    assert "since 21-Jun-2020" in text


def test_that_the_co_stimulation_of_another_product_is_taken_from_its_release() -> None:
    product: Fields = {"product": "other", "product_name": "Trial 19-28z"}
    given = [release(**product, costimulation="cd28"), infusion(0, **product), subset(30, 0), subset(60, 75)]
    assert assessed(given, 60).risk.class_ == "ambiguous"
    assert assessed([*given[1:]], 60).risk.class_ == "high"


def test_that_early_loss_says_that_alone_it_makes_no_high_risk_after_a_cd28_product() -> None:
    product: Fields = {"product": "other", "product_name": "Trial 19-28z"}
    lost = [infusion(0, **product), subset(30, 0), subset(60, 75)]
    said = "alone no high risk after a CD28 product"
    assert said in told([release(**product, costimulation="cd28"), *lost], "H4", 60).text
    assert said not in told(lost, "H4", 60).text
    assert said not in told([release(**product, costimulation="cd28"), *lost[:2]], "H4", 120).text


def test_that_an_unconfirmed_recovery_is_shown_where_the_definition_wants_it_confirmed() -> None:
    knowledge = tables()
    other = replace(knowledge, recovery=knowledge.recoveries["cincinnati"])
    held = assessed([infusion(0), subset(30, 0), subset(60, 120)], 60, knowledge=other)
    assert held.bca.status == "ongoing"
    assert "CD19 120/µL, 31-Jul-2020 (D+60), to be confirmed by the next" in held.bca.text


def test_that_results_of_the_day_of_relapse_are_no_response_at_day_28() -> None:
    given = [infusion(0), marrow(28, 0, mrd("fcm")), marrow(35, 60), relapse(35)]
    held = assessed(given, 40).response
    assert held is not None
    assert held.response == "remission"


def test_that_a_contested_referral_does_not_hide_a_recorded_engager() -> None:
    twice = [
        {**referral(-59, history), "supersedes": number_of(0), "reason": "late"} for history in ("complete", "partial")
    ]
    given = [referral(), *twice, therapy(-50, "blinatumomab"), infusion(0)]
    assert (told(given, "L3", 10).status, told(given, "A4", 10).status) == ("not_met", "met")
    unsettled = [one for one in given if one["kind"] != "therapy"]
    assert told(unsettled, "L3", 10).status == "unknown"
    assert "L3, A4: a decision between the contesting corrections" in assessed(unsettled, 10).risk.missing


def test_that_a_contested_infusion_is_not_called_not_infused() -> None:
    twice = [{**infusion(day), "supersedes": number_of(0), "reason": "date"} for day in (0, 1)]
    held = assessed([infusion(0), *twice], 10)
    assert held.risk.headline == held.headline == "Pending: the infusion is in conflict"
    assert {one.status.value for one in held.risk.criteria} == {"unknown"}
    assert len(held.risk.missing) == 1


def test_that_a_correction_of_a_contested_correction_is_listed_once() -> None:
    def again(place: int) -> Fields:
        return {**subset(60, 75), "supersedes": number_of(place), "reason": "typing slip"}

    given = [infusion(0), subset(60, 0), again(1), again(1), again(2), again(2)]
    held = assessed(given, 70)
    assert sorted(held.conflicts) == sorted(number_of(place) for place in (3, 4, 5))
    assert held.risk.history[-1].date.isoformat() == "2020-07-31"


def test_that_a_second_interval_names_days_of_the_course() -> None:
    given = [infusion(0), subset(40, 0), infusion(80, reason="b_cell_recovery"), subset(100, 0), subset(120, 20)]
    held = assessed(given, 130)
    assert held.second_interval is not None
    assert held.second_interval.duration_days == 40
    assert held.second_interval.text.startswith(
        "after the reinfusion of 20-Aug-2020 (D+80): lost: CD19 20/µL, 29-Sep-2020 (D+120)"
    )
    assert held.bca.duration_days == 120


def test_that_aplasia_never_established_is_not_called_lost() -> None:
    assert told([infusion(0), subset(30, 40)], "A7", 30).text.startswith("never established, see H4")


def test_that_the_age_of_an_infant_stands_beside_the_first_birthday() -> None:
    assert told([infusion(0)], "L1", 0, born="2019-06-01").text == "12 mo on 01-Jun-2020; 1 year old on 01-Jun-2020"


@pytest.mark.parametrize(("entries", "recorded"), [([], "none"), ([entry("remission", -90, response="cr")], "1")])
def test_that_earlier_remissions_say_what_is_wanted_and_what_is_recorded(entries: list[Fields], recorded: str) -> None:
    factors = assessed([infusion(0), *entries], 10).second_opinion.factors
    found = next(one for one in factors if one.id == "two_prior_remissions")
    assert found.text == (
        "not known: whether there were 2 or more earlier remissions; "
        f"{recorded} recorded, and no referral says that all earlier therapy is in the chart"
    )


@pytest.mark.parametrize(
    ("entries", "datum"),
    [
        ([relapse(90)], "relapse of 30-Aug-2020 (D+90)"),
        ([marrow(28, 6)], "no response: 6 % blasts, 29-Jun-2020 (D+28)"),
        ([entry("remission", 30, response="no_response")], "no response as judged, 01-Jul-2020 (D+30)"),
        ([marrow(100, 60)], "60 % blasts, 09-Sep-2020 (D+100)"),
    ],
)
def test_that_the_second_opinion_says_what_shows_that_there_is_no_remission(entries: list[Fields], datum: str) -> None:
    found = assessed([infusion(0), *entries], 120).second_opinion
    assert found.text.replace(NO_BREAK_SPACE, " ") == f"no remission, or relapse: outside this framework ({datum})"


def test_that_differences_name_the_product_and_keep_to_the_one_that_they_are_about() -> None:
    def raised(**fields: Any) -> dict[str, str]:
        held = assessed([infusion(0, weight_kg=66.0, **fields)], 10)
        return {one.topic: one.text for one in held.differences}

    other = raised(product="other", product_name="Example cells", costimulation="cd28")
    assert other["consolidation_by_product"] == "Example cells, CD28"
    assert "dose_and_response" not in raised(product="obecabtagene_autoleucel")
    assert raised()["dose_and_response"] == "66 kg at infusion"
