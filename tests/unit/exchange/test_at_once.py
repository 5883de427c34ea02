"""A sound chart is read in one go as it would be step by step; whatever is in doubt is not."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args, get_origin

import pytest

from bedside.chart.base import Value
from bedside.chart.entries import KINDS
from bedside.exchange import parsing
from bedside.exchange.at_once import HELD, chart_at_once
from bedside.exchange.chart_json import read_chart
from tests.unit.exchange.charts import ID, OTHER_ID, Fields, chart, reading

MARROW: Fields = {
    "kind": "marrow",
    "id": OTHER_ID,
    "at": "2020-06-30T08:15:00+02:00",
    "blasts_pct": 12,
    "censored": {"blasts_pct": "<"},
    "mrd": [{"method": "fcm", "result": "positive", "value": 0.012}],
    "note": "seen twice: at 8:15",
}


NEURO: Fields = {
    "kind": "neuro",
    "id": "9b2f2f5a-8f6c-4c5e-9a53-0d8d0b1f7c11",
    "at": "2020-06-30",
    "ice": {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 0},
    "consciousness": "awake",
}


def with_ids(**top: object) -> Fields:
    fields = chart(MARROW, NEURO, **top)
    fields["entries"][0]["id"] = ID
    return fields


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        lambda fields: json.dumps(fields, indent=1, separators=(" ,", "\t: ")),
        lambda fields: json.dumps(fields, separators=(",", ":"), ensure_ascii=False),
    ],
)
def test_that_a_sound_chart_is_read_at_once_as_step_by_step(
    write: Callable[[Fields], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = write(with_ids(source="Wang 2023", as_of="2020-07-01")).encode()
    at_once = chart_at_once(text)
    monkeypatch.setattr(parsing, "chart_at_once", lambda _: None)
    assert at_once is not None
    assert at_once == read_chart(text, replace(reading(), name="x")).chart


@pytest.mark.parametrize(
    ("given", "doubtful"),
    [
        ('"blasts_pct": 12', '"blasts_pct": 11, "blasts_pct": 12'),
        ('"blasts_pct": 12', '"blasts_pct": 11, "blasts\\u005fpct" : 12'),
        ('"value": 0.012', '"value": 0.01, "value": 0.012'),
        ('{"blasts_pct": "<"}', '{"blasts_pct": ">", "blasts_pct": "<"}'),
        ('"naming": 3', '"naming": 2, "naming": 3'),
        ('"mrn": "T-0001"', '"mrn": "T-0002", "mrn": "T-0001"'),
        ('"version": 1', '"version": 1, "version": 1'),
        ('"version": 1', '"version": true'),
        ('"version": 1', '"version": 2'),
        ('"format": "bedside-chart"', '"format": "another"'),
        ('"blasts_pct": 12', '"blasts_pct": 12, "haematogones": null'),
        (f'"id": "{ID}"', '"reason": "none"'),
        ('"blasts_pct": 12', '"blasts_pct": -1'),
    ],
)
def test_that_a_doubtful_chart_is_left_to_the_careful_reader(given: str, doubtful: str) -> None:
    text = json.dumps(with_ids())
    assert given in text
    assert chart_at_once(text.encode()) is not None
    assert chart_at_once(text.replace(given, doubtful).encode()) is None


def test_that_every_field_that_holds_objects_is_looked_into() -> None:
    fields = [pair for model in KINDS.values() for pair in model.model_fields.items()]
    assert {name for name, field in fields if holds_objects(field.annotation)} == HELD


def holds_objects(annotation: Any) -> bool:
    """Whether a type is an object in JSON, or is made of such types."""
    if get_origin(annotation) is dict or (isinstance(annotation, type) and issubclass(annotation, Value)):
        return True
    return any(holds_objects(part) for part in get_args(annotation))
