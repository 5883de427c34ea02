"""How the assessment grows with the chart: one decisive entry a day, 5,000 of them beside 500."""

from collections.abc import Sequence
from functools import partial

from bedside import __version__
from bedside.chart.moments import AsOf
from bedside.knowledge.loader import load_knowledge
from bedside.logic.assess import assess
from tests.benchmarks.charts import chart_of, decisive_fields
from tests.benchmarks.measure import Result, Work, medians

ROUNDS = 5


def _assessing(days: int) -> Work:
    chart = chart_of(1, decisive_fields(days))
    return partial(assess, chart, AsOf.parse("2040-01-01"), load_knowledge(), app_version=__version__)


def measure() -> Sequence[Result]:
    """Milliseconds of one assessment of the long chart and of the short one."""
    long, short = medians(_assessing(5_000), _assessing(500), ROUNDS)
    return [Result("assess 5,000 decisive days beside 500", long * 1e3, "ms", short * 1e3, 20)]
