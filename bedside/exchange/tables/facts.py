"""A chart as a long table: one row a fact, with what became of its entry."""

from collections.abc import Iterator, Mapping
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.entries import CarTLevel, entry_fields
from bedside.chart.enums import CarTMethod
from bedside.chart.formats import UNITS
from bedside.chart.live import resolve
from bedside.chart.moments import utc_text
from bedside.chart.patient import Chart

HEAD = (
    "mrn", "kind", "at", "field", "value", "sign", "unit", "id", "state", "supersedes", "recorded_at", "recorded_by",
)  # fmt: skip

NOT_DONE, NONE = "not done", "none"
"""What stands as the sign where there is no value: asked for and not done, or a list that is empty."""

NAMES = frozenset({"family_name", "given_name"})
"""Left out wherever they stand: a patient is told by number alone."""

CELLS = "fraction of cells"
COPIES = "copies/µg DNA"
_PER_MICROLITRE = "cells/µL"
_LARGEST_WHOLE = 2**53
_OF_THE_ENTRY = frozenset({
    "kind", "at", "id", "recorded_at", "recorded_by", "supersedes", "censored", "not_done",
})  # fmt: skip

Row = tuple[str, ...]


def facts(chart: Chart) -> Iterator[Row]:
    """Yield a row for each value of the patient and of every entry, in the order of the chart; columns as in HEAD."""
    patient = chart.patient
    for field, value in (("birth_date", patient.birth_date.isoformat()), ("sex", patient.sex.value)):
        yield (patient.mrn, "patient", "", field, value, "", "", "", "live", "", "", "")
    states = resolve(chart.entries).states
    for entry in chart.entries:
        yield from _of_entry(patient.mrn, entry, states[entry.id].value)


def _of_entry(mrn: str, entry: Entry, state: str) -> Iterator[Row]:
    recorded_at = "" if entry.recorded_at is None else utc_text(entry.recorded_at)
    end = (entry.id, state, entry.supersedes or "", recorded_at, entry.recorded_by or "")
    found = False
    for field, value, sign in _values(entry):
        found = True
        yield (mrn, entry.kind, entry.at.text, field, value, sign, _unit(entry, field, value), *end)
    if not found:
        yield (mrn, entry.kind, entry.at.text, "", "", "", "", *end)


def _values(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Field, value and sign of everything that an entry says."""
    fields = entry_fields(entry)
    signs: Mapping[str, str] = fields.get("censored", {})
    for name, value in fields.items():
        if name not in _OF_THE_ENTRY and name not in NAMES:
            for path, leaf in _leaves(name, value):
                yield path, _text(leaf), NONE if leaf is None else signs.get(path, "")
    for name in fields.get("not_done", ()):
        yield name, "", NOT_DONE


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The single values within a value, each with its path; None for a list that is empty."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}", part)
    elif isinstance(value, list):
        if not value:
            yield path, None
        for place, part in enumerate(value, start=1):
            if isinstance(part, dict):
                yield from _leaves(f"{path}.{part['method']}", {k: v for k, v in part.items() if k != "method"})
            else:
                yield f"{path}.{place}", part
    else:
        yield path, value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    return str(value)


def _unit(entry: Entry, field: str, value: str) -> str:
    """The unit of a number; none for a word."""
    if not value[:1].isdigit():
        return ""
    if isinstance(entry, CarTLevel) and field == "value":
        return COPIES if entry.method is CarTMethod.QPCR else _PER_MICROLITRE
    return unit_of(entry.kind, field)


def unit_of(kind: str, field: str) -> str:
    """Return the unit of a number of a kind, empty where it has none."""
    if kind == "marrow" and field.startswith("mrd."):
        return CELLS
    return UNITS.get(field, "")
