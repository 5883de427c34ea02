"""A FHIR bundle from elsewhere as persons and samples: what is understood, what is refused, what is left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bedside.chart.errors import UserError
from bedside.chart.progress import one_by_one
from bedside.exchange.counts.found import Doubts, Found, Sample, Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.fhir.persons import Person, person_of
from bedside.exchange.fhir.results import Results
from bedside.exchange.reading import WHAT_TO_DO
from bedside.exchange.refusals import shortened
from bedside.exchange.strict_json import JsonFault, read_json

MOST_ENTRIES = 100_000
_TYPES = ("collection", "document", "message", "searchset")
_MARK = re.compile(rb'"resourceType"\s*:')


@dataclass(frozen=True, slots=True)
class ReadBundle:
    """The samples of a bundle (`line` is the place of the entry, from 1), and its persons."""

    found: Found
    persons: tuple[Person, ...]


def is_bundle(data: bytes) -> bool:
    """Tell whether a file is FHIR: it names the type of a resource, which no chart does."""
    return _MARK.search(data) is not None


def read_bundle(data: bytes, mapping: CountsMapping, around: Surroundings) -> ReadBundle:
    """Return what a bundle says of persons and of their counts; UserError where it is no bundle that can be read.

    Every entry is a line. Nothing is followed outside the bundle. Resources of other types, and observations that are
    no results of a laboratory, are not used, and say so.
    """
    resources = _resources(data, around.name)
    doubts = Doubts()
    people = _people(resources, mapping, doubts, around.name)
    results = Results(people, around.zone)
    told = one_by_one(resources, around.tell)
    samples = [_sample(line, resource, results) for line, resource in enumerate(told, start=1)]
    persons = tuple({person.name: person for person in people.values()}.values())
    return ReadBundle(Found(tuple(samples), tuple(doubts.found.values())), persons)


def _sample(line: int, resource: Any, results: Results) -> Sample:
    if not isinstance(resource, Mapping):
        return Sample(line, None, refused=(f"the entry holds {shortened(resource)}; expected a resource",))
    kind = resource.get("resourceType")
    if kind == "Observation":
        return results.read(line, resource)
    words = PATIENT if kind == "Patient" else f"{shortened(kind)}: only patients and results of a laboratory are read"
    return Sample(line, None, unused=(words,))


PATIENT = "the patient"
"""What is said of the line of a patient who is known."""


def _resources(data: bytes, name: str) -> Sequence[Any]:
    """The resources of a bundle, each with its `fullUrl`; UserError for anything else."""
    try:
        bundle = read_json(data.removeprefix(b"\xef\xbb\xbf")).value
    except JsonFault as fault:
        where = ".".join(map(str, fault.path))
        raise UserError(f"{name}: {where + ' ' if where else ''}{fault}.", WHAT_TO_DO) from None
    if not isinstance(bundle, Mapping) or bundle.get("resourceType") != "Bundle":
        raise UserError(f"{name}: this is no FHIR bundle.", "Export a bundle with the patient and the results in it.")
    if bundle.get("type") not in _TYPES:
        expected = ", ".join(_TYPES)
        raise UserError(
            f"{name}: the bundle is of the type {shortened(bundle.get('type'))}; expected {expected}.", WHAT_TO_DO
        )
    if "implicitRules" in bundle:
        raise UserError(f"{name}: the bundle follows rules of its own (implicitRules).", WHAT_TO_DO)
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise UserError(f"{name}: expected a list of at most {MOST_ENTRIES} entries.", WHAT_TO_DO)
    return [_resource(entry) for entry in entries]


def _resource(entry: Any) -> Any:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("resource"), Mapping):
        return entry
    return {**entry["resource"], FULL_URL: entry.get("fullUrl")}


FULL_URL = " fullUrl"
"""Under this name, which no resource can hold, a resource keeps the name of its entry."""


def _people(resources: Sequence[Any], mapping: CountsMapping, doubts: Doubts, name: str) -> dict[str, Person]:
    """The persons by every name under which a result can refer to them."""
    people: dict[str, Person] = {}
    by_number: dict[str, Person] = {}
    for line, resource in enumerate(resources, start=1):
        if not isinstance(resource, Mapping) or resource.get("resourceType") != "Patient":
            continue
        person = person_of(line, resource, mapping, doubts)
        if person.mrn and by_number.setdefault(person.mrn, person) != person:
            raise UserError(f"{name}: two patients of it have the number {person.mrn}.", WHAT_TO_DO)
        for reference in _references(resource):
            if people.setdefault(reference, person) != person:
                raise UserError(f"{name}: two patients share the name {shortened(reference)}.", WHAT_TO_DO)
    return people


def _references(patient: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(patient.get(FULL_URL), str):
        yield patient[FULL_URL]
    if isinstance(patient.get("id"), str):
        yield f"Patient/{patient['id']}"
        yield f"urn:uuid:{patient['id']}"
