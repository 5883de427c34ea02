"""A process whose window shows a long patient, and how far it is, while charts and counts are imported, backed up and
exported behind it.

Prints, as JSON, the seconds that the event loop was held up at most by each; the floor is a window at rest.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer

from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress
from bedside.service.backups import back_up
from bedside.service.counts import CountsFile, CountsPlan, plan_counts, store_counts
from bedside.service.exchange_files import export_json, import_file
from bedside.service.exports import export_fhir
from bedside.service.handoff import Order, send
from bedside.service.session import Session
from bedside.ui.background import Background
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from tests.benchmarks.charts import dense_fields, patient_fields
from tests.benchmarks.counts_import import ROWS, table
from tests.benchmarks.open_window import Opened, opened_window
from tests.benchmarks.ward import LONG
from tests.watchdog import watched

ENTRIES, MANY_ENTRIES = 5_000, 24_000
REST_MS = 1_500


class Errand(QObject):
    """Hands one piece of work to the worker, and runs the event loop until it has come back."""

    def __init__(self, worker: Background) -> None:
        super().__init__()
        self._worker, self._loop, self.trouble = worker, QEventLoop(), ""

    def longest_stall(self, work: Callable[[Progress], Any]) -> float:
        """The longest time that the loop was held up meanwhile."""
        watch = Watch("Being measured …")
        with watched() as dog:
            self._worker.run(partial(work, watch.tell), self._came, self._failed, watch)
            self._loop.exec()
        if self.trouble:
            raise SystemExit(self.trouble)
        return dog.longest

    def at_rest(self) -> float:
        """The same with nothing to do."""
        with watched() as dog:
            QTimer.singleShot(REST_MS, self._loop.quit)
            self._loop.exec()
        return dog.longest

    def _came(self, _value: object) -> None:
        self._loop.quit()

    def _failed(self, trouble: Trouble) -> None:
        self.trouble = trouble.text
        self._loop.quit()


def chart_file(number: int, entries: int) -> bytes:
    """A chart of that many entries in the interchange format."""
    fields = {"format": "bedside-chart", "version": 1, "patient": patient_fields(number)}
    return json.dumps({**fields, "entries": dense_fields(number, entries)}).encode()


def stalls(opened: Opened) -> Iterator[tuple[str, float]]:
    """The longest stall of each kind of work."""
    session, errand = opened.session, Errand(opened.window.worker())
    mrn = patient_fields(LONG[0])["mrn"]
    now = session.now()
    opened.rest.after(partial(opened.ward.open_patient, mrn), lambda: opened.ward.opened is not None)
    yield "at rest", errand.at_rest()
    for name, work in works(session, mrn, AsOf(now.date(), now)):
        yield name, errand.longest_stall(work)


def works(session: Session, mrn: str, as_of: AsOf) -> Iterator[tuple[str, Callable[[Progress], Any]]]:
    """Each kind of work with its name."""
    plans: list[CountsPlan] = []
    yield "import of 5,000 entries", partial(_import, session, chart_file(90, ENTRIES), dry_run=False)
    yield "import of a document above 3 MB", partial(_import, session, chart_file(91, MANY_ENTRIES), dry_run=True)
    yield "preview of 10,000 counts", partial(_plan, session, plans, CountsFile("counts.csv", table()))
    yield "storing 10,000 counts", partial(_store, session, plans)
    yield "backup", partial(back_up, session, None)
    yield "export as JSON", partial(export_json, session, mrn)
    yield "export as FHIR", partial(export_fhir, session, mrn, as_of, None)
    yield "export as PDF", partial(send, session, Order(mrn, as_of, None), "Bench")


def _import(session: Session, data: bytes, progress: Progress, *, dry_run: bool) -> object:
    return import_file(session, "long.json", data, dry_run=dry_run, progress=progress)


def _plan(session: Session, plans: list[CountsPlan], file: CountsFile, progress: Progress) -> None:
    plans.append(plan_counts(session, file, progress))


def _store(session: Session, plans: list[CountsPlan], progress: Progress) -> None:
    stored = store_counts(session, plans[0], progress)
    if stored.entries != ROWS:
        raise RuntimeError(f"{stored.entries} of {ROWS} entries were stored")


def main(folder: str) -> None:
    """Measure on the store in a folder, and print one line of JSON."""
    with opened_window(Path(folder)) as opened:
        opened.rest.after(opened.sign_in)
        found = dict(stalls(opened))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
