"""The interchange format `bedside-chart` version 1: charts read strictly, and written exactly."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import copysign
from typing import Any

from bedside.chart.base import own_fields
from bedside.chart.entries import AnyEntry, entry_fields
from bedside.chart.patient import Chart
from bedside.chart.progress import Progress, one_by_one, part_of, unheard
from bedside.exchange.apart import LARGE_BYTES, parsed_apart
from bedside.exchange.chart_checks import check_chart_links, check_dates, check_limits, without_repeats
from bedside.exchange.frame import FORMAT, VERSION
from bedside.exchange.indented import indented
from bedside.exchange.parsing import parsed
from bedside.exchange.reading import ReadChart, Reading
from bedside.exchange.strict_json import BOM

LONGEST_EXACT_WHOLE_NUMBER = 2**53
_IN_LIST = "  "
"""Stands before the braces of what is in the list of entries."""


def read_charts(data: bytes, reading: Reading) -> tuple[ReadChart, ...]:
    """Return the charts of one JSON object or of JSON Lines; UserError names the first fault and refuses the file."""
    charts: list[ReadChart] = []
    done = 0
    for name, text in chart_texts(data, reading.name):
        part = part_of(reading.progress, done, done + len(text), len(data))
        part(0, 1)
        charts.append(read_chart(text, replace(reading, name=name, held=_held_before(reading, charts), progress=part)))
        done += len(text)
    if not charts:
        raise reading.refused("the file is empty; expected a chart.")
    return tuple(charts)


def _held_before(reading: Reading, charts: Sequence[ReadChart]) -> Callable[[str], Sequence[AnyEntry]]:
    """What the store holds for an MRN with what stands before in the same file, so that a line may correct a line."""

    def held(mrn: str) -> Sequence[AnyEntry]:
        before = (entry for read in charts if read.chart.patient.mrn == mrn for entry in read.chart.entries)
        return (*reading.held(mrn), *before)

    return held


def chart_texts(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name (with the line where there are several) and the text of each chart in a file."""
    text = data.removeprefix(BOM)
    if not is_json_lines(text, name):
        yield name, text
        return
    for number, line in enumerate(text.split(b"\n"), start=1):
        if line.strip():
            yield f"{name}, line {number}", line


def is_json_lines(text: bytes, name: str) -> bool:
    """Tell whether a file holds one chart a line: by its name, or by a first line that is complete in itself."""
    first, _, rest = text.partition(b"\n")
    return name.lower().endswith((".jsonl", ".ndjson")) or bool(first.strip().endswith(b"}") and rest.strip())


def read_chart(text: bytes, reading: Reading) -> ReadChart:
    """Return the chart of one JSON object; UserError names the place, the field, the value and what was expected."""
    is_large = len(text) > LARGE_BYTES
    chart = parsed_apart(text, reading, reading.progress) if is_large else parsed(text, reading)
    if len(entries := without_repeats(chart.entries, reading)) < len(chart.entries):
        chart = chart.model_copy(update={"entries": entries})
    check_chart_links(chart, reading)
    check_dates(chart, reading)
    return ReadChart(reading.name, chart, check_limits(chart, reading))


def write_chart(chart: Chart, progress: Progress = unheard) -> bytes:
    """Return the chart as UTF-8 text of the interchange format, indented by one space, ending in a line feed.

    One entry at a time: the values of all entries at once would be freed at once, which holds the interpreter.
    """
    head = indented(_head(chart)).removesuffix("\n}")
    entries = [_IN_LIST + indented(_ordered(entry), _IN_LIST) for entry in one_by_one(chart.entries, progress)]
    listed = "[\n{}\n ]".format(",\n".join(entries)) if entries else "[]"
    return f'{head},\n "entries": {listed}\n}}\n'.encode()


def _head(chart: Chart) -> dict[str, Any]:
    """What stands before the entries."""
    fields: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if chart.source is not None:
        fields["source"] = chart.source
    if chart.as_of is not None:
        fields["as_of"] = chart.as_of.isoformat()
    fields["patient"] = chart.patient.model_dump(mode="json")
    return fields


def _ordered(entry: AnyEntry) -> dict[str, Any]:
    """The entry's JSON values: id, kind and moment first, then the kind's own fields, then what every entry has."""
    fields = entry_fields(entry)
    order = ("id", "kind", "at", *own_fields(type(entry)))
    first = {name: fields[name] for name in order if name in fields}
    return {name: _plain(value) for name, value in {**first, **fields}.items()}


def _plain(value: Any) -> Any:
    """Whole numbers without a decimal point, as people write them; a negative zero stays what it is."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LONGEST_EXACT_WHOLE_NUMBER:
        return int(value) if value or copysign(1, value) > 0 else value
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
