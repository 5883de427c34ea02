"""The published index case, opened as the service opens it, without a store."""

import json
from functools import cache

from bedside.chart.entries import parse_entries
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.loader import load_knowledge
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.resources import resource
from bedside.service.read import Opened

FILE = "demo/published-myers-index.json"
SUBSET_DAY_28, SUBSET_DAY_60 = "deb6cd68-1f60-5b83-918a-06d202ce791a", "e2af7873-3efe-5d1f-a15c-ccf0143ac614"


@cache
def knowledge() -> Knowledge:
    """The program's knowledge."""
    return load_knowledge()


@cache
def chart() -> Chart:
    """The chart as published."""
    document = json.loads(resource(FILE).read_text(encoding="utf-8"))
    patient = Patient.model_validate_json(json.dumps(document["patient"]))
    entries = parse_entries(json.dumps(document["entries"]))
    return Chart.model_construct(patient=patient, entries=entries, source=document["source"], as_of=None)


def opened_chart(one: Chart, day: str) -> Opened:
    """A chart opened as of a day."""
    assessment = assess(one, AsOf.parse(day), knowledge(), app_version="0.1")
    return Opened(one, resolve(one.entries), assessment, {})


def opened(day: str = "2020-07-31") -> Opened:
    """The index case opened as of a day."""
    return opened_chart(chart(), day)


def without_entries() -> Chart:
    """The same patient before anything was recorded."""
    return Chart.model_construct(patient=chart().patient, entries=(), source=None, as_of=None)
