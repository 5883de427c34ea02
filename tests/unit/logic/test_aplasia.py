"""Tests of B-cell aplasia: recovery of a sample, establishment, loss, what is not counted, and the criteria on it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.charts import Fields, assessed, entry, infusion, on, status, subset, tables, therapy


def bca(*entries: Fields, when: int = 400) -> tuple[str, str | None, bool | None, int | None]:
    held = assessed([infusion(0), *entries], when).bca
    lost_on = None if held.lost_on is None else held.lost_on.isoformat()
    return held.status.value, lost_on, held.datable, held.duration_days


@pytest.mark.parametrize(
    ("cd19", "pct", "recovered"),
    [(9.9, None, False), (10, None, True), (11, None, True), (None, 2.9, False), (None, 3, True), (0, 3.1, True),
     (10, 0, True), (9, 2, False)],
)  # fmt: skip
def test_that_one_value_at_its_limit_shows_recovery(cd19: float | None, pct: float | None, recovered: bool) -> None:
    assert bca(subset(20, 0), subset(40, cd19, pct))[0] == ("lost" if recovered else "ongoing")


def test_that_recovery_wins_among_the_subsets_of_one_date() -> None:
    assert bca(subset(20, 0), subset(40, 0), subset(40, 12))[0] == "lost"


@pytest.mark.parametrize(
    ("value", "mark", "expected"),
    [(10, "<", "ongoing"), (12, "<", "not_established"), (10, ">", "never_established"), (9, ">", "not_established")],
)
def test_that_a_censored_value_counts_only_where_it_can_lie_on_one_side(value: float, mark: str, expected: str) -> None:
    assert bca(subset(30, value, censored={"cd19": mark}))[0] == expected


@pytest.mark.parametrize(("day", "expected"), [(13, "not_established"), (14, "ongoing"), (15, "ongoing")])
def test_that_the_first_aplastic_sample_from_d14_on_establishes(day: int, expected: str) -> None:
    assert bca(subset(day, 0))[0] == expected


@pytest.mark.parametrize(("gap", "datable"), [(41, True), (42, True), (43, False)])
def test_that_a_loss_is_datable_within_42_days_of_the_last_aplastic_sample(gap: int, datable: bool) -> None:
    assert bca(subset(20, 0), subset(20 + gap, 50)) == ("lost", on(20 + gap), datable, 20 + gap)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (27, ("not_established", None, None, None)),
        (28, ("never_established", on(28), True, None)),
        (42, ("never_established", on(42), True, None)),
        (43, ("lost", on(43), False, 43)),
    ],
)
def test_that_recovery_without_aplasia_is_judged_by_its_day(
    day: int, expected: tuple[str, str | None, bool | None, int | None]
) -> None:
    assert bca(subset(day, 50)) == expected


def test_that_never_established_is_not_undone_by_a_later_aplastic_sample() -> None:
    assert bca(subset(30, 50), subset(60, 0))[0] == "never_established"
    assert status([infusion(0), subset(30, 50), subset(60, 0)], "H4", 400) == "met"


def test_that_recovery_before_d28_without_aplasia_counts_for_nothing_yet() -> None:
    assert bca(subset(16, 50), subset(27, 50), subset(30, 0))[0] == "ongoing"


def test_that_an_aplastic_sample_between_d14_and_d28_makes_a_later_recovery_a_loss() -> None:
    assert bca(subset(14, 0), subset(20, 50)) == ("lost", on(20), True, 20)


def test_that_samples_after_the_loss_only_confirm_it() -> None:
    one = assessed([infusion(0), subset(20, 0), subset(40, 50)], 400).bca
    aplastic_again = assessed([infusion(0), subset(20, 0), subset(40, 50), subset(60, 0)], 400).bca
    confirmed = assessed([infusion(0), subset(20, 0), subset(40, 50), subset(60, 0), subset(70, 30)], 400).bca
    assert (one.confirmed, aplastic_again.confirmed, confirmed.confirmed) == (False, False, True)
    assert one.lost_on == aplastic_again.lost_on == confirmed.lost_on


def test_that_without_a_cd19_value_after_day_0_aplasia_is_unknown() -> None:
    assert bca(subset(0, 0), subset(20, None, cd3=100))[0] == "unknown"
    assert bca()[0] == "unknown"
    assert bca(subset(1, 0))[0] == "not_established"


@pytest.mark.parametrize("agent", ["rituximab", "blinatumomab", "inotuzumab_ozogamicin"])
@pytest.mark.parametrize(("given", "counted"), [(31, True), (30, False), (29, False), (0, True), (-1, True)])
def test_that_aplasia_from_an_agent_against_b_cells_on_is_not_counted(agent: str, given: int, counted: bool) -> None:
    held = assessed([infusion(0), therapy(given, agent, "supportive"), subset(30, 0)], 60).bca
    assert held.status == ("ongoing" if counted else "not_established")
    assert bool(held.not_counted) is not counted


def test_that_recovery_after_such_an_agent_is_still_a_loss() -> None:
    assert bca(subset(20, 0), therapy(25, "rituximab", "supportive"), subset(30, 0), subset(40, 50))[0] == "lost"


def test_that_duration_runs_to_the_last_aplastic_sample_while_it_lasts() -> None:
    assert bca(subset(20, 0), subset(50, 0))[3] == 50


def test_that_the_second_interval_runs_from_the_reinfusion_and_the_first_stays_first() -> None:
    given = [infusion(0), subset(20, 0), subset(60, 50), infusion(70), subset(84, 0), subset(110, 0)]
    held = assessed(given, 120)
    assert (held.bca.status, held.bca.duration_days) == ("lost", 60)
    assert held.second_interval is not None
    assert (held.second_interval.status, held.second_interval.duration_days) == ("ongoing", 40)
    assert status(given, "H4", 120) == "met"


def test_that_a_sample_after_a_reinfusion_counts_for_the_first_interval_until_its_loss() -> None:
    assert bca(subset(20, 0), infusion(40), subset(60, 0), subset(90, 50)) == ("lost", on(90), True, 90)


def test_that_the_definition_is_chosen_by_name_and_printed() -> None:
    knowledge = replace(tables(), recovery=tables().recoveries["cincinnati"])
    given = [infusion(0), subset(20, 0), subset(40, 50), subset(60, 100), subset(90, 0)]
    one = assessed(given, 120, knowledge=knowledge).bca
    assert (one.status, one.definition) == ("ongoing", "cincinnati")
    two = assessed([*given[:4], subset(70, 100)], 120, knowledge=knowledge).bca
    assert (two.status, two.lost_on, two.confirmed) == ("lost", date.fromisoformat(on(60)), True)
    assert assessed([*given[:2], subset(40, None, 1), subset(60, None, 1)], 90, knowledge=knowledge).bca.lost_on is None
    assert "CD19 ≥ 100/µL" in one.text


# Three calendar months after 1 June end on 1 September (D+92), six on 1 December (D+183).
@pytest.mark.parametrize(("lost", "expected"), [(91, "met"), (92, "not_met"), (93, "not_met")])
def test_that_a_loss_is_early_before_3_calendar_months(lost: int, expected: str) -> None:
    assert status([infusion(0), subset(60, 0), subset(lost, 50)], "H4", 200) == expected


@pytest.mark.parametrize(("sample", "expected"), [(91, "unknown"), (92, "not_met"), (93, "not_met")])
def test_that_aplasia_at_3_months_settles_early_loss(sample: int, expected: str) -> None:
    assert status([infusion(0), subset(sample, 0)], "H4", 200) == expected


@pytest.mark.parametrize(("when", "expected"), [(105, "not_due"), (106, "not_due"), (107, "unknown")])
def test_that_early_loss_is_awaited_until_14_days_after_3_months(when: int, expected: str) -> None:
    assert status([infusion(0), subset(20, 0)], "H4", when) == expected
    assert status([infusion(0)], "H4", when) == expected


def test_that_a_loss_that_cannot_be_dated_and_may_be_early_leaves_it_unknown() -> None:
    assert status([infusion(0), subset(20, 0), subset(100, 50)], "H4", 100) == "unknown"
    assert status([infusion(0), subset(92, 0), subset(150, 50)], "H4", 150) == "not_met"
    assert status([infusion(0), subset(20, 0), subset(91, 50)], "H4", 100) == "met"
    assert status([infusion(0), subset(100, 50)], "H4", 100) == "unknown"
    assert status([infusion(0), subset(60, 50)], "H4", 100) == "met"


@pytest.mark.parametrize(("lost", "expected"), [(91, "not_met"), (92, "met"), (183, "met"), (184, "not_met")])
def test_that_a7_is_a_loss_from_3_to_6_months_both_included(lost: int, expected: str) -> None:
    assert status([infusion(0), subset(lost - 20, 0), subset(lost, 50)], "A7", 300) == expected


def test_that_a7_is_unknown_without_samples_and_once_6_months_passed_unseen() -> None:
    assert status([infusion(0)], "A7", 100) == "unknown"
    assert status([infusion(0), subset(16, 50)], "A7", 100) == "unknown"
    lasting = [infusion(0), subset(60, 0)]
    assert [status(lasting, "A7", when) for when in (60, 211, 212)] == ["not_met", "not_met", "unknown"]
    assert status([*lasting, subset(184, 0)], "A7", 400) == "not_met"


@pytest.mark.parametrize(("sample", "expected"), [(182, "not_due"), (183, "not_due"), (184, "met"), (185, "met")])
def test_that_aplasia_is_long_once_a_sample_after_6_months_shows_it(sample: int, expected: str) -> None:
    assert status([infusion(0), subset(sample, 0)], "L7", 190) == expected


@pytest.mark.parametrize(("lost", "expected"), [(182, "not_met"), (183, "not_met"), (184, "not_due")])
def test_that_a_loss_up_to_6_months_ends_long_aplasia(lost: int, expected: str) -> None:
    assert status([infusion(0), subset(150, 0), subset(lost, 50)], "L7", 190) == expected


@pytest.mark.parametrize(("when", "expected"), [(210, "not_due"), (211, "not_due"), (212, "unknown")])
def test_that_long_aplasia_is_awaited_until_28_days_after_6_months(when: int, expected: str) -> None:
    assert status([infusion(0), subset(60, 0)], "L7", when) == expected


def test_that_a_loss_after_6_months_does_not_undo_aplasia_seen_before_it() -> None:
    assert status([infusion(0), subset(190, 0), subset(220, 50)], "L7", 300) == "met"


@pytest.mark.parametrize(
    ("day0", "months3", "months6"),
    [
        ("2019-11-30", "2020-02-29", "2020-05-30"),
        ("2018-11-30", "2019-02-28", "2019-05-30"),
        ("2020-02-29", "2020-05-29", "2020-08-29"),
        ("2020-08-31", "2020-11-30", "2021-02-28"),
        ("2019-08-31", "2019-11-30", "2020-02-29"),
    ],
)
def test_that_months_are_calendar_months_with_their_end_clipped(day0: str, months3: str, months6: str) -> None:
    def early(lost: date) -> str:
        before = entry("lymphocyte_subset", date.fromordinal(lost.toordinal() - 30), cd19=0)
        return status([infusion(day0), before, entry("lymphocyte_subset", lost, cd19=50)], "H4", "2022-01-01")

    third, sixth = date.fromisoformat(months3), date.fromisoformat(months6)
    assert early(date.fromordinal(third.toordinal() - 1)) == "met"
    assert early(third) == "not_met"
    on_sixth = entry("lymphocyte_subset", sixth, cd19=0)
    after_sixth = entry("lymphocyte_subset", date.fromordinal(sixth.toordinal() + 1), cd19=0)
    assert status([infusion(day0), on_sixth], "L7", "2022-01-01") == "unknown"
    assert status([infusion(day0), after_sixth], "L7", "2022-01-01") == "met"
