"""The one invariant that every fault must leave standing."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.exchange.chart_json import read_charts, write_chart
from bedside.exchange.reading import Reading
from bedside.service.read import assessment_of, chart_of
from bedside.service.session import Session
from tests.torture import ward

AS_OF = AsOf.parse("2024-12-31")
NO_FUTURE = datetime(2200, 1, 1, tzinfo=UTC)
"""When a chart is read in again: a clock that jumped may have put what is recorded into the future."""


def broken(folder: Path, acknowledged: Iterable[str]) -> tuple[str, ...]:
    """What does not hold of a store after a fault, empty when all of it does.

    It opens with its key; quick_check and the whole verification find nothing; the journal is at least as long as what
    was acknowledged; every acknowledged id is there exactly once; and what is derived from each chart equals what is
    derived anew from the chart written out and read in again.
    """
    try:
        session = ward.opened(folder)
    except UserError as error:
        return (f"it does not open: {error}",)
    try:
        return (*whole(session), *missing(session, list(acknowledged)), *derived_otherwise(session))
    finally:
        session.store.close(backup=False)


def whole(session: Session) -> Iterable[str]:
    """What the store itself finds wrong."""
    return (*(one.sentence for one in session.store.quick_check()), *(one.sentence for one in session.store.verify()))


def missing(session: Session, acknowledged: list[str]) -> Iterable[str]:
    """Which acknowledged ids are not in the journal exactly once."""
    rows = [str(row.id) for patient in session.store.patients() for row in session.store.rows(patient.patient_id)]
    times = Counter(rows)
    wrong = [
        f"{entry} was acknowledged and is there {times[entry]} times" for entry in acknowledged if times[entry] != 1
    ]
    if session.store.head().count < len(set(acknowledged)):
        wrong.append("the journal is shorter than what was acknowledged")
    if session.store.head().count != len(rows):
        wrong.append("the journal does not hold as many rows as its patients")
    return wrong


def derived_otherwise(session: Session) -> Iterable[str]:
    """Which patients' derived facts depend on more than their entries."""
    for patient in session.store.patients():
        chart = chart_of(session, patient.mrn)
        reading = Reading("again.json", session.knowledge, NO_FUTURE, lambda _mrn: ())
        again = read_charts(write_chart(chart), reading)[0].chart
        if assessment_of(session, chart, AS_OF) != assessment_of(session, again, AS_OF):
            yield f"what is derived for {patient.patient_id} differs when it is derived again"
