"""Entries made at the bedside: vital signs, neurological scores, infections."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bedside.chart.base import Amount, Entry, EntryId, Observed, Percent, Text, Value
from bedside.chart.enums import (
    Consciousness,
    Motor,
    NeuroCause,
    Oxygen,
    PerformanceScale,
    RaisedIcp,
    Seizure,
    ToxicityScale,
    VitalsCause,
)
from bedside.chart.treatment import Lasting


class Vitals(Observed):
    """Vital signs: °C, mmHg, per minute, % saturation, L/min oxygen; `hypotension` is judged for the age."""

    kind: Literal["vitals"]
    temp_c: Amount | None = None
    sbp: Amount | None = None
    dbp: Amount | None = None
    heart_rate: Amount | None = None
    resp_rate: Amount | None = None
    spo2: Percent | None = None
    hypotension: bool | None = None
    vasopressors: Annotated[tuple[Text, ...], Field(strict=False)] | None = None
    oxygen: Oxygen | None = None
    o2_flow: Amount | None = None
    cause: VitalsCause | None = None


ICE_MOST: Mapping[str, int] = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}
"""The most points of each item."""
ICE_TOTAL = sum(ICE_MOST.values())
CAPD_TOTAL = 32
"""The most points of a whole score."""


class Ice(Value):
    """The items of the Immune Effector Cell-Associated Encephalopathy score, 10 points in all."""

    orientation: Annotated[int, Field(ge=0, le=ICE_MOST["orientation"])]
    naming: Annotated[int, Field(ge=0, le=ICE_MOST["naming"])]
    commands: Annotated[int, Field(ge=0, le=ICE_MOST["commands"])]
    writing: Annotated[int, Field(ge=0, le=ICE_MOST["writing"])]
    attention: Annotated[int, Field(ge=0, le=ICE_MOST["attention"])]


class Neuro(Observed):
    """Neurological assessment: ICE items or the CAPD total, and the signs that grade ICANS."""

    kind: Literal["neuro"]
    ice: Ice | None = None
    capd: Annotated[int, Field(ge=0, le=CAPD_TOTAL)] | None = None
    consciousness: Consciousness
    seizure: Seizure | None = None
    motor: Motor | None = None
    raised_icp: RaisedIcp | None = None
    cause: NeuroCause | None = None
    developmental_delay: bool | None = None


class Infection(Lasting):
    """An infection, graded by CTCAE 1 to 5."""

    kind: Literal["infection"]
    organism: Text | None = None
    site: Text | None = None
    grade: Annotated[int, Field(ge=1, le=5)] | None = None
    controlled: bool


class Performance(Entry):
    """Performance status."""

    kind: Literal["performance"]
    scale: PerformanceScale
    score: Annotated[int, Field(ge=0, le=100)]


class GradeOverride(Entry):
    """A physician's grade in place of a proposed one; both stay."""

    kind: Literal["grade_override"]
    of: EntryId
    scale: ToxicityScale
    grade: Annotated[int, Field(ge=0, le=5)]
    reason: Text
