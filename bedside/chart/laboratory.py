"""Entries of the laboratory and the marrow; units as `UNITS` of `bedside.chart.formats` names them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bedside.chart.base import Amount, Fraction, Measured, Observed, Percent, Value
from bedside.chart.enums import (
    CarTMethod,
    Cd19,
    ExposureBasis,
    ExtramedullarySite,
    ImagingMethod,
    MrdMethod,
    MrdOutcome,
)


class BodySize(Observed):
    """Weight in kg and height in cm."""

    kind: Literal["body_size"]
    weight_kg: Annotated[float, Field(gt=0)]
    height_cm: Annotated[float, Field(gt=0)] | None = None


class BloodCount(Measured):
    """Full blood count: cells in 10⁹/L, haemoglobin in g/L, blasts in % of leukocytes."""

    kind: Literal["blood_count"]
    wbc: Amount | None = None
    anc: Amount | None = None
    alc: Amount | None = None
    hb: Amount | None = None
    plt: Amount | None = None
    pb_blasts_pct: Percent | None = None


class LymphocyteSubset(Measured):
    """Lymphocyte subsets of the blood in cells/µL; `cd19_pct` in % of lymphocytes."""

    kind: Literal["lymphocyte_subset"]
    cd3: Amount | None = None
    cd4: Amount | None = None
    cd8: Amount | None = None
    cd19: Amount | None = None
    cd19_pct: Percent | None = None
    nk: Amount | None = None


class Chemistry(Measured):
    """Clinical chemistry."""

    kind: Literal["chemistry"]
    crp: Amount | None = None
    ferritin: Amount | None = None
    ldh: Amount | None = None
    fibrinogen: Amount | None = None
    creatinine: Amount | None = None
    ast: Amount | None = None
    alt: Amount | None = None
    bilirubin: Amount | None = None
    triglycerides: Amount | None = None


class Immunoglobulin(Measured):
    """Immunoglobulins in g/L."""

    kind: Literal["immunoglobulin"]
    igg: Amount | None = None
    iga: Amount | None = None
    igm: Amount | None = None


class Mrd(Value):
    """Measurable residual disease by one method; value and limit of detection as fractions of nucleated cells."""

    method: MrdMethod
    result: MrdOutcome
    value: Fraction | None = None
    lod: Annotated[float, Field(gt=0, le=1)] | None = None
    below_loq: bool | None = None

    @model_validator(mode="after")
    def _ngs_finds_or_does_not(self) -> Self:
        if self.method is MrdMethod.NGS and self.result is MrdOutcome.NEGATIVE and self.value:
            raise ValueError("NGS is negative but has a value above zero; any detection by NGS is positive")
        return self


class Marrow(Measured):
    """A marrow sample: blasts and CD19⁺ load in % of marrow cells, MRD by method."""

    kind: Literal["marrow"]
    blasts_pct: Percent | None = None
    mrd: Annotated[tuple[Mrd, ...], Field(strict=False)] | None = None
    cd19: Cd19 | None = None
    cd19_load_pct: Percent | None = None
    haematogones: bool | None = None
    cd19_negative_clone: bool | None = None

    can_contradict = Measured.can_contradict | {"mrd"}

    def contradiction(self) -> str | None:
        """Add: a method reports once per sample."""
        methods = [result.method for result in self.mrd or ()]
        if len(methods) != len(set(methods)):
            return "mrd gives two results of one method; write a second marrow entry for a second analysis"
        return super().contradiction()


class Csf(Measured):
    """Cerebrospinal fluid: leukocytes per µL, blasts, and neurological signs of CNS leukaemia."""

    kind: Literal["csf"]
    wbc_per_ul: Amount
    blasts: bool
    neurological_signs: bool | None = None


class Extramedullary(Observed):
    """State of one site of extramedullary disease."""

    kind: Literal["extramedullary"]
    site: ExtramedullarySite
    active: bool
    bulky: bool | None = None
    method: ImagingMethod | None = None


class CarTLevel(Measured):
    """CAR-T level in the blood: copies/µg DNA by qPCR, cells/µL by flow cytometry."""

    kind: Literal["car_t_level"]
    method: CarTMethod
    value: Amount


class FludarabineExposure(Measured):
    """Fludarabine exposure: cumulative AUC in mg·h/L."""

    kind: Literal["fludarabine_exposure"]
    auc: Amount
    basis: ExposureBasis
