"""Switching between patients of 500 and of 5,000 entries, and the frames of a timeline of 5,000 entries.

All are times of the processor: on a machine that others load, the clock would measure the others.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.charts import dense_fields
from tests.benchmarks.measure import Result
from tests.benchmarks.stores import session_of
from tests.benchmarks.ward import LONG, SHORT

ROUNDS = 3
SHORT_ENTRIES, LONG_ENTRIES = 500, 5_000
SHORT_MS, LONG_MS, FRAMES_A_SECOND, LEAST_SHARE = 100, 400, 45, 0.75


def measure() -> Sequence[Result]:
    """Milliseconds of a switch to the finished view, and frames a second beside bare pyqtgraph with the same points."""
    lengths = {**dict.fromkeys(SHORT, SHORT_ENTRIES), **dict.fromkeys(LONG, LONG_ENTRIES)}
    with TemporaryDirectory() as place:
        folder = Path(place) / "store"
        with session_of(folder, [(number, dense_fields(number, entries)) for number, entries in lengths.items()]):
            pass
        seen = [_show(folder) for _ in range(ROUNDS)]
    found = {name: median(one[name] for one in seen) for name in seen[0]}
    ours, bare = 1 / found["frame"], 1 / found["bare_frame"]
    return [
        _switch(f"switch to a patient of {SHORT_ENTRIES} entries (processor)", found, "short", SHORT_MS),
        _switch(f"switch to a patient of {LONG_ENTRIES:,} entries (processor)", found, "long", LONG_MS),
        Result("timeline of 5,000 entries (processor)", ours, "frames/s", bare, FRAMES_A_SECOND, "value at least"),
        Result("timeline beside bare pyqtgraph", ours / bare, "share", 1, LEAST_SHARE, "value at least"),
    ]


def _switch(name: str, found: dict[str, float], which: str, limit: float) -> Result:
    return Result(name, found[which] * 1e3, "ms", found[f"bare_{which}"] * 1e3, limit, "value at most")


def _show(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.patients_shown", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))
