"""The published patients: the class on the days that matter, by whom it was decided, and how the course ended."""

import json
from functools import cache
from typing import Any

import pytest

from bedside.chart.assessment import Assessment
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.logic.assess import assess
from bedside.resources import resource
from tests.charts import tables


@cache
def chart_of(name: str) -> Chart:
    held: dict[str, Any] = json.loads(resource(f"demo/{name}.json").read_text(encoding="utf-8"))
    return Chart.model_validate_json(json.dumps({"patient": held["patient"], "entries": held["entries"]}))


def index_case(as_of: str) -> Assessment:
    return assess(chart_of("published-myers-index"), AsOf.parse(as_of), tables(), app_version="test")


def wang(as_of: str) -> Assessment:
    return assess(chart_of("published-wang-case-1"), AsOf.parse(as_of), tables(), app_version="test")


def having(assessment: Assessment, status: str) -> set[str]:
    return {criterion.id for criterion in assessment.risk.criteria if criterion.status == status}


def test_that_the_index_case_is_pending_before_infusion_with_low_out_of_reach() -> None:
    held = index_case("2020-05-31")
    assert (held.phase, held.day0, held.risk.class_, held.risk.provisional) == (
        "lymphodepletion",
        None,
        "pending",
        True,
    )
    assert not held.risk.low_reachable
    assert having(held, "not_met") >= {"L3"}


def test_that_the_index_case_is_ambiguous_and_provisional_at_day_28() -> None:
    held = index_case("2020-06-29")
    assert (held.day, held.risk.class_, held.risk.provisional) == (28, "ambiguous", True)
    assert {"H1", "L6"} <= having(held, "not_met")
    assert "A12" in having(held, "met")


def test_that_the_index_case_is_high_and_provisional_at_day_60_by_early_loss_alone() -> None:
    held = index_case("2020-07-31")
    assert (held.day, held.risk.class_, held.risk.provisional) == (60, "high", True)
    assert held.risk.decided_by == ("H4",)
    assert having(held, "met") == {"L1", "L2", "L4", "H4", "A1", "A4", "A10", "A12"}
    assert having(held, "unknown") == {"H3", "A2", "A5", "A6"}
    assert having(held, "not_due") == {"H2"}
    assert held.risk.what_would_change == ()
    assert "BCA-3" in {alert.rule for alert in held.alerts}


def test_that_the_index_case_is_closed_by_hsct_and_keeps_its_class_before() -> None:
    for as_of in ("2020-08-24", "2022-12-31"):
        held = index_case(as_of)
        assert (held.phase, held.closed_by, str(held.closed_on)) == ("closed", "hsct", "2020-08-24")
        assert held.headline == "Closed: HSCT, D+84"
        assert held.risk.headline.startswith("Class before HSCT: high risk")
        assert (held.risk.class_, held.risk.low_reachable) == ("high", False)


def test_that_the_history_of_the_index_case_names_what_moved_it() -> None:
    entries = {entry.id: entry for entry in chart_of("published-myers-index").entries}
    moved = [row for row in index_case("2022-12-31").risk.history if row.moved]
    assert [(str(row.date), row.class_.value, entries[str(row.entry)].kind) for row in moved] == [
        ("2020-06-01", "ambiguous", "infusion"),
        ("2020-07-31", "high", "lymphocyte_subset"),
    ]


def test_that_the_first_wang_case_stays_ambiguous_through_both_of_its_courses() -> None:
    first = wang("2018-09-29")
    assert (str(first.day0), first.risk.class_, first.bca.status) == ("2018-04-10", "ambiguous", "unknown")
    assert len(first.courses[0].infusions) == 3
    assert {"A1", "A6", "A8", "A10"} <= having(first, "met")
    assert wang("2018-09-30").closed_by == "hsct"
    second = wang("2019-10-01")
    assert (str(second.day0), second.risk.class_, len(second.courses)) == ("2018-12-29", "ambiguous", 2)
    assert len(second.courses[1].infusions) == 2


@pytest.mark.parametrize("number", range(1, 8))
def test_that_every_published_case_is_assessed_on_each_of_its_dates(number: int) -> None:
    chart = chart_of(f"published-wang-case-{number}")
    for entry in chart.entries:
        held = assess(chart, AsOf(entry.at.day), tables(), app_version="test")
        assert held.risk.history[-1].class_ == held.risk.class_
