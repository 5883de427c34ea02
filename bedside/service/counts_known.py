"""What the charts hold of counts already, by moment and field: so that no value is stored twice or against another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bedside.chart.base import Measured, own_fields
from bedside.chart.formats import field_quantity_text, label
from bedside.chart.identity import identified
from bedside.chart.live import EntryState, resolve
from bedside.knowledge.codes import COUNT_KINDS
from bedside.service.patients import registered
from bedside.service.read import stored_chart
from bedside.service.session import Session

Moment = datetime | date
Told = tuple[float | None, str]
"""A value with its sign; None was not done."""


@dataclass(frozen=True, slots=True)
class KnownCounts:
    """One patient of the store: birth dates, and every value of a count by moment and field."""

    birth_dates: frozenset[date]
    live: dict[tuple[Moment, str], Told]
    taken_back: set[tuple[Moment, str, Told]]


def known_counts(session: Session, mrn: str) -> KnownCounts | None:
    """Return what the store holds of a patient, None where it knows nobody by this MRN."""
    row = session.store.patient(mrn)
    if row is None:
        return None
    known = registered(row.patient_id, row.body)
    chart = stored_chart(session, known)
    entries = chart.entries
    states = resolve(entries).states
    live: dict[tuple[Moment, str], Told] = {}
    taken_back: set[tuple[Moment, str, Told]] = set()
    for entry in entries:
        if entry.kind not in COUNT_KINDS or not isinstance(entry, Measured):
            continue
        for name, value in _told(entry):
            if states[entry.id] in {EntryState.LIVE, EntryState.CONTESTED}:
                live[(entry.at.instant or entry.at.day, name)] = value
            elif states[entry.id] is EntryState.VOIDED:
                taken_back.add((entry.at.instant or entry.at.day, name, value))
    born = frozenset({chart.patient.birth_date, identified(chart).patient.birth_date})
    return KnownCounts(born, live, taken_back)


def _told(entry: Measured) -> Iterable[tuple[str, Told]]:
    marks = entry.censored or {}
    for name in own_fields(type(entry)):
        value = getattr(entry, name)
        if value is not None:
            yield name, (value, str(marks.get(name, "")))
        elif name in (entry.not_done or ()):
            yield name, (None, "")


def told_words(name: str, told: Told) -> str:
    """Return a value with its name: "Hb 92 g/L"."""
    return f"{label(name)} {value_words(name, told)}"


def value_words(name: str, told: Told) -> str:
    """Return a value with its sign and unit."""
    value, sign = told
    return "not done" if value is None else f"{sign}{field_quantity_text(name, value)}"
