"""`bedside assess` on JSON Lines, its start included, on one core, beside decoding and encoding the same texts."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.charts import chart_line
from tests.benchmarks.measure import Result, seconds

CHARTS = 2_000
ROUNDS = 3


def on_one_core() -> None:
    """Keep the calling process on the first core that it may use."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def assess(charts: Path, results: Path) -> None:
    """Run the command line on the file, as a caller would."""
    command = [sys.executable, "-m", "bedside", "assess", str(charts), "--as-of", "2025-01-01", "--json"]
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


def measure() -> Sequence[Result]:
    """Charts of 60 entries a second."""
    with TemporaryDirectory() as place:
        charts, results = Path(place) / "charts.jsonl", Path(place) / "results.jsonl"
        charts.write_text("".join(chart_line(number) + "\n" for number in range(CHARTS)), encoding="utf-8")
        taken = median(seconds(lambda: assess(charts, results)) for _ in range(ROUNDS))
        if len(results.read_text(encoding="utf-8").splitlines()) != CHARTS:
            raise RuntimeError("bedside assess did not answer every line")
        # As long as the assessment takes: a processor that is slowed down after a burst is slow for both.
        passes = max(1, round(taken / seconds(lambda: decode_and_encode(charts, results))))
        bare = seconds(lambda: decode_and_encode(charts, results, passes)) / passes
    return [
        Result("assess on JSON Lines", CHARTS / taken, "charts/s", CHARTS / bare, 800, "value at least"),
    ]
