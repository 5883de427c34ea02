"""How long the event loop is held up while charts and counts are imported, backed up and exported behind the window.

Counted is what the program's own threads do; a stall that only some runs see is the machine's, so the least counts.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.charts import Fields, dense_fields
from tests.benchmarks.counts_import import PATIENTS
from tests.benchmarks.measure import Result
from tests.benchmarks.stores import session_of
from tests.benchmarks.ward import LONG

ROUNDS, LIMIT_MS, LEAST_MS = 3, 50, 0.1
AT_REST = "at rest"


def measure() -> Sequence[Result]:
    """The longest stall of each kind of work in milliseconds, beside that of a window at rest."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "store"
        with session_of(folder, ((number, _course(number)) for number in range(PATIENTS))):
            pass
        seen = [_watch(Path(place), number) for number in range(ROUNDS)]
    found = {name: max(min(one[name] for one in seen) * 1e3, LEAST_MS) for name in seen[0]}
    floor = found.pop(AT_REST)
    return [
        Result(f"longest stall: {name}", longest, "ms", floor, LIMIT_MS, "value at most")
        for name, longest in found.items()
    ]


def _course(number: int) -> list[Fields]:
    """The entries of one of the patients that the counts are of; one has very many."""
    return dense_fields(number, 5_000) if number == LONG[0] else []


def _watch(place: Path, number: int) -> dict[str, float]:
    """One process on a copy of the store, which it changes."""
    folder = place / f"copy-{number}"
    shutil.copytree(place / "store", folder)
    command = [sys.executable, "-m", "tests.benchmarks.stalls_seen", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))
