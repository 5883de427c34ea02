"""Tests of the report to the registries at a store: its words, its counts, who may have it, and that it is noted."""

import json

import pytest

from bedside.chart.moments import AsOf
from bedside.service.audit_log import audit_log
from bedside.service.exchange_files import import_file
from bedside.service.permissions import NotAllowed
from bedside.service.registry import registry_gaps, registry_lines
from bedside.service.registry_text import STATUS_WORDS, report_json, report_lines, ward_json, ward_table
from bedside.service.session import Session
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, chart_file
from tests.service.people import as_person

POINT = AsOf.parse("2020-12-31")


def test_that_the_report_names_each_form_how_each_question_stands_and_what_is_recalled(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    lines = list(report_lines(registry_gaps(session, INDEX_MRN, POINT)))
    assert lines[0] == "Questions of the registries to PUB-MYERS as of 31-Dec-2020; infusion of 01-Jun-2020"
    assert "    answered   Name of the product: tisagenlecleucel" in lines
    assert any(
        line.startswith("    missing    Karnofsky or Lansky score before the infusion (recalled): ") for line in lines
    )
    assert any(
        line.startswith("CIBMTR, Form 4100: follow-up, 100 days, 09-Sep-2020 (contact 25-Aug-2020 to ")
        for line in lines
    )


def test_that_the_short_report_holds_what_is_open_alone(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    lines = list(report_lines(registry_gaps(session, INDEX_MRN, POINT), open_only=True))
    told = {line[4:15].strip() for line in lines if line.startswith("    ")}
    assert told == {"missing", "to confirm"}


def test_that_the_report_is_one_json_document(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    report = json.loads(report_json(registry_gaps(session, INDEX_MRN, POINT)))
    assert (report["mrn"], report["day0"]) == (INDEX_MRN, "2020-06-01")
    answer = report["parts"][0]["answers"][6]
    assert (answer["question"], answer["status"], len(answer["evidence"])) == ("cibmtr_4000_product", "answered", 1)
    assert {answer["status"] for part in report["parts"] for answer in part["answers"]} <= {
        one.value for one in STATUS_WORDS
    }


def test_that_every_patient_is_counted(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    import_file(session, "new.json", chart_file(COUNT))
    head, *lines = ward_table(registry_lines(session, POINT))
    assert head.split()[:2] == ["No.", "Infusion"]
    assert [line.split()[:2] for line in lines] == [[INDEX_MRN, "01-Jun-2020"], [MRN, "–"]]
    told = json.loads(ward_json(registry_lines(session, POINT)))
    gaps = registry_gaps(session, INDEX_MRN, POINT)
    missing = sum(one.status.value == "missing" for part in gaps.parts for one in part.answers)
    assert told[0]["counts"]["missing"] == missing > 0


def test_that_a_report_is_noted_in_the_audit_trail(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    registry_gaps(session, INDEX_MRN, POINT)
    list(registry_lines(session, POINT))
    events = [(one.mrn, one.words) for one in audit_log(session) if one.event == "export"]
    assert events == [(None, "exported the chart (registry)"), (INDEX_MRN, "exported the chart (registry)")]


@pytest.mark.parametrize("role", ["nurse", "auditor"])
def test_that_the_report_is_for_physicians_and_leads(session: Session, role: str) -> None:
    import_file(session, "index.json", INDEX)
    with pytest.raises(NotAllowed):
        registry_gaps(as_person(session, "Synthetic Other", role), INDEX_MRN, POINT)


@pytest.mark.parametrize("role", ["physician", "lead"])
def test_that_each_of_them_may_have_it(session: Session, role: str) -> None:
    import_file(session, "index.json", INDEX)
    assert registry_gaps(as_person(session, "Synthetic Other", role), INDEX_MRN, POINT).mrn == INDEX_MRN
