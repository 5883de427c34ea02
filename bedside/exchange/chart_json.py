"""The interchange format `bedside-chart` version 1: charts read strictly, and written exactly."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import copysign
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from bedside.chart.base import own_fields
from bedside.chart.entries import AnyEntry, entry_fields, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.patient import Chart, Patient
from bedside.exchange.at_once import chart_at_once
from bedside.exchange.chart_checks import check_chart_links, check_dates, check_limits, without_repeats
from bedside.exchange.frame import FORMAT, VERSION, as_of_of, check_frame, source_of
from bedside.exchange.identifiers import have_ids, with_ids
from bedside.exchange.reading import ReadChart, Reading, place_of
from bedside.exchange.refusals import refusal_of, shortened
from bedside.exchange.strict_json import BOM, JsonFault, read_json

LONGEST_EXACT_WHOLE_NUMBER = 2**53


def read_charts(data: bytes, reading: Reading) -> tuple[ReadChart, ...]:
    """Return the charts of one JSON object or of JSON Lines; UserError names the first fault and refuses the file."""
    charts: list[ReadChart] = []
    for name, text in chart_texts(data, reading.name):
        charts.append(read_chart(text, replace(reading, name=name, held=_held_before(reading, charts))))
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
    chart = chart_at_once(text)
    if chart is None:
        chart = _step_by_step(text, reading)
    elif len(entries := without_repeats(chart.entries, reading)) < len(chart.entries):
        chart = chart.model_copy(update={"entries": entries})
    check_chart_links(chart, reading)
    check_dates(chart, reading)
    return ReadChart(reading.name, chart, check_limits(chart, reading))


def _step_by_step(text: bytes, reading: Reading) -> Chart:
    """Read a chart that has a fault, for its name, or entries that are still to be given an id."""
    try:
        fields, entries_json = read_json(text)
    except JsonFault as fault:
        raise _unreadable(fault, reading) from None
    check_frame(fields, reading)
    patient = _patient(fields["patient"], reading)
    entries = without_repeats(_entries(patient.mrn, fields["entries"], entries_json, reading), reading)
    source, as_of = source_of(fields, reading), as_of_of(fields, reading)
    return Chart.model_construct(patient=patient, entries=entries, source=source, as_of=as_of)


def _unreadable(fault: JsonFault, reading: Reading) -> UserError:
    if not fault.path:
        return reading.refused(f"this cannot be read: {fault.why}.")
    if fault.path[0] != "entries" or len(fault.path) < 2:
        return reading.refused(f"{'.'.join(str(part) for part in fault.path)} {fault.why}.")
    field = ".".join(str(part) for part in fault.path[2:]) or "the entry"
    return reading.refused(f"{field} {fault.why}.", place_of(int(fault.path[1]), fault.kind))


def _patient(fields: Mapping[str, Any], reading: Reading) -> Patient:
    try:
        return Patient.model_validate_json(to_json(fields))
    except ValidationError as error:
        raise reading.refused(refusal_of(error, fields, model=Patient).text, "patient") from None


def _entries(mrn: str, listed: list[Any], written: bytes, reading: Reading) -> tuple[AnyEntry, ...]:
    """The entries that are listed; `written` is their JSON, read once more where one has no id yet."""
    for index, fields in enumerate(listed):
        if not isinstance(fields, dict):
            raise reading.refused(f"the entry is {shortened(fields)}; expected an object.", f"entries[{index}]")
    try:
        return parse_entries(written if have_ids(listed) else to_json(with_ids(mrn, listed)))
    except ValidationError as error:
        index = int(error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"][0])
        refusal = refusal_of(error, listed[index], path=(index,))
        raise reading.refused(refusal.text, place_of(index, listed[index].get("kind", "no kind"))) from None


def write_chart(chart: Chart) -> bytes:
    """Return the chart as UTF-8 text of the interchange format, indented by one space, ending in a line feed."""
    fields: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if chart.source is not None:
        fields["source"] = chart.source
    if chart.as_of is not None:
        fields["as_of"] = chart.as_of.isoformat()
    fields["patient"] = chart.patient.model_dump(mode="json")
    fields["entries"] = [_ordered(entry) for entry in chart.entries]
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


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
