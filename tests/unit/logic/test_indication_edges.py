"""Tests of the label where relapses share a date, responses decide, CD19 is measured again, or entries contest."""

from typing import Any

import pytest

from bedside.chart.derived.preparation import Indication
from tests.charts import Fields, assessed, entry, hsct, infusion, marrow, number_of, relapse, subset, therapy
from tests.unit.logic.test_indication_and_apheresis import diagnosis, referred

TISA = "tisagenlecleucel"


def label(entries: list[Fields], when: Any = 0, product: str = TISA, **options: Any) -> Indication:
    return next(one for one in assessed(entries, when, **options).indication if one.product == product)


def both(entries: list[Fields]) -> tuple[str, str]:
    """The status in Europe and in the United States."""
    return label(entries).status.value, label(entries, jurisdiction="us").status.value


def notes(entries: list[Fields], when: Any = 0) -> dict[str, tuple[str, ...]]:
    return {one.status: one.evidence for one in assessed(entries, when).situations}


def answered(response: str, when: int = -90, intent: str = "salvage") -> Fields:
    return therapy(when, "vincristine", intent, stop=when + 20, response=response)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([relapse(-100), relapse(-100, "cns")], "off_label"),
        ([relapse(-100), relapse(-99)], "off_label"),
        ([relapse(-100), relapse(-71)], "in_label"),
        ([relapse(-100), answered("no_cr")], "in_label"),
        ([relapse(-100), answered("no_cr", -100)], "in_label"),
        ([relapse(-100), answered("unknown")], "off_label"),
        ([relapse(-100), answered("no_cr"), entry("remission", -20, response="cr")], "off_label"),
        ([relapse(-100), answered("no_cr"), answered("cr", -60)], "off_label"),
        ([relapse(-100), answered("cr"), entry("remission", -20, response="no_response")], "in_label"),
        ([answered("no_cr", -300, "frontline"), relapse(-100)], "off_label"),
        ([answered("no_cr", -300, "frontline")], "in_label"),
        ([answered("cr", -300, "frontline")], "insufficient_data"),
        ([answered("no_cr", -30, "bridging"), relapse(-100)], "off_label"),
        ([relapse(-100), entry("remission", 1, response="no_response")], "off_label"),
    ],
)
def test_that_relapses_are_counted_and_the_last_response_tells_of_refractory_disease(
    entries: list[Fields], expected: str
) -> None:
    assert label([diagnosis(), *entries], 0).status == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([referred("first_relapse")], ("off_label", "off_label")),
        ([referred("first_relapse"), hsct(-200)], ("insufficient_data", "off_label")),
        ([referred("post_hsct_relapse")], ("in_label", "insufficient_data")),
        ([referred("post_hsct_relapse"), relapse(-80)], ("in_label", "off_label")),
        ([referred("refractory_relapse")], ("in_label", "in_label")),
        ([referred("other")], ("insufficient_data", "insufficient_data")),
        ([referred("mrd_persistence"), relapse(-100)], ("off_label", "off_label")),
        ([hsct(-100), relapse(-100)], ("off_label", "off_label")),
        ([hsct(-101), relapse(-100)], ("in_label", "off_label")),
    ],
)
def test_that_what_a_referral_implies_and_the_chart_lacks_is_not_held_against_the_label(
    entries: list[Fields], expected: tuple[str, str]
) -> None:
    assert both([diagnosis(), *entries]) == expected


@pytest.mark.parametrize(
    ("entries", "is_first"),
    [
        ([relapse(-100)], True),
        ([referred("first_relapse")], True),
        ([relapse(-100), referred("second_or_later_relapse")], False),
        ([relapse(-100), referred("refractory_relapse")], False),
        ([relapse(-100), relapse(-50)], False),
        ([relapse(-100), hsct(-50)], False),
        ([], False),
    ],
)
def test_that_a_first_relapse_is_noted_where_it_is_off_label(entries: list[Fields], is_first: bool) -> None:
    assert ("first_relapse" in notes([diagnosis(), *entries])) == is_first


def test_that_an_isolated_cns_relapse_has_no_other_site_on_its_date() -> None:
    assert "isolated_cns_relapse" in notes([diagnosis(), relapse(-100, "cns")])
    assert "isolated_cns_relapse" not in notes([diagnosis(), relapse(-100, "marrow"), relapse(-100, "cns")])
    assert "isolated_cns_relapse" not in notes([diagnosis(), relapse(-100, "cns", "marrow")])


def test_that_the_newest_cd19_result_decides_wherever_it_was_measured() -> None:
    held = [diagnosis(), relapse(-200), relapse(-100, immunophenotype="cd19_negative")]
    found = label(held)
    assert found.status == "off_label"
    assert found.reasons == ("CD19 negative, 22-Feb-2020",)
    assert label([*held, marrow(-50, 30, cd19="dim")]).status == "in_label"
    assert label([*held, marrow(-50, 30, cd19="unknown")]).status == "off_label"
    assert label([diagnosis(), relapse(-200), relapse(-100, immunophenotype="unknown")]).status == "in_label"
    switched = label([diagnosis(), relapse(-200), relapse(-100, immunophenotype="lineage_switch")])
    assert switched.reasons == ("lineage switch at relapse, 22-Feb-2020",)
    early, late = (
        marrow(f"2020-05-01T{hour}:00:00Z", 9, cd19=cd19) for hour, cd19 in (("08", "positive"), ("15", "negative"))
    )
    assert label([diagnosis(), *held[1:2], relapse(-150), late, early]).status == "off_label"


@pytest.mark.parametrize(
    ("measured", "asked"),
    [([], True), ([marrow(-60, 1, cd19="positive")], False), ([marrow(-61, 1, cd19="positive")], True),
     ([marrow(-59, 1)], True), ([relapse(-30, immunophenotype="cd19_positive")], False),
     ([diagnosis(-30)], True), ([marrow(1, 1, cd19="positive")], True)],
)  # fmt: skip
def test_that_cd19_is_asked_for_again_after_directed_therapy(measured: list[Fields], asked: bool) -> None:
    held = [diagnosis(), therapy(-90, "blinatumomab", stop=-60), *measured, infusion(0)]
    assert ("cd19_after_directed_therapy" in notes(held, 10)) == asked
    assert "cd19_not_measured" in notes([infusion(0)], 10)


def test_that_the_newest_diagnosis_that_tells_it_decides_and_the_first_dates_infant_leukaemia() -> None:
    born = "2017-12-14"
    held = [diagnosis(-900, down_syndrome=True), diagnosis(-100)]
    found = {one.status for one in assessed(held, 0, born=born).situations}
    assert {"down_syndrome", "infant"} <= found
    held = [diagnosis(-900, down_syndrome=True), diagnosis(-100, down_syndrome=False)]
    assert "down_syndrome" not in notes(held)


@pytest.mark.parametrize(("born", "is_infant"), [("2016-12-14", False), ("2016-12-15", False), ("2016-12-16", True)])
def test_that_infant_leukaemia_ends_with_the_first_birthday(born: str, is_infant: bool) -> None:
    found = {one.status for one in assessed([diagnosis("2017-12-15")], 0, born=born).situations}
    assert ("infant" in found) == is_infant


@pytest.mark.parametrize(
    ("on", "expected"), [("2022-02-28", "in_label"), ("2022-03-01", "off_label"), ("2020-02-29", "in_label")]
)
def test_that_the_age_of_those_born_on_29_february_changes_on_1_march(on: str, expected: str) -> None:
    held = [diagnosis(), referred("second_or_later_relapse", -900), entry("plan", -1, milestone="infusion", date=on)]
    assert label(held, born="1996-02-29").status == expected


def conflict(*given: Fields) -> list[Fields]:
    return [given[0], *({**one, "supersedes": number_of(0), "reason": "again"} for one in given[1:])]


@pytest.mark.parametrize(
    ("entries", "bears"),
    [
        (conflict(relapse(-90), relapse(-80), relapse(-70)), True),
        (conflict(relapse(90), relapse(80), relapse(70)), False),
        (conflict(marrow(-9, 3), marrow(-9, 4), marrow(-9, 5)), False),
        (conflict(marrow(-9, 3), marrow(-9, 4, cd19="negative"), marrow(-9, 5)), True),
        (conflict(subset(-9, 1), subset(-9, 2), subset(-9, 3)), False),
        (conflict(answered("cr"), answered("no_cr"), answered("unknown")), True),
        (conflict(therapy(-9, "paracetamol"), therapy(-8, "paracetamol"), therapy(-7, "paracetamol")), False),
    ],
)
def test_that_a_conflict_leaves_the_label_open_only_where_it_bears_on_it(entries: list[Fields], bears: bool) -> None:
    held = [*entries, diagnosis(), relapse(-300), relapse(-200), infusion(0)]
    found = label(held, 100)
    assert found.status == ("insufficient_data" if bears else "in_label")
    assert found.reasons[0].startswith("conflict: ") == bears


def test_that_a_contested_plan_leaves_the_age_and_so_the_label_open() -> None:
    plans = conflict(
        *(entry("plan", -9, milestone="infusion", date=day) for day in ("2020-07-01", "2021-07-01", "2022-07-01"))
    )
    found = label([*plans, diagnosis(), relapse(-300), relapse(-200)])
    assert (found.status, set(found.evidence)) == ("insufficient_data", {number_of(1), number_of(2)})


def test_that_what_fits_is_said_with_the_age_and_the_disease() -> None:
    found = label([diagnosis(), relapse(-300), relapse(-200), infusion(0)], 100)
    assert found.reasons[0].startswith("10 years on 01-Jun-2020, 2 relapses recorded; label: ")
    assert set(found.evidence) == {number_of(place) for place in range(4)}
