"""A chart handed out in the formats of the field, with what is derived from it for one point in time."""

from datetime import datetime

from bedside.chart.identity import identified
from bedside.chart.moments import AsOf
from bedside.exchange.fhir.bundle import write_bundle
from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.read import assessment_of, stored_chart
from bedside.service.session import Session


@needs(Action.EXPORT_CHARTS)
def export_fhir(session: Session, mrn: str, as_of: AsOf, known_at: datetime | None = None) -> bytes:
    """Return the chart as a FHIR R4 bundle, the patient's own data as corrected; UserError for an unknown MRN."""
    known = registration(session, mrn)
    chart = identified(stored_chart(session, known))
    data = write_bundle(chart, assessment_of(session, chart, as_of, known_at), session.knowledge)
    session.note("export", known.patient_id, {"form": "fhir", "as_of": as_of.text})
    return data
