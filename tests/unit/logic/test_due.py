"""Tests of what is due, of relapse and of the outcome: windows, overdue days, ends of the course."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.follow_up import Due
from tests.charts import (
    Fields,
    assessed,
    entry,
    genetics,
    hsct,
    infusion,
    marrow,
    mrd,
    number_of,
    referral,
    relapse,
    subset,
    tables,
    therapy,
)


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
    assert dates[6:] == [
        "2020-12-01", "2021-03-01", "2021-06-01", "2021-09-01", "2021-12-01", "2022-03-01", "2022-06-01",
    ]  # fmt: skip
    assert days[0] == 7


def test_that_some_items_are_due_only_for_those_whom_they_concern() -> None:
    assert due([], "pet", 10) == due([], "myeloid_markers", 10) == []
    assert len(due([entry("extramedullary", -40, site="bone", active=True)], "pet", 10)) == 1
    kmt2a = due([genetics("kmt2a_r", "present"), marrow(28, 0)], "myeloid_markers", 90)
    assert [one.due.isoformat() for one in kmt2a[:3]] == ["2020-06-29", "2020-09-01", "2020-12-01"]
    assert {one.overdue_days for one in kmt2a} == {0}
    assert "no field of the chart" in kmt2a[0].text


@pytest.mark.parametrize(
    ("site", "on", "expected"),
    [("testis", -40, 1), ("other_extramedullary", 0, 1), ("cns", -40, 0), ("marrow", -40, 0), ("testis", 1, 0)],
)
def test_that_a_relapse_outside_marrow_and_cns_up_to_the_infusion_asks_for_pet(
    site: str, on: int, expected: int
) -> None:
    assert len(due([relapse(on, site)], "pet", 10)) == expected


@pytest.mark.parametrize(("on", "expected"), [(83, False), (84, True), (112, True), (113, False)])
@pytest.mark.parametrize("day0", ["2020-06-01", "2020-11-30", "2020-12-01"])
def test_that_the_marrow_at_3_months_is_done_from_day_84_to_112_whatever_the_length_of_the_months(
    day0: str, on: int, expected: bool
) -> None:
    day = (date.fromisoformat(day0) + timedelta(days=on)).isoformat()
    held = assessed([infusion(day0), marrow(day, 0, mrd("ngs"))], day).due
    assert ([one for one in held if one.what == "marrow_mrd"][1].done_by is not None) is expected


@pytest.mark.parametrize(
    ("clone", "method", "expected"),
    [
        ("informative", "ngs", True),
        ("informative", "fcm", False),
        ("not_informative", "fcm", True),
        (None, "fcm", True),
        (None, "pcr", True),
    ],
)
def test_that_marrow_from_3_months_on_wants_ngs_where_a_clone_is_informative(
    clone: str | None, method: str, expected: bool
) -> None:
    held = [entry("diagnosis", -400, disease="b_all", cd19="positive", ngs_clone=clone), marrow(90, 0, mrd(method))]
    assert (due(held, "marrow_mrd", 120)[1].done_by is not None) is expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (mrd("ngs", "not_evaluable"), False),
        (mrd("pcr", lod=1e-4), True),
        (mrd("pcr", lod=1.1e-4), False),
        (mrd("pcr", "positive", below_loq=True), True),
    ],
)
def test_that_a_result_that_counts_for_nothing_does_nothing_that_is_due(result: Fields, expected: bool) -> None:
    assert (due([marrow(28, 0, result)], "marrow_mrd", 60)[0].done_by is not None) is expected


def igg(*days: int) -> list[Fields]:
    return [entry("immunoglobulin", day, igg=5.0) for day in days]


@pytest.mark.parametrize(("second", "missed"), [(42, False), (43, True), (70, True), (71, True), (365, True)])
def test_that_a_round_is_missed_and_not_overdue_once_a_later_round_was_done(second: int, missed: bool) -> None:
    first = due(igg(second), "igg", 800)[0]
    assert first.overdue_days == 0
    assert (first.later_done_by is not None) is missed
    assert (first.done_by is not None) is not missed
    assert first.waits is False


@pytest.mark.parametrize(("when", "missed"), [(42, False), (43, True), (800, True)])
def test_that_a_round_is_missed_only_when_its_window_has_closed(when: int, missed: bool) -> None:
    held = [entry("diagnosis", -400, disease="b_all", cd19="positive"), *igg(43)]
    first = due(held, "igg", when)[0]
    assert (first.later_done_by is not None) is missed
    assert first.overdue_days == 0
    if missed:
        assert first.later_done_by == number_of(2)
        assert first.text == "IgG, 22-Jun-2020 to 13-Jul-2020: missed, the next one done 14-Jul-2020"


def test_that_what_no_later_round_replaces_stays_overdue() -> None:
    rounds = due(igg(90), "igg", 200)
    assert [(one.overdue_days, one.later_done_by is None) for one in rounds[:6]] == [
        (0, False), (0, False), (0, True), (88, True), (60, True), (32, True),
    ]  # fmt: skip
    csf = entry("csf", 90, wbc_per_ul=0, blasts=False)
    assert due([csf], "csf", 800)[0].overdue_days == 772


def test_that_a_later_round_of_another_item_replaces_nothing() -> None:
    assert due([subset(56)], "igg", 100)[0].overdue_days == 72
    assert due([marrow(90, 0)], "marrow_mrd", 120)[0].overdue_days == 92
    done = due([marrow(90, 0, mrd("fcm"))], "marrow_mrd", 120)[0]
    assert (done.overdue_days, done.later_done_by) == (0, number_of(1))


def test_that_what_nothing_records_and_what_is_contested_is_never_called_missed() -> None:
    kmt2a = due([genetics("kmt2a_r", "present"), marrow(90, 0)], "myeloid_markers", 120)
    assert {one.later_done_by for one in kmt2a} == {None}
    wrong = {**igg(28)[0], "id": number_of(70)}
    again = [
        {**wrong, "supersedes": number_of(70), "reason": "typed wrongly", "id": number_of(place), "igg": float(place)}
        for place in (71, 72)
    ]
    first = due([wrong, *again, *igg(56)], "igg", 100)[0]
    assert (first.overdue_days, first.later_done_by) == (0, None)
    assert "conflict: " in first.text


def test_that_the_rounds_of_one_item_stand_in_the_order_of_their_dates() -> None:
    for what in {item.what for item in tables().schedule.plan}:
        rounds = [(item.month or 0, item.after) for item in tables().schedule.plan if item.what == what]
        assert rounds == sorted(rounds)


def test_that_a_contested_entry_of_the_window_is_named_and_nothing_is_overdue() -> None:
    wrong = {**entry("csf", 28, wbc_per_ul=0, blasts=False), "id": number_of(70)}
    again = [
        {**wrong, "supersedes": number_of(70), "reason": "typed wrongly", "id": number_of(place), "wbc_per_ul": place}
        for place in (71, 72)
    ]
    (csf,) = due([wrong, *again], "csf", 60)
    assert (csf.done_by, csf.overdue_days) == (None, 0)
    assert "conflict: " in csf.text


def test_that_rounds_are_due_in_the_first_fortnight_alone() -> None:
    assert len(due([], "vitals", 0)) == len(due([], "vitals", 14)) == 1
    assert due([], "vitals", 15) == due([], "blood_count", 15) == []
    given = [entry("vitals", "2020-06-05T08:00:00+02:00", temp_c=37.0)]
    on_time, late = (
        due(given, "vitals", moment)[0].overdue_hours
        for moment in ("2020-06-05T12:00:00+02:00", "2020-06-05T14:30:00+02:00")
    )
    assert (on_time, late) == (None, 2)
    (days_late,) = due(given, "vitals", "2020-06-07T08:00:00+02:00")
    assert (days_late.overdue_days, days_late.overdue_hours) == (1, None)
    (counts,) = due([entry("blood_count", day, wbc=1.0) for day in (0, 1, 3)], "blood_count", 4)
    assert "2 of the days since 01-Jun-2020 without" in counts.text
    assert counts.done_by is None


def test_that_a_single_recovered_sample_asks_for_a_repeat_within_a_fortnight() -> None:
    lost = [subset(28), subset(60, 90)]
    (repeat,) = due(lost, "repeat_cd19", 75)
    assert (repeat.due.isoformat(), repeat.overdue_days) == ("2020-08-14", 1)
    for shown in (90, 0):
        (done,) = due([*lost, subset(70, shown)], "repeat_cd19", 90)
        assert (done.done_by, done.overdue_days) == (number_of(3), 0)


def test_that_ngs_positive_once_asks_for_a_repeat_within_four_weeks() -> None:
    (repeat,) = due([marrow(30, 0, mrd("ngs", "positive"))], "repeat_ngs", 40)
    assert (repeat.due.isoformat(), repeat.done_by) == ("2020-07-29", None)
    (done,) = due([marrow(30, 0, mrd("ngs", "positive")), marrow(50, 0, mrd("ngs"))], "repeat_ngs", 90)
    assert (done.done_by, done.overdue_days) == (number_of(2), 0)
    assert due([marrow(30, 0, mrd("ngs"))], "repeat_ngs", 90) == []


def test_that_nothing_is_due_after_death_and_igg_alone_after_relapse_or_hsct() -> None:
    assert assessed([infusion(0), entry("death", 50, cause="disease")], 60).due == ()
    for end in (relapse(50), hsct(50)):
        later = {one.what for one in assessed([infusion(0), end], 60).due if one.due.isoformat() >= "2020-07-21"}
        assert later == {"igg"}


@pytest.mark.parametrize(("when", "overdue"), [(70, 0), (71, 15), (100, 44)])
def test_that_igg_goes_on_falling_due_after_the_end_of_a_course(when: int, overdue: int) -> None:
    found = [one for one in due([relapse(50)], "igg", when) if one.due.isoformat() == "2020-07-27"]
    assert [one.overdue_days for one in found] == [overdue]


def test_that_daily_counts_go_on_after_a_relapse_of_the_first_fortnight_and_nothing_else_of_them() -> None:
    held = assessed([infusion(0), relapse(8)], 10).due
    assert {one.what for one in held if one.what in {"blood_count", "vitals", "neuro", "crp", "ferritin"}} == {
        "blood_count"
    }


def test_that_a_round_falls_due_on_the_day_after_the_last_and_is_overdue_by_the_days_without() -> None:
    def told(*days: int, when: int) -> tuple[str, bool, int]:
        (one,) = due([entry("blood_count", day, wbc=1.0) for day in days], "blood_count", when)
        return one.due.isoformat(), one.done_by is not None, one.overdue_days

    assert told(0, 3, when=3) == ("2020-06-04", True, 0)
    assert told(0, 3, when=4) == ("2020-06-05", False, 0)
    assert told(0, 3, when=6) == ("2020-06-05", False, 2)
    assert told(when=2) == ("2020-06-01", False, 2)


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


@pytest.mark.parametrize(("measured", "expected"), [(-41, False), (-40, True)])
def test_that_cd19_is_measured_again_from_the_last_day_of_blinatumomab_on(measured: int, expected: bool) -> None:
    held = [therapy(-60, "blinatumomab", stop=-40), marrow(measured, 1, cd19="positive")]
    (again,) = [one for one in assessed(held, -10).due if one.what == "cd19_remeasurement"]
    assert (again.done_by is not None) is expected


def test_that_cd19_is_measured_again_after_car_t_cells_before_the_next() -> None:
    held = [infusion(0), relapse(90), referral(100)]
    (again,) = [one for one in assessed(held, 120).due if one.what == "cd19_remeasurement"]
    assert "tisagenlecleucel from 01-Jun-2020" in again.text
    cd22 = [infusion(0, "other", target="cd22"), relapse(90), referral(100)]
    assert "cd19_remeasurement" not in {one.what for one in assessed(cd22, 120).due}


@pytest.mark.parametrize(
    ("entries", "on"),
    [
        ([entry("apheresis", -50)], "2020-05-10"),
        ([entry("apheresis", -50), therapy(-45, "cytarabine", "bridging", stop=-40, route="it")], "2020-05-20"),
        ([therapy(-45, "cytarabine", "bridging", stop=-40, route="it")], "2020-05-20"),
    ],
)
def test_that_intrathecal_therapy_is_due_28_days_after_the_last_or_after_the_apheresis(
    entries: list[Fields], on: str
) -> None:
    (due_on,) = [one.due.isoformat() for one in assessed(entries, -20).due if one.what == "intrathecal"]
    assert due_on == on


def test_that_intrathecal_therapy_is_due_weekly_until_the_cns_is_in_remission() -> None:
    given = [
        entry("csf", -60, wbc_per_ul=9, blasts=True),
        therapy(-45, "cytarabine", "bridging", stop=-40, route="it"),
    ]
    clean = [entry("csf", day, wbc_per_ul=0, blasts=False) for day in (-50, -45)]
    for held, expected in ((given, "2020-04-29"), ([*given, clean[0]], "2020-04-29"), ([*given, *clean], "2020-05-20")):
        (one,) = [one for one in assessed(held, -30).due if one.what == "intrathecal"]
        assert one.due.isoformat() == expected


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
    assert told(contact, entry("blood_count", 250, wbc=3.0))[0] == (False, "last contact or entry", 250)
    assert told(contact, entry("note", 250, text="letter"))[0] == alive
    assert told(contact, entry("contact", 250, status="lost"))[0] == alive
    assert told(hsct(80), entry("death", 80, cause="other"))[1] == (True, "death", 80)
    no_marrow = told(contact, entry("remission", 30, response="no_response"))
    assert no_marrow[0] == (True, "no response", 42)


@pytest.mark.parametrize(("on", "done"), [("2020-12-01", False), ("2020-12-02", True)])
def test_that_the_count_of_month_6_is_done_by_one_that_shows_more_than_6_months(on: str, done: bool) -> None:
    (found,) = [one for one in due([subset(on)], "cd19_count", "2020-12-20") if one.due == date(2020, 12, 1)]
    assert (found.done_by is not None) is done
