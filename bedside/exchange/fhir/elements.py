"""The small parts that FHIR resources are made of: concepts, quantities, moments, references, identifiers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from bedside.chart.moments import At
from bedside.knowledge.codes import CodeTables

Element = dict[str, Any]

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_LARGEST_EXACT = 2**53
_TO_THE_MINUTE = len("2026-05-05T14:30")


def coded(system: str, code: str, text: str, display: str = "") -> Element:
    """Return a concept with one code and its words."""
    coding = {"system": system, "code": code, **({"display": display} if display else {})}
    return {"coding": [coding], "text": text}


def own(tables: CodeTables, code: str, text: str) -> Element:
    """Return a concept under the program's own system, for what has no code that is safe."""
    return coded(tables.systems.own, code.replace("_", "-"), text)


def terminology(system: str, code: str) -> Element:
    """Return a concept of one of the systems that FHIR itself defines, by the system's last name."""
    return {"coding": [{"system": f"{_TERMINOLOGY}{system}", "code": code}]}


def quantity(tables: CodeTables, value: float, unit: str, comparator: str = "") -> Element:
    """Return a value with its UCUM unit; `comparator` is `<` or `>` where the laboratory gave one."""
    sign = {"comparator": comparator} if comparator else {}
    return {"value": plain_number(value), **sign, "unit": unit, "system": tables.systems.ucum, "code": unit}


def plain_number(value: float) -> float:
    """Return whole numbers without a decimal point, which would claim a precision that nobody gave."""
    return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value


def date_time(at: At) -> str:
    """Return a moment as FHIR writes it: the date alone, or the time with seconds and the offset as it was given."""
    text = at.text
    if at.instant is None or text[_TO_THE_MINUTE] == ":":
        return text
    return f"{text[:_TO_THE_MINUTE]}:00{text[_TO_THE_MINUTE:]}"


def part_id(entry_id: str, part: str) -> str:
    """Return the id of a resource that holds one part of an entry: the same every time."""
    return str(uuid5(UUID(entry_id), part))


def reference(resource_id: str) -> Element:
    """Return a reference to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{resource_id}"}


def notes(*texts: str | None) -> Mapping[str, Any]:
    """Return the field `note` with a line for each text that there is, nothing without one."""
    given = [{"text": text} for text in texts if text]
    return {"note": given} if given else {}
