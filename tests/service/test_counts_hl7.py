"""Tests of HL7 results at a store: only final ones become facts, and only of a patient who is surely meant."""

import pytest

from bedside.service.counts import CountsFile, CountsPlan, Verdict, plan_counts, store_counts
from bedside.service.exchange_files import import_file
from bedside.service.read import chart_of
from bedside.service.session import Session
from tests.service.charts import COUNT, MRN, chart_file
from tests.unit.exchange.hl7.messages import PID, message, obx

HELD = "20200629071000+0200"
"""When the blood count of the small chart was taken."""


@pytest.fixture
def ward(session: Session) -> Session:
    """A store with the small patient, who has one blood count."""
    import_file(session, "small.json", chart_file(COUNT))
    return session


def planned(session: Session, text: str, mrn: str = "") -> CountsPlan:
    return plan_counts(session, CountsFile("results.hl7", text.encode(), mrn))


def verdicts(plan: CountsPlan) -> list[Verdict]:
    return [row.verdict for row in plan.rows]


def test_that_results_of_one_moment_become_one_count_that_names_its_lines(ward: Session) -> None:
    plan = planned(ward, message(obx(), obx("718-7^Hb^LN", "9.2", "g/dL"), obx("1^Na^L", "140", "mmol/L")))
    assert verdicts(plan) == [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.UNUSED]
    assert store_counts(ward, plan).entries == 1
    count = chart_of(ward, MRN).entries[-1]
    assert (getattr(count, "wbc", 0), getattr(count, "hb", 0), count.at.text) == (
        2.1,
        92.0,
        "2020-07-01T07:30:00+02:00",
    )
    assert count.note == 'Laboratory file "results.hl7", lines 4, 5; Hb 9.2 g/dL × 10'
    assert verdicts(planned(ward, message(obx(), obx("718-7^Hb^LN", "9.2", "g/dL")))) == [Verdict.KNOWN] * 2


@pytest.mark.parametrize("status", ["P", "X", "D", "R"])
def test_that_what_is_not_final_is_not_stored(ward: Session, status: str) -> None:
    before = ward.store.head()
    plan = planned(ward, message(obx(status=status)))
    assert verdicts(plan) == [Verdict.UNUSED]
    assert store_counts(ward, plan).entries == 0
    assert ward.store.head() == before


def test_that_a_correction_of_what_the_chart_holds_is_left_to_a_person(ward: Session) -> None:
    plan = planned(ward, message(obx(value="2.4", status="C", at=HELD)))
    assert verdicts(plan) == [Verdict.REFUSED]
    assert "the chart holds 2.1" in plan.rows[0].reasons[0]
    assert "correct it there" in plan.rows[0].reasons[0]


def test_that_a_withdrawal_of_what_the_chart_holds_is_left_to_a_person(ward: Session) -> None:
    plan = planned(ward, message(obx(status="D", at=HELD)))
    assert verdicts(plan) == [Verdict.REFUSED]
    assert "the laboratory withdrew WBC; the chart holds 2.1" in plan.rows[0].reasons[0]
    assert verdicts(planned(ward, message(obx(status="D")))) == [Verdict.UNUSED]


@pytest.mark.parametrize(
    ("pid", "words"),
    [
        (PID.replace("20100302", "20100303"), "birth date 03-Mar-2010"),
        (PID.replace("20100302", ""), "the birth date of the patient is missing"),
        (PID.replace("T-0001", "T-0002"), "no patient with the MRN T-0002"),
        ("", "does not tell whose it is"),
    ],
)
def test_that_a_result_of_a_patient_who_is_not_surely_meant_is_refused(ward: Session, pid: str, words: str) -> None:
    plan = planned(ward, message(obx(), pid=pid))
    assert verdicts(plan) == [Verdict.REFUSED]
    assert words in plan.rows[0].reasons[0]
    assert len(plan.mrns) == 0


def test_that_a_person_may_say_whose_results_they_are_but_not_against_the_message(ward: Session) -> None:
    assert verdicts(planned(ward, message(obx(), pid=""), MRN)) == [Verdict.ACCEPTED]
    assert verdicts(planned(ward, message(obx(), pid=PID.replace("20100302", "")), MRN)) == [Verdict.ACCEPTED]
    assert verdicts(planned(ward, message(obx(), pid=PID.replace("20100302", "20100303")), MRN)) == [Verdict.REFUSED]
    assert verdicts(planned(ward, message(obx(), pid=PID.replace("T-0001", "T-0002")), MRN)) == [Verdict.REFUSED]
