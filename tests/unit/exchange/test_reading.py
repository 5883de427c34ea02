"""Tests that charts are read as they were meant, written exactly, and read again as the same."""

import json
from pathlib import Path

import pytest

from bedside.chart.entries import entry_body
from bedside.exchange.chart_json import read_charts, write_chart
from bedside.exchange.identifiers import NAMESPACE, canonical, entry_id, with_ids
from bedside.resources import resource
from tests.unit.exchange.charts import CHART, ID, OTHER_ID, chart, read, reading

TEXT = json.dumps(CHART)
PUBLISHED = sorted(resource("demo").glob("published-*.json"))


@pytest.mark.parametrize("path", PUBLISHED, ids=[path.stem for path in PUBLISHED])
def test_that_a_published_case_is_the_same_after_writing_and_reading_again(path: Path) -> None:
    (first,) = read_charts(path.read_bytes(), reading(path.name))
    written = write_chart(first.chart)
    (second,) = read_charts(written, reading(path.name))
    assert second.chart == first.chart
    assert write_chart(second.chart) == written
    assert first.chart.source is not None


@pytest.mark.parametrize("path", PUBLISHED, ids=[path.stem for path in PUBLISHED])
def test_that_writing_changes_no_value_of_a_published_case(path: Path) -> None:
    (one,) = read_charts(path.read_bytes(), reading(path.name))
    assert json.loads(write_chart(one.chart)) == json.loads(path.read_bytes())


def test_that_source_and_as_of_are_kept() -> None:
    one = read(chart(source="by hand", as_of="2020-07-31")).chart
    written = json.loads(write_chart(one))
    assert (written["source"], written["as_of"]) == ("by hand", "2020-07-31")
    assert list(written) == ["format", "version", "source", "as_of", "patient", "entries"]


def test_that_the_text_is_utf_8_with_one_space_of_indent_and_whole_numbers_plain() -> None:
    written = write_chart(read(chart({"kind": "note", "at": "2020-07-01", "text": "µ ≥ Ω"})).chart)
    assert "µ ≥ Ω".encode() in written
    assert b'\n   "hb": 92\n' in written
    assert written.endswith(b"}\n")


def test_that_a_byte_order_mark_is_tolerated() -> None:
    assert read(b"\xef\xbb\xbf" + TEXT.encode()).chart == read(TEXT).chart


def test_that_strings_that_look_like_marks_are_read_as_text() -> None:
    note = 'null and NaN, "wbc": 1, \u0000'.replace("\u0000", "") + ' "x" : {'
    assert read(chart({"kind": "note", "at": "2020-07-01", "text": note})).chart.entries[1].text == note  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["ward.jsonl", "ward.ndjson", "ward.json"])
def test_that_json_lines_hold_one_chart_a_line(name: str) -> None:
    other = json.dumps(chart(patient={**CHART["patient"], "mrn": "T-0002"}))
    charts = read_charts(f"{TEXT}\n\n{other}\n".encode(), reading(name))
    assert [one.chart.patient.mrn for one in charts] == ["T-0001", "T-0002"]


def test_that_an_entry_without_an_id_gets_the_same_one_each_time() -> None:
    assert read(TEXT).chart.entries[0].id == read(TEXT).chart.entries[0].id


def test_that_the_order_of_keys_and_the_spaces_of_a_file_do_not_change_an_id() -> None:
    entry = dict(reversed(list(CHART["entries"][0].items())))
    assert read(json.dumps(chart(entries=[entry]), indent=4)).chart == read(TEXT).chart


def test_that_the_id_is_a_uuid_5_of_mrn_canonical_json_and_ordinal() -> None:
    from uuid import uuid5

    count = {"kind": "note", "at": "2020-07-01", "text": "ß"}
    (text,) = canonical([count])
    assert text == '{"at":"2020-07-01","kind":"note","text":"ß"}'
    expected = [str(uuid5(NAMESPACE, f"T-1\n{text}\n{ordinal}")) for ordinal in (0, 1)]
    assert [entry["id"] for entry in with_ids("T-1", [count, {**count, "id": ID}, count])] == [
        expected[0],
        ID,
        expected[1],
    ]


def test_that_the_short_way_to_an_id_is_the_long_one() -> None:
    from uuid import uuid5

    assert [entry_id("T", str(n), n) for n in range(64)] == [str(uuid5(NAMESPACE, f"T\n{n}\n{n}")) for n in range(64)]


def test_that_a_text_that_holds_the_mark_between_entries_is_still_told_apart() -> None:
    first, second = {"kind": "x", "list": ["a", "\0", "b"]}, {"kind": "y"}
    assert canonical([first, second]) == ['{"kind":"x","list":["a","\\u0000","b"]}', '{"kind":"y"}']


def test_that_the_same_entry_of_another_patient_gets_another_id() -> None:
    other = read(chart(patient={**CHART["patient"], "mrn": "T-0002"}))
    assert other.chart.entries[0].id != read(TEXT).chart.entries[0].id


def test_that_an_id_may_be_written_in_capitals() -> None:
    entry = {"kind": "note", "at": "2020-07-01", "text": "x", "id": ID.upper()}
    assert read(chart(entry)).chart.entries[1].id == ID


def test_that_a_negative_zero_comes_out_as_it_went_in() -> None:
    given = chart({"kind": "blood_count", "at": "2020-07-01", "wbc": -0.0})
    first = read(given).chart
    again = read(write_chart(first)).chart
    assert [entry_body(entry) for entry in again.entries] == [entry_body(entry) for entry in first.entries]


def test_that_a_line_may_correct_a_line_before_it() -> None:
    wrong = {"kind": "body_size", "at": "2020-07-01", "weight_kg": 30, "id": ID}
    right = {**wrong, "weight_kg": 31, "id": OTHER_ID, "supersedes": ID, "reason": "slip"}
    lines = b"\n".join(json.dumps(chart(entry)).encode() for entry in (wrong, right))
    assert [len(one.chart.entries) for one in read_charts(lines, reading("ward.jsonl"))] == [2, 2]
