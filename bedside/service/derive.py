"""What follows from a chart, wherever it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bedside.chart.assessment import Assessment, json_of_parts
from bedside.chart.identity import identified
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.logic.assess import assess, parts_of, scene_of
from bedside.logic.parts import PARTS

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge

PART_NAMES = tuple(PARTS)
"""The parts of an assessment that can be asked for by name, in the order of the whole."""


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


def derive_parts(chart: Chart, as_of: AsOf, basis: Basis, names: Sequence[str]) -> bytes:
    """Return the named parts of what is derived as JSON, in the order given, after whose they are and by what.

    Nothing else is derived. `names` are some of `PART_NAMES`.
    """
    chart = identified(chart)
    journal = resolve(chart.entries, basis.known_at)
    scene = scene_of(chart.patient, journal, as_of, basis.knowledge, basis.jurisdiction)
    frame = {
        "mrn": chart.patient.mrn,
        "as_of": as_of.text,
        "knowledge": basis.knowledge.sha256,
        "app_version": basis.app_version,
    }
    return json_of_parts({**frame, **parts_of(scene, names)})
