"""Owns how a model's objections are told: which field each belongs to, and a sentence instead of the validator's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bedside.chart.formats import number_text

_SENTENCES: Mapping[str, str] = {
    "missing": "required",
    "string_too_short": "required",
    "too_short": "choose or name at least {min_length}",
    "too_long": "no more than {max_length}",
    "string_too_long": "too long: no more than {max_length} characters",
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_pattern_mismatch": "holds a character that cannot be stored",
}


@dataclass(frozen=True)
class Fault:
    """Why an entry is not valid: the field ("" for the whole entry) and a sentence."""

    field: str
    text: str


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Return every objection in words, in the order of the fields."""
    return tuple(_fault(item) for item in error.errors(include_url=False))


def _fault(item: Mapping[str, Any]) -> Fault:
    place = [str(part) for part in item["loc"]]
    name = place[1] if len(place) > 1 else ""
    sentence = _SENTENCES.get(item["type"])
    if sentence is None:
        text = str(item["msg"]).removeprefix("Value error, ")
        return Fault(name, text[:1].upper() + text[1:])
    context = {key: number_text(value) if isinstance(value, float) else value for key, value in _context(item).items()}
    return Fault(name, sentence.format(**context))


def _context(item: Mapping[str, Any]) -> Mapping[str, Any]:
    context = item.get("ctx")
    return context if isinstance(context, Mapping) else {}
