"""What the patient has or had: the leukaemia, its relapses, other conditions, GVHD, infections, second malignancies."""

from collections.abc import Iterator

from bedside.chart.base import Entry
from bedside.chart.describe import describe
from bedside.chart.entries import Comorbidity, Diagnosis, Gvhd, Infection, Malignancy, Relapse
from bedside.chart.formats import label
from bedside.exchange.fhir.elements import Element, date_time, notes, own, part_id, terminology
from bedside.knowledge.codes import CodeTables


def conditions(entry: Entry, tables: CodeTables, subject: Element) -> Iterator[Element]:
    """Yield the condition of one entry; `clinicalStatus` only where the entry itself says whether it is active."""
    found = _found(entry)
    if found is None:
        return
    code, active = found
    status = {} if active is None else {"clinicalStatus": _status(active=active)}
    end = {"abatementDateTime": entry.stop.isoformat()} if isinstance(entry, Infection) and entry.stop else {}
    yield {
        "resourceType": "Condition",
        "id": part_id(entry.id, "condition"),
        "identifier": [{"system": tables.systems.own, "value": f"{entry.id}/condition"}],
        **status,
        "code": own(tables, code, label(code)),
        "subject": subject,
        "onsetDateTime": date_time(entry.at),
        **end,
        **notes(describe(entry), entry.note),
    }


def _status(*, active: bool) -> Element:
    return terminology("condition-clinical", "active" if active else "inactive")


def _found(entry: Entry) -> tuple[str, bool | None] | None:
    """The condition's own code, and whether it is active as far as the entry says."""
    match entry:
        case Diagnosis():
            return entry.disease.value, None
        case Comorbidity():
            return entry.condition.value, entry.active
        case Gvhd():
            return f"{entry.form.value}_gvhd", entry.active
        case Infection():
            return "infection", None if entry.stop is None else False
        case Relapse():
            return "relapse", None
        case Malignancy():
            return "second_malignancy", None
    return None
