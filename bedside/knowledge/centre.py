"""A centre's own file: numbers that replace the program's, each checked against what stands there.

The file is TOML. `centre` names the centre; every other table has the name of a file of resources/knowledge and
holds the same keys, down to the number that is replaced; `reason` may stand beside it:

    centre = "Name of the centre"

    [thresholds.day28_last]
    value = 45
    reason = "marrows are taken in the sixth week here"

    [bca]
    chosen = "cincinnati"
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn, get_type_hints

from bedside.chart.derived.centre import CentreValue, CentreValues
from bedside.chart.errors import UserError
from bedside.chart.formats import number_text
from bedside.knowledge.families.risk_class import Numbers
from bedside.knowledge.texts import names_number, with_numbers
from bedside.knowledge.written_toml import written_toml

SOURCE = "centre"
"""The key in references.toml that a replaced value names as its source."""

TIMES_AT_MOST = 10
"""A centre's number lies between nought and this many times the program's: beyond it, it is a slip of the keyboard."""

CORRECT_IT = "Correct the centre's file; until then nothing of it is used."
_LONGEST_SHOWN = 60
_PROVENANCE = frozenset(("source", "level", "jurisdiction", "date", "policy"))
# What is always shown beside its text; any other number stands in the text, or is added to it.
_BESIDE = frozenset(("value", "minimum_days", "minimum_hours", "preferred_days", "preferred_months"))

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """A key of the centre's file: the names that lead to it, for messages and for the table it replaces."""

    file: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        return ".".join(self.names)

    def below(self, name: str) -> "_Place":
        return _Place(self.file, (*self.names, name))

    def refuse(self, value: object, allowed: str) -> NoReturn:
        given = f"{self.key} is missing" if value is None else f"{self.key} = {_shown(value)}"
        raise UserError(f"{self.file}, {given}: allowed is {allowed}.", CORRECT_IT)


def with_centre(raw: Mapping[str, Raw], text: bytes, file: str) -> tuple[dict[str, Raw], CentreValues]:
    """Return the tables with a centre's values in place, and these values; the tables given stay as they are.

    UserError names the file, the key, the value and what is allowed there.
    """
    wanted = _parsed(text, file)
    name = wanted.pop("centre", None)
    if not isinstance(name, str) or not name.strip():
        _Place(file, ("centre",)).refuse(name, "the name of the centre, in quotes")
    merged = deepcopy(dict(raw))
    values = tuple(_replaced(merged, wanted, with_numbers(raw), _Place(file, ())))
    return merged, CentreValues(name.strip(), values)


def _parsed(text: bytes, file: str) -> Raw:
    try:
        return written_toml(text)
    except ValueError as error:
        raise UserError(f"{file} {error}.", CORRECT_IT) from None


def _shown(value: object) -> str:
    """A value as it stands in the file, cut where it is long."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _replaced(held: Raw, wanted: Raw, told: Raw, place: _Place) -> Iterator[CentreValue]:
    """Put the centre's values into `held`, and yield each that differs from what stood there.

    `told`: the program's own table with its texts filled, which say what a value is.
    """
    reason = wanted.pop("reason", None) if "reason" not in held else None
    if reason is not None and not isinstance(reason, str):
        place.below("reason").refuse(reason, "a text")
    if reason is not None and not wanted:
        raise UserError(f"{place.file}, {place.key} has a reason and no value.", CORRECT_IT)
    for name, value in wanted.items():
        here = place.below(name)
        if name not in held:
            raise UserError(f"{here.file}, {here.key} names nothing in the tables: {_known(name, held)}.", CORRECT_IT)
        if isinstance(held[name], dict):
            if not isinstance(value, dict):
                here.refuse(value, f"a table with {_names(held[name])}")
            found = tuple(_replaced(held[name], value, told[name], here))
            yield from found
            if found and "source" not in held[name]:
                _take_over(held)
            continue
        _check(held, name, value, here)
        if value == held[name]:
            continue
        words = str(told.get("text") or told.get("label") or here.key)
        yield CentreValue(here.key, words, value, held[name], held.get("unit"), reason)
        held[name] = value
        if "text" in held and name not in _BESIDE and not names_number(held["text"], name):
            held["text"] += f" (this centre: {name.replace('_', ' ')} {number_text(value)})"
        _take_over(held)


def _take_over(held: Raw) -> None:
    """Name the centre as the source of a table, where a table has one, in the place of whoever gave its values."""
    if "source" in held:
        held |= {"source": SOURCE, "level": "none", "policy": True}


def _check(held: Raw, name: str, value: object, place: _Place) -> None:
    """Refuse a value that cannot stand in the place of the program's."""
    default = held[name]
    if place.names == ("bca", "chosen"):
        if value not in held["definitions"]:
            place.refuse(value, f"one of {', '.join(held['definitions'])}")
        return
    if name in _PROVENANCE or isinstance(default, bool) or not isinstance(default, int | float):
        place.refuse(value, "nothing: a centre replaces numbers, and the chosen definition of B-cell recovery")
    if place.names[0] == "bca":
        place.refuse(value, "nothing: choose another definition with bca.chosen")
    if isinstance(value, bool) or not isinstance(value, int | float):
        place.refuse(value, "a number")
    if not 0 <= value <= TIMES_AT_MOST * default:
        place.refuse(value, f"a number from 0 to {TIMES_AT_MOST * default:g}")
    if _is_whole(place) and value != int(value):
        place.refuse(value, "a whole number")


def _is_whole(place: _Place) -> bool:
    return place.names[0] == "thresholds" and get_type_hints(Numbers).get(place.names[1]) is int


def _known(name: str, held: Raw) -> str:
    near = get_close_matches(name, held, n=1)
    return f"perhaps {near[0]} is meant" if near else f"allowed is {_names(held)}"


def _names(held: Raw) -> str:
    return ", ".join(name for name in held if name not in _PROVENANCE)
