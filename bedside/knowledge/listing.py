"""The tables in force as lines that a person can review: each value with its unit, source, level and policy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from bedside.knowledge.families import FAMILIES
from bedside.knowledge.sourced import Sourced, Table
from bedside.knowledge.tables import Knowledge

_PROVENANCE = frozenset(field.name for field in fields(Sourced))

TABLES = ("thresholds", "criteria", "bca", "products", "agents", "ranges", *FAMILIES)
"""The tables by the names of their files, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value or set of values with one source: the key in its table, what it says, and where that comes from."""

    table: str
    key: str
    values: Mapping[str, Any]
    source: Sourced

    @property
    def text(self) -> str:
        """The values in one line, a threshold as its value with its unit."""
        values = dict(self.values)
        if {"value", "unit", "text"} <= values.keys():
            rest = {name: value for name, value in values.items() if name not in {"value", "unit", "text"}}
            shown = f"{values['value']:g} {values['unit']}: {values['text']}"
            return "; ".join([shown, *_pairs(rest)])
        return "; ".join(_pairs(values))


def lines_of(knowledge: Knowledge, table: str) -> Iterator[Line]:
    """Yield the lines of one table, in the order of its file; KeyError for a name that is not in TABLES."""
    yield from _lines(table, "", _table(knowledge, table))


def _table(knowledge: Knowledge, name: str) -> object:
    if name == "bca":
        return knowledge.recoveries
    if name == "products":
        return {"products": knowledge.products, "viability": knowledge.viability}
    if name not in TABLES:
        raise KeyError(name)
    return getattr(knowledge, name)


def _lines(table: str, key: str, value: object) -> Iterator[Line]:
    if isinstance(value, Sourced):
        own = {name: part for name, part in _parts(value) if name not in _PROVENANCE and not _is_nested(part)}
        yield Line(table, key, {name: part for name, part in own.items() if part not in (None, (), "")}, value)
    for name, part in _parts(value):
        if _is_nested(part):
            yield from _lines(table, f"{key}.{name}" if key else name, part)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Table):
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from ((str(place), part) for place, part in enumerate(value, start=1))


def _is_nested(value: object) -> bool:
    """Tell whether a value holds lines of its own."""
    return isinstance(value, Sourced) or any(_is_nested(part) for _, part in _parts(value))


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{name.replace('_', ' ')} {_plain(value)}" for name, value in values.items()]


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Table):
        return f"({', '.join(_pairs({name: part for name, part in _parts(value) if part is not None}))})"
    if isinstance(value, Mapping):
        return f"({', '.join(_pairs(value))})"
    if isinstance(value, frozenset):
        return ", ".join(sorted(_plain(part) for part in value)) or "none"
    if isinstance(value, tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value)
