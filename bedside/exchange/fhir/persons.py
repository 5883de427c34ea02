"""Who a FHIR bundle is about: the number, names, birth date and sex of a Patient, as far as it tells them plainly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bedside.chart.base import Name
from bedside.chart.enums import Sex
from bedside.chart.formats import date_text
from bedside.chart.moments import DateField
from bedside.exchange.counts.found import Choice, Doubts, Question
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.fhir.concepts import codes_of, maps

_LONGEST = 200
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_DATE: TypeAdapter[Any] = TypeAdapter(DateField)
_NO_LONGER = ("old", "temp", "anonymous", "maiden")
_SEXES = {"female": Sex.FEMALE, "male": Sex.MALE, "unknown": Sex.UNKNOWN, "other": Sex.UNKNOWN}
"""The chart holds no other sex than these."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a bundle tells on a line, empty where it does not; `asked` has to be settled about the number."""

    line: int = field(compare=False)
    mrn: str = ""
    family_name: str = ""
    given_name: str = ""
    birth_date: str = ""
    sex: str = ""
    asked: str = ""

    @property
    def name(self) -> str:
        """The number, or in its place words by which the bundle's samples can name the person."""
        return self.mrn or f"the patient of line {self.line}"

    @property
    def words(self) -> str:
        """The person as a sentence names somebody."""
        name = " ".join(filter(None, (self.given_name, self.family_name))) or "no name"
        born = f"born {date_text(date.fromisoformat(self.birth_date))}" if self.birth_date else "no birth date"
        return f"{name}, {born}"


def person_of(line: int, patient: Mapping[str, Any], mapping: CountsMapping, doubts: Doubts) -> Person:
    """Return who a Patient resource is about; where it has several numbers, the question which of them counts."""
    if "modifierExtension" in patient or "implicitRules" in patient:  # means something that is not known
        return Person(line)
    number, asked = _number(patient, mapping, doubts)
    family, given = _names(patient)
    gender = patient.get("gender")
    sex = _SEXES.get(gender) if isinstance(gender, str) else None
    return Person(line, number, family, given, _birth_date(patient), sex.value if sex else "", asked)


def _number(patient: Mapping[str, Any], mapping: CountsMapping, doubts: Doubts) -> tuple[str, str]:
    """The medical record number, or the question which identifier it is."""
    identifiers = [one for one in maps(patient.get("identifier")) if one.get("use") != "old" and _name(one, "value")]
    records = [one for one in identifiers if _is_record_number(one)] or identifiers
    values = dict.fromkeys(_name(one, "value") for one in records)
    if len(values) > 1 and mapping.identifier is not None:
        values = dict.fromkeys(_name(one, "value") for one in records if _system(one) == mapping.identifier)
    if len(values) == 1:
        return next(iter(values)), ""
    if not values:
        return "", ""
    choices = tuple(Choice(_system(one), f"{_name(one, 'value')} ({_system(one)})") for one in records)
    words = "A patient has several numbers. Which of them is the medical record number?"
    return "", doubts.add(Question("identifier", words, choices))


def _is_record_number(identifier: Mapping[str, Any]) -> bool:
    return "MR" in codes_of(identifier.get("type"))


def _system(identifier: Mapping[str, Any]) -> str:
    return _name(identifier, "system") or "no system"


def _names(patient: Mapping[str, Any]) -> tuple[str, str]:
    """Family and given name: the official one, else the first that still holds."""
    names = [one for one in maps(patient.get("name")) if one.get("use") not in _NO_LONGER]
    names.sort(key=lambda one: one.get("use") != "official")
    if not names:
        return "", ""
    given = names[0].get("given")
    parts = [part for part in given if isinstance(part, str)] if isinstance(given, list) else []
    return _name(names[0], "family"), _plain(" ".join(parts))


def _birth_date(patient: Mapping[str, Any]) -> str:
    given = patient.get("birthDate")
    try:
        return str(_DATE.validate_python(given).isoformat())
    except ValidationError:
        return ""


def _name(fields: Mapping[str, Any], key: str) -> str:
    return _plain(fields.get(key))


def _plain(value: object) -> str:
    """A text of one line without hidden characters, else nothing."""
    try:
        text = _NAME.validate_python(value)
    except ValidationError:
        return ""
    return text if len(text) <= _LONGEST else ""
