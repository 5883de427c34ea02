"""The frame of a chart file: format, version and the few keys beside the patient and the entries."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bedside.chart.base import Text
from bedside.chart.moments import DateField
from bedside.exchange.reading import Named
from bedside.exchange.refusals import shortened

FORMAT = "bedside-chart"
VERSION = 1
KEYS = ("format", "version", "source", "as_of", "patient", "entries")

T = TypeVar("T")

_TEXT: TypeAdapter[str] = TypeAdapter(Text)
_DATE: TypeAdapter[date] = TypeAdapter(DateField)


def check_frame(fields: Any, reading: Named) -> None:
    """Raise UserError unless `fields` is a chart of this version with exactly the keys of the format."""
    if not isinstance(fields, dict):
        raise reading.refused(f"the file holds {shortened(fields)}; expected one chart, an object in braces.")
    if fields.get("format") != FORMAT:
        raise reading.refused(f'format is {_shown(fields, "format")}; expected "{FORMAT}".')
    if type(fields.get("version")) is not int or fields["version"] != VERSION:
        raise reading.refused(f"version is {_shown(fields, 'version')}; expected {VERSION}.")
    unknown = [key for key in fields if key not in KEYS]
    if unknown:
        value = shortened(fields[unknown[0]])
        raise reading.refused(f"{shortened(unknown[0])} is {value}; expected only the keys {', '.join(KEYS)}.")
    if not isinstance(fields.get("patient"), dict):
        raise reading.refused(f"patient is {_shown(fields, 'patient')}; expected an object in braces.")
    if not isinstance(fields.get("entries"), list):
        raise reading.refused(f"entries is {_shown(fields, 'entries')}; expected a list.")


def source_of(fields: Mapping[str, Any], reading: Named) -> str | None:
    """Return where a published case comes from, None where the file does not say."""
    return _optional(fields, "source", _TEXT, "a text that is not empty", reading)


def as_of_of(fields: Mapping[str, Any], reading: Named) -> date | None:
    """Return the date for which the file wants to be assessed, None where it does not say."""
    return _optional(fields, "as_of", _DATE, "a date (YYYY-MM-DD)", reading)


def _optional(fields: Mapping[str, Any], key: str, adapter: TypeAdapter[T], expected: str, reading: Named) -> T | None:
    if key not in fields:
        return None
    try:
        return adapter.validate_python(fields[key])
    except ValidationError as error:
        said = str(error.errors()[0].get("ctx", {}).get("error", ""))
        words = said if said.startswith("expected ") else f"expected {expected}"
        raise reading.refused(f"{key} is {shortened(fields[key])}; {words}.") from None


def _shown(fields: Mapping[str, Any], key: str) -> str:
    return shortened(fields[key]) if key in fields else "missing"
