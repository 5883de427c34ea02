"""A process whose window shows a long patient while charts are imported, backed up and exported behind it.

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
from bedside.service.backups import back_up
from bedside.service.exchange_files import export_json, import_file
from bedside.service.exports import export_fhir
from bedside.service.handoff import Order, send
from bedside.ui.background import Background
from bedside.ui.troubles import Trouble
from tests.benchmarks.charts import dense_fields, patient_fields
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

    def longest_stall(self, work: Callable[[], Any]) -> float:
        """The longest time that the loop was held up meanwhile."""
        with watched() as dog:
            self._worker.run(work, self._came, self._failed)
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
    yield (
        "import of 5,000 entries",
        errand.longest_stall(partial(import_file, session, "long.json", chart_file(90, ENTRIES))),
    )
    yield (
        "import of a document above 3 MB",
        errand.longest_stall(partial(import_file, session, "large.json", chart_file(91, MANY_ENTRIES), dry_run=True)),
    )
    yield "backup", errand.longest_stall(partial(back_up, session))
    yield "export as JSON", errand.longest_stall(partial(export_json, session, mrn))
    yield "export as FHIR", errand.longest_stall(partial(export_fhir, session, mrn, AsOf(now.date(), now)))
    yield (
        "export as PDF",
        errand.longest_stall(partial(send, session, Order(mrn, AsOf(now.date(), now), None), "Bench")),
    )


def main(folder: str) -> None:
    """Measure on the store in a folder, and print one line of JSON."""
    with opened_window(Path(folder)) as opened:
        opened.rest.after(opened.sign_in)
        found = dict(stalls(opened))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
