"""The command `bedside knowledge`: the tables in force with their sources, and the check of a centre's file."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bedside import compose
from bedside.chart.errors import UserError
from bedside.cli.speaking import DONE, PROBLEM_FOUND, complain

if TYPE_CHECKING:
    from bedside.knowledge.listing import Line
    from bedside.knowledge.tables import Knowledge


def knowledge(options: argparse.Namespace) -> int:
    """Print the tables in force, or say whether a centre's file can be used (exit 1 when it cannot)."""
    if options.check is not None:
        return _check(options)
    in_force = compose.knowledge_in_force(options.centre, compose.store_folder(options.store))
    tables = _chosen(options.tables)
    print(_json(in_force, tables) if options.json else _text(in_force, tables))
    return DONE


def _check(options: argparse.Namespace) -> int:
    try:
        checked = compose.knowledge_in_force(options.check)
    except compose.CentreUnreadable:
        raise
    except UserError as error:
        complain(error)
        return PROBLEM_FOUND
    print(f"{options.check}: it can be used. {_centre_text(checked)}")
    return DONE


def _chosen(names: Sequence[str]) -> Sequence[str]:
    from bedside.knowledge.listing import TABLES

    for name in names:
        if name not in TABLES:
            raise UserError(f"There is no table {name}.", f"The tables are {', '.join(TABLES)}.")
    return names or TABLES


def _centre_text(in_force: "Knowledge") -> str:
    centre = in_force.centre
    if centre is None or not centre.values:
        return "No value of the program is replaced."
    lines = [
        f"{value.key} = {value.value} (program: {value.default}){_because(value.reason)}" for value in centre.values
    ]
    return "\n".join([f"Values of the centre {centre.name}:", *(f"  {line}" for line in lines)])


def _because(reason: str | None) -> str:
    return f", because {reason}" if reason else ""


def _text(in_force: "Knowledge", tables: Sequence[str]) -> str:
    from bedside.knowledge.listing import lines_of

    blocks = [f"Knowledge {in_force.sha256}\n{_centre_text(in_force)}"]
    for table in tables:
        lines = [f"  {line.key}: {line.text}\n    {_source(in_force, line)}" for line in lines_of(in_force, table)]
        blocks.append("\n".join([table, *lines]))
    return "\n\n".join(blocks)


def _source(in_force: "Knowledge", line: "Line") -> str:
    source = line.source
    reference = in_force.references[source.source]
    policy = "; policy: a centre may change it" if source.policy else ""
    return f"[{reference.short}; level {source.level}; {source.jurisdiction}; {source.date}{policy}]"


def _json(in_force: "Knowledge", tables: Sequence[str]) -> str:
    from bedside.knowledge.listing import lines_of

    document: dict[str, Any] = {
        "knowledge": in_force.sha256,
        "centre": None if in_force.centre is None else asdict(in_force.centre),
        "tables": {table: [_fields(line) for line in lines_of(in_force, table)] for table in tables},
        "references": {key: asdict(reference) for key, reference in in_force.references.items()},
    }
    return json.dumps(document, ensure_ascii=False)


def _fields(line: "Line") -> dict[str, Any]:
    source = line.source
    return {
        "key": line.key,
        "text": line.text,
        "source": source.source,
        "level": source.level,
        "jurisdiction": source.jurisdiction,
        "date": source.date,
        "policy": source.policy,
    }
