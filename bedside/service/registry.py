"""What the registries ask, held against one chart or against every chart of the store."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bedside.chart.derived.registry import AnswerStatus, RegistryReport
from bedside.chart.identity import identified
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.knowledge.registry import load_registry
from bedside.logic.registry.report import registry_report
from bedside.service.patients import everyone, registration
from bedside.service.permissions import Action, needs
from bedside.service.read import assessment_of, stored_chart
from bedside.service.registrations import Registration
from bedside.service.session import Session


@dataclass(frozen=True, slots=True)
class RegistryLine:
    """One patient of the store: the day of the newest infusion, and how many questions stand how."""

    mrn: str
    day0: date | None
    counts: Mapping[AnswerStatus, int] = field(hash=False)


@needs(Action.EXPORT_CHARTS)
def registry_gaps(session: Session, mrn: str, as_of: AsOf, known_at: datetime | None = None) -> RegistryReport:
    """Return which questions of the registries a chart answers as of a point; UserError for an unknown MRN."""
    known = registration(session, mrn)
    session.note("export", known.patient_id, {"form": "registry", "as_of": as_of.text})
    return _report(session, known, as_of, known_at)


@needs(Action.EXPORT_CHARTS)
def registry_lines(session: Session, as_of: AsOf, known_at: datetime | None = None) -> Iterator[RegistryLine]:
    """Yield every patient of the store with what the registries lack, in the order of their numbers."""
    session.note("export", None, {"form": "registry", "as_of": as_of.text})
    for known in everyone(session):
        report = _report(session, known, as_of, known_at)
        yield RegistryLine(report.mrn, report.day0, Counter(counts_of(report)))


def counts_of(report: RegistryReport) -> Iterator[AnswerStatus]:
    """Yield how each question of a report stands."""
    return (answer.status for part in report.parts for answer in part.answers)


def _report(session: Session, known: Registration, as_of: AsOf, known_at: datetime | None) -> RegistryReport:
    chart = identified(stored_chart(session, known))
    assessment = assessment_of(session, chart, as_of, known_at)
    journal = resolve(chart.entries, known_at)
    return registry_report(journal, as_of, assessment, session.knowledge, load_registry())
