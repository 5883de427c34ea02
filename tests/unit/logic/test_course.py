"""Tests of infusion roles, day 0, and what ends a course."""

import pytest

from tests.charts import (
    Fields,
    assessed,
    entry,
    hsct,
    infusion,
    low_course,
    marrow,
    mrd,
    on,
    relapse,
    status,
    subset,
    therapy,
)


def day0(entries: list[Fields], when: int) -> str | None:
    held = assessed(entries, when).day0
    return None if held is None else held.isoformat()


@pytest.mark.parametrize(("day", "split"), [(13, True), (14, True), (15, False)])
def test_that_an_infusion_within_14_days_is_a_split_dose_whatever_the_product(day: int, split: bool) -> None:
    given = [infusion(0), infusion(day, "brexucabtagene_autoleucel")]
    assert day0(given, 30) == on(0 if split else day)


@pytest.mark.parametrize(("day", "split"), [(20, True), (21, True), (22, False)])
def test_that_obecabtagene_may_be_split_over_21_days(day: int, split: bool) -> None:
    given = [infusion(0, "obecabtagene_autoleucel"), infusion(day, "obecabtagene_autoleucel")]
    assert status(given, "A11", 30) == ("not_met" if split else "met")
    assert day0(given, 30) == on(0)


def test_that_the_same_product_later_is_a_reinfusion_and_another_one_begins_a_course() -> None:
    again, other = infusion(60), infusion(60, "brexucabtagene_autoleucel")
    assert day0([infusion(0), again], 70) == on(0)
    assert day0([infusion(0), other], 70) == on(60)


def test_that_products_without_a_code_differ_by_their_names() -> None:
    first = infusion(0, "other", product_name="anti-CD19")
    assert day0([first, infusion(60, "other", product_name="anti-CD22")], 70) == on(60)
    assert day0([first, infusion(60, "other", product_name="anti-CD19")], 70) == on(0)


@pytest.mark.parametrize("between", [relapse(40), hsct(40)])
def test_that_a_relapse_or_hsct_between_makes_the_next_infusion_a_first_one(between: Fields) -> None:
    assert day0([infusion(0), between, infusion(60)], 70) == on(60)


def test_that_a_recorded_role_wins() -> None:
    assert day0([infusion(0), infusion(5, role="first")], 10) == on(5)
    assert day0([infusion(0), infusion(60, "brexucabtagene_autoleucel", role="reinfusion")], 70) == on(0)


def test_that_a_reinfusion_without_a_first_infusion_leaves_the_class_pending_and_says_so() -> None:
    held = assessed([infusion(0, role="reinfusion")], 50)
    assert (held.day0, held.risk.class_) == (None, "pending")
    assert [alert.rule for alert in held.alerts] == ["phase"]


def test_that_day_0_is_the_newest_first_infusion_up_to_as_of() -> None:
    given = [infusion(0), relapse(40), infusion(60)]
    assert [day0(given, when) for when in (-1, 0, 59, 60)] == [None, on(0), on(0), on(60)]
    held = assessed(given, 60)
    assert [(course.closed_by, course.closed_on and course.closed_on.isoformat()) for course in held.courses] == [
        ("relapse", on(40)),
        (None, None),
    ]


def test_that_a_course_without_an_event_is_ended_by_the_next_first_infusion() -> None:
    held = assessed([infusion(0), infusion(60, "brexucabtagene_autoleucel")], 60)
    assert held.courses[0].closed_by == "next_infusion"
    assert held.courses[0].closed_on is not None
    assert held.courses[0].closed_on.isoformat() == on(60)


@pytest.mark.parametrize(
    ("events", "by"),
    [
        ([relapse(40), hsct(40), entry("death", 40, cause="disease")], "death"),
        ([relapse(40), hsct(40)], "hsct"),
        ([relapse(40)], "relapse"),
        ([hsct(41), relapse(40)], "relapse"),
        ([relapse(0)], None),
        ([relapse(-1)], None),
    ],
)
def test_that_the_earliest_event_after_day_0_ends_the_course(events: list[Fields], by: str | None) -> None:
    assert assessed([infusion(0), *events], 50).closed_by == by


@pytest.mark.parametrize(("began", "closed_on"), [(78, 100), (79, 79), (80, 80), (95, 95), (100, 100)])
def test_that_an_hsct_ends_the_course_on_its_first_day_of_conditioning_within_21_days(
    began: int, closed_on: int
) -> None:
    given = [infusion(0), therapy(began, "busulfan", "conditioning", began + 1), hsct(100)]
    held = assessed(given, 120)
    assert held.closed_on is not None
    assert held.closed_on.isoformat() == on(closed_on)


@pytest.mark.parametrize(("began", "closed_on"), [(-1, 10), (0, 10), (1, 1)])
def test_that_an_hsct_whose_conditioning_began_before_the_infusion_ends_the_course_on_its_own_day(
    began: int, closed_on: int
) -> None:
    held = assessed([infusion(0), therapy(began, "busulfan", "conditioning", began + 1), hsct(10)], 20)
    assert (held.closed_by, str(held.closed_on)) == ("hsct", on(closed_on))


@pytest.mark.parametrize(("end", "expected"), [(entry("death", 30, cause="other"), "not_met"), (hsct(30), "met")])
def test_that_a_reinfusion_on_the_day_of_the_end_is_of_the_course_only_with_hsct(end: Fields, expected: str) -> None:
    assert status([infusion(0), infusion(30, role="reinfusion"), end], "A11", 40) == expected


def test_that_results_on_the_day_of_a_relapse_do_not_count_and_on_that_of_an_hsct_do() -> None:
    positive = marrow(100, 0, mrd("ngs", "positive"))
    assert status([infusion(0), positive, relapse(100)], "H2", 120) == "not_due"
    assert status([infusion(0), positive, hsct(100)], "H2", 120) == "met"
    assert status([infusion(0), {**positive, "at": on(101)}, hsct(100)], "H2", 120) == "not_due"


def test_that_what_came_after_conditioning_began_counts_no_more_once_the_hsct_is_known() -> None:
    given = [
        infusion(0),
        therapy(90, "busulfan", "conditioning", 93),
        marrow(95, 0, mrd("ngs", "positive")),
        hsct(98),
    ]
    assert status(given, "H2", 97) == "met"
    assert status(given, "H2", 98) == "not_due"


def test_that_a_closed_course_is_judged_at_its_end() -> None:
    given = [infusion(0), hsct(43)]
    assert status(given, "H1", 400) == "unknown"
    assert status([infusion(0), hsct(42)], "H1", 400) == "not_due"
    held = assessed([infusion(0), hsct(42)], 400)
    assert all(criterion.due is None for criterion in held.risk.criteria)


def test_that_genetics_count_whatever_their_date() -> None:
    late = entry("genetics", 60, marker="tp53", result="present")
    assert status([infusion(0), hsct(40), late], "A2", 59) == "unknown"
    assert status([infusion(0), hsct(40), late], "A2", 60) == "met"


def test_that_low_is_out_of_reach_after_the_course() -> None:
    assert assessed(low_course(), 60).risk.low_reachable
    closed = assessed([*low_course(), hsct(50)], 60)
    assert not closed.risk.low_reachable
    assert closed.risk.low_needs == ()
    assert closed.headline == "Closed: HSCT, D+50"


def test_that_the_headline_names_the_site_of_the_relapse() -> None:
    assert assessed([infusion(0), relapse(210, "cns")], 220).headline == "Closed: CNS relapse, D+210"


def test_that_a_sample_after_the_end_changes_neither_aplasia_nor_class() -> None:
    given = [infusion(0), subset(30, 0), relapse(50)]
    with_later = [*given, subset(60, 80)]
    assert assessed(with_later, 70).bca == assessed(given, 70).bca


def test_that_no_dose_is_split_while_none_began_a_course() -> None:
    lone = infusion(0, role="split")
    assert assessed([lone, infusion(3, "obecabtagene_autoleucel")], 5).day == 2
    assert assessed([lone, infusion(3)], 5).day is None
