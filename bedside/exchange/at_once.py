"""A chart with nothing wrong, read in one go; whatever is in doubt is left to the reader that names faults."""

from operator import attrgetter
from typing import Annotated, Any

from pydantic import Field, ValidationError

from bedside.chart.base import Text, Value
from bedside.chart.entries import AnyEntry
from bedside.chart.moments import DateField
from bedside.chart.patient import Chart, Patient
from bedside.exchange.frame import FORMAT, VERSION
from bedside.exchange.strict_json import LARGEST_CHART_BYTES

_BLANKS = b" \t\r\n"
_GIVEN = attrgetter("__pydantic_fields_set__")
HELD = frozenset(("mrd", "ice", "censored"))
"""The fields of entries that are objects with keys of their own, or lists of such."""


class _Document(Value):
    """The whole of a chart file."""

    format: str
    version: int
    source: Text | None = None
    as_of: DateField | None = None
    patient: Patient
    entries: Annotated[tuple[AnyEntry, ...], Field(fail_fast=True)]


def chart_at_once(text: bytes) -> Chart | None:
    """Return the chart of a text that is sound and gives every entry an id; None where anything is in doubt."""
    if len(text) > LARGEST_CHART_BYTES or b"null" in text:
        return None
    try:
        document = _Document.model_validate_json(text)
    except ValidationError:
        return None
    if document.format != FORMAT or document.version != VERSION or _may_repeat_a_key(text, document):
        return None
    return Chart.model_construct(
        patient=document.patient, entries=document.entries, source=document.source, as_of=document.as_of
    )


def _may_repeat_a_key(text: bytes, document: _Document) -> bool:
    """Whether the text may have more keys than the document holds.

    Without blanks every key of the text ends in `":`; what else ends so is inside a string.
    """
    marks = text.count(b'":')
    if marks != text.count(b":"):  # a time of day, or blanks before a colon
        marks = text.translate(None, _BLANKS).count(b'":')
    given = [*map(_GIVEN, document.entries)]
    held = [vars(entry)[name] for entry, names in zip(document.entries, given, strict=True) for name in HELD & names]
    return marks != sum(map(len, given)) + sum(map(_keys_of, (document, document.patient, *held)))


def _keys_of(held: Any) -> int:
    """The keys of an object, or of the objects in a list."""
    if isinstance(held, Value):
        return len(_GIVEN(held))
    return len(held) if isinstance(held, dict) else sum(map(_keys_of, held))
