"""Why a value is refused, in words: the field, the value (shortened) and what was expected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from bedside.chart.base import Value
from bedside.chart.entries import KINDS, AnyEntry, parse_entry
from bedside.chart.errors import UserError
from bedside.chart.patient import Patient

LONGEST_VALUE = 60

_EXPECTED = {
    "bool_type": "true or false",
    "dict_type": "an object in braces",
    "finite_number": "a finite number",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "list_type": "a list",
    "model_type": "an object in braces",
    "model_attributes_type": "an object in braces",
    "string_too_short": "a text that is not empty",
    "string_type": "a text",
    "tuple_type": "a list",
}
_COMPARED = {
    "greater_than": ("gt", "a number above"),
    "greater_than_equal": ("ge", "a number not below"),
    "less_than": ("lt", "a number below"),
    "less_than_equal": ("le", "a number not above"),
    "string_too_long": ("max_length", "a text no longer than this many characters:"),
    "too_short": ("min_length", "at least this many in the list:"),
    "too_long": ("max_length", "at most this many in the list:"),
}
_PATTERNS = {
    "[0-9a-fA-F]": "a UUID (32 hexadecimal digits in groups of 8-4-4-4-12)",
    "[a-z]": "a code of lower-case letters, digits and underscores",
    "ufeff": "one line without spaces around it and without hidden characters",
    "x00": "a text without control characters",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused value: the field (empty for the whole entry), the value as shortened JSON (None: missing), why.

    `sentence` says it in other words where the rule that refuses has words of its own.
    """

    field: str
    value: str | None
    expected: str
    sentence: str = ""

    @property
    def text(self) -> str:
        """The reason as one sentence."""
        if self.sentence:
            return self.sentence
        if not self.field:
            return f"{self.expected}."
        if self.value is None:
            return f"{self.field} is missing; expected {self.expected}."
        return f"{self.field} is {self.value}; expected {self.expected}."


class EntryRefused(UserError):
    """A form's or file's entry cannot be stored; `refusal.field` says which field is to blame."""

    def __init__(self, refusal: Refusal, where: str = "", what_to_do: str = "Correct it and try again.") -> None:
        super().__init__(f"{where}: {refusal.text}" if where else refusal.text, what_to_do)
        self.refusal = refusal


def parse_fields(fields: Mapping[str, Any]) -> AnyEntry:
    """Return the entry of JSON-like fields; EntryRefused names the first field that is wrong."""
    try:
        return parse_entry(fields)
    except ValidationError as error:
        raise EntryRefused(refusal_of(error, fields)) from None
    except (TypeError, ValueError) as error:
        raise EntryRefused(Refusal("", None, f"The entry cannot be written as JSON: {error}")) from None


def parse_patient(fields: object) -> Patient:
    """Return the patient of JSON-like fields; EntryRefused names the first field that is wrong."""
    try:
        return Patient.model_validate_json(json.dumps(fields))
    except ValidationError as error:
        raise EntryRefused(refusal_of(error, fields, model=Patient)) from None


def refusal_of(
    error: ValidationError, fields: object, *, path: tuple[int | str, ...] = (), model: type[Value] | None = None
) -> Refusal:
    """Return the first fault that pydantic found below `path`, which leads to `fields`."""
    problem = error.errors(include_url=False)[0]
    location = list(problem["loc"][len(path) :])
    kind = fields.get("kind") if isinstance(fields, Mapping) else None
    if model is None and isinstance(kind, str) and location[:1] == [kind]:
        location = location[1:]
        model = KINDS.get(kind)
    if model is None:
        return _refused_kind(fields)
    field = ".".join(str(part) for part in location)
    if problem["type"] == "extra_forbidden":
        names = ", ".join(model.model_fields)
        return Refusal(field, shortened(problem["input"]), f"only fields of this kind ({names})")
    if problem["type"] == "missing":
        return Refusal(field, None, _described(model, field))
    said = str(problem.get("ctx", {}).get("error", ""))
    if said.startswith("expected "):
        return Refusal(field, shortened(problem["input"]), said.removeprefix("expected "))
    if said and (not field or not isinstance(problem["input"], str)):
        return Refusal("", None, f"{field}: {said}" if field else said)
    return Refusal(field, shortened(problem["input"]), _expected(problem))


def shortened(value: object) -> str:
    """Return a value as JSON, cut after some sixty characters, with escapes for what cannot be seen."""
    text = json.dumps(value, ensure_ascii=False, default=str) if not isinstance(value, bytes) else repr(value)
    text = "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text[: LONGEST_VALUE + 1])
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _refused_kind(fields: object) -> Refusal:
    if not isinstance(fields, Mapping):
        return Refusal("entry", shortened(fields), "an object in braces")
    if "kind" not in fields:
        return Refusal("kind", None, "the kind of the entry, such as blood_count")
    near = get_close_matches(str(fields["kind"]), KINDS, n=1)
    hint = f"perhaps {near[0]}" if near else f"one of {', '.join(KINDS)}"
    return Refusal("kind", shortened(fields["kind"]), f"a kind of the format, {hint}")


def _expected(problem: Any) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind in _COMPARED:
        name, words = _COMPARED[kind]
        return f"{words} {context[name]:g}"
    if kind in {"enum", "literal_error"}:
        return f"one of {str(context['expected']).replace(' or ', ', ').replace(chr(39), '')}"
    if kind == "string_pattern_mismatch":
        return next(words for mark, words in _PATTERNS.items() if mark in context["pattern"])
    if kind == "value_error":
        return f"a date of the calendar ({context['error']})"
    return str(problem["msg"])


def _described(model: type[Value], field: str) -> str:
    """What a missing field should hold, from its type."""
    known = model.model_fields.get(field)
    annotation = known.annotation if known else None
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return f"one of {', '.join(annotation)}"
    words = {bool: "true or false", float: "a number", int: "a whole number", str: "a text"}
    return words.get(annotation, "a value") if annotation in words else "a value"
