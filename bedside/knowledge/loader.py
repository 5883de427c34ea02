"""Reads resources/knowledge/*.toml, validates every table and says precisely what is wrong with a file."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import ValidationError, create_model

from bedside.chart.entries import KINDS
from bedside.chart.errors import BedsideError, UserError
from bedside.knowledge.centre import CORRECT_IT, SOURCE, with_centre
from bedside.knowledge.families import FAMILIES
from bedside.knowledge.families.medicines import Agent, AgentFlag, ProductTables
from bedside.knowledge.families.ranges import Limit, Usual
from bedside.knowledge.families.risk_class import CriterionTable, Numbers, RecoveryTables, Thresholds
from bedside.knowledge.sourced import Reference, Sourced, Table
from bedside.knowledge.tables import Knowledge
from bedside.knowledge.texts import with_numbers
from bedside.resources import resource

FILES = ("agents", "bca", "criteria", "products", "ranges", "references", "thresholds", *FAMILIES)

_SHAPES: Mapping[str, Any] = {
    "references": dict[str, Reference],
    "thresholds": Thresholds,
    "criteria": dict[str, CriterionTable],
    "bca": RecoveryTables,
    "products": ProductTables,
    "agents": dict[str, Agent],
    "ranges": dict[str, Limit],
    **FAMILIES,
}

T = TypeVar("T")


@cache
def load_knowledge() -> Knowledge:
    """Return the tables that travel with the program, read once; BedsideError names the file and the fault."""
    return knowledge_from({name: resource(f"knowledge/{name}.toml") for name in FILES})


def load_family(name: str, shape: type[T]) -> T:
    """Return the table of a file that few commands need, so that not every start reads it; errors as above."""
    table: T = _read({name: shape}, {name: _parse(name, resource(f"knowledge/{name}.toml").read_bytes())})[name]
    _check_sources(sourced(table), load_knowledge().references)
    return table


def centre_knowledge(text: bytes, file: str) -> Knowledge:
    """Return the tables with a centre's values in place; UserError names the centre's file, key, value and limits."""
    texts = _texts({name: resource(f"knowledge/{name}.toml") for name in FILES})
    raw, values = with_centre(_raw(texts), text, file)
    try:
        return replace(_assemble(raw, _hash_of({**texts, SOURCE: text})), centre=values)
    except BedsideError as error:
        raise UserError(f"{file}: its values do not go together with the others: {error}.", CORRECT_IT) from None


def knowledge_from(paths: Mapping[str, Path]) -> Knowledge:
    """Return the tables of the files given by name (`FILES`); BedsideError names the file and the fault."""
    texts = _texts(paths)
    return _assemble(_raw(texts), _hash_of(texts))


def _texts(paths: Mapping[str, Path]) -> dict[str, bytes]:
    return {name: paths[name].read_bytes() for name in FILES}


def _raw(texts: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    return {name: _parse(name, text) for name, text in texts.items()}


def _hash_of(texts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return f"sha256:{digest.hexdigest()}"


def _parse(name: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BedsideError(f"knowledge/{name}.toml is not TOML: {error}") from error


def _assemble(raw: Mapping[str, dict[str, Any]], sha256: str) -> Knowledge:
    tables = _read(_SHAPES, with_numbers({**raw, "bca": _named(raw["bca"])}))
    references, products, ranges = tables["references"], tables["products"], tables["ranges"]
    thresholds, criteria, agents = tables["thresholds"], tables["criteria"], tables["agents"]
    recoveries, chosen = tables["bca"].definitions, tables["bca"].chosen
    limited = _by_kind(ranges)
    if chosen not in recoveries:
        raise BedsideError(f"knowledge/bca.toml chooses the definition {chosen!r}, which it does not hold")
    _check_sources(sourced(tables), references)
    return Knowledge(
        sha256=sha256,
        references=MappingProxyType(references),
        thresholds=thresholds,
        numbers=_numbers(thresholds),
        criteria=MappingProxyType(criteria),
        recovery=recoveries[chosen],
        recoveries=MappingProxyType(recoveries),
        products=MappingProxyType(products.products),
        viability=MappingProxyType(products.viability),
        agents=MappingProxyType(agents),
        agents_with=MappingProxyType(_by_flag(agents)),
        ranges=MappingProxyType(ranges),
        limited=MappingProxyType(limited),
        usual=MappingProxyType({kind: _usual(pairs) for kind, pairs in limited.items()}),
        **{name: tables[name] for name in FAMILIES},
    )


def _named(bca: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions of B-cell recovery with their names in them."""
    return {**bca, "definitions": {name: {"name": name, **table} for name, table in bca["definitions"].items()}}


def _by_kind(ranges: Mapping[str, Limit]) -> dict[str, tuple[tuple[str, Limit], ...]]:
    """The limited fields of each kind; MRD values stand in a list of their own and are not a field."""
    table: dict[str, tuple[tuple[str, Limit], ...]] = {}
    for field, limit in ranges.items():
        for kind in limit.kinds if field in KINDS[limit.kinds[0]].model_fields else ():
            table[kind] = (*table.get(kind, ()), (field, limit))
    return table


def _usual(limited: Sequence[tuple[str, Limit]]) -> Usual:
    return tuple((field, limit.usual_low, limit.usual_high) for field, limit in limited)


def _by_flag(agents: Mapping[str, Agent]) -> dict[str, frozenset[str]]:
    return {flag: frozenset(c for c, agent in agents.items() if flag in agent.flags) for flag in get_args(AgentFlag)}


def _read(shapes: Mapping[str, Any], raw: Mapping[str, object]) -> dict[str, Any]:
    """The tables of the files given by name. All are validated at once: most are made of the same few shapes."""
    fields: dict[str, Any] = {name: (shape, ...) for name, shape in shapes.items()}
    files = create_model("files", **fields)
    try:
        return vars(files.model_validate(raw))
    except ValidationError as error:
        first = error.errors()[0]
        name, *steps = first["loc"]
        place = ".".join(str(step) for step in steps)
        where = f"knowledge/{name}.toml, {place}" if place else f"knowledge/{name}.toml"
        said = first["msg"].removeprefix("Value error, ")
        found = "" if isinstance(first["input"], dict) else f" (found {first['input']!r})"
        raise BedsideError(f"{where}: {said}{found}") from error


def _check_sources(tables: Iterable[Sourced], references: Mapping[str, Reference]) -> None:
    for table in tables:
        if table.source not in references:
            raise BedsideError(f"knowledge names the source {table.source!r}, which references.toml does not hold")


def sourced(tables: object) -> Iterator[Sourced]:
    """Yield every value with a source that tables hold, however deep."""
    if isinstance(tables, Sourced):
        yield tables
    if isinstance(tables, Table):
        tables = tuple(getattr(tables, field.name) for field in fields(tables))
    if isinstance(tables, Mapping):
        tables = tuple(tables.values())
    if isinstance(tables, tuple | list):
        for table in tables:
            yield from sourced(table)


def _numbers(thresholds: Thresholds) -> Numbers:
    types = get_type_hints(Numbers)
    values = {field.name: types[field.name](getattr(thresholds, field.name).value) for field in fields(Numbers)}
    return Numbers(**values)
