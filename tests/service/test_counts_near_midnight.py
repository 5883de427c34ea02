"""Tests of counts near midnight: what the chart holds with another offset, whose day there is not the ward's."""

import pytest

from bedside.service.counts import CountsFile, CountsPlan, Verdict, plan_counts
from bedside.service.exchange_files import import_file
from bedside.service.session import Session
from tests.service.charts import MRN, chart_file


@pytest.fixture
def ward(session: Session) -> Session:
    """A store of a ward in Berlin, whose chart has a count of 00:30 on 5 May, written in UTC."""
    count = {"kind": "blood_count", "at": "2026-05-04T22:30:00Z", "hb": 92}
    import_file(session, "small.json", chart_file(count))
    return session


def planned(session: Session, row: str) -> CountsPlan:
    return plan_counts(session, CountsFile("counts.csv", f"date,Hb (g/L)\n{row}".encode(), MRN))


def verdict(session: Session, row: str) -> Verdict:
    (line,) = planned(session, row).rows
    return line.verdict


def test_that_another_value_for_the_same_instant_is_refused_whatever_day_the_chart_writes(ward: Session) -> None:
    (line,) = planned(ward, "2026-05-05 00:30,85").rows
    assert line.verdict is Verdict.REFUSED
    assert "the chart holds 92" in line.reasons[0].replace("\u00a0", " ")


def test_that_the_same_value_for_the_same_instant_is_known_whatever_day_the_chart_writes(ward: Session) -> None:
    assert verdict(ward, "2026-05-05 00:30,92") is Verdict.KNOWN


@pytest.mark.parametrize("day", ["2026-05-04", "2026-05-05"])
def test_that_a_day_without_a_time_is_held_against_both_days_of_a_moment(ward: Session, day: str) -> None:
    assert verdict(ward, f"{day},92") is Verdict.KNOWN


@pytest.mark.parametrize("time", ["2026-05-04 08:00", "2026-05-05 08:00"])
def test_that_the_same_value_at_another_time_of_either_day_is_asked_about(ward: Session, time: str) -> None:
    plan = planned(ward, f"{time},92")
    assert [line.verdict for line in plan.rows] == [Verdict.ASKED]
    assert [question.key for question in plan.questions] == ["same_day"]


@pytest.mark.parametrize("time", ["2026-05-03", "2026-05-06 00:30"])
def test_that_the_same_value_of_a_third_day_is_new(ward: Session, time: str) -> None:
    assert verdict(ward, f"{time},92") is Verdict.ACCEPTED
