"""Small charts as JSON, and reading them as a file would be read."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from bedside.exchange.chart_json import read_charts
from bedside.exchange.reading import ReadChart, Reading
from bedside.knowledge.loader import load_knowledge

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ID = "32c40c8b-02bd-589f-902a-6a19b0f09781"
OTHER_ID = "6e3b66e5-5cd7-5b1d-96fd-9467caee4ee9"

Fields = dict[str, Any]

CHART: Fields = {
    "format": "bedside-chart",
    "version": 1,
    "patient": {
        "mrn": "T-0001",
        "family_name": "Case",
        "given_name": "Synthetic One",
        "birth_date": "2010-03-02",
        "sex": "female",
    },
    "entries": [{"kind": "blood_count", "at": "2020-06-29T07:10:00+02:00", "wbc": 2.1, "anc": 1.0, "hb": 92}],
}


def chart(*entries: Fields, **top: Any) -> Fields:
    """The small chart with further entries, and with top-level keys replaced."""
    fields = deepcopy(CHART)
    fields["entries"].extend(entries)
    return {**fields, **top}


def reading(name: str = "ward.json") -> Reading:
    return Reading(name, load_knowledge(), NOW)


def read(fields: Fields | str | bytes, name: str = "ward.json") -> ReadChart:
    """The one chart of a file with this content."""
    data = fields if isinstance(fields, bytes) else (fields if isinstance(fields, str) else json.dumps(fields)).encode()
    (one,) = read_charts(data, reading(name))
    return one
