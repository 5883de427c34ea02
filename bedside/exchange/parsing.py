"""One JSON object to a chart: at once where nothing is in doubt, else step by step to name the first fault."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from bedside.chart.entries import AnyEntry, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.patient import Chart, Patient
from bedside.exchange.at_once import chart_at_once
from bedside.exchange.frame import as_of_of, check_frame, source_of
from bedside.exchange.identifiers import have_ids, with_ids
from bedside.exchange.pdf_attachment import is_pdf
from bedside.exchange.reading import Named, place_of
from bedside.exchange.refusals import refusal_of, shortened
from bedside.exchange.strict_json import JsonFault, read_json


def parsed(text: bytes, file: Named) -> Chart:
    """Return the chart of one JSON object, ids that repeat included; UserError names place, field, value, expected."""
    return chart_at_once(text) or _step_by_step(text, file)


def _step_by_step(text: bytes, file: Named) -> Chart:
    """Read a chart that has a fault, for its name, or entries that are still to be given an id."""
    try:
        fields, entries_json = read_json(text)
    except JsonFault as fault:
        raise _no_chart(text, file) or _unreadable(fault, file) from None
    check_frame(fields, file)
    patient = _patient(fields["patient"], file)
    entries = _entries(patient.mrn, fields["entries"], entries_json, file)
    source, as_of = source_of(fields, file), as_of_of(fields, file)
    return Chart.model_construct(patient=patient, entries=entries, source=source, as_of=as_of)


def _no_chart(text: bytes, file: Named) -> UserError | None:
    """What is said of a text that was never meant to be JSON."""
    if not text.strip():
        return file.refused("the file is empty; expected a chart.")
    if is_pdf(text):
        return UserError(f"{file.name}: this is a PDF, not a chart.", "Import it: a summary carries its chart.")
    return None


def _unreadable(fault: JsonFault, file: Named) -> UserError:
    if not fault.path:
        return file.refused(f"this cannot be read: {fault.why}.")
    if fault.path[0] != "entries" or len(fault.path) < 2:
        return file.refused(f"{'.'.join(str(part) for part in fault.path)} {fault.why}.")
    field = ".".join(str(part) for part in fault.path[2:]) or "the entry"
    return file.refused(f"{field} {fault.why}.", place_of(int(fault.path[1]), fault.kind))


def _patient(fields: Mapping[str, Any], file: Named) -> Patient:
    try:
        return Patient.model_validate_json(to_json(fields))
    except ValidationError as error:
        raise file.refused(refusal_of(error, fields, model=Patient).text, "patient") from None


def _entries(mrn: str, listed: list[Any], written: bytes, file: Named) -> tuple[AnyEntry, ...]:
    """The entries that are listed; `written` is their JSON, read once more where one has no id yet."""
    for index, fields in enumerate(listed):
        if not isinstance(fields, dict):
            raise file.refused(f"the entry is {shortened(fields)}; expected an object.", f"entries[{index}]")
    try:
        return parse_entries(written if have_ids(listed) else to_json(with_ids(mrn, listed)))
    except ValidationError as error:
        index = int(error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"][0])
        refusal = refusal_of(error, listed[index], path=(index,))
        raise file.refused(refusal.text, place_of(index, listed[index].get("kind", "no kind"))) from None
