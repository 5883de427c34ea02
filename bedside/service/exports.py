"""Charts handed out in the formats of the field: a bundle with what is derived, and flat tables."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bedside.chart.identity import identified
from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress, one_by_one, part_of, unheard
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
def export_fhir(
    session: Session, mrn: str, as_of: AsOf, known_at: datetime | None = None, progress: Progress = unheard
) -> bytes:
    """Return the chart as a FHIR R4 bundle, the patient's own data as corrected; UserError for an unknown MRN.

    What `progress` raises ends it, with nothing noted.
    """
    known = registration(session, mrn)
    chart = identified(stored_chart(session, known))
    progress(10, 100)
    assessment = assessment_of(session, chart, as_of, known_at)
    data = write_bundle(chart, assessment, session.knowledge, part_of(progress, 25, 99))
    progress(99, 100)
    session.note("export", known.patient_id, {"form": "fhir", "as_of": as_of.text})
    return data


@needs(Action.EXPORT_CHARTS)
def export_tables(
    session: Session, folder: Path, mrns: Sequence[str] | None = None, progress: Progress = unheard
) -> int:
    """Write every fact of these patients (None: of all) and the dictionary into a folder; return how many patients.

    Both files are written, or neither. UserError for an unknown MRN, and where the folder cannot be written to; what
    `progress` raises ends it, with nothing noted.
    """
    people = everyone(session) if mrns is None else [registration(session, mrn) for mrn in mrns]
    make_folder(folder)
    with replacing(folder / DICTIONARY) as words, replacing(folder / FACTS) as stream:
        words.write(MARK.encode() + csv_bytes([DICTIONARY_HEAD, *dictionary(session.knowledge)]))
        stream.write(MARK.encode() + csv_bytes([HEAD]))
        for known in one_by_one(people, progress):
            stream.write(csv_bytes(facts(identified(stored_chart(session, known)))))
        progress(len(people), len(people))
    for known in people:
        session.note("export", known.patient_id, {"form": "csv"})
    return len(people)
