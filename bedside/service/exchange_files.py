"""Charts in and out of the store: a whole file or nothing in; the chart or the handoff summary out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bedside.chart.entries import AnyEntry
from bedside.chart.moments import AsOf
from bedside.exchange.chart_json import read_charts, write_chart
from bedside.exchange.pdf_attachment import attach, attached_chart, is_pdf
from bedside.exchange.reading import Reading
from bedside.service.changes import NOTHING, Changes
from bedside.service.import_plan import PlannedChart, plan_import
from bedside.service.patients import find, registration
from bedside.service.permissions import Action, needs
from bedside.service.read import opened, stored_chart
from bedside.service.session import Session

if TYPE_CHECKING:
    from bedside.report.summary import Made

Page = Literal["A4", "Letter"]


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
def import_file(
    session: Session, name: str, data: bytes, *, dry_run: bool = False, password: str | None = None
) -> Imported:
    """Store all charts of a file, or nothing of it; what the store holds already is left as it is.

    The file is a chart, JSON Lines, or a summary as PDF, whose attached chart is taken once it is proved to be the one
    that was attached. Raises UserError, which names the file, the place in it, the field, the value and what was
    expected.
    """
    if is_pdf(data):
        data = attached_chart(data, name, password)
    reading = Reading(name, session.knowledge, session.now(), lambda mrn: _held(session, mrn))
    read = read_charts(data, reading)
    plan = plan_import(session, ((one.name, one.chart) for one in read))
    charts = tuple(_imported(one) for one in plan)
    warnings = (*(text for one in read for text in one.warnings), *(text for one in plan for text in one.warnings))
    rows = [row for one in plan for row in one.rows]
    if dry_run or not rows:
        return Imported(charts, warnings, NOTHING)
    session.store.append(rows)
    session.registrations.clear()
    session.note("import", None, {"file": name, "charts": str(len(charts)), "rows": str(len(rows))})
    changed = frozenset(one.mrn for one in plan if one.rows)
    return Imported(charts, warnings, Changes(changed, frozenset(row.kind for row in rows)))


def _held(session: Session, mrn: str) -> tuple[AnyEntry, ...]:
    known = find(session, mrn)
    return () if known is None else stored_chart(session, known).entries


def _imported(plan: PlannedChart) -> ImportedChart:
    return ImportedChart(plan.mrn, plan.new_patient, len(plan.rows) - plan.new_patient, plan.known)


@needs(Action.EXPORT_CHARTS)
def export_json(session: Session, mrn: str) -> bytes:
    """Return the chart in the interchange format, with the patient's data as registered; UserError if unknown."""
    known = registration(session, mrn)
    data = write_chart(stored_chart(session, known))
    session.note("export", known.patient_id, {"form": "json"})
    return data


@needs(Action.EXPORT_SUMMARY)
def export_pdf(
    session: Session,
    mrn: str,
    as_of: AsOf,
    known_at: datetime | None = None,
    *,
    page: Page = "A4",
    password: str | None = None,
) -> bytes:
    """Return the handoff summary as PDF for one point in time; UserError for an unknown MRN.

    It carries the chart as `export_json` writes it and prints its SHA-256, and the head of the store's chain. A
    `password` locks the whole file.
    """
    data = summary_pdf(session, mrn, as_of, known_at, page=page, password=password)
    detail = {"form": "pdf", "as_of": as_of.text, "sha256": hashlib.sha256(data).hexdigest()}
    session.note("export", registration(session, mrn).patient_id, detail)
    return data


@needs(Action.EXPORT_SUMMARY)
def summary_pdf(
    session: Session,
    mrn: str,
    as_of: AsOf,
    known_at: datetime | None = None,
    *,
    page: Page = "A4",
    password: str | None = None,
) -> bytes:
    """Return the bytes that `export_pdf` hands out, for a look that does not leave the program."""
    from bedside.report.summary import render

    known, shown = registration(session, mrn), opened(session, mrn, as_of, known_at)
    made = _made(session, known_at)
    carried = write_chart(stored_chart(session, known))
    digest = hashlib.sha256(carried).hexdigest()
    printed = render(shown.chart, shown.assessment, session.knowledge, made=made, chart_sha256=digest, page=page)
    return attach(printed, carried, password=password)


def _made(session: Session, known_at: datetime | None) -> "Made":
    from bedside.report.summary import Made

    head = session.store.head()
    return Made(
        author=session.user,
        role=session.role_words,
        moment=session.now(),
        version=session.app_version,
        head_hash=head.hash,
        entry_count=head.count,
        zone=session.zone,
        known_at=known_at,
    )
