"""What the charts hold of counts already, by moment and field: so that no value is stored twice or against another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bedside.chart.base import Measured, own_fields
from bedside.chart.formats import field_quantity_text, label
from bedside.chart.identity import identified
from bedside.chart.live import EntryState, resolve
from bedside.chart.moments import At
from bedside.exchange.counts.dates import on_wards_clock
from bedside.knowledge.codes import COUNT_KINDS
from bedside.service.patients import find
from bedside.service.read import birth_dates, stored_chart
from bedside.service.session import Session

Moment = datetime | date
Told = tuple[float | None, str]
"""A value with its sign; None was not done."""


@dataclass(frozen=True, slots=True)
class KnownCounts:
    """One patient of the store: number, names, birth dates, and every value of a count.

    `held` has the values that count by moment and field, `days` the same by day with their moments, `taken_back` those
    that were voided. A moment that is written with another offset stands under both days, its own and the ward's.
    """

    mrn: str
    names: str
    birth_dates: frozenset[date]
    held: dict[Moment, dict[str, set[Told]]] = field(default_factory=dict)
    days: dict[date, list[tuple[At, str, Told]]] = field(default_factory=dict)
    taken_back: set[tuple[Moment, str, Told]] = field(default_factory=set)

    def same_elsewhere(self, at: At, told: Mapping[str, Told]) -> dict[str, At]:
        """Return the values that the chart holds at another moment of the day, where nothing told differs from it."""
        others = {one.text: one for one, _, _ in self.days.get(at.day, ()) if moment_of(one) != moment_of(at)}
        found: dict[str, At] = {}
        for other in others.values():
            held = self.held[moment_of(other)]
            common = [name for name in told if name in held]
            if all(told[name] in held[name] for name in common):
                found |= dict.fromkeys(common, other)
        return found

    def is_untouched_by(self, at: At) -> bool:
        """Whether the chart says nothing about this moment and its day, so that everything told for it is new."""
        return at.day not in self.days and moment_of(at) not in self.held and not self.taken_back


def moment_of(at: At) -> Moment:
    """Return what tells moments apart: the instant, else the day."""
    return at.instant or at.day


def known_counts(session: Session, mrn: str) -> KnownCounts | None:
    """Return what the store holds of a patient, None where it knows nobody by this MRN, present or earlier."""
    registration = find(session, mrn)
    if registration is None:
        return None
    chart = stored_chart(session, registration)
    patient = identified(chart).patient
    names = f"{patient.family_name}, {patient.given_name}"
    known = KnownCounts(registration.number, names, birth_dates(session, registration))
    states = resolve(chart.entries).states
    for entry in chart.entries:
        if entry.kind not in COUNT_KINDS or not isinstance(entry, Measured):
            continue
        moment, state = moment_of(entry.at), states[entry.id]
        days = {entry.at.day, on_wards_clock(entry.at, session.zone).day}
        for name, told in _told(entry):
            if state in {EntryState.LIVE, EntryState.CONTESTED}:
                known.held.setdefault(moment, {}).setdefault(name, set()).add(told)
                for day in days:
                    known.days.setdefault(day, []).append((entry.at, name, told))
            elif state is EntryState.VOIDED:
                known.taken_back.add((moment, name, told))
    return known


def _told(entry: Measured) -> Iterator[tuple[str, Told]]:
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
    return "not done" if value is None else field_quantity_text(name, value, sign)
