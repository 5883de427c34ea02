"""The program and the oracle agree on CRS and ICANS of charts that crowd around the edges of the grading."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from tests.oracle.generated_toxicity import DAY0, make_chart
from tests.oracle.test_agreement import typed
from tests.oracle.toxicity_grades import Toxicities

BATCH = 100
POINTS = (4, 8, 31, 60)


def said(found: Toxicity) -> dict[str, Any]:
    return {
        "by_entry": [(one.entry, one.grade, one.at_least) for one in found.by_entry],
        "max_grade": found.max_grade,
        "onset_day": found.onset_day,
        "last_day": found.last_day,
    }


def disagreements(seed: int, knowledge: Knowledge) -> list[str]:
    fields = make_chart(seed)
    chart = typed(fields)
    birth = date.fromisoformat(fields["patient"]["birth_date"])
    found = []
    for point in POINTS:
        as_of = DAY0 + timedelta(days=point)
        oracle = Toxicities(birth, fields["entries"], as_of)
        if oracle.contested:
            continue  # what a conflict leaves unknown is tested case by case
        derived = assess(chart, AsOf(as_of), knowledge, app_version="test")
        for name, expected, told in (
            ("crs", oracle.crs(), said(derived.crs)),
            ("icans", oracle.icans(), said(derived.icans)),
        ):
            wrong = {key: (told[key], expected[key]) for key in expected if told[key] != expected[key]}
            if wrong:
                found.append(f"seed {seed}, {name} as of D+{point}: (program, oracle) {wrong}")
    return found


def test_that_program_and_oracle_grade_alike(batch: int, knowledge: Knowledge) -> None:
    found = [line for seed in range(batch, batch + BATCH) for line in disagreements(seed, knowledge)]
    assert found == []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A thousand charts, or twenty thousand with --long."""
    if "batch" in metafunc.fixturenames:
        charts = 20_000 if metafunc.config.getoption("--long") else 1_000
        metafunc.parametrize("batch", range(0, charts, BATCH))
