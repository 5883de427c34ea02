"""Tests of contested entries: neither counts, and what would use either is unknown and names both."""

import pytest

from bedside.logic.criteria import ALL
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
    subset,
    therapy,
)

FIRST, SECOND, THIRD = number_of(101), number_of(102), number_of(103)


def contest(fields: Fields, **second: object) -> list[Fields]:
    """An entry and two corrections of it that stand against each other."""
    correction = {**fields, "supersedes": FIRST, "reason": "typed wrongly"}
    return [{**fields, "id": FIRST}, {**correction, "id": SECOND}, {**correction, **second, "id": THIRD}]


def touched(entries: list[Fields], when: int = 200) -> set[str]:
    held = assessed(entries, when)
    return {c.id for c in held.risk.criteria if "conflict" in c.text}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (marrow(-10, 3), {"L5", "A1", "A10"}),
        (marrow(-43, 3), set()),
        (marrow(28, 0, mrd("fcm")), {"L6", "H1", "H3", "A12"}),
        (marrow(60, 0, mrd("fcm")), {"H1", "H3", "A12"}),
        (marrow(90, 0, mrd("ngs")), {"H1", "H2", "H3", "A12"}),
        (subset(13, 0), set()),
        (subset(40, 0), {"L7", "H4", "A7"}),
        (subset(40, None, 2), {"L7", "H4", "A7"}),
        (entry("lymphocyte_subset", 40, cd3=200), set()),
        (genetics("kmt2a_r", "absent"), {"L2", "A3"}),
        (genetics("tp53", "absent"), {"A2"}),
        (genetics("iamp21", "absent"), set()),
        (therapy(-90, "blinatumomab"), {"L3", "A4"}),
        (therapy(90, "blinatumomab", "post_car_t"), {"L7", "H4", "A7", "A11"}),
        (therapy(-90, "vincristine"), set()),
        (therapy(90, "vincristine"), {"A11"}),
        (entry("expansion", 20, peak="low"), {"A6"}),
        (entry("csf", -10, wbc_per_ul=0, blasts=False), {"L5"}),
        (entry("remission", 28, response="cr"), {"L6", "H1"}),
        (entry("remission", 50, response="cr"), set()),
        (entry("product_release", -5, product="tisagenlecleucel", out_of_specification=False), {"A5"}),
        (entry("referral", -90, indication="other"), {"L3", "A4"}),
        (infusion(60), set(ALL)),
        (entry("blood_count", 30, wbc=1.0), set()),
    ],
)
def test_that_a_conflict_touches_what_would_use_either_entry(fields: Fields, expected: set[str]) -> None:
    assert touched([infusion(0), *contest(fields)]) == expected


def test_that_a_contested_marrow_after_a_settled_day_28_leaves_h1_alone() -> None:
    given = [infusion(0), marrow(28, 0, mrd("fcm")), *contest(marrow(60, 0, mrd("fcm")))]
    assert touched(given) == {"H3", "A12"}


def test_that_both_entries_are_named_and_neither_counts() -> None:
    held = assessed([*low_course(), *contest(genetics("tp53", "absent"), result="present")], 200)
    a2 = criterion(held, "A2")
    assert (a2.status, a2.evidence) == ("unknown", (SECOND, THIRD))
    assert a2.text == (
        "conflict: genetics of 28-Apr-2019 (TP53, absent) and genetics of 28-Apr-2019 (TP53, present); "
        "none counts until one is chosen"
    )
    assert held.conflicts == (SECOND, THIRD)
    assert [alert.rule for alert in held.alerts if alert.level == "warning"] == ["conflict"]
    assert (held.risk.class_, held.risk.provisional) == ("low", True)


@pytest.mark.parametrize(
    ("second", "named"),
    [
        ({}, {"genetics of 28-Apr-2019 (TP53, absent) corrected twice alike"}),
        ({"at": "2019-04-29"}, {"genetics of 28-Apr-2019 (TP53, absent)", "genetics of 29-Apr-2019 (TP53, absent)"}),
        (
            {"detail": "n " * 200},
            {"genetics of 28-Apr-2019 (TP53, absent)", f"genetics of 28-Apr-2019 (TP53, absent,{' n' * 40} …)"},
        ),
    ],
)
def test_that_corrections_are_told_apart_by_what_they_say_and_cut_short(second: Fields, named: set[str]) -> None:
    text = criterion(assessed([infusion(0), *contest(genetics("tp53", "absent"), **second)], 10), "A2").text
    assert set(text.removeprefix("conflict: ").split("; ")[0].split(" and ")) == named


def test_that_a_contested_end_leaves_what_depends_on_it_unknown() -> None:
    given = [*low_course(), *contest(entry("relapse", 100, sites=["marrow"]), sites=["cns"])]
    held = assessed(given, 200)
    assert held.closed_by is None
    assert criterion(held, "L7").status == "unknown"
    assert criterion(held, "L2").status == "met"


def test_that_a_conflict_of_the_future_is_not_told_yet() -> None:
    held = assessed([infusion(0), *contest(marrow(60, 0, mrd("fcm")))], 50)
    assert (held.conflicts, held.alerts) == ((), held.alerts)
    assert "conflict" not in {alert.rule for alert in held.alerts}


def test_that_a_void_of_one_correction_settles_it() -> None:
    given = [*low_course(), *contest(genetics("tp53", "absent"), result="present")]
    void = entry("void", 150, voids=THIRD, reason="wrong patient")
    assert criterion(assessed([*given, void], 200), "A2").status == "not_met"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (marrow(28, 0), "unknown"),
        (entry("remission", 42, response="cr"), "unknown"),
        (marrow(43, 0), None),
        (marrow(20, 0), None),
    ],
)
def test_that_contested_entries_of_the_window_leave_the_response_at_day_28_unknown(
    fields: Fields, expected: str | None
) -> None:
    found = assessed([infusion(0), *contest(fields, note="seen twice")], 60).response
    assert (None if found is None else found.response) == expected
    if found is not None:
        assert found.evidence == (SECOND, THIRD)
        assert "“seen twice”" in found.text
        assert SECOND[:8] not in found.text


def test_that_contested_subsets_without_cd19_say_nothing_of_aplasia() -> None:
    held = assessed([infusion(0), subset(20, 0), *contest(entry("lymphocyte_subset", 40, cd3=200))], 60)
    assert "conflict" not in held.bca.text
    after = [one for one in held.second_opinion.factors if one.id.startswith("bca_loss")]
    assert all("conflict" not in one.text for one in after)


@pytest.mark.parametrize(
    ("fields", "touched_lines"),
    [
        (therapy(-90, "vincristine"), {"prior_lines", "two_prior_remissions"}),
        (therapy(-90, "vincristine", "supportive"), set()),
        (therapy(-90, "blinatumomab", "bridging"), {"blinatumomab_nonresponse", "cd19_dim_after_blinatumomab"}),
        (therapy(-5, "fludarabine", "lymphodepletion"), {"cd19_load_below_15_pct"}),
        (
            entry("referral", -90, indication="other"),
            {"blinatumomab_nonresponse", "cd19_dim_after_blinatumomab", "prior_lines", "two_prior_remissions"},
        ),
    ],
)
def test_that_a_factor_is_left_open_by_the_therapy_that_it_asks_for_alone(
    fields: Fields, touched_lines: set[str]
) -> None:
    found = assessed([infusion(0), *contest(fields)], 60).second_opinion.factors
    assert {one.id for one in found if one.text.startswith("conflict: ")} == touched_lines


@pytest.mark.parametrize(
    ("entries", "contested"),
    [
        (contest(therapy(-90, "vincristine")), set()),
        (contest(therapy(-90, "inotuzumab_ozogamicin")), {"inotuzumab"}),
        (contest(entry("referral", -90, indication="other")), {"prior_hsct", "inotuzumab"}),
        ([*contest(entry("referral", -90, indication="other")), entry("hsct", -200, donor="cord")], {"inotuzumab"}),
        (contest(entry("hsct", -200, donor="cord")), {"prior_hsct"}),
    ],
)
def test_that_a_line_of_the_hsct_panel_is_left_open_by_what_it_asks_for_alone(
    entries: list[Fields], contested: set[str]
) -> None:
    found = assessed([infusion(0), *entries], 60).hsct.items
    assert {one.id for one in found if one.text.startswith("conflict: ")} == contested


@pytest.mark.parametrize(("day", "named"), [(0, False), (1, True), (60, True), (61, False)])
def test_that_contested_counts_of_the_course_are_named_with_the_aplasia(day: int, named: bool) -> None:
    found = assessed([infusion(0), *contest(subset(day, 0))], 60).bca
    assert ("conflict: " in found.text) is named
    assert found.status == "unknown"
