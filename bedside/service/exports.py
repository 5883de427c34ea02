"""Charts handed out in the formats of the field: a bundle with what is derived, and flat tables."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bedside.chart.identity import identified
from bedside.chart.moments import AsOf
from bedside.exchange.fhir.bundle import write_bundle
from bedside.exchange.tables.cells import MARK, csv_bytes
from bedside.exchange.tables.dictionary import DICTIONARY_HEAD, dictionary
from bedside.exchange.tables.facts import HEAD, facts
from bedside.service.patients import everyone, registration
from bedside.service.permissions import Action, needs
from bedside.service.read import assessment_of, stored_chart
from bedside.service.session import Session
from bedside.service.targets import make_folder, replacing

FACTS, DICTIONARY = "facts.csv", "data-dictionary.csv"
"""The files of an export as tables."""


@needs(Action.EXPORT_CHARTS)
def export_fhir(session: Session, mrn: str, as_of: AsOf, known_at: datetime | None = None) -> bytes:
    """Return the chart as a FHIR R4 bundle, the patient's own data as corrected; UserError for an unknown MRN."""
    known = registration(session, mrn)
    chart = identified(stored_chart(session, known))
    data = write_bundle(chart, assessment_of(session, chart, as_of, known_at), session.knowledge)
    session.note("export", known.patient_id, {"form": "fhir", "as_of": as_of.text})
    return data


@needs(Action.EXPORT_CHARTS)
def export_tables(session: Session, folder: Path, mrns: Sequence[str] | None = None) -> int:
    """Write every fact of these patients (None: of all) and the dictionary into a folder; return how many patients.

    Each file is written whole or not at all. UserError for an unknown MRN, and where the folder cannot be written to.
    """
    people = everyone(session) if mrns is None else [registration(session, mrn) for mrn in mrns]
    make_folder(folder)
    with replacing(folder / DICTIONARY) as stream:
        stream.write(MARK.encode() + csv_bytes([DICTIONARY_HEAD, *dictionary(session.knowledge)]))
    with replacing(folder / FACTS) as stream:
        stream.write(MARK.encode() + csv_bytes([HEAD]))
        for known in people:
            stream.write(csv_bytes(facts(identified(stored_chart(session, known)))))
    for known in people:
        session.note("export", known.patient_id, {"form": "csv"})
    return len(people)
