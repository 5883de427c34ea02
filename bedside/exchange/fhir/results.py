"""An Observation from elsewhere as a sample of the laboratory: by its LOINC and UCUM codes alone, or refused."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from bedside.chart.formats import label
from bedside.chart.moments import At
from bedside.exchange.counts.dates import on_wards_clock
from bedside.exchange.counts.found import Measurement, Sample
from bedside.exchange.fhir.concepts import code_words, codes_of, codings, maps
from bedside.exchange.fhir.persons import Person
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import COUNT_FIELDS, load_codes

_NO_RESULT = "no result of a laboratory"
_SETTLED = ("final", "amended", "corrected")
_WITHDRAWN = "entered-in-error"
_NO_FACT = {
    "preliminary": "it is preliminary; the final one counts",
    "registered": "it has no result yet",
    "cancelled": "it was cancelled",
}
_SIGNS = ("<", ">")
_LARGEST = 1e15
_NOT_PERFORMED = "not-performed"


class Refused(Exception):
    """Why a result cannot be taken."""


class Results:
    """Reads observations; `people` are the persons by every name under which a result can refer to them.

    `zone` is the ward's.
    """

    def __init__(self, people: Mapping[str, Person], zone: tzinfo) -> None:
        self._people, self._zone, self._codes = people, zone, load_codes()

    def read(self, line: int, resource: Mapping[str, Any]) -> Sample:
        """Return what an observation says, why it is refused, or that it is no result of a laboratory."""
        fields = [self._field(part.get("code")) for part in _parts(resource)]
        known = [field for field in fields if field in COUNT_FIELDS]
        if not known and not self._concerns_us(resource, [field for field in fields if field]):
            return Sample(line, None, unused=(_NO_RESULT,))
        try:
            return self._sample(line, resource, list(zip(fields, _parts(resource), strict=True)))
        except Refused as why:
            return Sample(line, None, mrn=self._name_of_subject(resource), refused=(str(why),))

    def _concerns_us(self, resource: Mapping[str, Any], fields: list[str]) -> bool:
        """Whether somebody has to be told that it is not taken: results that the program did not write itself."""
        own_code = any(one.get("system") == self._codes.systems.own for one in codings(resource.get("code")))
        categories = set(_category_codes(resource))
        if own_code or self._is_own(resource) or (categories and "laboratory" not in categories):
            return False
        return bool(fields) or any(True for _ in _parts(resource)) or "hasMember" not in resource

    def _is_own(self, resource: Mapping[str, Any]) -> bool:
        """Whether the program wrote it itself, here or elsewhere."""
        return any(one.get("system") == self._codes.systems.own for one in maps(resource.get("identifier")))

    def _sample(self, line: int, resource: Mapping[str, Any], parts: list[tuple[str, Mapping[str, Any]]]) -> Sample:
        if "modifierExtension" in resource or "implicitRules" in resource:
            raise Refused("it is modified in a way that is not known (modifierExtension or implicitRules)")
        person, status = self._person(resource), resource.get("status")
        if isinstance(status, str) and status in _NO_FACT:
            return Sample(line, None, mrn=person.name, unused=(_NO_FACT[status],))
        at = self._when(resource)
        if status == _WITHDRAWN:
            fields = tuple(field for field, _ in parts if field in COUNT_FIELDS)
            why = ("it was entered in error",)
            return Sample(line, at, mrn=person.name, birth_date=person.birth_date, unused=why, withdrawn=fields)
        if status not in _SETTLED:
            raise Refused(f"its status is {shortened(status)}; expected a final result")
        measured: dict[str, Measurement | None] = {}
        for field, part in parts:
            self._take(measured, field, part)
        if not measured:
            raise Refused("it holds no value")
        return Sample(
            line,
            at,
            tuple(one for one in measured.values() if one is not None),
            tuple(field for field, one in measured.items() if one is None),
            mrn=person.name,
            birth_date=person.birth_date,
            asked=(person.asked,) if person.asked else (),
        )

    def _person(self, resource: Mapping[str, Any]) -> Person:
        person = self._people.get(_subject(resource))
        if person is None:
            raise Refused(f"it is about {shortened(_subject(resource))}, which is no patient of this bundle")
        return person

    def _name_of_subject(self, resource: Mapping[str, Any]) -> str:
        person = self._people.get(_subject(resource))
        return "" if person is None else person.name

    def _when(self, resource: Mapping[str, Any]) -> At:
        """When it was, on the ward's clock, for the rules count the day that is written; as it is where we wrote it."""
        at = _moment(resource)
        return at if self._is_own(resource) else on_wards_clock(at, self._zone)

    def _take(self, measured: dict[str, Measurement | None], field: str, part: Mapping[str, Any]) -> None:
        if not field:
            raise Refused(f"the code {code_words(part.get('code'))} is not known")
        if field not in COUNT_FIELDS:
            raise Refused(f"{label(field)} is no count; record it in the chart")
        if field in measured:
            raise Refused(f"it gives {label(field)} twice")
        if part.get("valueQuantity") is not None:
            measured[field] = self._quantity(field, part["valueQuantity"])
        elif _NOT_PERFORMED in codes_of(part.get("dataAbsentReason")):
            measured[field] = None
        else:
            raise Refused(f"{label(field)} has no value that is a quantity")

    def _quantity(self, field: str, quantity: Any) -> Measurement:
        value = quantity.get("value") if isinstance(quantity, Mapping) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LARGEST:
            raise Refused(f"{label(field)} is {shortened(value)}; expected a number from 0 on")
        sign = quantity.get("comparator", "")
        if sign and sign not in _SIGNS:
            raise Refused(f"{label(field)} has the sign {shortened(sign)}; a chart holds < and > alone")
        told = quantity.get("code" if quantity.get("system") == self._codes.systems.ucum else "unit")
        factor = self._factor(field, told, quantity.get("unit"))
        if factor == 1:
            return Measurement(field, float(value), sign)
        return Measurement(field, float(f"{value * factor:.12g}"), sign, f"{value} {told} × {factor:g}")

    def _factor(self, field: str, told: object, words: object) -> float:
        """The factor of a unit; refused where there is none, and where the words beside its code are another unit."""
        factor = self._codes.factors.get((field, self._unit(told)))
        if factor is None:
            expected = ", ".join(self._codes.units_of(field))
            raise Refused(f"{label(field)} is given in {shortened(told)}, which is not known; expected {expected}")
        if self._unit(words) and self._codes.factors.get((field, self._unit(words))) != factor:
            raise Refused(f"{label(field)} has the unit {shortened(told)}, but {shortened(words)} in words")
        return factor

    def _unit(self, told: object) -> str:
        """The UCUM code of a unit, empty where it is not known."""
        return (self._codes.unit_of(told) or "") if isinstance(told, str) else ""

    def _field(self, concept: object) -> str:
        """The field that a concept's codes agree on, empty where none is known or two disagree."""
        systems, found = self._codes.systems, set()
        for coding in codings(concept):
            code = coding.get("code")
            if not isinstance(code, str):
                continue
            if coding.get("system") == systems.loinc:
                found.add(self._codes.by_loinc.get(code, ""))
            elif coding.get("system") == systems.own:
                field = code.replace("-", "_")
                found.add(field if field in self._codes.observations else "")
        return found.pop() if len(found) == 1 else ""


def _parts(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The observation itself where it has a value or says why not, and its components."""
    if "dataAbsentReason" in resource or any(name.startswith("value") for name in resource):
        yield resource
    yield from maps(resource.get("component"))


def _subject(resource: Mapping[str, Any]) -> str:
    """By which name an observation calls whom it is about; empty where it names nobody."""
    subject = resource.get("subject")
    named = subject.get("reference") if isinstance(subject, Mapping) else None
    return named if isinstance(named, str) else ""


def _moment(resource: Mapping[str, Any]) -> At:
    given = resource.get("effectiveDateTime", resource.get("effectiveInstant"))
    try:
        return At.parse(given)
    except (ValueError, OverflowError):
        raise Refused(f"its moment is {shortened(given)}; expected a date, or a time with its offset") from None


def _category_codes(resource: Mapping[str, Any]) -> Iterator[str]:
    for category in maps(resource.get("category")):
        yield from codes_of(category)
