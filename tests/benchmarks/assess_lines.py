"""`bedside assess` on JSON Lines, whole and the class alone, beside decoding and encoding; then one chart by length.

Rates are charts a second of processor time on one core, the start included: they do not depend on who else computes.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from bedside import __version__
from bedside.chart.moments import AsOf
from bedside.exchange.chart_json import read_chart
from bedside.exchange.reading import Reading
from bedside.knowledge.loader import load_knowledge
from bedside.service.derive import Basis, derive
from tests.benchmarks.charts import chart_line
from tests.benchmarks.measure import Result, Work, without_collector

CHARTS = 2_000
ROUNDS = 3
LENGTHS = (50, 500, 5_000)
MOST_MS = 150
"""The longest that one chart may take, 5,000 entries read and everything written."""
MOST_GROWTH = 20
POINT = AsOf.parse("2070-01-01")
"""After the last entry of the longest chart, which has one every third day."""

RATES = {"assess on JSON Lines": ((), 300), "assess --only risk on JSON Lines": (("--only", "risk"), 800)}
"""The options of each rate, and how many charts a second they must reach."""


def measure() -> Sequence[Result]:
    """Charts of 60 entries a second, everything derived and the class alone; milliseconds of charts by length."""
    with TemporaryDirectory() as place:
        charts, results = Path(place) / "charts.jsonl", Path(place) / "results.jsonl"
        charts.write_text("".join(chart_line(number) + "\n" for number in range(CHARTS)), encoding="utf-8")
        rates = [_rate(name, charts, results, options, least) for name, (options, least) in RATES.items()]
    return [*rates, *_by_length()]


def _rate(name: str, charts: Path, results: Path, options: Sequence[str], least: float) -> Result:
    taken = median(_of_children(partial(assess, charts, results, options)) for _ in range(ROUNDS))
    if len(results.read_text(encoding="utf-8").splitlines()) != CHARTS:
        raise RuntimeError("bedside assess did not answer every line")
    # As long as the assessment takes: a processor that is slowed down after a burst is slow for both.
    passes = max(1, round(taken / _own(partial(decode_and_encode, charts, results))))
    bare = _own(partial(decode_and_encode, charts, results, passes)) / passes
    return Result(name, CHARTS / taken, "charts/s", CHARTS / bare, least, "value at least")


def on_one_core() -> None:
    """Keep the calling process on the first core that it may use."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def assess(charts: Path, results: Path, options: Sequence[str]) -> None:
    """Run the command line on the file, as a caller would."""
    command = [sys.executable, "-m", "bedside", "assess", str(charts), "--as-of", "2025-01-01", "--json", *options]
    with results.open("wb") as out:
        subprocess.run(command, stdout=out, check=True, preexec_fn=on_one_core)


def decode_and_encode(charts: Path, results: Path, passes: int = 1) -> None:
    """Decode every chart and encode a text as long as every result, several times over."""
    for _ in range(passes):
        for line in charts.read_text(encoding="utf-8").splitlines():
            json.loads(line)
        with results.open(encoding="utf-8") as lines:
            for line in lines:
                json.dumps(line)


def _of_children(work: Work) -> float:
    """The seconds of processor time that the processes which `work` runs need."""
    before = getrusage(RUSAGE_CHILDREN)
    work()
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _own(work: Callable[[], object]) -> float:
    """The seconds of processor time that `work` needs in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _by_length() -> list[Result]:
    """One chart of each length, from its text to the text of everything derived, beside decoding it."""
    found = []
    taken = {}
    for entries in LENGTHS:
        line = chart_line(1, entries).encode()
        taken[entries] = _milliseconds(partial(_whole, line))
        bare = _milliseconds(partial(json.loads, line))
        found.append(Result(f"a chart of {entries:,} entries", taken[entries], "ms", bare, MOST_MS, "value at most"))
    shorter, longest = LENGTHS[-2:]
    name = f"a chart of {longest:,} entries beside {shorter}"
    return [*found, Result(name, taken[longest], "ms", taken[shorter], MOST_GROWTH)]


def _milliseconds(work: Work) -> float:
    work()
    with without_collector():
        return median(_own(work) for _ in range(ROUNDS + 2)) * 1e3


def _whole(line: bytes) -> bytes:
    knowledge = load_knowledge()
    chart = read_chart(line, Reading("chart", knowledge, datetime(2070, 1, 1, tzinfo=UTC))).chart
    return derive(chart, POINT, Basis(knowledge, __version__)).json_bytes()
