"""What the charts of one file would add to the store, worked out before anything is stored."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bedside.chart.entries import AnyEntry, entry_body
from bedside.chart.errors import UserError
from bedside.chart.live import named_by
from bedside.chart.patient import Chart, Patient
from bedside.chart.progress import Progress, one_by_one, unheard
from bedside.exchange.reading import WHAT_TO_DO, place_of
from bedside.service.entry_rows import entry_row, registration_row
from bedside.service.import_rights import Placed, require_of_newcomer, require_of_stored
from bedside.service.newcomers import Newcomers
from bedside.service.patients import find
from bedside.service.read import birth_dates
from bedside.service.registrations import Registration
from bedside.service.session import Session
from bedside.store.rows import RowDraft


@dataclass(frozen=True, slots=True)
class PlannedChart:
    """The rows that one chart would add, how many of its entries are stored already, and what a person should know."""

    mrn: str
    rows: tuple[RowDraft, ...]
    new_patient: bool
    known: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """What is stored of a patient, or comes before in the same file: identity, birth dates, entry bodies by id.

    `stored` is None for somebody whom this file brings; `brought` holds the new entries that come before.
    """

    patient_id: str
    patient: Patient
    birth_dates: frozenset[date]
    bodies: dict[str, str]
    homes: dict[str, str]
    stored: Registration | None = None
    brought: list[AnyEntry] = field(default_factory=list)

    def home_of(self, entry: AnyEntry) -> str:
        """Return where a new entry belongs: to the journal that holds what it corrects or voids, else the person's."""
        home = self.homes.get(named_by(entry) or "", self.patient_id)
        self.homes[entry.id] = home
        return home


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a chart in the same file: patients, ids of new entries, and whom newcomers are like."""

    held: dict[str, _Held]
    taken: set[str]
    newcomers: Newcomers


def plan_import(
    session: Session, charts: Sequence[tuple[str, Chart]], progress: Progress = unheard
) -> tuple[PlannedChart, ...]:
    """Return what each chart (with the name of its file, and the line) would add, in order.

    Raises UserError for an MRN that exists with another birth date, an id that exists with other content, and what the
    person may not do to a patient of the store.
    """
    before = _Before({}, set(), Newcomers.of(session))
    return tuple(_plan(session, file, chart, before) for file, chart in one_by_one(charts, progress))


def _plan(session: Session, file: str, chart: Chart, before: _Before) -> PlannedChart:
    """The plan of one chart, after what stands before it in the file."""
    patient, held, taken, newcomers = chart.patient, before.held, before.taken, before.newcomers
    known = held.get(patient.mrn) or _stored(session, patient.mrn)
    rows: list[RowDraft] = []
    if known is None:
        row = registration_row(session, patient, chart.source, chart.as_of)
        rows.append(row)
        known = _Held(row.patient_id, patient, frozenset({patient.birth_date}), {}, {})
        warnings = tuple(f"{file}: {question}" for question in newcomers.questions(patient))
        newcomers.add(patient.mrn, patient)
    else:
        warnings = _other_names(file, patient, known)
    held[patient.mrn] = known
    _refuse_other_birth_date(file, patient, known)
    new = [
        (f"{file}, {place_of(index, entry.kind)}", entry)
        for index, entry in enumerate(chart.entries)
        if not _is_known(file, index, entry, known.bodies)
    ]
    _refuse_ids_of_others(new, taken | session.store.known_ids(entry.id for _, entry in new))
    _require_rights(session, known, new)
    known.brought.extend(entry for _, entry in new)
    taken.update(entry.id for _, entry in new)
    new_patient = bool(rows)
    rows.extend(entry_row(session, known.home_of(entry), entry) for _, entry in new)
    known.bodies.update((entry.id, entry_body(entry)) for _, entry in new)
    return PlannedChart(patient.mrn, tuple(rows), new_patient, len(chart.entries) - len(new), warnings)


def _stored(session: Session, mrn: str) -> _Held | None:
    known = find(session, mrn)
    if known is None:
        return None
    texts = ((one, body) for one in known.ids for body in session.store.bodies(one))
    held = [(json.loads(body)["id"], one, body) for one, body in texts]
    bodies, homes = {key: body for key, _, body in held}, {key: one for key, one, _ in held}
    return _Held(known.patient_id, known.patient, birth_dates(session, known), bodies, homes, known)


def _refuse_other_birth_date(file: str, patient: Patient, known: _Held) -> None:
    if patient.birth_date not in known.birth_dates:
        raise UserError(
            f"{file}: birth_date is {patient.birth_date}; the MRN {patient.mrn} belongs to a patient born on "
            f"{known.patient.birth_date} already.",
            WHAT_TO_DO,
        )


def _is_known(file: str, index: int, entry: AnyEntry, bodies: dict[str, str]) -> bool:
    body = bodies.get(entry.id)
    if body is not None and body != entry_body(entry):
        raise UserError(
            f"{file}, {place_of(index, entry.kind)}: id is {entry.id}, which the store holds already with other "
            "content.",
            WHAT_TO_DO,
        )
    return body is not None


def _refuse_ids_of_others(new: Placed, taken: frozenset[str] | set[str]) -> None:
    """Raise UserError for a new entry whose id is taken: by another patient, as the patient's own are known."""
    for place, entry in new:
        if entry.id in taken:
            raise UserError(f"{place}: id is {entry.id}, which an entry of another patient has already.", WHAT_TO_DO)


def _require_rights(session: Session, known: _Held, new: Placed) -> None:
    """Raise UserError for what the person may not do to this patient."""
    if known.stored is None:
        require_of_newcomer(session, known.patient.mrn, new)
    else:
        require_of_stored(session, known.stored, new, known.brought)


def _other_names(file: str, patient: Patient, known: _Held) -> tuple[str, ...]:
    names = ("family_name", "given_name", "sex")
    other = [name for name in names if getattr(patient, name) != getattr(known.patient, name)]
    text = f"{file}: {', '.join(other)} of {patient.mrn} differs from the store; the store's stays as it is."
    return (text,) if other else ()
