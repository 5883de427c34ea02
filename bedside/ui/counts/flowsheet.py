"""Turns an opened patient into the flowsheet: columns by moment, each value with its range, flag and history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from bedside.chart.base import Entry, Measured, Observed
from bedside.chart.formats import number_text
from bedside.chart.live import in_order
from bedside.chart.moments import AsOf, At
from bedside.chart.patient import Patient
from bedside.knowledge.tables import Knowledge
from bedside.ui.entry_grid.analytes import Analyte, Group, group_of
from bedside.ui.forms.facts import limits_of
from bedside.ui.forms.limits import FieldLimits, flag_of
from bedside.ui.painting import Flag

if TYPE_CHECKING:
    from bedside.service.read import Opened

GROUPS: tuple[Group, ...] = tuple(
    group_of(kind) for kind in ("blood_count", "chemistry", "lymphocyte_subset", "immunoglobulin")
)
NO_LIMITS = FieldLimits()
KINDS_SHOWN = frozenset(group.kind for group in GROUPS)


class LimitsByAge:
    """The limits that held for a patient on a day: the reference range goes by sex and completed months of age."""

    def __init__(self, knowledge: Knowledge, patient: Patient) -> None:
        self._knowledge, self._patient = knowledge, patient
        self._kept: dict[int, Mapping[str, FieldLimits]] = {}

    def on(self, day: date) -> Mapping[str, FieldLimits]:
        """The limits by `kind.field` on that day."""
        born = self._patient.birth_date
        months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
        if months not in self._kept:
            self._kept[months] = limits_of(self._knowledge, self._patient, day)
        return self._kept[months]


@dataclass(frozen=True)
class Result:
    """One value: its number (None: there is none) and sign, how far out of range, what it was, whether it is contested.

    was holds the values that corrections replaced, the oldest first.
    """

    entry: Entry
    analyte: Analyte
    value: float | None
    sign: str
    flag: Flag | None
    limits: FieldLimits | None
    was: tuple[str, ...] = ()
    not_done: bool = False
    contested: bool = False

    @property
    def text(self) -> str:
        """The value as it stands in its cell; "removed" where a correction took it away."""
        if self.value is None:
            return "not done" if self.not_done else "removed"
        return f"{self.sign}{number_text(self.value)}"


@dataclass
class Column:
    """What was drawn at one moment: at most one entry of each kind."""

    at: At
    entries: dict[str, Entry]
    contested: bool = False


class Flowsheet:
    """The columns of a patient, the oldest first, and the value in each cell; what lies after the moment stays out."""

    def __init__(self, opened: "Opened", knowledge: Knowledge) -> None:
        self.patient, self.day0 = opened.chart.patient, opened.assessment.day0
        self.as_of = AsOf.parse(opened.assessment.as_of)
        self.limits = LimitsByAge(knowledge, self.patient)
        self._by_id = {entry.id: entry for entry in opened.chart.entries}
        self._recorded = opened.recorded
        contested = [entry for conflict in opened.journal.conflicts for entry in conflict.entries]
        self._contested = {entry.id for entry in contested}
        entries = in_order((*opened.journal.live, *contested)) if contested else opened.journal.live
        found = [entry for entry in entries if entry.kind in KINDS_SHOWN]
        self.later = sum(not self.as_of.covers(entry.at) for entry in found)
        self.columns = _columns([entry for entry in found if self.as_of.covers(entry.at)], self._contested)

    @property
    def lacks_ranges(self) -> bool:
        """Whether counts have reference ranges for other ages alone: no arrow does not mean normal then."""
        limits = self.limits.on(self.as_of.day)
        return any(one.only_other_ages for key, one in limits.items() if key.startswith("blood_count."))

    def result(self, column: int, analyte: Analyte) -> Result | None:
        """The value of an analyte in a column, or None where nothing was recorded."""
        entry = self.columns[column].entries.get(analyte.kind)
        return self._result(entry, analyte) if entry is not None else None

    def _result(self, entry: Entry, analyte: Analyte) -> Result | None:
        value = getattr(entry, analyte.name)
        not_done = value is None and isinstance(entry, Observed) and analyte.name in (entry.not_done or ())
        was = tuple(self._was(entry, analyte)) if entry.supersedes is not None else ()
        if value is None and not not_done and not was:
            return None
        limits = self.limits.on(entry.at.day).get(analyte.key)
        sign = sign_of(entry, analyte.name)
        flag = flag_of(value, limits or NO_LIMITS, sign) if value is not None else None
        return Result(entry, analyte, value, sign, flag, limits, was, not_done, entry.id in self._contested)

    def _was(self, entry: Entry, analyte: Analyte) -> Iterator[str]:
        """The other values that an entry had before it was corrected, the oldest first."""
        chain: list[Entry] = []
        while entry.supersedes is not None and entry.supersedes in self._by_id:
            chain.append(entry)
            entry = self._by_id[entry.supersedes]
        chain.append(entry)
        texts = [value_text(one, analyte.name) for one in reversed(chain)]
        yield from (text for text, following in pairwise(texts) if text != following)

    def recorded(self, entry: Entry) -> tuple[datetime | None, str]:
        """When an entry was recorded, and by whom ("" where nobody said)."""
        who = self._recorded.get(entry.id)
        if who is None:
            return entry.recorded_at, entry.recorded_by or ""
        return who.recorded_at or who.received_at, who.recorded_by or who.received_by

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The most decimal places of each analyte, by its key, so that a row can stand on one decimal."""
        return {analyte.key: self._places(analyte) for group in GROUPS for analyte in group.analytes}

    def _places(self, analyte: Analyte) -> int:
        values = {
            getattr(one.entries[analyte.kind], analyte.name) for one in self.columns if analyte.kind in one.entries
        }
        return max((len(number_text(value).partition(".")[2]) for value in values if value is not None), default=0)

    def columns_of_last(self, days: int) -> int:
        """How many columns, the newest, lie within the last days of the moment that is shown."""
        first = self.as_of.day.toordinal() - days
        return sum(column.at.day.toordinal() > first for column in self.columns)

    def columns_from(self, day: date) -> int:
        """How many columns, the newest, lie on a day or after it."""
        return sum(column.at.day >= day for column in self.columns)


def sign_of(entry: Entry, name: str) -> str:
    """`<` or `>` where the value of a field lies beyond what the laboratory measures, else ""."""
    censored = entry.censored if isinstance(entry, Measured) else None
    return censored[name].value if censored and name in censored else ""


def value_text(entry: Entry, name: str) -> str:
    """The value of a field of an entry, "not done", or "no value"."""
    value = getattr(entry, name)
    if value is not None:
        return f"{sign_of(entry, name)}{number_text(value)}"
    return "not done" if isinstance(entry, Observed) and name in (entry.not_done or ()) else "no value"


def _columns(entries: Sequence[Entry], contested: set[str]) -> list[Column]:
    """One column for each moment of entries in order, and one beside it where a moment has the same kind twice."""
    columns: list[Column] = []
    first_of_moment = 0
    for entry in entries:
        if not columns or _moment(columns[-1].at) != _moment(entry.at):
            first_of_moment = len(columns)
        disputed = entry.id in contested
        fitting = (
            one for one in columns[first_of_moment:] if entry.kind not in one.entries and one.contested is disputed
        )
        column = next(fitting, None)
        if column is None:
            column = Column(entry.at, {}, disputed)
            columns.append(column)
        column.entries[entry.kind] = entry
    return columns


def _moment(at: At) -> tuple[date, datetime | None]:
    return at.day, at.instant
