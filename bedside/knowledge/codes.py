"""The codes under which facts leave the program and come in: LOINC, UCUM and ATC, and the factors between units."""

import unicodedata
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bedside.chart.base import own_fields
from bedside.chart.entries import KINDS
from bedside.knowledge.loader import load_family, load_knowledge
from bedside.knowledge.sourced import Sourced, Table

COUNT_KINDS = ("blood_count", "lymphocyte_subset", "chemistry", "immunoglobulin")
"""The kinds whose numbers a laboratory's file can bring."""

COUNT_FIELDS: Mapping[str, str] = {name: kind for kind in COUNT_KINDS for name in own_fields(KINDS[kind])}
"""Their fields in the order of the format, each with its kind."""

_ONE_SIGN = str.maketrans({"μ": "u", "µ": "u", "×": "x", "L": "l", " ": "", "\u00a0": "", "\u202f": ""})


class Unit(Sourced):
    """A UCUM code and how laboratories write it besides."""

    spellings: tuple[str, ...]


class ObservationCode(Sourced):
    """One quantity: its LOINC (empty where none is safe), its name there, and the unit in which the chart holds it."""

    loinc: str = ""
    also: tuple[str, ...] = ()
    display: str
    unit: str
    category: Literal["laboratory", "vital-signs"]
    names: tuple[str, ...] = ()


class Conversion(Sourced):
    """A value of a field in another unit, times the factor, is the value in the chart's unit."""

    field: str
    unit: str
    factor: Annotated[float, Field(gt=0)]


class Systems(Table):
    """The names of the code systems."""

    loinc: str
    ucum: str
    atc: str
    own: str


class CodeTables(Table):
    """All codes; `terminology` lists those that FHIR itself defines."""

    systems: Systems
    terminology: dict[str, tuple[str, ...]]
    units: dict[str, Unit]
    observations: dict[str, ObservationCode]
    conversions: tuple[Conversion, ...]

    @model_validator(mode="after")
    def _hold_together(self) -> "CodeTables":
        named = {one.unit for one in self.observations.values()} | {one.unit for one in self.conversions}
        if unknown := named - self.units.keys():
            raise ValueError(f"units are not listed: {', '.join(sorted(unknown))}")
        if unknown := {one.field for one in self.conversions} - self.observations.keys():
            raise ValueError(f"conversions name fields that are not listed: {', '.join(sorted(unknown))}")
        return self

    @cached_property
    def factors(self) -> Mapping[tuple[str, str], float]:
        """By field and UCUM code: what a value is multiplied with; the chart's own unit has 1."""
        own = {(field, code.unit): 1.0 for field, code in self.observations.items()}
        return {**{(one.field, one.unit): one.factor for one in self.conversions}, **own}

    @cached_property
    def by_loinc(self) -> Mapping[str, str]:
        """The field of every LOINC that is understood."""
        return {code: field for field, one in self.observations.items() for code in (one.loinc, *one.also) if code}

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The field of every head of a column that is understood, in lower case."""
        return {name: field for field, one in self.observations.items() for name in one.names}

    @cached_property
    def _by_spelling(self) -> Mapping[str, str]:
        return {_plain(text): code for code, unit in self.units.items() for text in (code, *unit.spellings)}

    def unit_of(self, text: str) -> str | None:
        """Return the UCUM code of a unit as a laboratory writes it, None when it is not known."""
        return self._by_spelling.get(_plain(text))

    def units_of(self, field: str) -> tuple[str, ...]:
        """Return the UCUM codes in which a field is understood, the chart's own first."""
        return (self.observations[field].unit, *(one.unit for one in self.conversions if one.field == field))


def _plain(text: str) -> str:
    """A unit without what does not matter; case does: "G/l" is 10⁹ per litre, "g/l" is grams."""
    return unicodedata.normalize("NFKC", text).translate(_ONE_SIGN).strip()


@cache
def load_codes() -> CodeTables:
    """Return the codes that travel with the program, read once; BedsideError names the fault."""
    return load_family("codes", CodeTables)


@cache
def atc_codes() -> Mapping[str, str]:
    """Return the ATC code of every agent and product that has one."""
    knowledge = load_knowledge()
    agents = {code: agent.atc for code, agent in knowledge.agents.items() if agent.atc}
    return {**agents, **{name: product.atc for name, product in knowledge.products.items() if product.atc}}
