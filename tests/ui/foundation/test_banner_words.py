"""Tests of what the banner says of an infusion that was planned and has not taken place."""

import pytest

from bedside.ui.banner_words import banner_of
from bedside.ui.widgets.banner_facts import course_items
from tests.samples.index_case import opened
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
