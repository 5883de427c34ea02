"""How a laboratory's file is to be read: what a person has said, and what its heads say by themselves."""

import codecs
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError

from bedside.chart.base import Value
from bedside.chart.errors import UserError
from bedside.exchange.refusals import refusal_of, shortened
from bedside.knowledge.codes import COUNT_FIELDS, CodeTables
from bedside.knowledge.written_toml import written_toml

ROLES = ("at", "date", "time", "mrn", "birth_date", "analyte", "value", "unit")
IGNORE = "ignore"
_NAMES = {
    "at": ("at", "date time", "datetime", "date/time", "timestamp", "collected", "collected at", "abnahme", "entnahme"),
    "date": ("date", "datum", "abnahmedatum", "entnahmedatum", "sample date", "collection date"),
    "time": ("time", "zeit", "uhrzeit", "abnahmezeit", "entnahmezeit", "sample time", "collection time"),
    "mrn": ("mrn", "patient id", "patient number", "patientennummer"),
    "birth_date": ("birth_date", "birth date", "date of birth", "dob", "geburtsdatum"),
    "analyte": ("analyte", "test", "parameter", "analyt", "loinc", "code"),
    "value": ("value", "result", "wert", "ergebnis", "messwert"),
    "unit": ("unit", "units", "einheit"),
}
_BY_NAME = {name: role for role, names in _NAMES.items() for name in names}
_WITH_UNIT = re.compile(r"(?P<name>.+?)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]")
_PERCENT = "%"
_LONGEST_HEAD = 200
_SENDER_FIELDS = 4
"""Of an HL7 head: its name, its signs, the sending program, the sending place."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_HEAD)]


class Use(Value):
    """What a column or an analyte is: a role, a field of the chart or `ignore`, and the unit in the file."""

    field: Text
    unit: Text | None = None


class CountsMapping(Value):
    """What a person has said about a file; whatever is None or not named is found in the file or asked about.

    `columns` by head: a role of `ROLES`, a field, a field with a unit, or `ignore`. `analytes` by name, for files with
    one value a row. `absent` and `not_done`: words in place of a value that say that there is none, or that it was not
    done. `same_day`: whether values that a chart holds at another time of the day are of the same sample. Of bundles
    alone: the system of the `identifier` that is the number, whether persons are the `same_person` although they are
    told otherwise, and whether `newcomers` are registered.
    """

    encoding: Literal["cp1252", "utf-8"] | None = None
    separator: Literal[",", ";", "\t", "|"] | None = None
    decimal: Literal[",", "."] | None = None
    dates: Literal["day_first", "month_first"] | None = None
    serials: Literal["excel_1900", "excel_1904"] | None = None
    columns: Mapping[str, Text | Use] = Field(default_factory=dict)
    analytes: Mapping[str, Text | Use] = Field(default_factory=dict)
    absent: Annotated[tuple[str, ...], Field(strict=False)] = ()
    not_done: Annotated[tuple[str, ...], Field(strict=False)] = ()
    same_day: Literal["same", "other"] | None = None
    identifier: Text | None = None
    same_person: Literal["same", "other"] | None = None
    newcomers: Literal["register", "leave"] | None = None

    def answered(self, key: str, value: str) -> Self:
        """Return the same with one question answered; the keys are those of `Question`."""
        what, _, rest = key.partition(":")
        field, _, head = rest.partition(":")
        if what == "column":
            return self.with_column(value, Use(field=field))
        if what == "unit":
            return self.with_column(head, Use(field=field, unit=value))
        if what == "analyte_unit":
            return self.with_analyte(head, Use(field=field, unit=value))
        return self.model_copy(update={key: value})

    def with_column(self, head: str, use: Use | None) -> Self:
        """Return the same with a column used in this way; None: as its head says by itself."""
        return self.model_copy(update={"columns": _with(self.columns, head, use)})

    def with_analyte(self, name: str, use: Use | None) -> Self:
        """Return the same with an analyte used in this way; None: as its name says by itself."""
        return self.model_copy(update={"analytes": _with(self.analytes, name, use)})


def _with(uses: Mapping[str, Text | Use], name: str, use: Use | None) -> Mapping[str, Text | Use]:
    rest = {one: given for one, given in uses.items() if one != name}
    return rest if use is None else {**rest, name: use}


def read_mapping(data: bytes, name: str) -> CountsMapping:
    """Return the mapping of a TOML file; UserError names the key, what it holds and what was expected."""
    try:
        fields = written_toml(data)
    except ValueError as error:
        raise UserError(f"{name} {error}.", "Correct it and try again.") from None
    try:
        return CountsMapping.model_validate(fields)
    except ValidationError as error:
        raise UserError(f"{name}: {_fault(error, fields)}", "Correct it.") from None


def _fault(error: ValidationError, fields: Mapping[str, Any]) -> str:
    """The first fault of a mapping as a sentence."""
    first = error.errors(include_url=False)[0]
    key, *below = first["loc"]
    if below and key in {"columns", "analytes"}:
        use = 'a text such as "wbc", or one with its unit: {field = "wbc", unit = "G/l"}'
        return f"{key}.{below[0]} is {shortened(fields[key][below[0]])}; expected {use}."
    if first["type"] == "extra_forbidden":
        return f"there is no key {shortened(key)}; expected one of {', '.join(CountsMapping.model_fields)}."
    if first["type"] == "literal_error":
        return f"{key} is {shortened(first['input'])}; expected {first['ctx']['expected']}."
    return refusal_of(error, fields, model=CountsMapping).text


def mapping_text(mapping: CountsMapping) -> str:
    """Return a mapping as JSON text, to be kept."""
    return json.dumps(mapping.model_dump(exclude_defaults=True, mode="json"), ensure_ascii=False, sort_keys=True)


def mapping_of(text: str) -> CountsMapping | None:
    """Return the mapping of a kept text, None where this version cannot read it."""
    try:
        return CountsMapping.model_validate_json(text)
    except ValidationError:
        return None


def shape_of(data: bytes) -> str:
    """Return a hash of what files of one laboratory have in common: the row of heads, or the sender of messages."""
    lines = [line.strip() for line in data[: 1 << 16].removeprefix(codecs.BOM_UTF8).splitlines()]
    sender = next((line for line in lines if line.lstrip(b"\x0b")[:3] == b"MSH"), b"").lstrip(b"\x0b")
    if sender[3:]:
        heads = sender[3:4].join(sender.split(sender[3:4])[:_SENDER_FIELDS])
    else:
        heads = b"".join(lines[1:2] if lines and lines[0].lower().startswith(b"sep=") else lines[:1])
    return hashlib.sha256(heads).hexdigest()


def said_use(uses: Mapping[str, Text | Use], name: str) -> Use | None:
    """Return what a person has said of a column or an analyte, None where nobody has."""
    given = uses.get(name)
    return Use(field=given) if isinstance(given, str) else given


def given_use(uses: Mapping[str, Text | Use], head: str, codes: CodeTables) -> Use | None:
    """Return what a person has said of a column, with the unit of its head where none was said."""
    said = said_use(uses, head)
    return said if said is None or said.unit else Use(field=said.field, unit=parted(head, codes)[1])


def own_use(head: str, codes: CodeTables, stated: str = "") -> Use | None:
    """Return what a head or an analyte's name means by itself, with its unit; None where it means nothing here.

    Percent of what is counted by volume is another quantity, not another unit of the same.
    """
    name, unit = parted(head, codes)
    plain = name.strip().lower()
    field = _BY_NAME.get(plain) or codes.by_name.get(plain) or codes.by_loinc.get(plain)
    unit = stated or unit
    if field is None or field in ROLES:
        return None if field is None else Use(field=field)
    if field not in COUNT_FIELDS:
        return None
    is_percent = unit is not None and codes.unit_of(unit) == _PERCENT
    return None if is_percent and codes.observations[field].unit != _PERCENT else Use(field=field, unit=unit)


def parted(head: str, codes: CodeTables) -> tuple[str, str | None]:
    """Return a head's name and its unit: "Hb (g/dL)", "Hb [g/dL]", or a last word that is a unit."""
    if len(head) > _LONGEST_HEAD:
        return head, None
    match = _WITH_UNIT.fullmatch(head.strip())
    if match:
        return match["name"], match["unit"].strip() or None
    name, _, last = head.strip().rpartition(" ")
    return (name, last) if name and codes.unit_of(last) else (head, None)
