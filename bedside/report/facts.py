"""Owns what the PDF reads from a chart: the entries that count up to its date, by kind, with their days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from bedside.chart.assessment import Assessment, Course
from bedside.chart.base import Entry
from bedside.chart.body import Weight, newest_weight
from bedside.chart.entries import BodySize, Death, Infusion, LymphocyteSubset, Marrow, Therapy, Void
from bedside.chart.formats import at_text, date_text, day_text
from bedside.chart.live import Journal
from bedside.chart.moments import AsOf, At, day_number
from bedside.chart.patient import Chart

Kind = TypeVar("Kind", bound=Entry)


@dataclass(frozen=True)
class Facts:
    """One chart as assessed, with its live entries up to the date of the assessment in the order of their dates."""

    chart: Chart
    journal: Journal
    assessment: Assessment

    @cached_property
    def as_of(self) -> AsOf:
        """The point for which everything holds."""
        return AsOf.parse(self.assessment.as_of)

    @cached_property
    def as_of_text(self) -> str:
        """The point in words: a date, with the time when it is a moment."""
        return at_text(At(self.assessment.as_of, self.as_of.day, self.as_of.instant))

    @cached_property
    def last_day(self) -> date:
        """The last day of which anything can be said: the date of the data, or of death."""
        death = next((entry for entry in self.live if isinstance(entry, Death)), None)
        return self.as_of.day if death is None else death.at.day

    @cached_property
    def live(self) -> tuple[Entry, ...]:
        """The live entries that count by then."""
        return tuple(entry for entry in self.journal.live if self.as_of.covers(entry.at))

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Every entry of the chart by its id, whatever became of it."""
        return {entry.id: entry for entry in self.chart.entries}

    def concerns(self, entry: Entry) -> bool:
        """Tell whether an entry is of that time: a correction or a void is of the time of what it mends as well."""
        mended = self.by_id.get(entry.voids if isinstance(entry, Void) else entry.supersedes or "")
        return any(self.as_of.covers(one.at) for one in (entry, mended) if one is not None)

    @cached_property
    def _by_kind(self) -> dict[type[Entry], list[Entry]]:
        found: dict[type[Entry], list[Entry]] = {}
        for entry in self.live:
            found.setdefault(type(entry), []).append(entry)
        return found

    def of(self, kind: type[Kind]) -> list[Kind]:
        """Return the entries of a kind, oldest first."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]  # the key is the type of the values

    def newest(self, kind: type[Kind]) -> Kind | None:
        """Return the newest entry of a kind, or None."""
        found = self.of(kind)
        return found[-1] if found else None

    @property
    def course(self) -> Course | None:
        """The newest course of CAR T cells, or None before the first infusion."""
        return self.assessment.courses[-1] if self.assessment.courses else None

    def day(self, day: date) -> str:
        """Return D+28 for a date, or "" without a day 0."""
        day0 = self.assessment.day0
        return "" if day0 is None else day_text(day_number(day, day0))

    def dated(self, day: date) -> str:
        """Return 29-Jun-2020 (D+28), or the date alone without a day 0."""
        relative = self.day(day)
        return f"{date_text(day)} ({relative})" if relative else date_text(day)

    def in_course(self, kind: type[Kind]) -> Iterator[Kind]:
        """Yield the entries of a kind from day 0 on up to the end of the course."""
        course = self.course
        if course is None:
            return
        for entry in self.of(kind):
            if entry.at.day >= course.day0 and (course.closed_on is None or entry.at.day <= course.closed_on):
                yield entry

    def infusions(self) -> list[Infusion]:
        """Return the infusions of the newest course."""
        course = self.course
        return [] if course is None else [entry for entry in self.of(Infusion) if entry.id in course.infusions]

    def weight(self) -> Weight | None:
        """Return the newest recorded weight in kg with its date."""
        return newest_weight((*self.of(BodySize), *self.of(Infusion)))

    def sample_days(self) -> list[date]:
        """Return the dates with a marrow or a B-cell count, oldest first."""
        with_cd19 = (e for e in self.of(LymphocyteSubset) if e.cd19 is not None or e.cd19_pct is not None)
        return sorted({entry.at.day for entry in (*self.of(Marrow), *with_cd19)})

    def ongoing(self, therapy: Therapy) -> bool:
        """Tell whether a therapy is still given as of the date."""
        return therapy.stop is None and not therapy.stop_unknown
