"""What was done: drugs with their ATC codes, and the procedures of the pathway."""

from collections.abc import Iterator, Mapping

from bedside.chart.base import Entry
from bedside.chart.describe import describe, kind_title
from bedside.chart.entries import Apheresis, Hsct, Infusion, Radiotherapy, Therapy, Transfusion
from bedside.chart.formats import label
from bedside.chart.treatment import Lasting
from bedside.exchange.fhir.elements import Element, coded, date_time, notes, own, part_id, plain_number
from bedside.knowledge.codes import CodeTables


def treatments(entry: Entry, tables: CodeTables, atc: Mapping[str, str], subject: Element) -> Iterator[Element]:
    """Yield the administrations and procedures of one entry; the infusion is both."""
    if isinstance(entry, Therapy):
        yield _administration(entry, entry.agent, (tables, atc), subject)
    if isinstance(entry, Infusion):
        yield _administration(entry, entry.product.value, (tables, atc), subject)
    if isinstance(entry, Apheresis | Infusion | Hsct | Radiotherapy | Transfusion):
        yield {
            "resourceType": "Procedure",
            **_head(entry, "procedure", tables),
            "code": own(tables, entry.kind, kind_title(entry.kind)),
            "subject": subject,
            **_when(entry, "performed"),
            **notes(describe(entry), entry.note),
        }


def _head(entry: Entry, part: str, tables: CodeTables) -> Element:
    goes_on = isinstance(entry, Lasting) and entry.stop is None and not getattr(entry, "stop_unknown", None)
    return {
        "id": part_id(entry.id, part),
        "identifier": [{"system": tables.systems.own, "value": f"{entry.id}/{part}"}],
        "status": "in-progress" if goes_on else "completed",
    }


def _when(entry: Entry, name: str) -> Element:
    """A moment, or for what lasts a stretch, which stays open where no last day is known."""
    if not isinstance(entry, Lasting):
        return {f"{name}DateTime": date_time(entry.at)}
    end = {} if entry.stop is None else {"end": entry.stop.isoformat()}
    return {f"{name}Period": {"start": date_time(entry.at), **end}}


def _administration(
    entry: Therapy | Infusion, code: str, codes: tuple[CodeTables, Mapping[str, str]], subject: Element
) -> Element:
    tables, atc = codes
    words = label(code)
    known = atc.get(code)
    return {
        "resourceType": "MedicationAdministration",
        **_head(entry, "administration", tables),
        "medicationCodeableConcept": coded(tables.systems.atc, known, words) if known else own(tables, code, words),
        "subject": subject,
        **_when(entry, "effective"),
        **_dosage(entry, tables),
        **notes(describe(entry), entry.note),
    }


def _dosage(entry: Therapy | Infusion, tables: CodeTables) -> Element:
    """The dose as it was given; FHIR wants no dosage without one."""
    if isinstance(entry, Infusion):
        value, unit, route = entry.dose_car_t_cells, label("dose_car_t_cells"), ""
    else:
        value, unit, route = entry.dose, entry.dose_unit or "", entry.route.value if entry.route else ""
    if value is None:
        return {}
    dose = {"value": plain_number(value), **({"unit": unit} if unit else {})}
    return {"dosage": {**({"route": own(tables, route, label(route))} if route else {}), "dose": dose}}
