"""Tests of survival free of HSCT and MRD, of contested events, and of the registry's facts."""

from typing import Any

import pytest

from bedside.chart.derived.follow_up import Event, Outcome
from tests.charts import (
    Fields,
    assessed,
    entry,
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


def outcome(*entries: Fields, when: int = 300) -> Outcome:
    found = assessed([infusion(0), *entries], when).outcome
    assert found is not None
    return found


def told(event: Event) -> tuple[bool, str, int]:
    return event.event, event.what, event.day


def test_that_there_is_no_outcome_before_an_infusion() -> None:
    assert assessed([referral()], 0).outcome is None


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry("contact", 200, status="alive")], (False, "last contact or entry", 200)),
        ([hsct(80), relapse(120)], (True, "hsct", 80)),
        ([marrow(21, 0, mrd("pcr", "positive", value=1e-5)), hsct(80)], (True, "MRD", 21)),
        ([marrow(20, 0, mrd("pcr", "positive", value=1e-3)), hsct(80)], (True, "hsct", 80)),
        ([hsct(80), marrow(120, 0, mrd("ngs", "positive"))], (True, "hsct", 80)),
        ([marrow(28, 30)], (True, "MRD", 28)),
        ([entry("death", 60, cause="infection")], (True, "death", 60)),
    ],
)
def test_that_survival_free_of_hsct_and_mrd_ends_with_the_first_of_its_events(
    entries: list[Fields], expected: tuple[bool, str, int]
) -> None:
    assert told(outcome(*entries).hsct_and_mrd_free) == expected


def test_that_no_response_is_dated_to_the_day_28_result_and_a_judgement_alone_to_the_end_of_the_window() -> None:
    judged = entry("remission", 30, response="no_response")
    assert told(outcome(judged, marrow(26, 0, mrd("fcm"))).efs) == (True, "no response", 26)
    assert told(outcome(judged).efs) == (True, "no response", 42)
    assert told(outcome(judged, relapse(40)).efs) == (True, "relapse", 40)
    assert not outcome({**judged, "at": "2020-07-14"}).efs.event


def test_that_events_up_to_day_0_are_not_events_of_the_course() -> None:
    found = outcome(relapse(0), hsct(-40), entry("contact", 100, status="alive"))
    assert {told(one) for one in (found.efs, found.efs_censored_at_hsct, found.os, found.hsct_and_mrd_free)} == {
        (False, "last contact or entry", 100)
    }


def contested(first: Fields, *values: dict[str, Any]) -> list[Fields]:
    """An entry with several corrections, none of which counts."""
    again = [
        {**first, **changed, "supersedes": number_of(70), "reason": "typed wrongly", "id": number_of(71 + place)}
        for place, changed in enumerate(values)
    ]
    return [{**first, "id": number_of(70)}, *again]


def test_that_contested_events_are_named_and_the_type_of_a_contested_relapse_is_unknown() -> None:
    held = contested(relapse(90), {"immunophenotype": "cd19_negative"}, {"immunophenotype": "cd19_positive"})
    found = assessed([infusion(0), *held], 100)
    assert (found.relapse.day, found.relapse.type) == (None, "unknown")
    assert found.outcome is not None
    for words in (found.relapse.timing, found.outcome.text):
        assert all(f"(marrow, CD19{sign})" in words for sign in "⁻⁺")
    assert outcome(relapse(90)).text == ""


def test_that_the_registry_holds_what_the_chart_does_and_none_for_what_it_does_not() -> None:
    bare = outcome().registry
    assert {name for name, value in bare.items() if value is None} == {
        "prior_lines", "days_apheresis_to_infusion", "aplasia_days", "hsct_day", "death_day",
    }  # fmt: skip
    held = [
        referral(),
        therapy(-300, "vincristine", "frontline", stop=-290),
        therapy(-300, "daunorubicin", "frontline", stop=-290),
        therapy(-290, "paracetamol", "supportive", stop=-290),
        entry("apheresis", -40),
        therapy(-5, "fludarabine", "lymphodepletion", stop=-3),
        subset(28),
        subset(60),
        hsct(90),
        entry("death", 120, cause="hsct_related"),
    ]
    found = outcome(*held).registry
    assert found == {
        "prior_lines": 1,
        "therapies_before_infusion": 2,
        "therapies_after_infusion": 0,
        "therapy_sequence": "06-Aug-2019 daunorubicin + vincristine; 01-Jun-2020 tisagenlecleucel; 30-Aug-2020 HSCT",
        "days_apheresis_to_infusion": 40,
        "aplasia_days": 60,
        "immunoglobulin_periods": 0,
        "product": "tisagenlecleucel",
        "hsct_day": 90,
        "death_day": 120,
    }


@pytest.mark.parametrize(("second", "periods"), [(71, 1), (72, 1), (73, 2)])
def test_that_immunoglobulin_is_one_period_as_long_as_no_gap_outlasts_a_trough(second: int, periods: int) -> None:
    given = [therapy(day, "immunoglobulin", "supportive", stop=day) for day in (30, second)]
    assert outcome(*given).registry["immunoglobulin_periods"] == periods


def test_that_immunoglobulin_that_ended_before_the_infusion_is_no_period_and_what_went_on_is() -> None:
    ended, went_on = (therapy(-60, "immunoglobulin", "supportive", stop=stop) for stop in (-1, 0))
    assert outcome(ended).registry["immunoglobulin_periods"] == 0
    assert outcome(went_on).registry["immunoglobulin_periods"] == 1


def test_that_a_product_without_a_code_goes_by_its_name() -> None:
    found = assessed([infusion(0, "other", product_name="Synthetic 19")], 10).outcome
    assert found is not None
    assert (found.registry["product"], found.registry["therapy_sequence"]) == (
        "Synthetic 19",
        "01-Jun-2020 Synthetic 19",
    )


def test_that_no_response_without_a_result_is_no_event_before_its_window_closes() -> None:
    judged = entry("remission", 25, response="no_response")
    assert not outcome(judged, when=41).efs.event
    found = outcome(judged, when=42).efs
    assert (found.event, found.day) == (True, 42)
