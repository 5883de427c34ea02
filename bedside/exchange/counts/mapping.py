"""How a laboratory's file is to be read: what a person has said, and what its heads say by themselves."""

import re
import tomllib
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError

from bedside.chart.base import Value
from bedside.chart.errors import UserError
from bedside.exchange.counts.dates import DATES
from bedside.exchange.counts.delimited import ENCODINGS, SEPARATORS
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import CodeTables

ROLES = ("at", "date", "time", "mrn", "birth_date", "analyte", "value", "unit", "ignore")
_NAMES = {
    "at": ("at", "date time", "datetime", "date/time", "timestamp", "collected", "collected at", "abnahme", "entnahme"),
    "date": ("date", "datum", "abnahmedatum", "entnahmedatum", "sample date", "collection date"),
    "time": ("time", "zeit", "uhrzeit", "abnahmezeit", "entnahmezeit", "sample time", "collection time"),
    "mrn": ("mrn", "patient id", "patient number", "fallnummer", "patientennummer"),
    "birth_date": ("birth_date", "birth date", "date of birth", "dob", "geburtsdatum"),
    "analyte": ("analyte", "test", "parameter", "analyt", "loinc", "code"),
    "value": ("value", "result", "wert", "ergebnis", "messwert"),
    "unit": ("unit", "units", "einheit"),
}  # fmt: skip
_BY_NAME = {name: role for role, names in _NAMES.items() for name in names}
_WITH_UNIT = re.compile(r"(?P<name>.+?)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]")
_LARGEST_MAPPING = 1 << 20

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Use(Value):
    """What a column or an analyte is: a field of the chart, and the unit in which the file gives it."""

    field: Text
    unit: Text | None = None


class CountsMapping(Value):
    """What a person has said about a file; whatever is None or not named is found in the file or asked about.

    `columns` by head: a role of `ROLES`, a field, or a field with a unit. `analytes` by name, for files with one value
    a row. `absent` and `not_done`: words in place of a value that say that there is none, or that it was not done.
    """

    encoding: Literal[*ENCODINGS] | None = None  # type: ignore[valid-type]
    separator: Literal[*SEPARATORS] | None = None  # type: ignore[valid-type]
    decimal: Literal[",", "."] | None = None
    dates: Literal[*DATES] | None = None  # type: ignore[valid-type]
    columns: Mapping[str, Text | Use] = Field(default_factory=dict)
    analytes: Mapping[str, Use] = Field(default_factory=dict)
    absent: Annotated[tuple[str, ...], Field(strict=False)] = ()
    not_done: Annotated[tuple[str, ...], Field(strict=False)] = ()

    def answered(self, key: str, value: str) -> Self:
        """Return the same with one question answered; the keys are those of `Question`."""
        what, _, name = key.partition(":")
        if what == "role":
            return self.model_copy(update={"columns": {**self.columns, value: name}})
        if what == "use":
            return self.model_copy(update={"columns": {**self.columns, name: value}})
        if what == "unit":
            field, _, head = name.partition(":")
            return self.model_copy(update={"columns": {**self.columns, head: Use(field=field, unit=value)}})
        if what == "analyte_unit":
            field, _, head = name.partition(":")
            return self.model_copy(update={"analytes": {**self.analytes, head: Use(field=field, unit=value)}})
        return self.model_copy(update={key: value})


def read_mapping(data: bytes, name: str) -> CountsMapping:
    """Return the mapping of a TOML file; UserError names the key, what it holds and what was expected."""
    if len(data) > _LARGEST_MAPPING:
        raise UserError(f"{name}: this is too large to be a mapping.", "Check the file.")
    try:
        fields: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{name}: this is not TOML ({error}).", "Correct it and try again.") from None
    try:
        return CountsMapping.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UserError(
            f"{name}: {place}: {first['msg']} (found {shortened(first['input'])}).", "Correct it."
        ) from None


def understood(head: str, mapping: CountsMapping, codes: CodeTables) -> Use | None:
    """Return what a column is, from the mapping or from its head; None where it means nothing to the program."""
    given = mapping.columns.get(head)
    if isinstance(given, Use):
        return given
    name, unit = parted(head, codes)
    if given is not None:
        return Use(field=given, unit=unit)
    plain = name.strip().lower()
    found = _BY_NAME.get(plain) or codes.by_name.get(plain) or codes.by_loinc.get(plain)
    return None if found is None else Use(field=found, unit=unit)


def parted(head: str, codes: CodeTables) -> tuple[str, str | None]:
    """Return a head's name and its unit: "Hb (g/dL)", "Hb [g/dL]", or a last word that is a unit."""
    match = _WITH_UNIT.fullmatch(head.strip())
    if match:
        return match["name"], match["unit"]
    name, _, last = head.strip().rpartition(" ")
    return (name, last) if name and codes.unit_of(last) else (head, None)
