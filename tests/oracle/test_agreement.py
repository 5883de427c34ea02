"""The program and the oracle, written by two hands from the same rules, agree on charts that crowd around its edges."""

import json
import random
from datetime import date
from typing import Any

import pytest

from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from tests.oracle.generated import dates_of_interest, make_chart
from tests.oracle.risk_class import Verdict

CHARTS, CHARTS_LONG = 1_000, 20_000
BATCH = 100
DATES_A_CHART = 6


def typed(fields: dict[str, Any]) -> Chart:
    return Chart.model_validate_json(json.dumps({"patient": fields["patient"], "entries": fields["entries"]}))


def said_by_program(chart: Chart, as_of: date, knowledge: Knowledge) -> dict[str, Any]:
    derived = assess(chart, AsOf(as_of), knowledge, app_version="test")
    risk = derived.risk
    return {
        "class": str(risk.class_),
        "provisional": risk.provisional,
        "low_reachable": risk.low_reachable,
        "day0": derived.day0.isoformat() if derived.day0 else None,
        "closed_by": str(derived.closed_by) if derived.closed_by else None,
        "closed_on": derived.closed_on.isoformat() if derived.closed_on else None,
        "bca": str(derived.bca.status),
        "statuses": {criterion.id: str(criterion.status) for criterion in risk.criteria},
    }


def disagreements(seed: int, knowledge: Knowledge) -> list[str]:
    """What the two say differently about the chart of a seed, date by date."""
    fields = make_chart(seed)
    chart = typed(fields)
    birth = date.fromisoformat(fields["patient"]["birth_date"])
    found = []
    dates = dates_of_interest(fields)
    for as_of in random.Random(seed).sample(dates, k=min(len(dates), DATES_A_CHART)):
        oracle = Verdict(birth, fields["entries"], as_of)
        if oracle.contested:
            continue  # what a conflict makes unknown is tested case by case
        program, expected = said_by_program(chart, as_of, knowledge), oracle.summary()
        wrong = {
            key: (program[key], expected[key])
            for key in expected
            if key != "statuses" and program[key] != expected[key]
        }
        wrong |= {
            name: (program["statuses"].get(name), status)
            for name, status in expected["statuses"].items()
            if program["statuses"].get(name) != status
        }
        if wrong:
            found.append(f"seed {seed} as of {as_of}: (program, oracle) {wrong}")
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A thousand charts, or twenty thousand with --long."""
    if "first" in metafunc.fixturenames:
        charts = CHARTS_LONG if metafunc.config.getoption("--long") else CHARTS
        metafunc.parametrize("first", range(0, charts, BATCH))


def test_that_program_and_oracle_agree(first: int, knowledge: Knowledge) -> None:
    found = [line for seed in range(first, first + BATCH) for line in disagreements(seed, knowledge)]
    assert not found, "\n".join(found[:5])


def test_that_the_generated_charts_reach_every_class_and_status() -> None:
    classes, statuses = set(), set()
    for seed in range(150):
        fields = make_chart(seed)
        birth = date.fromisoformat(fields["patient"]["birth_date"])
        for as_of in dates_of_interest(fields):
            verdict = Verdict(birth, fields["entries"], as_of)
            classes.add((verdict.risk_class, verdict.provisional))
            statuses |= set(verdict.statuses.items())
    expected = [
        ("low", False),
        ("low", True),
        ("ambiguous", False),
        ("ambiguous", True),
        ("high", False),
        ("high", True),
    ]
    assert classes >= {*expected, ("pending", True)}
    assert {name for name, status in statuses if status == "met"} == set(verdict.statuses)
