"""Reading: a patient's chart, and the chart opened as the window shows it for one point in time."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.chart.entries import parse_entries
from bedside.chart.errors import NotWritable
from bedside.chart.identity import identified
from bedside.chart.live import Journal, resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.logic.assess import assess_journal
from bedside.service.patients import find, registration
from bedside.service.permissions import Action, needs
from bedside.service.registrations import Registration, registered
from bedside.service.session import Session
from bedside.service.settings import in_force
from bedside.service.signatures import Signature, by_entry, signatures_in, with_signers
from bedside.store.rows import NOT_ENTRIES, REGISTRATION, SIGNATURE, Received, Row

_KIND = attrgetter("kind")
_AT_ONCE = 500
"""How many entries are parsed in one go."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who recorded an entry and when (None: not said), who brought it into the store and when, and as which row.

    `number` is the row's in the journal, the only order in which entries came.
    """

    recorded_at: datetime | None
    recorded_by: str | None
    role: str
    received_at: datetime
    received_by: str
    number: int


class _Recorded(Mapping[str, Provenance]):
    """The provenance of each entry by its id, put together when it is asked for."""

    def __init__(self, rows: Mapping[str, Received | Row]) -> None:
        self._rows = rows

    def __getitem__(self, entry_id: str) -> Provenance:
        row = self._rows[entry_id]
        received = (row.received_at, row.received_by, row.origin_seq)
        return Provenance(row.recorded_at, row.recorded_by, row.role, *received)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True, slots=True)
class Opened:
    """A patient as of one point: the chart, what counts in it, what follows from it, and who wrote each entry.

    `asked` is the number by which the patient was asked for, perhaps an earlier one, or that of a double;
    `jurisdiction` says whose labels count.
    """

    chart: Chart
    journal: Journal
    assessment: Assessment
    recorded: Mapping[str, Provenance]
    signatures: tuple[Signature, ...] = ()
    asked: str = ""
    jurisdiction: str = "eu"

    def is_of(self, mrn: str) -> bool:
        """Tell whether this is the patient who was asked for by that number, present or earlier."""
        return mrn in (self.asked, self.chart.patient.mrn)

    def recorder(self, entry: Entry) -> str | None:
        """Return who recorded an entry, None where it came from a file that does not say."""
        known = self.recorded.get(entry.id)
        return known.recorded_by if known is not None else entry.recorded_by


@needs(Action.READ)
def chart_of(session: Session, mrn: str) -> Chart:
    """Return the chart as stored, the patient's own data as corrected; UserError for an unknown MRN."""
    known = registration(session, mrn)
    _note_opened(session, known)
    chart = identified(stored_chart(session, known))
    if not any(session.store.has_kind(one, SIGNATURE) for one in known.ids):  # whole rows cost twice the chart itself
        return chart
    return signed(chart, signatures_in(rows_of(session, known)))


@needs(Action.READ)
def chart_if_held(session: Session, mrn: str) -> Chart | None:
    """Return what `chart_of` does, None for a patient who is not, or no longer, in the store."""
    return None if find(session, mrn) is None else chart_of(session, mrn)


def bodies_in(rows: Iterable[Row]) -> list[str]:
    """Return the body texts of the entries among a patient's rows."""
    return [row.body for row in rows if row.kind not in NOT_ENTRIES]


def signed(chart: Chart, signatures: Sequence[Signature]) -> Chart:
    """Return the chart with the signer's name in every decision that was signed after it was recorded."""
    known = by_entry(signatures)
    return chart.model_copy(update={"entries": with_signers(chart.entries, known)}) if known else chart


def _note_opened(session: Session, known: Registration) -> None:
    """Tell the audit trail, once a session, that the person opened this patient's chart.

    A full disk keeps nobody from reading: it is noted at the next look for which there is room.
    """
    if known.patient_id not in session.charts_noted:
        with suppress(NotWritable):
            session.note("chart_opened", known.patient_id)
            session.charts_noted.add(known.patient_id)


def stored_chart(session: Session, known: Registration) -> Chart:
    """Return the chart with the patient's own data as registered, entries in the order they were received."""
    if not known.doubles:
        return chart_from(known, session.store.bodies(known.patient_id))
    return chart_from(known, bodies_in(rows_of(session, known)))


def rows_of(session: Session, known: Registration) -> list[Row]:
    """Return every row of a person, those of doubles too, in the order they were received.

    What corrects a double's own data is left out: the data of the registration count.
    """
    if not known.doubles:
        return session.store.rows(known.patient_id)
    rows = [row for patient_id in known.ids for row in session.store.rows(patient_id)]
    own = _of_doubles_alone([row for row in rows if row.patient_id != known.patient_id])
    return sorted((row for row in rows if str(row.id) not in own), key=lambda row: row.origin_seq)


def _of_doubles_alone(rows: Sequence[Row]) -> set[str]:
    """The ids of a double's registration, of the corrections of its own data, and of whatever names these."""
    left_out = {
        str(row.id)
        for row in rows
        if row.kind == REGISTRATION or (row.kind == "identity" and "same_as" not in json.loads(row.body))
    }
    naming = [(str(row.id), {str(row.supersedes), str(row.voids)}) for row in rows]
    while more := {one for one, named in naming if one not in left_out and named & left_out}:
        left_out |= more
    return left_out


def chart_from(known: Registration, bodies: list[str]) -> Chart:
    """Return the chart of a registration and the body texts of its entries.

    They are parsed some hundreds at a time: the parser holds the interpreter, and so the window, until it has ended.
    """
    parts = (bodies[start : start + _AT_ONCE] for start in range(0, len(bodies), _AT_ONCE))
    entries = tuple(entry for part in parts for entry in parse_entries(f"[{','.join(part)}]"))
    return Chart.model_construct(patient=known.patient, entries=entries, source=known.source, as_of=known.as_of)


def birth_dates(session: Session, known: Registration) -> frozenset[date]:
    """Return the birth date as registered, a double's too, and, where it was corrected, as it is now."""
    doubles = (session.store.patient_row(one) for one in known.doubles)
    registrations = (registered(row.patient_id, row.body) for row in doubles if row is not None)
    dates = {known.patient.birth_date, identified(stored_chart(session, known)).patient.birth_date}
    return frozenset(dates | {one.patient.birth_date for one in registrations})


@needs(Action.READ)
def opened(session: Session, mrn: str, as_of: AsOf, known_at: datetime | None = None) -> Opened:
    """Return everything the window shows of one patient as of a point, as known at a moment (None: all of it)."""
    known = registration(session, mrn)
    _note_opened(session, known)
    stored = _stored(session, known)
    given = tuple(one for one in stored.signatures if known_at is None or one.at <= known_at)
    chart = signed(identified(chart_from(known, [row.body for row in stored.entries.values()])), given)
    journal = resolve(chart.entries, known_at)
    assessment = _assessed(session, chart.patient, journal, as_of)
    jurisdiction = in_force(session).jurisdiction
    return Opened(chart, journal, assessment, _Recorded(stored.entries), given, mrn, jurisdiction)


class _Stored(NamedTuple):
    """The rows of a person's entries by id, in the order they were received, and the signatures beside them."""

    entries: Mapping[str, Received | Row]
    signatures: tuple[Signature, ...]


def _stored(session: Session, known: Registration) -> _Stored:
    """Read what was stored of a person; whole rows, which take twice as long, only where they are needed."""
    if not known.doubles:
        received = session.store.received(known.patient_id)
        if SIGNATURE not in map(_KIND, received):
            return _Stored({row.id: row for row in received if row.kind not in NOT_ENTRIES}, ())
    rows = rows_of(session, known)
    return _Stored({str(row.id): row for row in rows if row.kind not in NOT_ENTRIES}, signatures_in(rows))


def assessment_of(session: Session, chart: Chart, as_of: AsOf, known_at: datetime | None = None) -> Assessment:
    """Return what is derived from a chart as of a point, as known at a moment (None: all of it)."""
    return _assessed(session, chart.patient, resolve(chart.entries, known_at), as_of)


def _assessed(session: Session, patient: Patient, journal: Journal, as_of: AsOf) -> Assessment:
    return assess_journal(
        patient,
        journal,
        as_of,
        session.knowledge,
        jurisdiction=in_force(session).jurisdiction,
        app_version=session.app_version,
    )
