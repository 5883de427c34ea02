"""Tests of earlier lines and remissions: blocks of 28 days, relapses on shared dates, therapy through a relapse."""

import pytest

from bedside.chart.live import resolve
from bedside.logic.assess import scene_of
from bedside.logic.preparation.prior_lines import prior_lines, prior_remissions
from tests.charts import Fields, as_of, chart, entry, infusion, relapse, tables, therapy


def numbers(*entries: Fields) -> tuple[int, int]:
    """The lines and the remissions before the infusion."""
    held = chart([*entries, infusion(0)])
    scene = scene_of(held.patient, resolve(held.entries), as_of(0), tables())
    return prior_lines(scene).number, prior_remissions(scene).number


def given(first: int, last: int, response: str | None = None, intent: str = "salvage") -> Fields:
    return therapy(first, "vincristine", intent, stop=last, response=response)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], (0, 0)),
        ([given(-900, -800)], (1, 0)),
        ([given(-900, -800, "cr")], (1, 1)),
        ([given(-900, -800), given(-871, -860)], (1, 0)),
        ([given(-900, -890, "no_cr"), given(-872, -860)], (1, 0)),
        ([given(-900, -890, "no_cr"), given(-871, -860)], (2, 0)),
        ([given(-900, -890), relapse(-890), given(-880, -860)], (2, 0)),
        ([given(-900, -500, "cr"), relapse(-500), given(-500, -480, "cr"), given(-440, -420)], (2, 2)),
        ([given(-900, -400, "cr"), relapse(-500), given(-499, -480)], (2, 1)),
        ([given(-900, -800, "cr"), relapse(-500), relapse(-500, "cns"), given(-490, -480, "cr")], (2, 2)),
        ([given(-900, -800, "cr"), entry("remission", -700, response="cr")], (1, 1)),
        ([entry("remission", -700, response="cri"), relapse(-600), entry("remission", -500, response="cr")], (0, 2)),
        ([entry("remission", 0, response="cr"), entry("remission", -9, response="no_response")], (0, 0)),
        ([given(0, 5, "cr")], (0, 0)),
        ([given(-30, -20, intent="bridging")], (0, 0)),
    ],
)
def test_that_lines_follow_relapses_and_failures_and_remissions_count_once_for_each(
    entries: list[Fields], expected: tuple[int, int]
) -> None:
    assert numbers(*entries) == expected


def test_that_intrathecal_and_supportive_drugs_are_no_line() -> None:
    assert numbers(therapy(-90, "methotrexate", "salvage", stop=-90, route="it")) == (0, 0)
    assert numbers(therapy(-90, "levetiracetam", "salvage", stop=-90)) == (0, 0)
