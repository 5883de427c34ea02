"""Tests of dose, product and lymphodepletion where a weight, a dose or a date is missing, split or contested."""

from datetime import timedelta
from typing import Any

import pytest

from bedside.chart.derived.preparation import Finding, InfusionChecks
from tests.charts import (
    DAY0,
    Fields,
    assessed,
    entry,
    infusion,
    marrow,
    number_of,
    on,
    relapse,
    release,
    subset,
    therapy,
)

OBE = "obecabtagene_autoleucel"
BREXU = "brexucabtagene_autoleucel"


def cmv(when: int, *, controlled: bool) -> Fields:
    return entry("infection", when, organism="cmv", controlled=controlled)


def checked(entries: list[Fields], when: Any = 20, **options: Any) -> InfusionChecks:
    found = assessed(entries, when, **options).infusion
    assert found is not None
    return found


def findings(entries: list[Fields], rule: str, when: Any = 20, **options: Any) -> list[Finding]:
    return [one for one in checked(entries, when, **options).checks if one.id == rule]


@pytest.mark.parametrize(
    ("weight", "fields", "expected"),
    [
        (89, {"dose_car_t_cells": 8.01e7}, "within"),
        (90, {"dose_car_t_cells": 8.1e7}, "within"),
        (90, {"dose_car_t_cells": 8.09e7}, "below"),
        (120, {"dose_car_t_cells": 1.0e8}, "within"),
        (120, {"dose_car_t_cells": 0.9e8}, "within"),
        (120, {"dose_car_t_cells": 0.89e8}, "below"),
        (120, {"dose_car_t_cells": 1.001e8}, "above"),
        (None, {"dose_car_t_cells": 1.001e8}, "above"),
        (None, {"dose_car_t_cells": 1.0e8}, "unknown"),
        (None, {"dose_car_t_per_kg": 1.0e6}, "unknown"),
        (None, {"dose_car_t_per_kg": 1.1e6}, "unknown"),
        (None, {"dose_car_t_per_kg": 1.11e6}, "above"),
        (None, {"dose_car_t_per_kg": 0.5e6}, "unknown"),
        (60, {"dose_car_t_per_kg": 0.9e6}, "within"),
        (60, {"dose_car_t_per_kg": 0.89e6}, "below"),
        (60, {"dose_car_t_per_kg": 1.1e6}, "within"),
        (60, {"dose_car_t_per_kg": 1.11e6}, "above"),
        (110, {"dose_car_t_per_kg": 1.0e6}, "above"),
        (60, {}, "unknown"),
    ],
)
def test_that_brexucabtagene_has_a_highest_total_that_is_enough_for_the_heavy(
    weight: float | None, fields: dict[str, Any], expected: str
) -> None:
    found = checked([infusion(0, BREXU, weight_kg=weight, **fields)])
    assert found.dose_status == expected
    assert found.dose_text.startswith("not known") == (expected == "unknown")


@pytest.mark.parametrize("weight", [7.3, 11.1, 29.7, 33.3, 41.9, 49.9])
def test_that_the_ends_of_a_range_per_kg_are_inside_whatever_the_weight(weight: float) -> None:
    for per_kg, expected in ((0.2e6, "within"), (5e6, "within"), (0.199e6, "below"), (5.01e6, "above")):
        assert checked([infusion(0, weight_kg=weight, dose_car_t_cells=weight * per_kg)]).dose_status == expected


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"dose_car_t_cells": 1.1e8}, "2.68 × 10⁶ per kg"),
        ({"dose_car_t_cells": 41 * 199_960.0}, "1.9996 × 10⁵ per kg"),
        ({"dose_car_t_cells": 41 * 5_000_400.0}, "5.0004 × 10⁶ per kg"),
        ({"dose_car_t_per_kg": 1.23456e6}, "1.23456 × 10⁶ per kg"),
    ],
)
def test_that_a_dose_worked_out_per_kg_has_no_more_digits_than_keep_it_on_its_side_of_each_limit(
    fields: dict[str, Any], told: str
) -> None:
    assert told in checked([infusion(0, weight_kg=41.0, **fields)]).dose_text.replace("\xa0", " ")


def test_that_split_doses_are_added_up_and_reinfusions_are_not() -> None:
    first = infusion(0, weight_kg=60.0, dose_car_t_cells=6e6)
    assert checked([first]).dose_status == "below"
    split = checked([first, infusion(2, dose_car_t_cells=1e8)])
    assert (split.dose_status, split.evidence[:2]) == ("within", (number_of(0), number_of(1)))
    assert checked([first, infusion(15, dose_car_t_cells=1e8)]).dose_status == "below"
    assert checked([first, infusion(15, dose_car_t_cells=1e8, role="split")]).dose_status == "within"
    assert checked([first, infusion(2)]).dose_status == "unknown"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(1e8, 3.1e8, "within"), (1e7, 4e8, "within"), (1e8, 2.68e8, "below"), (1e8, 2.69e8, "within"),
     (1e8, 3.51e8, "within"), (1e8, 3.52e8, "above"), (1e8, None, "unknown")],
)  # fmt: skip
def test_that_obecabtagene_is_judged_by_both_doses_together(first: float, second: float | None, expected: str) -> None:
    held = [infusion(0, OBE, dose_car_t_cells=first), infusion(9, OBE, dose_car_t_cells=second)]
    assert checked(held).dose_status == expected
    assert checked(held, 5).dose_text.startswith("dose 1 of 2")
    late = [held[0], infusion(30, OBE, dose_car_t_cells=second)]
    assert checked(late, 40).dose_status == "unknown"


@pytest.mark.parametrize(
    ("blasts", "day", "dose", "expected"),
    [
        (20, -6, 1e8, "ok"),
        (20, -6, 1e7, "flagged"),
        (20.1, -6, 1e7, "ok"),
        (20.1, -6, 1e8, "flagged"),
        (5, -6, 0.9e8, "ok"),
        (5, -6, 0.89e8, "flagged"),
        (5, -6, 1.1e8, "ok"),
        (5, -6, 1.11e8, "flagged"),
        (5, -13, 1e8, "ok"),
        (5, -14, 1e8, "unknown"),
        (5, -5, 1e8, "unknown"),
        (None, -6, 1e8, "unknown"),
        (5, -6, None, "unknown"),
    ],
)
def test_that_the_first_dose_follows_the_blasts_of_the_week_before_lymphodepletion(
    blasts: float | None, day: int, dose: float | None, expected: str
) -> None:
    held = [
        marrow(-30, 90),
        marrow(day, blasts),
        therapy(-6, "fludarabine", "lymphodepletion", stop=-3),
        infusion(0, OBE, dose_car_t_cells=dose),
    ]
    (found,) = findings(held, "INF-6")
    assert found.status == expected
    unplaced = "flagged" if dose is not None and dose > 1.1e8 else "unknown"
    assert [one.status for one in findings([held[1], held[3]], "INF-6")] == [unplaced]
    assert findings([*held[:3], infusion(0)], "INF-6") == []


def test_that_every_infusion_of_a_course_has_its_identity_check() -> None:
    held = [infusion(0, identity_checked_by=["A", "B"]), infusion(1), infusion(60, identity_check_reason="night")]
    assert [one.status for one in findings(held, "INF-4", 70)] == ["ok", "flagged", "ok"]
    assert [one.evidence for one in findings(held, "INF-4", 70)] == [(number_of(place),) for place in range(3)]


def test_that_a_contested_release_is_unknown_and_an_unrelated_one_is_not() -> None:
    def doubt(when: int, product: str) -> list[Fields]:
        given = [release(when, viability=viability, product=product) for viability in (90, 60, 75)]
        return [given[0], *({**one, "supersedes": number_of(0), "reason": "again"} for one in given[1:])]

    held = [*doubt(-5, "tisagenlecleucel"), infusion(0)]
    found = checked(held)
    assert (found.viability_status, set(found.evidence)) == ("unknown", {number_of(place) for place in (1, 2, 3)})
    assert found.viability_text.startswith("conflict: ")
    for other in (doubt(-5, BREXU), doubt(5, "tisagenlecleucel"), doubt(-9, "tisagenlecleucel")):
        assert checked([*other, release(-6), infusion(0)]).viability_status == "in_specification"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry("infection", -9, controlled=False)], 1),
        ([entry("infection", -9, controlled=True)], 0),
        ([entry("infection", -9, controlled=False, stop=on(-1))], 0),
        ([entry("infection", -9, controlled=False, stop=on(0))], 1),
        ([entry("infection", 1, controlled=False)], 0),
        ([cmv(-9, controlled=False), cmv(-3, controlled=True)], 0),
        ([cmv(-9, controlled=False), entry("infection", -3, organism="hhv6", controlled=True)], 1),
        ([entry("comorbidity", -9, condition="uncontrolled_infection", active=True)], 1),
        (
            [
                entry("comorbidity", -9, condition="uncontrolled_infection", active=True),
                entry("comorbidity", -3, condition="uncontrolled_infection", active=False),
            ],
            0,
        ),
    ],
)
def test_that_an_infection_counts_while_it_is_uncontrolled(entries: list[Fields], expected: int) -> None:
    assert len(findings([*entries, infusion(0)], "INF-5")) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [(-8, 0), (-7, 1), (-1, 1), (0, 1), (1, 0), ("2020-06-01T08:00:00Z", 1), ("2020-06-01T13:00:00Z", 0)],
)
def test_that_neurology_counts_in_the_week_before_the_infusion(when: int | str, expected: int) -> None:
    given = {**infusion(0), "at": "2020-06-01T12:00:00Z"}
    neuro = entry("neuro", when, consciousness="voice")
    assert len(findings([neuro, given], "INF-5")) == expected


def test_that_neurology_before_the_infusion_counts_whatever_its_cause() -> None:
    (found,) = findings(
        [entry("neuro", -1, consciousness="awake", seizure="prolonged", cause="other"), infusion(0)], "INF-5"
    )
    assert (found.status, found.evidence) == ("flagged", (number_of(0),))
    assert "prolonged seizure" in found.text


def test_that_an_assessment_that_cannot_be_graded_takes_no_seizure_back_and_a_score_does() -> None:
    seizure = entry("neuro", -2, consciousness="awake", seizure="prolonged")
    partial = entry("neuro", -1, consciousness="awake")
    assert [one.status for one in findings([seizure, partial, infusion(0)], "INF-5")] == ["flagged"]
    scored = {**partial, "capd": 0, "ice": {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}}
    assert findings([seizure, scored, infusion(0)], "INF-5") == []


def test_that_an_assessment_of_the_day_of_infusion_without_a_time_says_so() -> None:
    (found,) = findings([entry("neuro", 0, consciousness="voice"), infusion(0)], "INF-5")
    assert "time of day not recorded" in found.text


@pytest.mark.parametrize(
    ("kind", "fields", "others"),
    [
        ("infection", {"organism": "Candida", "controlled": False}, {"controlled": False, "site": "liver"}),
        ("neuro", {"consciousness": "awake", "capd": 3}, {"consciousness": "awake", "capd": 9}),
    ],
)
def test_that_a_contested_entry_leaves_its_check_at_infusion_unknown_and_names_both(
    kind: str, fields: Fields, others: Fields
) -> None:
    corrections = [
        entry(kind, -1, **(fields | change), supersedes=number_of(0), reason="synthetic")
        for change in ({"note": "synthetic"}, others)
    ]
    (found,) = findings([entry(kind, -1, **fields), *corrections, infusion(0)], "INF-5")
    assert found.status == "unknown"
    assert set(found.evidence) == {number_of(1), number_of(2)}


def depletion(entries: list[Fields], when: Any = 20, **options: Any) -> list[tuple[str, str]]:
    found = assessed(entries, when, **options).lymphodepletion.findings
    return [(one.status, one.text.split(";")[0]) for one in found]


def test_that_a_block_without_an_end_asks_for_it() -> None:
    for open_end in ({}, {"stop_unknown": True}):
        block = therapy(-5, "fludarabine", "lymphodepletion", **open_end)
        (found,) = depletion([block, infusion(0)])
        assert found == ("unknown", "not known: the last day of lymphodepletion")
        assert assessed([block, infusion(0)], 20).lymphodepletion.days_to_infusion is None


@pytest.mark.parametrize(
    ("day", "fields", "expected"),
    [
        (-8, {"wbc": 0.5}, "unknown"),
        (-7, {"wbc": 0.99}, "ok"),
        (-7, {"wbc": 1.0}, "ok"),
        (-7, {"wbc": 1.01}, "flagged"),
        (0, {"wbc": 1.0}, "ok"),
        (1, {"wbc": 1.0}, "unknown"),
        (-7, {"wbc": 1.0, "censored": {"wbc": "<"}}, "ok"),
        (-7, {"wbc": 1.5, "censored": {"wbc": "<"}}, "unknown"),
        (-7, {"alc": 0.1}, "unknown"),
    ],
)
def test_that_omission_and_repetition_ask_for_the_leukocytes_of_the_week_before(
    day: int, fields: dict[str, Any], expected: str
) -> None:
    held = [entry("blood_count", day, **fields), infusion(0)]
    assert [status for status, _ in depletion(held)] == [expected]
    for last, repeated in ((-28, False), (-29, True)):
        block = therapy(-40, "fludarabine", "lymphodepletion", stop=last)
        found = [status for status, _ in depletion([block, *held])]
        assert found == ["flagged", *([expected] if repeated else [])]
    assert depletion([*held[:1], infusion(0, BREXU)]) == []


def test_that_contested_lymphodepletion_is_named_and_leaves_the_exposure_alone() -> None:
    given = [therapy(-5, "fludarabine", "lymphodepletion", stop=stop) for stop in (-4, -3, -2)]
    held = [given[0], *({**one, "supersedes": number_of(0), "reason": "again"} for one in given[1:])]
    held += [infusion(0), entry("fludarabine_exposure", -2, auc=14.5, basis="measured")]
    found = assessed(held, 20).lymphodepletion
    assert (found.agents, found.start, found.days_to_infusion) == ((), None, None)
    assert [one.status for one in found.findings] == ["unknown"]
    assert set(found.evidence) == {number_of(1), number_of(2), number_of(4)}
    assert found.auc_status == "adequate"
    doubt = [subset(-9, 0), *({**subset(-9, 1), "supersedes": number_of(0), "reason": "again"} for _ in "ab")]
    assert depletion([*doubt, given[1], infusion(0)])[0][0] == "ok"


@pytest.mark.parametrize(
    ("auc", "mark", "expected"),
    [(13.8, "<", "suboptimal"), (13.9, "<", None), (14.0, ">", "adequate"), (13.9, ">", None)],
)
def test_that_a_censored_exposure_counts_for_what_it_proves(auc: float, mark: str, expected: str | None) -> None:
    held = [infusion(0), entry("fludarabine_exposure", -2, auc=auc, basis="measured", censored={"auc": mark})]
    assert assessed(held, 5).lymphodepletion.auc_status == expected


def test_that_a_contested_infusion_leaves_its_checks_unknown_and_is_named() -> None:
    block = therapy(-5, "fludarabine", "lymphodepletion", stop=-3)
    given = [infusion(day, weight_kg=30.0, dose_car_t_cells=9e7) for day in (0, 1, 2)]
    held = [given[0], *({**one, "supersedes": number_of(0), "reason": "again"} for one in given[1:]), block]
    found = checked(held)
    assert (found.product, found.dose_status, found.viability_status) == ("tisagenlecleucel", "unknown", "unknown")
    assert set(found.evidence) == {number_of(1), number_of(2)}
    (status,) = {one.status for one in assessed(held, 20).lymphodepletion.findings}
    assert status == "unknown"
    assert assessed(held, 20).lymphodepletion.days_to_infusion is None
    split = [{**one, "supersedes": number_of(4), "reason": "again"} for one in given[1:]]
    held = [infusion(0, weight_kg=30.0, dose_car_t_cells=9e7), *split, block, {**given[1], "id": number_of(4)}]
    assert checked(held).dose_status == "unknown"
    assert checked(held).checks != ()


def test_that_a_contested_weight_calculates_nothing_and_an_old_one_does_not_matter() -> None:
    sizes = [entry("body_size", -9, weight_kg=weight, height_cm=130.0) for weight in (30.0, 40.0, 50.0)]
    doubt = [sizes[0], *({**one, "supersedes": number_of(0), "reason": "again"} for one in sizes[1:])]
    for regimen in assessed([*doubt, entry("body_size", -20, weight_kg=29.0)], 0).lymphodepletion.calculator:
        assert (regimen.missing, regimen.bsa_m2) == (("weight_kg", "height_cm"), None)
        assert all(drug.mg_per_day is None for drug in regimen.drugs)
        assert regimen.inputs.startswith("conflict: ")
        assert set(regimen.evidence) == {number_of(1), number_of(2)}
    for regimen in assessed(
        [*doubt, entry("body_size", -8, weight_kg=29.0, height_cm=130.0)], 0
    ).lymphodepletion.calculator:
        assert regimen.missing == ()


@pytest.mark.parametrize(
    ("weighed", "measured", "expected"),
    [
        (7, 90, "30 kg (25-May-2020), 130 cm (03-Mar-2020)"),
        (8, 90, "30 kg (24-May-2020, 8 d old: weigh again), 130 cm (03-Mar-2020)"),
        (7, 91, "30 kg (25-May-2020), 130 cm (02-Mar-2020, 91 d old: measure again)"),
    ],
)
def test_that_an_old_weight_or_height_is_said_to_be_old(weighed: int, measured: int, expected: str) -> None:
    sizes = [
        entry("body_size", -measured, weight_kg=20.0, height_cm=130.0),
        entry("body_size", -weighed, weight_kg=30.0),
    ]
    for regimen in assessed(sizes, 0).lymphodepletion.calculator:
        assert (regimen.inputs, regimen.missing) == (expected, ())
        assert all(drug.mg_per_day is not None for drug in regimen.drugs)


def test_that_what_was_before_the_infusion_is_told_and_not_what_came_after_it_or_before_another() -> None:
    def csf(when: int, blasts: bool) -> Fields:
        return entry("csf", when, wbc_per_ul=9, blasts=blasts)

    held = checked([csf(-20, True), infusion(0), csf(30, False)])
    assert (held.cns_class, held.cns_on, held.depleted_from) == ("CNS3", DAY0 - timedelta(days=20), None)
    assert (checked([infusion(0), csf(30, True)]).cns_class, checked([infusion(0)]).cns_on) == (None, None)
    first = [therapy(-6, "fludarabine", "lymphodepletion", stop=-3), infusion(0), relapse(100)]
    again = [*first, therapy(194, "fludarabine", "lymphodepletion", stop=197), infusion(200)]
    days = [(found.depleted_from, found.depleted_until) for found in (checked(first, 210), checked(again, 210))]
    assert [(one - DAY0).days for pair in days for one in pair if one is not None] == [-6, -3, 194, 197]
    unstopped = checked([therapy(-6, "fludarabine", "lymphodepletion"), infusion(0)])
    assert (unstopped.depleted_from, unstopped.depleted_until) == (DAY0 - timedelta(days=6), None)
