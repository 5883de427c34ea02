"""The ward board of 2,000 patients from rows worked out before: its first paint and each letter of a search.

Both are times of the processor: on a machine that others load, the clock would measure the others.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bedside.chart.moments import AsOf
from bedside.service.board_rows import work_out
from bedside.service.session import Session
from tests.benchmarks.charts import course_fields
from tests.benchmarks.measure import Result
from tests.benchmarks.stores import session_of
from tests.benchmarks.ward import BOARD_ENTRIES, BOARD_PATIENTS

ROUNDS, AT_ONCE = 3, 200
FIRST_PAINT_MS, LETTER_MS = 250, 16


def measure() -> Sequence[Result]:
    """Milliseconds from asking for the board to its first paint, and of a letter, beside a bare table of texts."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "store"
        courses = ((number, course_fields(number, BOARD_ENTRIES)) for number in range(BOARD_PATIENTS))
        with session_of(folder, courses) as session:
            _work_out_all(session)
        seen = [_show(folder) for _ in range(ROUNDS)]
    found = {name: median(one[name] for one in seen) * 1e3 for name in seen[0]}
    return [
        Result(
            f"board of {BOARD_PATIENTS:,}, first paint (processor)", found["board"], "ms", found["bare_board"],
            FIRST_PAINT_MS, "value at most",
        ),
        Result(
            f"board of {BOARD_PATIENTS:,}, a typed letter (processor)", found["letter"], "ms", found["bare_letter"],
            LETTER_MS, "value at most",
        ),
    ]  # fmt: skip


def _work_out_all(session: Session) -> None:
    now = session.now()
    mrns = [row.mrn for row in session.store.patients()]
    for start in range(0, len(mrns), AT_ONCE):
        work_out(session, mrns[start : start + AT_ONCE], AsOf(now.date(), now))


def _show(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.board_shown", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))
