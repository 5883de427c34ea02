"""Tests of large charts, which a process of its own parses: the same chart, the same refusals, and the same store."""

import json
import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from bedside.chart.errors import UserError
from bedside.exchange import apart, chart_json
from bedside.exchange.chart_json import read_charts
from bedside.exchange.parsing import parsed
from bedside.exchange.reading import Named
from bedside.service.exchange_files import import_file
from bedside.service.read import chart_of
from bedside.service.session import Session
from tests.unit.exchange.charts import CHART, ID, Fields, chart, reading

ENTRIES = 450


def long_chart() -> Fields:
    counts = [
        {"kind": "blood_count", "at": f"2020-{1 + place % 9:02}-{1 + place % 28:02}", "wbc": place / 10, "hb": 92}
        for place in range(ENTRIES)
    ]
    marrow = {"kind": "marrow", "id": ID, "at": "2020-06-29", "blasts_pct": 1, "note": "µ ≥ 10⁻⁴ end"}
    return chart(*counts, marrow, source="Synthetic", as_of="2020-07-31")


def test_that_a_chart_parsed_apart_is_the_chart_parsed_here() -> None:
    text = json.dumps(long_chart()).encode()
    here = parsed(text, Named("ward.json"))
    assert apart.parsed_apart(text, Named("ward.json")) == here
    assert len(here.entries) == ENTRIES + 2


def spoiled(change: Callable[[Fields], Any]) -> bytes:
    fields = long_chart()
    change(fields)
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    "text",
    [
        spoiled(lambda fields: fields["entries"][300].update(wbc=-1)),
        spoiled(lambda fields: fields["patient"].pop("mrn")),
        spoiled(lambda fields: fields.update(version=2)),
        spoiled(lambda fields: fields.update(as_of="never")),
        json.dumps(CHART).encode()[:-1],
        b"\xff" + json.dumps(CHART).encode(),
    ],
)
def test_that_a_fault_is_told_in_the_same_words_as_here(text: bytes) -> None:
    with pytest.raises(UserError) as here:
        parsed(text, Named("ward.json"))
    with pytest.raises(UserError) as there:
        apart.parsed_apart(text, Named("ward.json"))
    assert (there.value.what_happened, there.value.what_to_do) == (here.value.what_happened, here.value.what_to_do)


@pytest.mark.parametrize(("over", "children"), [(-1, 0), (0, 0), (1, 1)])
def test_that_only_a_text_above_the_limit_is_parsed_apart(over: int, children: int) -> None:
    text = json.dumps(CHART).encode()
    with (
        patch.object(chart_json, "LARGE_BYTES", len(text) - over),
        patch.object(chart_json, "parsed_apart", wraps=apart.parsed_apart) as asked,
    ):
        read_charts(text, reading())
    assert asked.call_count == children


def test_that_without_a_process_the_chart_is_parsed_here() -> None:
    text = json.dumps(CHART).encode()
    with patch.object(sys, "executable", "/nowhere/python"):
        assert apart.parsed_apart(text, Named("ward.json")) == parsed(text, Named("ward.json"))


def test_that_a_large_chart_comes_into_the_store_as_a_small_one(session: Session) -> None:
    text = json.dumps(long_chart()).encode()
    with patch.object(chart_json, "LARGE_BYTES", 1000):
        done = import_file(session, "ward.json", text)
        again = import_file(session, "ward.json", text)
    assert (done.charts[0].new, again.charts[0].new, again.charts[0].known) == (ENTRIES + 2, 0, ENTRIES + 2)
    assert chart_of(session, "T-0001").entries == parsed(text, Named("ward.json")).entries
