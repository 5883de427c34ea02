"""A FHIR bundle of 5,000 entries, out and in, beside writing and reading the same JSON alone."""

import json
from collections.abc import Sequence
from datetime import UTC

from bedside import __version__
from bedside.chart.moments import AsOf
from bedside.exchange.counts.found import Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.fhir.bundle import write_bundle
from bedside.exchange.fhir.reading import read_bundle
from bedside.knowledge.loader import load_knowledge
from bedside.logic.assess import assess
from tests.benchmarks.charts import chart_of, course_fields
from tests.benchmarks.measure import Result, medians

ROUNDS = 5
ENTRIES, RESOURCES = 1_025, 5_000
"""So many entries of a chart make a bundle of a little more than 5,000 resources."""
POINT = AsOf.parse("2040-01-01")
MOST_MS = 1_000


def measure() -> Sequence[Result]:
    """Milliseconds from the chart to the bundle's bytes, with what is derived for it, and from these to its samples."""
    chart, knowledge = chart_of(1, course_fields(1, ENTRIES)), load_knowledge()

    def bundle() -> bytes:
        return write_bundle(chart, assess(chart, POINT, knowledge, app_version=__version__), knowledge)

    ready = json.loads(bundle())
    count = len(ready["entry"])
    if count < RESOURCES:
        raise RuntimeError(f"the bundle has {count} resources, fewer than {RESOURCES}")
    written, bare = medians(bundle, lambda: json.dumps(ready, ensure_ascii=False).encode(), ROUNDS)
    data, around = bundle(), Surroundings("bundle.json", UTC)
    read, parsed = medians(lambda: read_bundle(data, CountsMapping(), around), lambda: json.loads(data), ROUNDS)
    return [
        Result(f"FHIR bundle of {count:,} entries out", written * 1e3, "ms", bare * 1e3, MOST_MS, "value at most"),
        Result(f"FHIR bundle of {count:,} entries read", read * 1e3, "ms", parsed * 1e3, MOST_MS, "value at most"),
    ]
