"""Tests of dates that cannot all be right: a wrong year is named, and nothing is left out because of it."""

import pytest

from tests.charts import Fields, assessed, entry, infusion, relapse, subset, therapy

DIED = entry("death", 50, cause="infection")


def told(*entries: Fields, when: int = 800) -> list[str]:
    return [alert.text for alert in assessed(entries, when).alerts if alert.rule == "dates"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        (entry("blood_count", 50, hb=90.0), None),
        (entry("blood_count", 51, hb=90.0), "blood count of 22-Jul-2020"),
        (entry("vitals", 366, temp_c=37.0), "vitals of 02-Jun-2021"),
        (therapy(60, "vincristine"), "therapy of 31-Jul-2020"),
        (entry("contact", 60, status="alive"), "contact of 31-Jul-2020"),
        (entry("contact", 60, status="lost"), None),
        (entry("death", 60, cause="infection"), "death of 31-Jul-2020"),
        (entry("note", 60, text="synthetic"), None),
        (entry("genetics", 60, marker="tp53", result="absent"), None),
    ],
)
def test_that_what_shows_the_patient_after_the_death_is_named(fields: Fields, named: str | None) -> None:
    expected = [] if named is None else [f"Dated after the death of 21-Jul-2020: {named}. Is a date wrong?"]
    assert told(infusion(0), DIED, fields) == expected


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        (relapse(-901), "relapse of 13-Dec-2017"),
        (relapse(-900), None),
        (entry("apheresis", -901), "apheresis of 13-Dec-2017"),
        (therapy(-905, "prednisone", "frontline"), None),
    ],
)
def test_that_what_needs_a_diagnosis_and_lies_before_it_is_named(fields: Fields, named: str | None) -> None:
    expected = [] if named is None else [f"Dated before the diagnosis of 14-Dec-2017: {named}. Is a date wrong?"]
    assert told(entry("diagnosis", -900, disease="b_all", cd19="positive"), fields) == expected


def test_that_car_t_cells_before_any_infusion_are_named_and_without_an_infusion_are_not() -> None:
    level = entry("car_t_level", -355, method="qpcr", value=90.0)
    assert told(level, infusion(0)) == [
        "Dated before the first infusion of 01-Jun-2020: CAR-T level of 12-Jun-2019. Is a date wrong?"
    ]
    assert told(level) == []


def test_that_many_are_counted_and_all_are_evidence_and_count_as_before() -> None:
    counts = [subset(day, 0) for day in (60, 70, 80, 90, 100)]
    (alert,) = (one for one in assessed([infusion(0), DIED, *counts], 800).alerts if one.rule == "dates")
    assert "20-Aug-2020 and 2 more. Is a date wrong?" in alert.text
    assert len(alert.evidence) == 6
    assert told(infusion(0), DIED, *counts, when=50) == []
