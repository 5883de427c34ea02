"""What a row names as measured, where each row holds one value: understood once for every name and unit."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bedside.chart.formats import label
from bedside.exchange.counts.found import Column, Doubts
from bedside.exchange.counts.mapping import IGNORE, CountsMapping, Use, parted, said_use
from bedside.exchange.counts.numbers import Asked, Refused
from bedside.exchange.counts.units import Scale, scale_of
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import COUNT_FIELDS, CodeTables


@dataclass(frozen=True, slots=True)
class Unused:
    """Why a value has no place in a chart."""

    why: str


Meaning = Scale | Refused | Asked | Unused


@dataclass(slots=True)
class Analytes:
    """Every name with the unit beside it, and what both mean."""

    mapping: CountsMapping
    codes: CodeTables
    doubts: Doubts
    _known: dict[tuple[str, str], Meaning] = field(default_factory=dict)
    _uses: dict[str, Column] = field(default_factory=dict)
    _unknown: dict[str, str] = field(default_factory=dict)

    def meaning(self, name: str, unit: str, own: Callable[[], Use | None], example: str = "") -> Meaning:
        """Return what a name means with this unit; `own` tells what it means by itself, asked once.

        A known unit beside a value holds; what a person has said of the unit holds where there is none, or an unknown.
        """
        key = name, unit
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._first_time(name, unit, own(), example)
        return found

    def field_of(self, name: str) -> str:
        """Return the field that a name was understood as, "" where it was none, whatever its unit."""
        return self._uses[name].use

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every name once, as it is understood, in the order of the file."""
        return tuple(self._uses.values())

    def _first_time(self, name: str, unit: str, own: Use | None, example: str) -> Meaning:
        said = said_use(self.mapping.analytes, name)
        use = said or own
        states = self.codes.unit_of(unit) is not None
        told = (unit if states else said.unit if said else None) or unit or parted(name, self.codes)[1] or ""
        is_count = use is not None and use.field in COUNT_FIELDS
        self._uses.setdefault(name, Column(name, 0, use.field if use is not None and is_count else "", told, example))
        if use is None:
            return Unused(f"{shortened(name)} is not known as a count of the chart")
        if use.field == IGNORE:
            return Unused(f"{shortened(name)} is left out, as was said")
        if not is_count:
            return Refused(f"{shortened(name)} is said to be {shortened(use.field)}, which no count has")
        first = unit if states else self._unknown.setdefault(name, unit)
        if first != unit:  # one answer cannot be right for both
            why = f"the unit {shortened(unit)} is not known, and another that is not known stands above"
            return Refused(f"{label(use.field)}: {why}: {shortened(first)}")
        key = f"analyte_unit:{use.field}:{name}"
        return scale_of(Use(field=use.field, unit=told or None), self.codes, self.doubts, key)
