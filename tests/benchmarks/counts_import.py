"""A laboratory's table of 10,000 rows: previewed, stored, and how long the thread of the window waits meanwhile."""

import csv
import io
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bedside.service.counts import CountsFile, CountsPlan, plan_counts, store_counts
from bedside.service.session import Session
from tests.benchmarks.charts import patient_fields
from tests.benchmarks.measure import Result, Work, seconds, without_collector
from tests.benchmarks.stores import session_of

ROWS, PATIENTS, ROUNDS = 10_000, 20, 3
PREVIEW_MS, STORE_S, STALL_MS = 500, 3, 50
"""The longest that the preview, the storing, and one wait of the window's thread may take."""

HEADS = "MRN;Abnahme;Leukozyten (G/l);Neutrophile (G/l);Lymphozyten (G/l);Hb (g/dl);Thrombozyten (G/l)"
START = datetime(2021, 1, 4, 6, 0)  # noqa: DTZ001 -- the file states no zone, as laboratories do
TICK = 0.001


def _lines() -> Iterator[str]:
    yield HEADS
    mrns = [patient_fields(number)["mrn"] for number in range(PATIENTS)]
    for number in range(ROWS):
        at = START + timedelta(hours=12 * (number // PATIENTS))
        wbc = number % 90 + 10
        counts = (wbc / 10, wbc / 20, wbc / 40, 7 + number % 60 / 10)
        written = ";".join(f"{count:.1f}".replace(".", ",") for count in counts)
        yield f"{mrns[number % PATIENTS]};{at:%d.%m.%Y %H:%M};{written};{20 + number % 300}"


def table() -> bytes:
    """A German laboratory's table: five counts a row, decimal commas, haemoglobin in g/dL."""
    return "\r\n".join(_lines()).encode()


def measure() -> Sequence[Result]:
    """Milliseconds of the preview beside splitting the file into cells, seconds of the storing, the longest wait."""
    file = CountsFile("counts.csv", table())
    floor = median(seconds(lambda: _split(file.data)) for _ in range(ROUNDS))
    plans: list[CountsPlan] = []
    with (
        TemporaryDirectory() as place,
        session_of(Path(place) / "store", ((number, []) for number in range(PATIENTS))) as session,
        without_collector(),
    ):
        preview = median(seconds(lambda: plan_counts(session, file)) for _ in range(ROUNDS))
        waits = [_longest_wait(lambda: plans.append(plan_counts(session, file, _told)))]
        start = time.perf_counter()
        waits.append(_longest_wait(lambda: _store(session, plans[0])))
        stored = time.perf_counter() - start
    bare = _longest_wait(lambda: time.sleep(0.5))
    return [
        Result("preview of counts, 10,000 rows", preview * 1e3, "ms", floor * 1e3, PREVIEW_MS, "value at most"),
        Result("storing counts, 10,000 rows", stored, "s", floor, STORE_S, "value at most"),
        Result("  the window's longest wait", max(waits) * 1e3, "ms", bare * 1e3, STALL_MS, "value at most"),
    ]


def _split(data: bytes) -> int:
    return sum(len(row) for row in csv.reader(io.StringIO(data.decode()), delimiter=";"))


def _told(_done: int, _total: int) -> None:
    """Progress is told, as in the window."""


def _store(session: Session, plan: CountsPlan) -> None:
    stored = store_counts(session, plan, _told)
    if stored.entries != ROWS:
        raise RuntimeError(f"{stored.entries} of {ROWS} entries were stored")


def _longest_wait(work: Work) -> float:
    """The longest that this thread had to wait for its turn while the work was done on another one, in seconds."""
    thread = threading.Thread(target=work)
    longest, before = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(TICK)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    thread.join()
    return longest
