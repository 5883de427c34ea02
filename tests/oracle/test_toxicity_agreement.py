"""The program and the oracle agree on CRS and ICANS of charts that crowd around the edges of the grading."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import scene_of
from bedside.logic.toxicity.course import crs, icans
from tests.oracle.generated_toxicity import DAY0, make_chart
from tests.oracle.test_agreement import typed
from tests.oracle.toxicity_grades import Toxicities

BATCH = 100
POINTS = (4, 8, 31, 95)


def said(found: Toxicity) -> dict[str, Any]:
    return {
        "by_entry": [(one.entry, one.proposed, one.grade, one.at_least) for one in found.by_entry],
        "max_grade": found.max_grade,
        "onset_day": found.onset_day,
        "last_day": found.last_day,
        "duration_days": found.duration_days,
        "by_day": {one.day: one.grade for one in found.by_day},
        "episodes": [(one.onset_day, one.last_day, one.peak) for one in found.episodes],
        "treatments": [one.entry for one in found.treatments],
    }


def compared(seed: int, knowledge: Knowledge) -> Iterator[tuple[int, str, dict[str, Any], dict[str, Any]]]:
    """What both say of a chart at each point: day, scale, program, oracle."""
    fields = make_chart(seed)
    chart = typed(fields)
    journal = resolve(chart.entries)
    birth = date.fromisoformat(fields["patient"]["birth_date"])
    for point in POINTS:
        as_of = DAY0 + timedelta(days=point)
        oracle = Toxicities(birth, fields["entries"], as_of)
        scene = scene_of(chart.patient, journal, AsOf(as_of), knowledge)
        yield point, "crs", said(crs(scene)), oracle.crs()
        yield point, "icans", said(icans(scene)), oracle.icans()


def disagreements(seed: int, knowledge: Knowledge) -> list[str]:
    return [
        f"seed {seed}, {scale} as of D+{point}: {key}: program {told[key]}, oracle {expected[key]}"
        for point, scale, told, expected in compared(seed, knowledge)
        for key in expected
        if told[key] != expected[key]
    ]


def test_that_program_and_oracle_grade_alike(batch: int, knowledge: Knowledge) -> None:
    found = [line for seed in range(batch, batch + BATCH) for line in disagreements(seed, knowledge)]
    assert not found, "\n".join(found[:10])


def test_that_the_generated_charts_reach_every_grade_and_what_is_not_known(knowledge: Knowledge) -> None:
    proposed: set[tuple[str, int | None, bool]] = set()
    episodes = 0
    for seed in range(150):
        for _, scale, _, expected in compared(seed, knowledge):
            proposed |= {(scale, grade, at_least) for _, grade, _, at_least in expected["by_entry"]}
            episodes = max(episodes, len(expected["episodes"]))
    grades = {(scale, grade, False) for scale in ("crs", "icans") for grade in (None, 0, 1, 2, 3, 4, 5)}
    assert proposed >= {*grades, ("crs", 1, True), ("crs", 2, True), ("icans", 2, True)}
    assert episodes > 2


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A thousand charts, or twenty thousand with --long."""
    if "batch" in metafunc.fixturenames:
        charts = 20_000 if metafunc.config.getoption("--long") else 1_000
        metafunc.parametrize("batch", range(0, charts, BATCH))
