"""A chart with what is derived from it as one FHIR R4 bundle of type collection.

The resources are built as plain JSON values: making models of five thousand resources takes seconds. That they are
valid is the business of the tests, which hold them against fhir.resources (its R4B models; FHIR 4.0.1 reads the same).
"""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bedside.chart.assessment import Assessment
from bedside.chart.entries import Death, Entry
from bedside.chart.live import resolve
from bedside.chart.patient import Chart, Patient
from bedside.chart.progress import Progress, one_by_one, unheard
from bedside.exchange.fhir.conditions import conditions
from bedside.exchange.fhir.derived import conclusions
from bedside.exchange.fhir.elements import Element, date_time, reference, terminology
from bedside.exchange.fhir.observations import observations
from bedside.exchange.fhir.treatments import treatments
from bedside.exchange.identifiers import entry_id
from bedside.knowledge.codes import CodeTables, atc_codes, load_codes

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge


def write_bundle(chart: Chart, assessment: Assessment, knowledge: "Knowledge", progress: Progress = unheard) -> bytes:
    """Return the bundle as UTF-8 JSON: the entries that count, in order, then what is concluded from them.

    What was corrected, voided or is contested is not in it; the chart in its own format holds that.
    """
    # One resource at a time, none kept: writing, and freeing, all at once holds the window up for half a second.
    entries = (
        _written({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource})
        for resource in _resources(chart, assessment, knowledge, progress)
    )
    return b"".join((b'{"resourceType":"Bundle","type":"collection","entry":[', b",".join(entries), b"]}\n"))


def _written(value: Element) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _resources(chart: Chart, assessment: Assessment, knowledge: "Knowledge", progress: Progress) -> Iterator[Element]:
    tables, live = load_codes(), resolve(chart.entries).live
    patient = _patient(chart.patient, live, tables)
    subject = reference(patient["id"])
    seen: dict[str, list[str]] = {}
    yield patient
    for entry in one_by_one(live, progress):
        yield from conditions(entry, tables, subject)
        for observation in observations(entry, tables, subject):
            seen.setdefault(entry.id, []).append(observation["id"])
            yield observation
        yield from treatments(entry, tables, atc_codes(), subject)
    yield from conclusions(assessment, knowledge, tables, subject, seen)


def _patient(patient: Patient, live: Iterable[Entry], tables: CodeTables) -> Element:
    deaths = [date_time(entry.at) for entry in live if isinstance(entry, Death)]
    return {
        "resourceType": "Patient",
        "id": entry_id(patient.mrn, "patient", 0),
        "identifier": [{"type": terminology("v2-0203", "MR"), "system": tables.systems.own, "value": patient.mrn}],
        "name": [{"family": patient.family_name, "given": [patient.given_name]}],
        "gender": patient.sex.value,
        "birthDate": patient.birth_date.isoformat(),
        **({"deceasedDateTime": deaths[-1]} if deaths else {}),
    }
