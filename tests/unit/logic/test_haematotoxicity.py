"""Tests of ICAHT and of the checklist of IEC-HS."""

from typing import Any

import pytest

from bedside.chart.derived.haematotoxicity import Icaht
from tests.charts import Fields, assessed, entry, infusion, number_of, relapse, therapy


def anc(day: Any, value: float) -> Fields:
    return entry("blood_count", day, anc=value)


def icaht(entries: list[Fields], when: Any = 40) -> Icaht:
    found = assessed([infusion(0), *entries], when).icaht
    assert found is not None
    return found


def low_days(days: int, value: float = 0.5, first: int = 5) -> list[Fields]:
    """Counts of 2.0 on every day of the window but a run."""
    return [anc(day, value if first <= day < first + days else 2.0) for day in range(31)]


@pytest.mark.parametrize(
    ("days", "value", "grade"),
    [
        (0, 0.5, 0), (1, 0.5, 1), (6, 0.5, 1), (7, 0.5, 2), (13, 0.5, 2), (14, 0.5, 3), (14, 0.51, 0),
        (6, 0.1, 1), (7, 0.1, 3), (13, 0.1, 3), (14, 0.1, 4), (14, 0.11, 3),
    ],
)  # fmt: skip
def test_that_early_neutropenia_is_graded_by_its_longest_run(days: int, value: float, grade: int) -> None:
    early = icaht(low_days(days, value)).early
    assert (early.grade, early.complete) == (grade, True)


@pytest.mark.parametrize(("first", "grade"), [(3, 4), (4, 3)])
def test_that_neutrophils_that_never_rise_again_are_grade_4(first: int, grade: int) -> None:
    assert icaht(low_days(31 - first, first=first)).early.grade == grade
    if first == 3:
        assert icaht(low_days(28, first=3), 29).early.grade == 3


def test_that_death_while_neutrophils_were_never_high_is_grade_4_and_a_relapse_leaves_it_open() -> None:
    counts = low_days(31, first=0)[:10]
    died = icaht([*counts, entry("death", 10, cause="infection")]).early
    assert (died.grade, died.text[:8]) == (4, "grade 4:")
    relapsed = icaht([*counts, relapse(10)]).early
    assert (relapsed.grade, relapsed.text[:15]) == (2, "grade 2 so far:")


@pytest.mark.parametrize(("last", "grade"), [(22, 3), (23, 4), (30, 4)])
def test_that_counts_that_stop_are_no_neutropenia(last: int, grade: int) -> None:
    early = icaht(low_days(31, first=0)[: last + 1]).early
    assert (early.grade, early.complete) == (grade, last == 30)
    assert icaht([anc(0, 0.3)]).early.grade == 1


def test_that_a_count_after_the_window_fills_its_last_days() -> None:
    early = icaht([*low_days(25, first=3)[:28], anc(32, 0.4)]).early
    assert (early.complete, early.days_known, early.grade) == (True, 31, 4)


@pytest.mark.parametrize(("when", "so_far"), [(29, True), (30, False)])
def test_that_the_grade_is_so_far_until_the_window_closes(when: int, so_far: bool) -> None:
    assert ("so far" in icaht(low_days(3)[: when + 1], when).early.text) is so_far


def test_that_two_counts_of_one_day_do_not_confirm_each_other() -> None:
    same_day = [anc(f"2020-07-05T0{hour}:00:00+02:00", 0.4) for hour in (6, 8)]
    assert icaht([*same_day, anc(40, 1.6)], 120).late.grade == 0
    alone = icaht(same_day, 120).late
    assert (alone.grade, "single day" in alone.text) == (3, True)


def test_that_late_neutropenia_without_counts_before_further_therapy_says_so() -> None:
    late = icaht([anc(40, 0.2), therapy(20, "clofarabine", "post_car_t", stop=22)], 60).late
    assert late.grade is None
    assert late.text.endswith("before further therapy on 21-Jun-2020")


@pytest.mark.parametrize(("recovered", "longest"), [(1, 12), (2, 13), (3, 6)])
def test_that_runs_are_joined_unless_the_recovery_lasts_three_days(recovered: int, longest: int) -> None:
    first = 5
    low = [*range(first, first + 6), *range(first + 6 + recovered, first + 11 + recovered)]
    counts = [anc(day, 0.4 if day in low else 2.0) for day in range(31)]
    early = icaht(counts).early
    assert (early.longest_days_severe, early.days_severe) == (longest, 11)


@pytest.mark.parametrize(("gap", "known"), [(7, 10), (8, 3)])
def test_that_gaps_of_seven_days_are_interpolated_and_longer_ones_stay_unknown(gap: int, known: int) -> None:
    early = icaht([anc(0, 0.4), anc(1, 0.4), anc(2 + gap, 0.4)]).early
    assert early.days_known == known
    assert early.complete is False
    assert early.text.startswith("at least grade")


def test_that_the_lowest_count_of_a_day_counts_and_interpolation_is_linear() -> None:
    early = icaht([anc(0, 2.0), anc(0, 0.2), anc(4, 1.0)], 4).early
    assert (early.days_severe, early.days_known) == (2, 5)


@pytest.mark.parametrize(
    ("value", "grade"),
    [(1.51, 0), (1.5, 1), (1.01, 1), (1.0, 2), (0.51, 2), (0.5, 3), (0.11, 3), (0.1, 4)],
)
def test_that_late_neutropenia_is_graded_by_its_nadir_when_a_second_value_is_low(value: float, grade: int) -> None:
    assert icaht([anc(31, value), anc(40, 1.5)], 120).late.grade == grade
    assert icaht([anc(31, value)], 120).late.grade == grade


def test_that_one_low_value_among_several_is_transient() -> None:
    assert icaht([anc(31, 0.4), anc(40, 1.6)], 120).late.grade == 0


@pytest.mark.parametrize(("day", "counted"), [(30, False), (31, True), (100, True), (101, False)])
def test_that_late_counts_lie_between_day_31_and_day_100_and_before_further_therapy(day: int, counted: bool) -> None:
    assert (icaht([anc(day, 0.4)], 120).late.nadir is not None) is counted
    treated = therapy(50, "clofarabine", "post_car_t", stop=52)
    assert icaht([anc(51, 0.4), treated], 120).late.nadir is None


def test_that_without_a_count_nothing_is_known_and_before_infusion_nothing_is_told() -> None:
    assert (icaht([]).early.grade, icaht([]).late.grade) == (None, None)
    assert assessed([anc(0, 0.1)], 5).icaht is None


def test_that_contested_counts_leave_it_unknown_and_are_named() -> None:
    held = [anc(5, 0.4)]
    held += [{**anc(5, value), "supersedes": number_of(1), "reason": "again"} for value in (0.2, 0.9)]
    early = icaht(held).early
    assert early.grade is None
    assert early.text.startswith("conflict: ")


@pytest.mark.parametrize(
    ("day", "early", "late"),
    [(-1, False, False), (0, True, False), (30, True, False), (38, True, True), (39, False, True), (100, False, True),
     (101, False, False)],
)  # fmt: skip
def test_that_a_contested_count_bears_on_the_days_that_it_would_count_for(day: int, early: bool, late: bool) -> None:
    wrong = {**anc(day, 0.4), "id": number_of(70)}
    again = [{**anc(day, value), "supersedes": number_of(70), "reason": "again"} for value in (0.2, 0.9)]
    found = icaht([anc(1, 2), anc(5, 2), anc(50, 2), wrong, *again], 120)
    assert (found.early.text.startswith("conflict: "), found.late.text.startswith("conflict: ")) == (early, late)
    without = [{key: value for key, value in one.items() if key != "anc"} | {"hb": 90.0} for one in (wrong, *again)]
    assert icaht([anc(1, 2), *without], 120).early.grade == 0


@pytest.mark.parametrize(
    ("day", "named"), [(-15, False), (-3, False), (-2, True), (0, True), (6, False), (7, True), (9, True)]
)
def test_that_a_contested_value_bears_on_the_checklist_where_it_would_be_the_newest(day: int, named: bool) -> None:
    ferritin = [entry("chemistry", -2, ferritin=300.0), entry("chemistry", 7, ferritin=4000.0)]
    wrong = entry("chemistry", day, ferritin=500.0, id=number_of(70))
    again = [{**entry("chemistry", day, ferritin=value), "supersedes": number_of(70), "reason": "again"}
             for value in (5.0, 50.0)]  # fmt: skip
    found = assessed([infusion(0), *ferritin, wrong, *again], 20).iec_hs
    assert found is not None
    signs = {one.id: one.text for one in found.signs}
    assert signs["ferritin"].startswith("conflict: ") is named
    assert not signs["fibrinogen"].startswith("conflict: ")


def test_that_the_checklist_shows_values_and_prompts_without_a_limit() -> None:
    held = [infusion(0), entry("chemistry", -5, ferritin=900.0), entry("chemistry", 8, ferritin=24000.0)]
    found = assessed(held, 10).iec_hs
    assert found is not None
    signs = {sign.id: sign.text for sign in found.signs}
    space = "\N{NO-BREAK SPACE}"
    assert signs["ferritin"].endswith(f"{space}µg/L (09-Jun-2020), before infusion 900{space}µg/L (27-May-2020)")
    assert signs["fibrinogen"] == "Fibrinogen not known since infusion"
    assert signs["spleen"].startswith("for a person to judge")
    assert "no verified source" in found.text
    assert not [alert for alert in assessed(held, 10).alerts if "IEC" in alert.text]


def test_that_the_checklist_shows_every_value_of_a_sign_and_what_the_laboratory_marked() -> None:
    held = [infusion(0), entry("chemistry", 8, ast=400.0, fibrinogen=0.5, censored={"fibrinogen": "<"})]
    found = assessed([*held, entry("blood_count", 9, plt=12)], 10).iec_hs
    assert found is not None
    signs = {sign.id: sign for sign in found.signs}
    assert signs["transaminases"].text == "ALT not known since infusion; AST 400\N{NO-BREAK SPACE}U/L (09-Jun-2020)"
    assert "<0.5" in signs["fibrinogen"].text
    assert "12" in signs["cytopenia"].text
    assert signs["cytopenia"].evidence == (number_of(2),)


def test_that_without_a_count_in_its_window_late_icaht_names_the_window() -> None:
    late = icaht([anc(20, 1.0), anc(101, 1.0)], 120).late
    assert late.text == "not known: no neutrophil count from D+31 to D+100"
