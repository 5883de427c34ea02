"""Tests of the demonstration ward: made from its seed, marked, and covering every phase and class."""

import json
from datetime import UTC, datetime
from functools import cache

import pytest

from bedside.chart.assessment import Assessment, ClosedBy, Phase, RiskClass
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.exchange.chart_json import read_charts
from bedside.exchange.reading import Reading
from bedside.knowledge.loader import load_knowledge
from bedside.logic.assess import assess
from bedside.resources import resource
from tests.demo.journal import SOURCE, TODAY
from tests.demo.ward import WARD, ward_lines

NAME = "synthetic-ward.jsonl"
PUBLISHED = ("myers-index", *(f"wang-case-{number}" for number in range(1, 8)))


@cache
def charts(name: str) -> tuple[Chart, ...]:
    reading = Reading(name=name, knowledge=load_knowledge(), now=datetime(2026, 11, 20, tzinfo=UTC))
    return tuple(read.chart for read in read_charts(resource(f"demo/{name}").read_bytes(), reading))


@cache
def ward() -> tuple[tuple[Chart, Assessment], ...]:
    as_of = AsOf.parse(TODAY.isoformat())
    return tuple((chart, assess(chart, as_of, load_knowledge(), app_version="test")) for chart in charts(NAME))


def test_that_the_ward_is_made_from_its_seed_byte_by_byte() -> None:
    assert resource(f"demo/{NAME}").read_bytes() == ward_lines().encode()


def test_that_the_ward_has_twenty_four_patients_each_marked_synthetic() -> None:
    assert len(charts(NAME)) == len(WARD) == 24
    for chart in charts(NAME):
        assert chart.source == SOURCE
        assert chart.patient.mrn.startswith("SYN-")
        assert chart.patient.given_name.startswith("Synthetic")


def test_that_nothing_of_the_ward_happens_after_its_today() -> None:
    assert all(entry.at.day <= TODAY for chart in charts(NAME) for entry in chart.entries)


def test_that_the_ward_covers_every_phase_and_every_class() -> None:
    assert {assessment.phase for _, assessment in ward()} == set(Phase)
    assert {assessment.risk.class_ for _, assessment in ward()} == set(RiskClass)


def test_that_courses_are_closed_by_relapse_transplant_and_death() -> None:
    closed = {assessment.closed_by for _, assessment in ward()} - {None}
    assert closed == {ClosedBy.RELAPSE, ClosedBy.HSCT, ClosedBy.DEATH}


def test_that_high_risk_is_reached_by_each_of_its_criteria() -> None:
    deciding = {one for _, assessment in ward() for one in assessment.risk.decided_by}
    assert {"H1", "H2", "H3", "H4"} <= deciding


def test_that_there_is_a_conflict_a_correction_and_a_void() -> None:
    assert any(assessment.conflicts for _, assessment in ward())
    kinds = {"correction" if e.supersedes else e.kind for chart in charts(NAME) for e in chart.entries}
    assert {"correction", "void"} <= kinds


def test_that_a_chart_has_about_sixty_entries() -> None:
    assert 55 <= sum(len(chart.entries) for chart in charts(NAME)) / len(WARD) <= 70


@pytest.mark.parametrize("case", PUBLISHED)
def test_that_a_published_case_names_its_paper_and_reads_without_a_fault(case: str) -> None:
    chart = charts(f"published-{case}.json")[0]
    assert chart.source is not None
    assert chart.source.startswith(("myers_2023", "wang_2023"))
    assert chart.patient.mrn.startswith("PUB-")


def test_that_no_id_occurs_twice_on_the_whole_ward() -> None:
    names = (NAME, *(f"published-{case}.json" for case in PUBLISHED))
    ids = [entry.id for name in names for chart in charts(name) for entry in chart.entries]
    assert len(ids) == len(set(ids))


def test_that_every_line_of_the_ward_opens_on_its_own_today() -> None:
    lines = resource(f"demo/{NAME}").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["as_of"] for line in lines} == {TODAY.isoformat()}
