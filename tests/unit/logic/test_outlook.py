"""Tests of planning: other dates than the recorded ones, and the readiness of a patient without a plan."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.preparation import Readiness
from bedside.chart.derived.washout import WashoutStatus
from bedside.chart.enums import Milestone
from bedside.service.planning import Planning, planning
from tests.samples.index_case import knowledge
from tests.samples.planner import COUNTS, PLANS, THERAPIES, before_apheresis, given

APHERESIS, INFUSION = Milestone.APHERESIS, Milestone.INFUSION


def plan_of(*fields: dict[str, Any]) -> Planning:
    return planning(before_apheresis(*fields), knowledge())


def wash_out(held: Planning) -> Readiness:
    parts = {part.id: part.status for part in held.on({}).readiness.parts}
    return parts["APH-3"]


def test_that_without_other_dates_the_outlook_is_what_the_assessment_says() -> None:
    held = plan_of(*PLANS, *COUNTS, *THERAPIES)
    assert held.on({}).washout == held.assessment.washout
    assert held.on({}).readiness == held.assessment.apheresis


@pytest.mark.parametrize(("day", "conflicts"), [(16, True), (17, False), (18, False)])
def test_that_a_date_is_tried_without_being_recorded(day: int, conflicts: bool) -> None:
    held = plan_of(*PLANS, THERAPIES[3])
    found = held.on({APHERESIS: date(2020, 8, day)})
    assert bool(found.conflicts(APHERESIS)) is conflicts
    assert held.on({}).conflicts(APHERESIS) == ("pegaspargase",)
    assert found.readiness.date == date(2020, 8, day)


@pytest.mark.parametrize("plan", [date(2020, 8, 14), date(2020, 9, 1), date(2021, 3, 1)])
def test_that_an_agent_stopped_on_the_last_possible_day_is_clear_and_a_day_later_no_longer(plan: date) -> None:
    held = plan_of(*PLANS, given("dexamethasone", "2020-07-14", None)).on({APHERESIS: plan})
    last = held.stop_by["dexamethasone", APHERESIS]
    for days, status in ((0, WashoutStatus.CLEAR), (1, WashoutStatus.CAUTION), (2, WashoutStatus.CONFLICT)):
        stop = (last + timedelta(days=days)).isoformat()
        found = plan_of(*PLANS, given("dexamethasone", "2020-07-14", stop)).on({APHERESIS: plan})
        assert [row.status for row in found.washout if row.milestone == APHERESIS] == [status]


def test_that_nobody_is_told_to_stop_an_agent_before_what_already_took_place() -> None:
    collected = {"kind": "apheresis", "at": "2020-07-20"}
    held = plan_of(collected, PLANS[1], given("dexamethasone", "2020-07-14", None)).on({})
    assert [milestone for _agent, milestone in held.stop_by] == [INFUSION]


@pytest.mark.parametrize(("plan", "told"), [(date(2020, 8, 4), True), (date(2020, 8, 3), False)])
def test_that_a_last_day_that_is_past_is_not_told(plan: date, told: bool) -> None:
    held = plan_of(*PLANS, given("dexamethasone", "2020-07-14", None)).on({APHERESIS: plan})
    assert (("dexamethasone", APHERESIS) in held.stop_by) is told


def test_that_a_patient_without_a_plan_is_not_ready_while_an_agent_conflicts_today() -> None:
    assert wash_out(plan_of(*COUNTS, given("clofarabine", "2020-07-20", "2020-07-24"))) is Readiness.NOT_READY
    assert wash_out(plan_of(*COUNTS, given("dexamethasone", "2020-07-14", None))) is Readiness.NOT_READY
    assert wash_out(plan_of(*COUNTS, given("vincristine", "2020-01-05", "2020-01-05"))) is Readiness.READY
    assert wash_out(plan_of(*COUNTS)) is Readiness.UNKNOWN


def test_that_the_dates_worth_comparing_are_this_one_those_of_the_agents_and_a_week_after() -> None:
    held = plan_of(*PLANS, THERAPIES[0], THERAPIES[3])
    assert held.alternatives(APHERESIS, date(2020, 8, 14)) == (
        date(2020, 8, 14), date(2020, 8, 17), date(2020, 8, 21), date(2020, 8, 28),
    )  # fmt: skip
