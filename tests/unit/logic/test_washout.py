"""Tests of wash-out: each interval one day short, to the day and one day over, and hours for steroids."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.derived.washout import Earliest, Washout
from bedside.chart.enums import Milestone
from bedside.chart.live import resolve
from bedside.logic.assess import gather
from bedside.logic.facts import Setting
from bedside.logic.preparation.washout import washout
from bedside.logic.scene import Scene
from tests.charts import Fields, as_of, assessed, chart, entry, infusion, number_of, subset, tables, therapy

COLLECTED = date(2020, 3, 31)


def apheresis(when: Any = COLLECTED) -> Fields:
    return entry("apheresis", when)


def plan(milestone: str, day: date, when: Any = -100) -> Fields:
    return entry("plan", when, milestone=milestone, date=day.isoformat())


def rows(entries: list[Fields], milestone: str = "infusion", when: Any = 200) -> dict[str, Washout]:
    found = assessed(entries, when).washout
    return {row.agent: row for row in found if row.milestone == milestone}


def earliest(entries: list[Fields], milestone: str) -> Earliest:
    found = assessed(entries, 200).washout_earliest
    assert found is not None
    return found.details[milestone]


@pytest.mark.parametrize(
    ("agent", "fields", "minimum"),
    [
        ("vincristine", {}, 14),
        ("tioguanine", {}, 14),
        ("daunorubicin", {}, 14),
        ("cytarabine", {"route": "iv"}, 14),
        ("pegaspargase", {}, 28),
        ("asparaginase", {}, 28),
        ("clofarabine", {}, 56),
        ("fludarabine", {}, 56),
        ("alemtuzumab", {}, 56),
        ("ciclosporin", {"intent": "immunosuppression"}, 28),
        ("dexamethasone", {"intent": "immunosuppression"}, 28),
        ("fludarabine", {"intent": "lymphodepletion"}, 14),
    ],
)
def test_that_before_apheresis_one_day_short_conflicts_and_the_day_itself_is_clear(
    agent: str, fields: dict[str, Any], minimum: int
) -> None:
    for days, expected in ((minimum - 1, "conflict"), (minimum, "clear"), (minimum + 1, "clear")):
        last = COLLECTED - timedelta(days=days)
        row = rows([apheresis(), therapy(last, agent, stop=last, **fields)], "apheresis")[agent]
        assert (row.status, row.interval_days, row.minimum_days) == (expected, days, minimum)


@pytest.mark.parametrize(
    ("agent", "fields", "minimum"),
    [
        ("tioguanine", {}, 7),
        ("methotrexate", {"route": "it"}, 7),
        ("prednisolone", {"route": "it"}, 7),
        ("methotrexate", {"route": "iv"}, 14),
        ("cytarabine", {}, 14),
        ("idarubicin", {}, 14),
        ("pegaspargase", {}, 28),
        ("nelarabine", {}, 56),
        ("antithymocyte_globulin", {}, 56),
    ],
)
def test_that_before_infusion_one_day_short_conflicts_and_the_day_itself_is_clear(
    agent: str, fields: dict[str, Any], minimum: int
) -> None:
    for days, expected in ((minimum - 1, "conflict"), (minimum, "clear"), (minimum + 1, "clear")):
        row = rows([infusion(0), therapy(-days, agent, stop=-days, **fields)])[agent]
        assert (row.status, row.interval_days, row.minimum_days) == (expected, days, minimum)


@pytest.mark.parametrize(
    ("days", "expected"), [(27, "conflict"), (28, "caution"), (41, "caution"), (42, "clear"), (43, "clear")]
)
def test_that_blinatumomab_is_in_caution_between_its_two_intervals(days: int, expected: str) -> None:
    row = rows([infusion(0), therapy(-60, "blinatumomab", stop=-days)])["blinatumomab"]
    assert (row.status, row.minimum_days, row.preferred_days) == (expected, 28, 42)


@pytest.mark.parametrize(("days", "expected"), [(27, "conflict"), (28, "caution"), (55, "caution"), (56, "clear")])
def test_that_cranial_radiotherapy_counts_before_the_infusion_alone(days: int, expected: str) -> None:
    treated = entry("radiotherapy", -90, site="cranial", stop=(date(2020, 6, 1) - timedelta(days=days)).isoformat())
    assert rows([infusion(0), treated])["cranial_radiotherapy"].status == expected
    assert rows([apheresis(), treated], "apheresis") == {}
    assert rows([infusion(0), entry("radiotherapy", -9, site="testis", stop=str(date(2020, 5, 24)))]) == {}


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2019-12-31", "clear"), ("2020-01-01", "caution"), ("2020-02-18", "caution"), ("2020-02-19", "conflict")],
)
def test_that_three_months_after_pembrolizumab_are_calendar_months_to_the_end_of_the_month(
    last: str, expected: str
) -> None:
    held = [apheresis(), therapy(last, "pembrolizumab", stop=last)]
    assert rows(held, "apheresis")["pembrolizumab"].status == expected


@pytest.mark.parametrize(("days", "expected"), [(2, "conflict"), (3, "caution"), (4, "clear")])
def test_that_a_steroid_without_times_is_clear_from_a_difference_of_four_dates(days: int, expected: str) -> None:
    for milestone, done in (("infusion", infusion(0)), ("apheresis", apheresis(0))):
        row = rows([done, therapy(-20, "dexamethasone", stop=-days)], milestone)["dexamethasone"]
        assert row.status == expected
        assert row.text.endswith("time of day not recorded") == (expected == "caution")


@pytest.mark.parametrize(
    ("given", "before_apheresis", "before_infusion"),
    [
        ("2020-03-27T12:01:00+01:00", "conflict", "conflict"),
        ("2020-03-27T12:00:00+01:00", "clear", "conflict"),
        ("2020-03-27T11:59:00+01:00", "clear", "clear"),
    ],
)
def test_that_hours_decide_for_a_steroid_with_times_across_the_change_to_summer_time(
    given: str, before_apheresis: str, before_infusion: str
) -> None:
    moment = "2020-03-30T13:00:00+02:00"
    treated = therapy(given, "prednisone", stop="2020-03-27")
    assert rows([apheresis(moment), treated], "apheresis")["prednisone"].status == before_apheresis
    assert rows([infusion(moment), treated])["prednisone"].status == before_infusion


def test_that_physiological_replacement_and_agents_without_a_class_never_conflict() -> None:
    held = [
        infusion(0),
        therapy(-20, "hydrocortisone", "supportive", physiological=True),
        therapy(-20, "levetiracetam", "supportive"),
        therapy(-20, "co_trimoxazole", "supportive"),
    ]
    assert rows(held) == {}
    found = assessed(held, 10).washout_earliest
    assert found is not None
    assert found.without_class == ("co_trimoxazole", "levetiracetam")


def test_that_an_agent_that_nobody_knows_has_no_interval_and_is_never_clear() -> None:
    held = [infusion(0), therapy(-300, "newdrugumab", stop=-200)]
    assert rows(held)["newdrugumab"].status == "no_interval"
    assert "no interval known" in rows(held)["newdrugumab"].text
    assert earliest(held, "infusion").no_interval == ("newdrugumab",)


@pytest.mark.parametrize("agent", ["vincristine", "inotuzumab_ozogamicin", "imatinib", "rituximab"])
def test_that_an_agent_without_a_published_interval_before_infusion_is_never_clear(agent: str) -> None:
    assert rows([infusion(0), therapy(-400, agent, stop=-300)])[agent].status == "no_interval"


def test_that_no_stop_conflicts_an_unknown_stop_is_unknown_and_neither_has_an_earliest_date() -> None:
    going_on = [infusion(0), therapy(-20, "cytarabine")]
    not_known = [infusion(0), therapy(-20, "cytarabine", stop_unknown=True)]
    assert (rows(going_on)["cytarabine"].status, rows(going_on)["cytarabine"].last_day) == ("conflict", None)
    assert rows(not_known)["cytarabine"].status == "unknown"
    assert "not known: the last day of cytarabine" in rows(not_known)["cytarabine"].text
    for held in (going_on, not_known):
        assert earliest(held, "infusion") == Earliest(None, (), None, (), ("cytarabine",), ())


def test_that_what_began_on_the_day_counts_for_the_apheresis_and_not_for_the_infusion() -> None:
    assert rows([apheresis(0), therapy(0, "cytarabine", stop=0)], "apheresis")["cytarabine"].interval_days == 0
    assert rows([infusion(0), therapy(0, "cytarabine", stop=0)]) == {}
    assert rows([infusion(0), therapy(-1, "cytarabine", stop=5)])["cytarabine"].interval_days == 0


def test_that_lymphodepletion_is_exempt_before_the_infusion() -> None:
    assert rows([infusion(0), therapy(-5, "fludarabine", "lymphodepletion", stop=-3)]) == {}


def test_that_a_stop_after_the_point_in_time_is_used_and_called_planned() -> None:
    held = [plan("infusion", date(2020, 6, 1)), therapy(-30, "cytarabine", "bridging", stop=-14)]
    row = rows(held, when=-20)["cytarabine"]
    assert (row.status, row.planned_stop, row.interval_days) == ("clear", True, 14)
    assert "planned to end 18-May-2020" in row.text
    assert rows(held, when=-14)["cytarabine"].planned_stop is False


def test_that_of_several_administrations_the_gravest_stands_for_the_agent() -> None:
    held = [infusion(0), therapy(-90, "cytarabine", stop=-80), therapy(-20, "cytarabine", stop=-13)]
    assert rows(held)["cytarabine"].interval_days == 13


def test_that_the_earliest_date_names_every_agent_that_binds_it() -> None:
    held = [
        therapy(-60, "cytarabine", stop=-30),
        therapy(-60, "idarubicin", stop=-30),
        therapy(-90, "pegaspargase", stop=-44),
        therapy(-90, "blinatumomab", stop=-60),
    ]
    found = earliest(held, "infusion")
    assert (found.clear, found.binding) == (date(2020, 5, 16), ("cytarabine", "idarubicin", "pegaspargase"))
    assert (found.preferred, found.preferred_binding) == (date(2020, 5, 16), found.binding)
    assert earliest(held, "apheresis").no_interval == ("blinatumomab",)


def test_that_the_earliest_date_after_a_last_day_in_february_of_a_leap_year_is_counted_in_days() -> None:
    assert earliest([therapy("2020-02-01", "cytarabine", stop="2020-02-15")], "infusion").clear == date(2020, 2, 29)
    assert earliest([therapy("2020-02-01", "cytarabine", stop="2020-02-29")], "infusion").clear == date(2020, 3, 14)


def test_that_the_newest_plan_counts_and_another_date_can_be_tried() -> None:
    held = [
        plan("infusion", date(2020, 6, 1), -40),
        plan("infusion", date(2020, 6, 10), -30),
        therapy(-60, "cytarabine", stop=-10),
    ]
    assert rows(held, when=-5)["cytarabine"].date == date(2020, 6, 10)
    scene = scene_of(held)
    tried = {row.milestone: row.status for row in washout(scene, {Milestone.INFUSION: date(2020, 6, 4)})}
    assert tried == {"infusion": "conflict"}
    assert {row.status for row in washout(scene, {Milestone.INFUSION: date(2020, 6, 5)})} == {"clear"}


def scene_of(entries: list[Fields]) -> Scene:
    held = chart(entries)
    point = as_of(-5)
    passed, today = gather(resolve(held.entries), point, Setting(tables(), held.patient.birth_date, "eu"))
    return Scene(held.patient, point, today, passed, tables(), "eu", ())


def test_that_corrections_that_contest_each_other_leave_the_agent_unknown_and_are_named() -> None:
    first = therapy(-30, "cytarabine", stop=-20)
    corrected = [
        {**therapy(-30, "cytarabine", stop=-day), "supersedes": number_of(1), "reason": "other day"} for day in (13, 15)
    ]
    row = rows([infusion(0), first, *corrected])["cytarabine"]
    assert row.status == "unknown"
    assert row.text.startswith("conflict: ")
    assert set(row.evidence) == {number_of(2), number_of(3)}
    assert earliest([infusion(0), first, *corrected], "infusion").clear is None


def test_that_a_correction_counts_and_a_voided_entry_does_not() -> None:
    wrong = therapy(-30, "cytarabine", stop=-3)
    right = {**therapy(-30, "cytarabine", stop=-20), "supersedes": number_of(1), "reason": "wrong day"}
    assert rows([infusion(0), wrong, right])["cytarabine"].status == "clear"
    assert rows([infusion(0), wrong, entry("void", 5, voids=number_of(1), reason="other patient")]) == {}


def test_that_a_milestone_without_a_date_gives_no_rows_but_an_earliest_date() -> None:
    held = [therapy(-30, "cytarabine", stop=-20)]
    assert rows(held, "infusion") == {}
    assert earliest(held, "infusion").clear == date(2020, 5, 26)


def alerts_of(entries: list[Fields], rule: str, when: Any) -> list[str]:
    return [alert.text for alert in assessed(entries, when).alerts if alert.rule == rule]


def test_that_a_conflict_with_a_planned_date_is_an_alert_and_with_a_past_one_is_not() -> None:
    held = [plan("infusion", date(2020, 6, 1)), therapy(-30, "cytarabine", stop=-13)]
    assert len(alerts_of(held, "WSH-1", -5)) == 1
    assert alerts_of(held, "WSH-1", 1) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"agent": "dexamethasone", "intent": "supportive"}, 1),
        ({"agent": "dexamethasone", "intent": "toxicity"}, 0),
        ({"agent": "dexamethasone", "intent": "supportive", "route": "it"}, 0),
        ({"agent": "hydrocortisone", "intent": "supportive", "physiological": True}, 0),
        ({"agent": "dasatinib", "intent": "post_car_t"}, 1),
        ({"agent": "vincristine", "intent": "post_car_t"}, 0),
    ],
)
def test_that_a_t_cell_toxic_agent_during_aplasia_is_an_alert(fields: dict[str, Any], expected: int) -> None:
    held = [infusion(0), subset(28, 0), therapy(30, **fields, stop=33)]
    assert len(alerts_of(held, "WSH-2", 40)) == expected
    assert alerts_of([*held, subset(39, 90)], "WSH-2", 40) == []


GRAVER = ("clear", "caution", "conflict")


@given(
    st.sampled_from(["vincristine", "pegaspargase", "clofarabine", "blinatumomab", "dexamethasone", "tioguanine"]),
    st.integers(0, 90),
    st.integers(0, 30),
)
def test_that_a_longer_interval_never_makes_a_milestone_worse(agent: str, days: int, more: int) -> None:
    def status(interval: int) -> dict[str, str]:
        last = COLLECTED - timedelta(days=interval)
        held = [apheresis(), infusion(COLLECTED), therapy(last - timedelta(days=3), agent, stop=last)]
        return {row.milestone: row.status for row in assessed(held, 200).washout if row.agent == agent}

    shorter, longer = status(days), status(days + more)
    for milestone, found in longer.items():
        if found in GRAVER:
            assert GRAVER.index(found) <= GRAVER.index(shorter[milestone])
