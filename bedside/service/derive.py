"""What follows from a chart, wherever it comes from."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bedside.chart.assessment import Assessment
from bedside.chart.identity import identified
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.logic.assess import assess

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge


@dataclass(frozen=True, slots=True)
class Basis:
    """By which knowledge and version, for whose labels ("eu" or "us"), and as known at which moment (None: all)."""

    knowledge: "Knowledge"
    app_version: str
    known_at: datetime | None = None
    jurisdiction: str = "eu"


def derive(chart: Chart, as_of: AsOf, basis: Basis) -> Assessment:
    """Return everything derived from a chart as of a point, the patient's own data as corrected."""
    return assess(
        identified(chart),
        as_of,
        basis.knowledge,
        known_at=basis.known_at,
        jurisdiction=basis.jurisdiction,
        app_version=basis.app_version,
    )
