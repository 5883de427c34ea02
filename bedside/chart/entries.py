"""All kinds of entries as one type, and the only way from JSON to an entry and back."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bedside.chart.base import Entry
from bedside.chart.bedside_signs import GradeOverride, Infection, Neuro, Performance, Vitals
from bedside.chart.decision import (
    Contact,
    Death,
    Decision,
    DonorSearch,
    Identity,
    Malignancy,
    Note,
    Status,
    Stay,
    Void,
)
from bedside.chart.disease import (
    Allergy,
    Approval,
    Chimerism,
    Comorbidity,
    Diagnosis,
    Genetics,
    Referral,
    Relapse,
    Remission,
)
from bedside.chart.laboratory import (
    BloodCount,
    BodySize,
    CarTLevel,
    Chemistry,
    Csf,
    Extramedullary,
    FludarabineExposure,
    Immunoglobulin,
    LymphocyteSubset,
    Marrow,
    Mrd,
)
from bedside.chart.product import Apheresis, Expansion, Infusion, Manufacturing, ProductRelease
from bedside.chart.treatment import Gvhd, Hsct, Plan, Radiotherapy, Therapy, Transfusion

__all__ = [
    "KINDS", "Allergy", "AnyEntry", "Apheresis", "Approval", "BloodCount", "BodySize", "CarTLevel", "Chemistry",
    "Chimerism", "Comorbidity", "Contact", "Csf", "Death", "Decision", "Diagnosis", "DonorSearch", "Entry",
    "Expansion", "Extramedullary", "FludarabineExposure", "Genetics", "GradeOverride", "Gvhd", "Hsct", "Identity",
    "Immunoglobulin", "Infection", "Infusion", "LymphocyteSubset", "Malignancy", "Manufacturing", "Marrow", "Mrd",
    "Neuro", "Note", "Performance", "Plan", "ProductRelease", "Radiotherapy", "Referral", "Relapse", "Remission",
    "Status", "Stay", "Therapy", "Transfusion", "Vitals", "Void", "entry_body", "parse_entries", "parse_entry",
]  # fmt: skip

AnyEntry = Annotated[
    Referral | Diagnosis | Genetics | Relapse | Remission | Comorbidity
    | Therapy | Radiotherapy | Hsct | Gvhd | Plan
    | BodySize | Transfusion | BloodCount | LymphocyteSubset | Chemistry | Immunoglobulin | Marrow | Csf
    | Extramedullary | CarTLevel | Expansion | Chimerism | FludarabineExposure
    | Apheresis | Manufacturing | ProductRelease | Infusion
    | Vitals | Neuro | Infection | DonorSearch | Decision | Performance | Malignancy | Approval | Allergy | Contact
    | Death | GradeOverride | Stay | Status | Identity | Note | Void,
    Field(discriminator="kind"),
]  # fmt: skip

KINDS: Mapping[str, type[Entry]] = {
    kind: model
    for model in (
        Referral, Diagnosis, Genetics, Relapse, Remission, Comorbidity,
        Therapy, Radiotherapy, Hsct, Gvhd, Plan,
        BodySize, Transfusion, BloodCount, LymphocyteSubset, Chemistry, Immunoglobulin, Marrow, Csf,
        Extramedullary, CarTLevel, Expansion, Chimerism, FludarabineExposure,
        Apheresis, Manufacturing, ProductRelease, Infusion,
        Vitals, Neuro, Infection, DonorSearch, Decision, Performance, Malignancy, Approval, Allergy, Contact,
        Death, GradeOverride, Stay, Status, Identity, Note, Void,
    )
    for kind in model.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
}  # fmt: skip

_ONE: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry)
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_MANY: TypeAdapter[tuple[AnyEntry, ...]] = TypeAdapter(Annotated[tuple[AnyEntry, ...], Field(strict=False)])


def parse_entry(fields: Mapping[str, Any]) -> AnyEntry:
    """Return the entry of JSON-like fields (texts for dates and ids); pydantic.ValidationError names each fault."""
    return _ONE.validate_json(json.dumps(dict(fields)))


def parse_entries(array: bytes | str) -> tuple[AnyEntry, ...]:
    """Return the entries of one JSON array in its order; pydantic.ValidationError names each fault."""
    return _MANY.validate_json(array)


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values without absent fields, in the order of the format."""
    return entry.model_dump(mode="json", exclude_none=True)


def entry_body(entry: Entry) -> str:
    """Return the canonical JSON text of an entry: sorted keys, no spaces, absent fields left out."""
    return _canonical(entry_fields(entry))
