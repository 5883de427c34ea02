"""A chart as a bundle: the bundle's parts, every code in it, and the numbers that it holds."""

import json
from collections.abc import Iterator
from typing import Any

from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.exchange.fhir.bundle import write_bundle
from bedside.knowledge.codes import load_codes
from bedside.knowledge.loader import load_knowledge
from bedside.logic.assess import assess

Resource = dict[str, Any]


def bundle_of(chart: Chart, as_of: str = "2026-11-20") -> Resource:
    """The bundle of a chart with what is derived from it on a day."""
    knowledge = load_knowledge()
    assessment = assess(chart, AsOf.parse(as_of), knowledge, app_version="test")
    bundle: Resource = json.loads(write_bundle(chart, assessment, knowledge))
    return bundle


def resources(bundle: Resource, kind: str) -> list[Resource]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def codings(value: Any) -> Iterator[tuple[str, str]]:
    """Every pair of a system and a code, however deep."""
    if isinstance(value, dict):
        if "system" in value and "code" in value:
            yield value["system"], value["code"]
        for part in value.values():
            yield from codings(part)
    elif isinstance(value, list):
        for part in value:
            yield from codings(part)


def numbers(bundle: Resource) -> dict[tuple[str, str], tuple[float, str, str]]:
    """Value, comparator and unit of every observation of an entry, by the entry's id and its field."""
    own = load_codes().systems.own
    found = {}
    for one in resources(bundle, "Observation"):
        named = [i["value"].split("/") for i in one.get("identifier", ()) if i["system"] == own]
        if named and "valueQuantity" in one:
            given = one["valueQuantity"]
            found[(named[0][0], named[0][1])] = given["value"], given.get("comparator", ""), given["code"]
    return found
