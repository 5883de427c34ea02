"""Tests of counts near midnight: what is written with another offset, whose day there is not the ward's."""

import json

import pytest

from bedside.chart.moments import AsOf
from bedside.exchange.counts.mapping import CountsMapping
from bedside.knowledge.codes import load_codes
from bedside.service.counts import CountsFile, CountsPlan, Verdict, plan_counts
from bedside.service.exchange_files import import_file
from bedside.service.exports import export_fhir
from bedside.service.session import Session
from tests.service.charts import MRN, chart_file
from tests.service.fhir_bundles import bundle, patient, result

WRITTEN = "2026-05-04T22:30:00Z"


@pytest.fixture
def ward(session: Session) -> Session:
    """A store of a ward in Berlin, whose chart has a count of 00:30 on 5 May, written in UTC."""
    count = {"kind": "blood_count", "at": WRITTEN, "hb": 92}
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


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-06-04T22:30:00Z", "2026-06-05T00:30:00+02:00"),
        ("2026-01-14T18:30:00-05:00", "2026-01-15T00:30:00+01:00"),
        ("2026-06-04T22:30:00.5+02:00", "2026-06-04T22:30:00.5+02:00"),
        ("2026-06-04", "2026-06-04"),
    ],
)
def test_that_a_result_of_fhir_has_the_day_of_the_ward_s_clock(ward: Session, given: str, expected: str) -> None:
    plan = plan_counts(ward, CountsFile("results.json", bundle(patient(), result(effectiveDateTime=given))))
    at = plan.rows[1].at
    assert (plan.rows[1].verdict, at and at.text) == (Verdict.ACCEPTED, expected)
    assert [entry.at.day.isoformat() for _, entry in plan.entries] == [expected[:10]]


def test_that_a_result_that_bedside_wrote_keeps_its_time_as_it_was_written(session: Session) -> None:
    import_file(session, "small.json", chart_file({"kind": "blood_count", "at": WRITTEN, "hb": 92}))
    exported = json.loads(export_fhir(session, MRN, AsOf.parse("2026-12-31")))
    exported["entry"][0]["resource"]["identifier"][0]["value"] = "T-0003"
    mapping = CountsMapping().answered("newcomers", "register")
    plan = plan_counts(session, CountsFile("results.json", json.dumps(exported).encode(), "", mapping))
    assert [entry.at.text for _, entry in plan.entries] == [WRITTEN]


@pytest.mark.parametrize(("value", "verdict"), [(92, Verdict.KNOWN), (85, Verdict.REFUSED)])
def test_that_a_result_that_bedside_wrote_is_held_against_the_same_instant_of_another_day(
    session: Session, value: float, verdict: Verdict
) -> None:
    import_file(session, "small.json", chart_file({"kind": "blood_count", "at": "2026-05-05T00:30:00+02:00", "hb": 92}))
    own = [{"system": load_codes().systems.own, "value": "1/hb"}]
    data = bundle(patient(), result(value=value, effectiveDateTime=WRITTEN, identifier=own))
    assert plan_counts(session, CountsFile("results.json", data)).rows[1].verdict is verdict


def test_that_a_result_of_fhir_for_an_instant_that_the_chart_holds_is_held_against_it(ward: Session) -> None:
    for value, verdict in ((92, Verdict.KNOWN), (85, Verdict.REFUSED)):
        data = bundle(patient(), result(value=value, effectiveDateTime="2026-05-04T23:30:00+01:00"))
        assert plan_counts(ward, CountsFile("results.json", data)).rows[1].verdict is verdict
