"""Observations: every measured number under its LOINC and UCUM, marrow results with their parts, the rest in words."""

from collections.abc import Iterator

from bedside.chart.base import Entry, Measured, Observed, own_fields
from bedside.chart.describe import describe, kind_title
from bedside.chart.entries import CarTLevel, Marrow
from bedside.chart.enums import CarTMethod
from bedside.chart.formats import label
from bedside.chart.laboratory import Mrd
from bedside.exchange.fhir.elements import Element, coded, date_time, notes, own, part_id, quantity, terminology
from bedside.knowledge.codes import CodeTables

IN_NUMBERS = frozenset({
    "blood_count", "lymphocyte_subset", "chemistry", "immunoglobulin", "marrow", "csf", "chimerism",
    "fludarabine_exposure", "body_size", "vitals", "car_t_level",
})  # fmt: skip
IN_WORDS = frozenset({
    "genetics", "remission", "extramedullary", "neuro", "performance", "expansion", "marrow", "csf", "vitals",
})  # fmt: skip
"""The kinds that say more than numbers; their whole line goes out beside these."""

_NO_NUMBER = {("marrow", "cd19")}
"""A field that shares its name with a number of another kind."""


def observations(entry: Entry, tables: CodeTables, subject: Element) -> Iterator[Element]:
    """Yield the observations of one entry; none for a kind that is something else."""
    if entry.kind in IN_NUMBERS:
        for field in own_fields(type(entry)):
            yield from _of_field(entry, field, tables, subject)
    if isinstance(entry, CarTLevel):
        field = "car_t_qpcr" if entry.method is CarTMethod.QPCR else "car_t_fcm"
        yield _number(entry, field, "value", entry.value, (tables, subject))
    if isinstance(entry, Marrow):
        for result in entry.mrd or ():
            yield _mrd(entry, result, tables, subject)
    if entry.kind in IN_WORDS:
        yield {
            **frame(entry, entry.kind, tables, subject),
            "category": [terminology("observation-category", "exam")],
            "code": own(tables, entry.kind, kind_title(entry.kind)),
            "valueString": describe(entry),
        }


def frame(entry: Entry, part: str, tables: CodeTables, subject: Element) -> Element:
    """Return what every observation has: id, the entry and field it comes from, whom and when it is about."""
    return {
        "resourceType": "Observation",
        "id": part_id(entry.id, part),
        "identifier": [{"system": tables.systems.own, "value": f"{entry.id}/{part}"}],
        "status": "final" if entry.supersedes is None else "corrected",
        "subject": subject,
        "effectiveDateTime": date_time(entry.at),
        **({} if entry.recorded_at is None else {"issued": entry.recorded_at.isoformat()}),
        **notes(entry.note),
    }


def _of_field(entry: Entry, field: str, tables: CodeTables, subject: Element) -> Iterator[Element]:
    if field not in tables.observations or (entry.kind, field) in _NO_NUMBER:
        return
    value = getattr(entry, field)
    if value is not None:
        yield _number(entry, field, field, value, (tables, subject))
    elif isinstance(entry, Observed) and field in (entry.not_done or ()):
        absent = {"dataAbsentReason": terminology("data-absent-reason", "not-performed")}
        yield {**frame(entry, field, tables, subject), **_what(field, tables), **absent}


def _number(entry: Entry, field: str, part: str, value: float, about: tuple[CodeTables, Element]) -> Element:
    tables, subject = about
    marks = entry.censored if isinstance(entry, Measured) else None
    sign = (marks or {}).get(part)
    return {
        **frame(entry, part, tables, subject),
        **_what(field, tables),
        "valueQuantity": quantity(tables, value, tables.observations[field].unit, "" if sign is None else sign.value),
    }


def _what(field: str, tables: CodeTables) -> Element:
    code = tables.observations[field]
    words = label(field)
    concept = coded(tables.systems.loinc, code.loinc, words, code.display) if code.loinc else own(tables, field, words)
    return {"category": [terminology("observation-category", code.category)], "code": concept}


def _mrd(entry: Marrow, result: Mrd, tables: CodeTables, subject: Element) -> Element:
    """One method's result, with the share found and the limit of detection as components in %."""
    shares = {"mrd_value": result.value, "mrd_lod": result.lod}
    parts = [
        {
            "code": own(tables, name, "share of nucleated cells" if name == "mrd_value" else "limit of detection"),
            "valueQuantity": quantity(tables, _percent(share), tables.observations["mrd_value"].unit),
        }
        for name, share in shares.items()
        if share is not None
    ]
    outcome = result.result.value
    return {
        **frame(entry, f"mrd.{result.method.value}", tables, subject),
        "category": [terminology("observation-category", "laboratory")],
        "code": own(tables, "mrd", label("mrd")),
        "method": own(tables, result.method.value, label(result.method.value)),
        "valueCodeableConcept": own(tables, outcome, label(outcome)),
        **({"component": parts} if parts else {}),
    }


def _percent(share: float) -> float:
    return float(f"{share * 100:.12g}")
