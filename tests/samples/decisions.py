"""The index case with a decision: unsigned, signed by who recorded it, or waiting for a second physician."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bedside.chart.entries import parse_entry
from bedside.chart.patient import Chart
from bedside.service.read import Opened
from bedside.service.signatures import Meaning, Signature
from tests.samples.index_case import chart, opened_chart

DECISION = "00000000-0000-4000-8000-000000000d01"
RATIONALE = "Donor confirmed; conditioning can begin."
SIGNED_AT = datetime(2020, 7, 31, 12, 31, tzinfo=UTC)


def decided(choice: str = "hsct", at: str = "2020-07-31T14:30:00+02:00", **fields: Any) -> Opened:
    """The index case with a decision."""
    made = parse_entry(
        {"kind": "decision", "id": DECISION, "at": at, "choice": choice, "rationale": RATIONALE, **fields}
    )
    with_it = Chart.model_construct(
        patient=chart().patient, entries=(*chart().entries, made), source=chart().source, as_of=None
    )
    return opened_chart(with_it, "2020-08-01")


def signature(by: str = "A. Example", meaning: Meaning = Meaning.DECIDED, *, holds: bool = True) -> Signature:
    """A physician's signature under the decision."""
    return Signature("s", DECISION, "decision", by, ("physician",), SIGNED_AT, meaning, holds)


def signed_by_its_author() -> Opened:
    """The decision as A. Example recorded and signed it."""
    return replace(decided(recorded_by="A. Example"), signatures=(signature(),))
