"""Charts in and out of the store: a whole file or nothing in; the chart as a file out."""

from dataclasses import dataclass
from functools import partial

from bedside.chart.entries import AnyEntry
from bedside.chart.progress import Progress, part_of, unheard
from bedside.exchange.chart_json import read_charts, write_chart
from bedside.exchange.pdf_attachment import attached_chart, is_pdf
from bedside.exchange.reading import Reading
from bedside.service.changes import NOTHING, Changes
from bedside.service.collecting_later import collecting_later
from bedside.service.import_plan import PlannedChart, plan_import
from bedside.service.patients import find, registration
from bedside.service.permissions import Action, needs
from bedside.service.read import stored_chart
from bedside.service.session import Session
from bedside.store.audit import AuditEvent


@dataclass(frozen=True, slots=True)
class ImportedChart:
    """What one chart of a file brought: whether its patient is new, how many entries are new, how many were known."""

    mrn: str
    new_patient: bool
    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought (or would bring, in a dry run), with a sentence for each thing that is unusual."""

    charts: tuple[ImportedChart, ...]
    warnings: tuple[str, ...]
    changes: Changes


@needs(Action.IMPORT_CHARTS)
@collecting_later()
def import_file(
    session: Session,
    name: str,
    data: bytes,
    *,
    dry_run: bool = False,
    password: str | None = None,
    progress: Progress = unheard,
) -> Imported:
    """Store all charts of a file, or nothing of it; what the store holds already is left as it is.

    The file is a chart, JSON Lines, or a summary as PDF, whose attached chart is taken once it is proved to be the one
    that was attached. Raises UserError, which names the file, the place in it, the field, the value and what was
    expected. What `progress` raises ends it, with nothing stored.
    """
    if is_pdf(data):
        data = attached_chart(data, name, password)
    held = partial(_held, session)
    read = read_charts(data, Reading(name, session.knowledge, session.now(), held, part_of(progress, 0, 50)))
    plan = plan_import(session, [(one.name, one.chart) for one in read], part_of(progress, 50, 65))
    charts = tuple(_imported(one) for one in plan)
    warnings = (*(text for one in read for text in one.warnings), *(text for one in plan for text in one.warnings))
    rows = [row for one in plan for row in one.rows]
    if dry_run or not rows:
        return Imported(charts, warnings, NOTHING)
    noted = AuditEvent("import", None, {"file": name, "charts": str(len(charts)), "rows": str(len(rows))})
    session.store.append(rows, progress=part_of(progress, 65, 99), events=[noted])
    session.registrations.clear()
    changed = frozenset(one.mrn for one in plan if one.rows)
    return Imported(charts, warnings, Changes(changed, frozenset(row.kind for row in rows)))


def _held(session: Session, mrn: str) -> tuple[AnyEntry, ...]:
    known = find(session, mrn)
    return () if known is None else stored_chart(session, known).entries


def _imported(plan: PlannedChart) -> ImportedChart:
    return ImportedChart(plan.mrn, plan.new_patient, len(plan.rows) - plan.new_patient, plan.known)


@needs(Action.EXPORT_CHARTS)
def export_json(session: Session, mrn: str, progress: Progress = unheard) -> bytes:
    """Return the chart in the interchange format, with the patient's data as registered; UserError if unknown.

    What `progress` raises ends it, with nothing noted.
    """
    known = registration(session, mrn)
    data = write_chart(stored_chart(session, known), part_of(progress, 20, 99))
    progress(99, 100)
    session.note("export", known.patient_id, {"form": "json"})
    return data
