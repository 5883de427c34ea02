"""Properties: any entry of any kind survives writing and reading, whatever the order and the spaces of the file."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.entries import KINDS, entry_fields
from bedside.exchange.chart_json import write_chart
from tests.unit.exchange.any_entry import entries
from tests.unit.exchange.charts import Fields, chart, read

STANDALONE = sorted(set(KINDS) - {"void"})


@pytest.mark.parametrize("kind", STANDALONE)
def test_that_an_entry_of_this_kind_is_the_same_after_writing_and_reading_again(kind: str) -> None:
    @settings(max_examples=15)
    @given(entries(kind))
    def survives(fields: Fields) -> None:
        first = read(chart(fields)).chart
        written = write_chart(first)
        assert read(written).chart == first
        assert write_chart(read(written).chart) == written
        kept = entry_fields(first.entries[1])
        assert {name: kept[name] for name in fields} == fields

    survives()


@settings(max_examples=25)
@given(st.data())
def test_that_a_void_and_a_correction_survive(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(STANDALONE))
    original = read(chart(data.draw(entries(kind)))).chart.entries[1]
    correction = {**data.draw(entries(kind)), "supersedes": original.id, "reason": "slip"}
    void = {"kind": "void", "at": "2020-01-01", "voids": original.id, "reason": "wrong patient", "scope": "chain"}
    first = read(chart(entry_fields(original), correction, void)).chart
    assert read(write_chart(first)).chart == first


@settings(max_examples=25)
@given(st.lists(st.sampled_from(STANDALONE).flatmap(entries), max_size=4), st.sampled_from([None, 1, "\t"]))
def test_that_ids_depend_on_the_content_and_not_on_the_layout(listed: list[Fields], indent: int | str | None) -> None:
    turned = [dict(reversed(list(fields.items()))) for fields in listed]
    plain = read(chart(*listed)).chart
    assert read(json.dumps(chart(*turned), indent=indent, ensure_ascii=indent is None)).chart == plain
    assert len({entry.id for entry in plain.entries}) == len(listed) + 1
