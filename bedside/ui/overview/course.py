"""Owns what the overview, the toxicity and the marrow view draw of an opened patient."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from bedside.chart.assessment import Aplasia, Assessment
from bedside.chart.base import Entry
from bedside.chart.live import up_to
from bedside.chart.moments import AsOf
from bedside.chart.treatment import Lasting
from bedside.knowledge.tables import Knowledge

if TYPE_CHECKING:
    from bedside.service.read import Opened

Kind = TypeVar("Kind", bound=Entry)


@dataclass(frozen=True)
class CourseFacts:
    """The live entries up to the point in time, what was derived from them, and what knowledge says of agents."""

    entries: tuple[Entry, ...]
    assessment: Assessment
    knowledge: Knowledge

    @cached_property
    def as_of(self) -> date:
        """The last day that is shown as known."""
        return AsOf.parse(self.assessment.as_of).day

    @cached_property
    def _by_kind(self) -> Mapping[type[Entry], list[Entry]]:
        sorted_out: defaultdict[type[Entry], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            sorted_out[type(entry)].append(entry)
        return sorted_out

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The entries of one kind, in their order."""
        return cast(list[Kind], self._by_kind.get(kind, []))

    def lasting(self) -> Iterator[Lasting]:
        """The entries of what was given over days, kind by kind."""
        for kind, entries in self._by_kind.items():
            if issubclass(kind, Lasting):
                yield from cast(list[Lasting], entries)


def facts_of(opened: "Opened", knowledge: Knowledge) -> CourseFacts:
    """What the overview draws of an opened patient."""
    as_of = AsOf.parse(opened.assessment.as_of)
    return CourseFacts(up_to(opened.journal.live, as_of), opened.assessment, knowledge)


def aplasia_span(found: Aplasia, infused: date | None) -> tuple[date, date] | None:
    """An established aplasia up to its loss, or to the last aplastic sample: what came later is not known."""
    if found.established_on is None or found.duration_days is None or infused is None:
        return None
    return found.established_on, infused + timedelta(days=found.duration_days)


def covered(facts: CourseFacts) -> list[tuple[date, date]]:
    """Which days hold something: the day of every entry, and of one that lasts every day to its last one."""
    spans, as_of = [(day, day) for day in {entry.at.day for entry in facts.entries}], facts.as_of
    spans += [(one.at.day, max(one.at.day, min(one.stop, as_of))) for one in facts.lasting() if one.stop is not None]
    return spans or [(as_of, as_of)]
