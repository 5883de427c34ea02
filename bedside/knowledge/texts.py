"""Fills the numbers of the tables into their texts, so that a text tells the number that decides.

`{key}` in a text stands for a number: the one of that key beside the text, else of the `numbers` of its file, of the
file itself, of the thresholds. `{drugs.fludarabine.dose}` goes down. After a colon stands how it is written:

    {alc_from}                  0.5
    {first_low_burden:×10⁶}     100      in millions; ×10⁸ likewise
    {high_per_kg:×10⁶.0}        5.0      with a decimal even where it is nought; {omit_wbc:.0} likewise
    {mrd_cut_off:fraction}      10⁻⁴
    {early_loss_months:months}  3 months; days and years likewise, 1 month without an s
    {repeat_after_days:weeks}   4 weeks  of 28 days, where they are whole, else 25 days
"""

import re
from collections.abc import Mapping
from typing import Any

from bedside.chart.errors import BedsideError
from bedside.chart.formats import counted_text, fraction_text, number_text

Raw = Mapping[str, Any]

_PLACE = re.compile(r"\{([a-z0-9_.]+)(?::(fraction|days|weeks|months|years|(?:×10⁶|×10⁸)?(?:\.0)?))?\}")
_SCALES = {"": 1, "×10⁶": 1e6, "×10⁸": 1e8}
_UNITS = {"days": "day", "months": "month", "years": "year"}


def with_numbers(tables: Mapping[str, Raw]) -> dict[str, Raw]:
    """Return the tables with their texts filled; BedsideError names the file and what its text names in vain."""
    thresholds = tables["thresholds"]
    return {name: _filled(name, table, (table.get("numbers", {}), table, thresholds)) for name, table in tables.items()}


def names_number(text: str, key: str) -> bool:
    """Tell whether a text has a place for the number of a key."""
    return any(path.split(".")[-1] == key for path, _ in _PLACE.findall(text))


def _filled(file: str, table: Raw, numbers: tuple[Raw, ...]) -> dict[str, Any]:
    """A table and those in it with their texts filled."""

    def number(place: re.Match[str]) -> str:
        path, written = place.groups()
        for held in (table, *numbers):
            value = _found(held, path)
            if value is not None:
                return _written(value, written or "")
        raise BedsideError(f"knowledge/{file}.toml: a text names {place.group()}, which is no number of the tables")

    filled: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            filled[key] = _filled(file, value, numbers)
        elif isinstance(value, str) and "{" in value:
            filled[key] = _PLACE.sub(number, value)
            if "{" in filled[key]:
                raise BedsideError(f"knowledge/{file}.toml: the text {value!r} asks for a way of writing there is not")
        else:
            filled[key] = value
    return filled


def _found(held: Raw, path: str) -> Any | None:
    """What a path leads to, or the value of the threshold there; whether it is a number is checked with its table."""
    found: Any = held
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, dict):
        found = found.get("value")
    return found


def _written(value: Any, how: str) -> str:
    if not isinstance(value, int | float):
        return str(value)
    if how == "fraction":
        return fraction_text(value)
    if how == "weeks":
        return counted_text(value / 7, "week") if value % 7 == 0 else counted_text(value, "day")
    if how in _UNITS:
        return counted_text(value, _UNITS[how])
    scale, decimal, _ = how.partition(".0")
    shown = number_text(value / _SCALES[scale])
    return f"{shown}.0" if decimal and "." not in shown else shown
