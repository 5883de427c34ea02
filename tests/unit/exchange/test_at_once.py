"""A sound chart is read in one go as it would be step by step; whatever is in doubt is not."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from bedside.exchange import parsing
from bedside.exchange.at_once import chart_at_once
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


def with_ids(**top: object) -> Fields:
    fields = chart(MARROW, **top)
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
