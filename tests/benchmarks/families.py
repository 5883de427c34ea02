"""What each rule family costs beside one whole assessment of a course of 50, 500 and 5,000 entries."""

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Any

from bedside import __version__
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.loader import load_knowledge
from bedside.logic.assess import assess, gather
from bedside.logic.facts import Setting
from bedside.logic.families import RULES, Derived
from bedside.logic.parts import Parts
from bedside.logic.scene import Scene
from tests.benchmarks.charts import chart_of, course_fields
from tests.benchmarks.measure import Result, Work, seconds, without_collector

ROUNDS = 5
ENTRIES = (50, 500, 5_000)
POINT = AsOf.parse("2070-01-01")
"""After the last entry of the longest course, which has one every third day."""
MOST_MS = 150
"""The longest that one chart of 5,000 entries may take."""


def measure() -> Sequence[Result]:
    """The whole assessment of each length in ms, then the share of every family in it."""
    found = []
    for entries in ENTRIES:
        chart = chart_of(1, course_fields(1, entries))
        whole = _ms(partial(assess, chart, POINT, load_knowledge(), app_version=__version__))
        found.append(Result(f"assess a course of {entries:,} entries", whole, "ms", whole, MOST_MS / whole))
        found += [
            Result(f"  {name}, {entries:,} entries", ms, "ms", whole, 1.0) for name, ms in _families(chart).items()
        ]
    return found


def _ms(work: Work) -> float:
    with without_collector():
        return median(seconds(work) for _ in range(ROUNDS)) * 1e3


def _families(chart: Chart) -> dict[str, float]:
    """Milliseconds of each family, on what the others have derived."""
    knowledge = load_knowledge()
    setting = Setting(knowledge, chart.patient.birth_date, "eu")
    passed, today = gather(resolve(chart.entries), POINT, setting)
    scene = Scene(chart.patient, POINT, today, passed, knowledge, "eu", ())
    derived = Parts(scene)
    found = {}
    for name, rule in RULES.items():
        derived[name]  # with what it rests on
        found[name] = _ms(partial(_alone, rule, scene, derived))
    return found


def _alone(rule: Callable[[Scene, Derived], Any], scene: Scene, derived: Derived) -> None:
    """Ask a family as if no other had worked out before what they share."""
    scene.worked_out.clear()
    rule(scene, derived)
