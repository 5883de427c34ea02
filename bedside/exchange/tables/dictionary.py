"""The dictionary beside the table of facts: every column, kind and field, made from the models and the knowledge."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from bedside.chart.base import Entry, Value, own_fields
from bedside.chart.entries import KINDS
from bedside.chart.enums import MrdMethod, Sex
from bedside.chart.formats import title
from bedside.chart.moments import At
from bedside.exchange.tables.cells import ESCAPING
from bedside.exchange.tables.facts import COPIES, NAMES, NONE, NOT_DONE, Row, unit_of
from bedside.knowledge.codes import load_codes

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge

DICTIONARY_HEAD = (
    "kind",
    "field",
    "meaning",
    "type",
    "unit",
    "allowed",
    "lowest",
    "highest",
    "loinc",
    "source_of_code",
)

COLUMN, RULE = "(column)", "(rule)"
_COLUMNS = {
    "mrn": "number of the patient; names are left out everywhere",
    "kind": "kind of the entry, as below",
    "at": "when it was: a date, or a time with its offset",
    "field": "what the row tells, as below; empty where an entry tells only that it was",
    "value": "its value; numbers with a point, yes as true and no as false",
    "sign": f"< or > beyond what the laboratory measures; {NOT_DONE}: asked for, not done; {NONE}: an empty list",
    "unit": "unit of the number",
    "id": "the entry; rows with the same id were recorded together",
    "state": "live: it counts; superseded: corrected by another; voided: taken back; contested: two corrections of it",
    "supersedes": "the entry that this one corrects",
    "recorded_at": "when it was recorded, UTC; empty where nobody said",
    "recorded_by": "by whom",
}
_SHARED = {"note": "what was noted beside it", "reason": "why it was corrected or taken back"}
_TYPES: dict[type, str] = {
    bool: "yes or no", int: "whole number", float: "number", str: "text", date: "date", At: "moment",
}  # fmt: skip
CODE = "code"


def dictionary(knowledge: "Knowledge") -> Iterator[Row]:
    """Yield the rows of the dictionary; columns as in DICTIONARY_HEAD."""
    yield _row(RULE, "", ESCAPING)
    yield _row(RULE, "", "What is not recorded has no row: that is neither zero nor no.")
    yield _row(RULE, "", "Outside lowest and highest, where they stand, the program takes no value: its own policy.")
    for column, meaning in _COLUMNS.items():
        yield _row(COLUMN, column, meaning)
    yield _row("patient", "", "The patient’s own data, as corrected.")
    yield _row("patient", "birth_date", "Birth date", "date")
    yield _row("patient", "sex", "Sex as recorded at referral", CODE, allowed=", ".join(Sex))
    yield _row("(every kind)", "note", _SHARED["note"], "text")
    yield _row("(every kind)", "reason", _SHARED["reason"], "text")
    for kind, model in KINDS.items():
        yield _row(kind, "", " ".join((model.__doc__ or "").split()))
        for name in own_fields(model):
            if name not in NAMES and name != "reason":
                yield from _of_field(kind, model, name, knowledge)


def _row(kind: str, field: str, meaning: str, type_: str = "", unit: str = "", allowed: str = "") -> Row:
    return (kind, field, meaning, type_, unit, allowed, "", "", "", "")


def _of_field(kind: str, model: type[Entry], name: str, knowledge: "Knowledge") -> Iterator[Row]:
    for path, type_ in _leaves(name, model.model_fields[name].annotation):
        words = _TYPES.get(type_, CODE)
        allowed = ", ".join(type_) if words == CODE and issubclass(type_, StrEnum) else ""
        numeric = words in {"number", "whole number"}
        unit = _unit(kind, path) if numeric else ""
        row = _row(kind, path, title(path.rpartition(".")[2].strip("*") or name), words, unit, allowed)
        yield (*row[:6], *_limits(kind, name, knowledge), *_code(name, unit)) if numeric and path == name else row


def _unit(kind: str, path: str) -> str:
    if kind == "car_t_level" and path == "value":
        return f"{COPIES} by qPCR, cells/µL by flow cytometry"
    return unit_of(kind, path)


def _limits(kind: str, name: str, knowledge: "Knowledge") -> tuple[str, str]:
    limit = dict(knowledge.limited.get(kind, ())).get(name)
    return ("", "") if limit is None else (f"{limit.hard_low:.15g}", f"{limit.hard_high:.15g}")


def _code(name: str, unit: str) -> tuple[str, str]:
    """The LOINC of a number with its source."""
    code = load_codes().observations.get(name) if unit else None
    return (code.loinc, code.source) if code is not None and code.loinc else ("", "")


def _leaves(path: str, annotation: Any) -> Iterator[tuple[str, Any]]:
    """The single values that a type holds, each with its path; `*` stands for a place in a list or a method."""
    if get_origin(annotation) is Annotated:
        yield from _leaves(path, get_args(annotation)[0])
    elif NoneType in get_args(annotation):
        yield from _leaves(path, next(part for part in get_args(annotation) if part is not NoneType))
    elif get_origin(annotation) is tuple:
        yield from _leaves(f"{path}.*", get_args(annotation)[0])
    elif isinstance(annotation, type) and issubclass(annotation, Value):
        for name, field in annotation.model_fields.items():
            if field.annotation is not MrdMethod:  # which stands in the path
                yield from _leaves(f"{path}.{name}", field.annotation)
    else:
        yield path, annotation
