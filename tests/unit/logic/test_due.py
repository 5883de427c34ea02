"""Tests of what is due, of relapse and of the outcome (sections 13, 14): windows, overdue days, ends of the course."""

from typing import Any

import pytest

from bedside.chart.derived.follow_up import Due
from tests.charts import Fields, assessed, entry, genetics, hsct, infusion, marrow, mrd, relapse, subset, therapy


def due(entries: list[Fields], what: str, when: Any, **options: Any) -> list[Due]:
    return [one for one in assessed([infusion(0), *entries], when, **options).due if one.what == what]


@pytest.mark.parametrize(("on", "expected"), [(20, False), (21, True), (28, True), (42, True), (43, False)])
def test_that_the_marrow_of_day_28_is_done_within_its_window(on: int, expected: bool) -> None:
    first = due([marrow(on, 0, mrd("pcr"))], "marrow_mrd", 60)[0]
    assert (first.done_by is not None) is expected


def test_that_flow_cytometry_alone_does_not_do_it() -> None:
    assert due([marrow(28, 0, mrd("fcm"))], "marrow_mrd", 60)[0].done_by is None


@pytest.mark.parametrize(("when", "overdue"), [(28, 0), (42, 0), (43, 15), (60, 32)])
def test_that_overdue_counts_from_the_due_date_once_the_window_has_closed(when: int, overdue: int) -> None:
    assert due([], "marrow_mrd", when)[0].overdue_days == overdue


def test_that_months_are_calendar_months_to_the_end_of_the_month() -> None:
    found = [one for one in assessed([infusion("2020-11-30")], "2021-01-10").due if one.what == "marrow_mrd"]
    assert [one.due.isoformat() for one in found] == [
        "2020-12-28", "2021-02-28", "2021-05-30", "2021-08-30", "2021-11-30",
    ]  # fmt: skip


def test_that_the_cd19_count_is_due_every_four_weeks_and_then_every_three_months() -> None:
    days = [(one.due - one.window_first).days for one in due([], "cd19_count", 10)]
    dates = [one.due.isoformat() for one in due([], "cd19_count", 10)]
    assert dates[:6] == ["2020-06-29", "2020-07-27", "2020-08-24", "2020-09-21", "2020-10-19", "2020-11-16"]
    assert dates[6:] == ["2021-03-01", "2021-06-01", "2021-09-01", "2021-12-01", "2022-03-01", "2022-06-01"]
    assert days[0] == 7


def test_that_some_items_are_due_only_for_those_whom_they_concern() -> None:
    assert due([], "pet", 10) == due([], "myeloid_markers", 10) == []
    assert len(due([entry("extramedullary", -40, site="bone", active=True)], "pet", 10)) == 1
    kmt2a = due([genetics("kmt2a_r", "present"), marrow(28, 0)], "myeloid_markers", 90)
    assert [one.overdue_days for one in kmt2a] == [0]
    assert "no field of the chart" in kmt2a[0].text


def test_that_rounds_are_due_in_the_first_fortnight_alone() -> None:
    assert len(due([], "vitals", 0)) == len(due([], "vitals", 14)) == 1
    assert due([], "vitals", 15) == due([], "blood_count", 15) == []
    given = [entry("vitals", "2020-06-05T08:00:00+02:00", temp_c=37.0)]
    on_time, late = (
        due(given, "vitals", moment)[0].overdue_hours
        for moment in ("2020-06-05T12:00:00+02:00", "2020-06-05T14:30:00+02:00")
    )
    assert (on_time, late) == (None, 2)
    (counts,) = due([entry("blood_count", day, wbc=1.0) for day in (0, 1, 3)], "blood_count", 4)
    assert "2 of the days since 01-Jun-2020 without" in counts.text
    assert counts.done_by is None


def test_that_a_single_recovered_sample_asks_for_a_repeat_within_a_fortnight() -> None:
    lost = [subset(28), subset(60, 90)]
    (repeat,) = due(lost, "repeat_cd19", 75)
    assert (repeat.due.isoformat(), repeat.overdue_days) == ("2020-08-14", 1)
    assert due([*lost, subset(70, 90)], "repeat_cd19", 75) == []


def test_that_ngs_positive_once_asks_for_a_repeat_within_four_weeks() -> None:
    (repeat,) = due([marrow(30, 0, mrd("ngs", "positive"))], "repeat_ngs", 40)
    assert repeat.due.isoformat() == "2020-07-29"


def test_that_nothing_is_due_after_death_and_igg_alone_after_relapse_or_hsct() -> None:
    assert assessed([infusion(0), entry("death", 50, cause="disease")], 60).due == ()
    for end in (relapse(50), hsct(50)):
        later = {one.what for one in assessed([infusion(0), end], 60).due if one.due.isoformat() >= "2020-07-21"}
        assert later == {"igg"}


def test_that_before_the_infusion_cd19_after_blinatumomab_and_intrathecal_therapy_are_due() -> None:
    given = [
        therapy(-60, "blinatumomab", stop=-40),
        therapy(-50, "methotrexate", "salvage", stop=-50, route="it"),
        entry("plan", -45, milestone="infusion", date="2020-06-01"),
    ]
    found = {one.what: one for one in assessed(given, -10).due}
    assert found["cd19_remeasurement"].due.isoformat() == "2020-06-01"
    assert (found["intrathecal"].due.isoformat(), found["intrathecal"].overdue_days) == ("2020-05-10", 12)
    done = {one.what: one for one in assessed([*given, marrow(-30, 1, cd19="positive")], -10).due}
    assert done["cd19_remeasurement"].done_by is not None


@pytest.mark.parametrize(
    ("diagnosed", "expected"),
    [("2017-01-31", "late"), ("2017-02-28", "early"), ("2018-08-28", "early"), ("2018-08-29", "very early")],
)
def test_that_a_marrow_relapse_is_early_up_to_36_months_after_diagnosis(diagnosed: str, expected: str) -> None:
    held = [entry("diagnosis", diagnosed, disease="b_all", cd19="positive"), relapse("2020-02-28")]
    timing = assessed(held, 0).relapse.timing
    assert expected in timing
    assert ("very early" in timing) == (expected == "very early")


@pytest.mark.parametrize(("after", "expected"), [(100, True), (101, False)])
def test_that_a_relapse_up_to_100_days_after_hsct_is_early_after_it(after: int, expected: bool) -> None:
    held = [hsct(-300), relapse(-300 + after)]
    assert ("early after HSCT" in assessed(held, 0).relapse.timing) is expected


def test_that_the_relapse_after_infusion_names_its_type_sites_and_published_survival() -> None:
    held = [infusion(0), relapse(90, "marrow", "cns", immunophenotype="lineage_switch")]
    found = assessed(held, 100).relapse
    assert (found.day, found.type, found.sites) == (90, "lineage_switch", ("marrow", "cns"))
    assert "3.7 months" in found.survival_text
    dim = assessed([infusion(0), relapse(90, immunophenotype="cd19_dim")], 100).relapse
    assert dim.survival_text == ""


def test_that_events_and_censoring_are_those_of_the_definitions() -> None:
    def told(*entries: Fields, when: int = 300) -> tuple[Any, ...]:
        found = assessed([infusion(0), *entries], when).outcome
        assert found is not None
        return tuple((one.event, one.what, one.day) for one in (found.efs, found.efs_censored_at_hsct, found.os))

    alive = (False, "last contact or entry", 200)
    contact = entry("contact", 200, status="alive")
    assert told(contact) == (alive, alive, alive)
    assert told(contact, relapse(90)) == ((True, "relapse", 90), (True, "relapse", 90), alive)
    assert told(contact, hsct(80), relapse(90)) == ((True, "relapse", 90), (False, "hsct", 80), alive)
    died = (True, "death", 120)
    assert told(entry("death", 120, cause="other")) == (died, died, died)
    assert told(contact, marrow(28, 7)) == ((True, "no response", 28), (True, "no response", 28), alive)
    no_marrow = told(contact, entry("remission", 30, response="no_response"))
    assert no_marrow[0] == (True, "no response", 42)
