"""The way back: entries from a table of facts, by what its dictionary says and nothing else."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bedside.exchange.tables.cells import csv_bytes
from bedside.exchange.tables.dictionary import DICTIONARY_HEAD, dictionary
from bedside.exchange.tables.facts import HEAD
from bedside.knowledge.loader import load_knowledge

Row = Mapping[str, str]
_ESCAPED = re.compile(r"(^|[,;\t\r\n])( *)'(?=['=+\-@\t\r\n＝＋－＠])")
_BY_TYPE: Mapping[str, Callable[[str], Any]] = {
    "yes or no": lambda text: {"true": True, "false": False}[text],
    "whole number": int,
    "number": float,
}


def plain(cell: str) -> str:
    """A cell without the apostrophes that keep spreadsheets from calculating."""
    return _ESCAPED.sub(r"\1\2", cell)


def rows(data: bytes, head: Iterable[str] = HEAD) -> list[Row]:
    """The rows of a table without its head, every cell as it was."""
    read = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    return [dict(zip(head, map(plain, cells), strict=True)) for cells in read]


def listed() -> dict[tuple[str, str], Row]:
    """The dictionary by kind and field."""
    read = rows(csv_bytes(dictionary(load_knowledge())), DICTIONARY_HEAD)
    return {(row["kind"], row["field"]): row for row in read}


def line_of(row: Row, known: Mapping[tuple[str, str], Row]) -> Row:
    """The line of the dictionary that explains a row; KeyError where none does."""
    kind, path = row["kind"], row["field"]
    first, _, rest = path.partition(".")
    name, _, last = rest.partition(".")
    patterns = (path, f"{first}.*", f"{first}.*.{last}" if last else f"{first}.{name}")
    for pattern in patterns:
        if (kind, pattern) in known:
            return known[(kind, pattern)]
    return known[("(every kind)", path)]


def entries(table: Iterable[Row]) -> list[dict[str, Any]]:
    """The fields of every entry of a table, in order."""
    known, found = listed(), dict[str, dict[str, Any]]()
    for row in table:
        if row["kind"] != "patient":
            _add(found.setdefault(row["id"], _begun(row)), row, known)
    return list(found.values())


def _begun(row: Row) -> dict[str, Any]:
    shared = ("recorded_at", "recorded_by", "supersedes")
    return {"kind": row["kind"], "at": row["at"], "id": row["id"], **{name: row[name] for name in shared if row[name]}}


def _add(entry: dict[str, Any], row: Row, known: Mapping[tuple[str, str], Row]) -> None:
    path, sign = row["field"], row["sign"]
    if not path:
        return
    if sign == "not done":
        entry.setdefault("not_done", []).append(path)
    elif sign == "none":
        entry[path] = []
    else:
        make = _BY_TYPE.get(line_of(row, known)["type"], str)
        _put(entry, path, make(row["value"]))
        if sign:
            entry.setdefault("censored", {})[path] = sign


def _put(entry: dict[str, Any], path: str, value: Any) -> None:
    first, *rest = path.split(".")
    if not rest:
        entry[first] = value
    elif rest[0].isdigit():
        entry.setdefault(first, []).append(value)
    elif first == "mrd":
        results = entry.setdefault("mrd", [])
        held = next((one for one in results if one["method"] == rest[0]), None)
        if held is None:
            held = {"method": rest[0]}
            results.append(held)
        held[rest[1]] = value
    else:
        entry.setdefault(first, {})[rest[0]] = value
