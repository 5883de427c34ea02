"""What has to hold between the entries of a chart that was read: ids, links, dates and limits."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from bedside.chart.entries import AnyEntry, entry_body
from bedside.chart.identity import identified
from bedside.chart.live import LinkFault, check_links, names_others
from bedside.chart.moments import utc_text
from bedside.chart.patient import Chart
from bedside.exchange.reading import Reading, place_of
from bedside.knowledge.limits import Severity, check_all

_ID = attrgetter("id")
_PLANNED = {"plan": "date", "referral": "target_date"}


def without_repeats(entries: tuple[AnyEntry, ...], reading: Reading) -> tuple[AnyEntry, ...]:
    """Return the entries, each id once; UserError when one id stands for two different contents."""
    if len(set(map(_ID, entries))) == len(entries):
        return entries
    first = {entry.id: entry for entry in reversed(entries)}
    for index, entry in enumerate(entries):
        if entry_body(first[entry.id]) != entry_body(entry):
            raise reading.refused(
                f"id is {entry.id}, which another entry with other content has already; expected an id of its own.",
                place_of(index, entry.kind),
            )
    return tuple({entry.id: entry for entry in entries}.values())


def check_chart_links(chart: Chart, reading: Reading) -> None:
    """Raise UserError when a correction or void names an unknown entry, one of another kind, or makes a circle."""
    if not names_others(chart.entries):
        return
    ids = {entry.id for entry in chart.entries}
    held = [entry for entry in reading.held(chart.patient.mrn) if entry.id not in ids]
    try:
        check_links((*chart.entries, *held))
    except LinkFault as fault:
        raise reading.refused(fault.what_happened, _place(fault.entry.id, chart.entries)) from None


def _place(entry_id: str, entries: Sequence[AnyEntry]) -> str:
    places = (place_of(index, entry.kind) for index, entry in enumerate(entries) if entry.id == entry_id)
    return next(places, "")


def check_dates(chart: Chart, reading: Reading) -> None:
    """Raise UserError for a date before birth, or later than one day after now where it is not a plan."""
    born = chart.patient.birth_date
    if born > reading.last_day:
        raise reading.refused(f"birth_date is {born}; expected a date that is not in the future.", "patient")
    birth = _birth(chart)
    latest, last_day = reading.latest, reading.last_day
    for index, fields in enumerate(map(vars, chart.entries)):
        at, recorded_at, kind = fields["at"], fields["recorded_at"], fields["kind"]
        if at.day < birth or (at.day > last_day if at.instant is None else at.instant > latest):
            raise reading.refused(f"at is {at.text}; expected {_span(birth, last_day)}.", place_of(index, kind))
        if recorded_at is not None and recorded_at > latest:
            given = f"recorded_at is {utc_text(recorded_at)}; expected a moment that is not in the future."
            raise reading.refused(given, place_of(index, kind))
        if kind not in _PLANNED:
            continue
        planned: date | None = fields[_PLANNED[kind]]
        if planned is not None and planned < birth:
            raise reading.refused(f"{_PLANNED[kind]} is {planned}; expected {_span(birth)}.", place_of(index, kind))


def _birth(chart: Chart) -> date:
    """The birth date, or an earlier one that an identity entry puts in its place."""
    return min(chart.patient.birth_date, identified(chart).patient.birth_date)


def _span(birth: date, last_day: date | None = None) -> str:
    start = f"a date from the day of birth ({birth})"
    return start if last_day is None else f"{start} to one day after today ({last_day})"


def check_limits(chart: Chart, reading: Reading) -> tuple[str, ...]:
    """Return a sentence for each value outside the soft limits; UserError for the first outside the hard ones."""
    warnings = []
    birth, today = _birth(chart), reading.now.date()
    for index, finding in check_all(chart.entries, reading.knowledge, birth_date=birth, now_day=today):
        place = place_of(index, chart.entries[index].kind)
        if finding.severity is Severity.REFUSE:
            raise reading.refused(f"{finding.field}: {finding.statement}", place)
        warnings.append(f"{reading.name}, {place}: {finding.field}: {finding.statement}")
    return tuple(warnings)
