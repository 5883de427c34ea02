"""Tests that one summary after the other leaves nothing behind in the memory."""

import gc

from bedside.chart.moments import AsOf
from bedside.resources import resource
from bedside.service.exchange_files import import_file
from bedside.service.session import Session
from bedside.service.summaries import export_pdf

DAY = AsOf.parse("2020-07-31")
PATIENTS = ("SYN-0001", "SYN-0005", "SYN-0017")
FEW = 100


def test_that_a_batch_of_summaries_keeps_nothing_of_those_it_has_made(session: Session) -> None:
    import_file(session, "ward.jsonl", resource("demo/synthetic-ward.jsonl").read_bytes())
    held = []
    for _ in range(4):
        for mrn in PATIENTS:
            export_pdf(session, mrn, DAY)
        gc.collect()
        held.append(len(gc.get_objects()))
    assert held[3] - held[1] < FEW
