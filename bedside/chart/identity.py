"""The patient's own data as corrected by the chart's identity entries."""

from collections.abc import Iterable
from operator import attrgetter

from bedside.chart.entries import Identity
from bedside.chart.live import resolve
from bedside.chart.patient import Chart, Patient

_KIND = attrgetter("kind")
_CORRECTABLE = ("mrn", "family_name", "given_name", "birth_date", "sex")


def identified(chart: Chart) -> Chart:
    """Return the chart with the patient's own data, the number too, as its live identity entries correct them."""
    if "identity" not in map(_KIND, chart.entries):
        return chart
    live = (entry for entry in resolve(chart.entries).live if isinstance(entry, Identity))
    return chart.model_copy(update={"patient": corrected(chart.patient, live)})


def corrected(patient: Patient, corrections: Iterable[Identity]) -> Patient:
    """Return the patient after the corrections, the later one winning field by field."""
    for correction in corrections:
        given = {name: getattr(correction, name) for name in _CORRECTABLE if getattr(correction, name) is not None}
        patient = patient.model_copy(update=given)
    return patient
