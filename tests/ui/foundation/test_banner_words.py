"""Tests of what the banner says of a planned infusion and of a closed course."""

import pytest

from bedside.ui.banner_words import banner_of
from bedside.ui.widgets.banner_facts import course_items
from tests.charts import Fields, chart, entry, hsct, infusion, marrow, on, relapse
from tests.samples.index_case import opened, opened_chart
from tests.samples.planner import PLANS, before_apheresis


@pytest.mark.parametrize(
    ("today", "day"), [("2020-07-31", "D−56"), ("2020-09-24", "D−1"), ("2020-09-25", "D0"), ("2020-09-26", "")]
)
def test_that_the_day_counts_towards_a_planned_infusion_and_never_beyond_it(today: str, day: str) -> None:
    facts = banner_of(before_apheresis(*PLANS, as_of=today))
    assert (facts.day, facts.day0) == (day, "planned 25-Sep-2020")
    said = ["".join(run.text for run in item.runs).replace("\u00a0", " ") for item in course_items(facts)]
    assert said[:2] == ["Product none yet", "Infusion planned 25-Sep-2020"]


def test_that_a_patient_without_a_plan_has_no_day_and_one_who_was_infused_that_of_the_infusion() -> None:
    nobody = banner_of(before_apheresis())
    assert (nobody.day, nobody.day0) == ("", "")
    infused = banner_of(opened())
    assert (infused.day, infused.day0) == ("D+60", "01-Jun-2020")


def test_that_who_died_before_the_infusion_is_on_no_day_towards_it() -> None:
    died = banner_of(before_apheresis(*PLANS, {"kind": "death", "at": "2020-07-30", "cause": "disease"}))
    assert (died.day, died.day0) == ("", "")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (relapse(100), "High risk until relapse"),
        (hsct(100), "High risk until HSCT"),
        (entry("death", 100, cause="disease"), "High risk until death"),
    ],
)
def test_that_the_class_of_a_closed_course_is_said_until_the_event_that_closed_it(event: Fields, words: str) -> None:
    held = [infusion(0), marrow(28, 20), event]
    assert banner_of(opened_chart(chart(held), on(120))).class_word == words
    assert banner_of(opened_chart(chart(held), on(99))).class_word == ""


def test_that_the_class_is_said_to_stand_since_its_own_course_and_no_earlier_one() -> None:
    held = [infusion(-200, "other"), hsct(-100), infusion(0, "other")]
    assert banner_of(opened_chart(chart(held), on(30))).class_note.endswith("since 01\u2011Jun\u20112020")


def test_that_the_product_beside_the_day_of_the_infusion_is_the_one_given_on_it() -> None:
    held = [infusion(0), infusion(2, "brexucabtagene_autoleucel", role="split")]
    facts = banner_of(opened_chart(chart(held), on(30)))
    assert (facts.product, facts.day0) == ("tisagenlecleucel", "01-Jun-2020")
