"""Checks one entry against the ranges: what must be refused, and what a person has to confirm."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import inf
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.entries import KINDS, BloodCount, Identity, Marrow, Vitals
from bedside.chart.enums import Censor, MrdOutcome
from bedside.chart.formats import counted_text, date_text, fraction_text, label, number_text, quantity_text
from bedside.chart.moments import add_months
from bedside.chart.treatment import Lasting
from bedside.knowledge.families.ranges import Limit
from bedside.knowledge.tables import Knowledge

_MRD_VALUE = "mrd_value"
_MONTHS_A_YEAR = 12


class Severity(StrEnum):
    """What a finding asks for."""

    REFUSE = "refuse"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class LimitFinding:
    """One thing that is wrong or odd with a field: the value as given, what was expected, and both in one statement."""

    severity: Severity
    field: str
    value: str
    expected: str
    statement: str

    @property
    def text(self) -> str:
        """The statement, with the question of what is odd where there is somebody to answer it."""
        return f"{self.statement} Is it right?" if self.severity is Severity.ASK else self.statement


def check(entry: Entry, tables: Knowledge, *, birth_date: date, now_day: date) -> tuple[LimitFinding, ...]:
    """Return what is wrong with the dates and values of an entry that a person makes, nothing when all is plausible.

    `now_day` is the day of entry: a date later than the day after it is refused, as is one before birth. One of about
    a year ago is asked about.
    """
    found = [finding for _, finding in check_all((entry,), tables, birth_date=birth_date, now_day=now_day)]
    from_a_year_ago = abs(entry.at.day - add_months(now_day, -_MONTHS_A_YEAR))
    if not found and from_a_year_ago <= timedelta(days=tables.numbers.year_ago_days):
        found.append(_asked("at", date_text(entry.at.day), "about a year ago"))
    return tuple(found)


def check_all(
    entries: Iterable[Entry], tables: Knowledge, *, birth_date: date, now_day: date
) -> Iterator[tuple[int, LimitFinding]]:
    """Yield what is wrong with entries, as `check` does, each with the place of its entry among them.

    Those of about a year ago are not asked about: they may come from another chart.
    """
    usual = tables.usual
    for place, entry in enumerate(entries):
        fields = vars(entry)
        kind = fields["kind"]
        if not birth_date <= fields["at"].day <= now_day or kind in _MORE_DATES:
            for finding in _dates(entry, birth_date, now_day, timedelta(days=tables.numbers.planned_ahead_days)):
                yield place, finding
        for field, low, high in usual.get(kind, ()):
            value = fields[field]
            if value is not None and not low <= value <= high:
                yield place, _beyond(field, value, tables.ranges[field])
        if kind in _TOGETHER:
            for finding in _TOGETHER[kind](entry, tables):
                yield place, finding


def _dates(entry: Entry, birth_date: date, now_day: date, ahead: timedelta) -> Iterator[LimitFinding]:
    day = entry.at.day
    if day < birth_date:
        yield _refused("at", date_text(day), f"a date from the birth ({date_text(birth_date)}) on")
    if day > now_day and day - now_day > timedelta(days=1):
        yield _refused("at", date_text(day), f"a date up to {date_text(now_day + timedelta(days=1))}")
    born = entry.birth_date if isinstance(entry, Identity) else None
    if born is not None and born > now_day:
        yield _refused("birth_date", date_text(born), "a date that is not in the future")
    stop = entry.stop if isinstance(entry, Lasting) else None
    if stop is not None and stop < birth_date:
        yield _refused("stop", date_text(stop), f"a date from the birth ({date_text(birth_date)}) on")
    elif stop is not None and stop - now_day > ahead:
        yield _asked("stop", date_text(stop), f"usually no later than {counted_text(ahead.days, 'day')} from now")
    if entry.kind in _PLANNED:
        yield from _planned(entry, _PLANNED[entry.kind], birth_date, ahead)


def _planned(entry: Entry, field: str, birth_date: date, ahead: timedelta) -> Iterator[LimitFinding]:
    """What is wrong with a date that an entry plans, seen from its own day."""
    planned: date | None = getattr(entry, field)
    if planned is None:
        return
    if planned < birth_date:
        yield _refused(field, date_text(planned), f"a date from the birth ({date_text(birth_date)}) on")
    elif not timedelta() <= planned - entry.at.day <= ahead:
        day, longest = date_text(entry.at.day), counted_text(ahead.days, "day")
        yield _asked(field, date_text(planned), f"usually from the day it is planned on ({day}) to {longest} later")


def _beyond(field: str, value: float, limit: Limit) -> LimitFinding:
    if not limit.hard_low <= value <= limit.hard_high:
        expected = f"{number_text(limit.hard_low)} to {quantity_text(limit.hard_high, limit.unit)}"
        return _refused(field, number_text(value), expected, limit.hint)
    given = quantity_text(value, limit.unit)
    if value < limit.usual_low:
        return _asked(field, given, f"usually {quantity_text(limit.usual_low, limit.unit)} or more")
    return _asked(field, given, f"usually {quantity_text(limit.usual_high, limit.unit)} or less")


def _mrd(entry: Marrow, tables: Knowledge) -> Iterator[LimitFinding]:
    cut_off = tables.numbers.mrd_cut_off
    high = tables.ranges[_MRD_VALUE].usual_high
    for result in entry.mrd or ():
        if result.value is None:
            continue
        name = f"mrd.{result.method.value}"
        if result.result is MrdOutcome.NEGATIVE and result.value >= cut_off:
            yield _refused(
                name,
                f"negative with {fraction_text(result.value)}",
                f"a negative result to lie below {_short(cut_off)}",
            )
        elif result.value > high:
            yield _asked(name, f"{fraction_text(result.value)} of cells", f"usually {_short(high)} or less")


def _differential(entry: BloodCount, tables: Knowledge) -> Iterable[LimitFinding]:
    """A part of the leukocytes above all of them cannot be; both parts together above them may be rounding.

    A part below what the laboratory measures, or leukocytes above it, settle nothing.
    """
    fields = vars(entry)
    wbc, anc, alc = fields["wbc"], fields["anc"], fields["alc"]
    most = inf if wbc is None else wbc + tables.numbers.differential_tolerance
    return () if (anc or 0.0) + (alc or 0.0) <= most else _more_than_all(entry, most)


def _more_than_all(entry: BloodCount, most: float) -> Iterator[LimitFinding]:
    """What is wrong with a differential that adds up to more than the leukocytes may be."""
    marks = entry.censored or {}
    if entry.wbc is None or marks.get("wbc") is Censor.ABOVE:
        return
    parts = {name: getattr(entry, name) for name in ("anc", "alc") if marks.get(name) is not Censor.BELOW}
    given = {name: value for name, value in parts.items() if value is not None}
    above = [name for name, value in given.items() if value > most]
    for name in above:
        yield _refused(name, number_text(given[name]), f"at most the WBC ({number_text(entry.wbc)})")
    if sum(given.values()) > most and not above:
        together = number_text(round(sum(given.values()), 3))
        yield _asked("wbc", number_text(entry.wbc), f"WBC to hold ANC and ALC ({together})")


def _pressures(entry: Vitals, _tables: Knowledge) -> Sequence[LimitFinding]:
    sbp, dbp = entry.sbp, entry.dbp
    if sbp is None or dbp is None or sbp > dbp:
        return ()
    return (_asked("sbp", number_text(sbp), f"systolic above diastolic pressure ({number_text(dbp)})"),)


def _short(value: float) -> str:
    return fraction_text(value) if value < 1e-3 else number_text(value)


def _refused(field: str, value: str, expected: str, hint: str | None = None) -> LimitFinding:
    text = f"{_words(field)} {value} cannot be; expected {expected}."
    return LimitFinding(Severity.REFUSE, field, value, expected, f"{text} {hint}" if hint else text)


def _asked(field: str, value: str, expected: str) -> LimitFinding:
    return LimitFinding(Severity.ASK, field, value, expected, f"{_words(field)} {value}: {expected}.")


def _words(field: str) -> str:
    if field.startswith("mrd."):
        return f"MRD by {label(field.removeprefix('mrd.'))}"
    if field == "at":
        return "The date"
    words = label(field)
    return words[:1].upper() + words[1:]


# The date that an entry plans.
_PLANNED: Mapping[str, str] = {"plan": "date", "referral": "target_date"}
# The kinds with dates beside `at`.
_MORE_DATES = frozenset(kind for kind, model in KINDS.items() if issubclass(model, Lasting | Identity)) | set(_PLANNED)

_TOGETHER: Mapping[str, Callable[[Any, Knowledge], Iterable[LimitFinding]]] = {
    "marrow": _mrd,
    "blood_count": _differential,
    "vitals": _pressures,
}
