"""Entries of referral and disease: why the patient came, what the leukaemia is, how it answered and came back."""

from typing import Annotated, Literal

from pydantic import Field

from bedside.chart.base import Entry, Percent, Text
from bedside.chart.enums import (
    ApprovalStatus,
    ApprovalSubject,
    Cd19,
    Condition,
    Disease,
    Finding,
    Indication,
    Marker,
    NgsClone,
    RelapseImmunophenotype,
    RelapseSite,
    RemissionResponse,
    TherapyHistory,
)
from bedside.chart.moments import DateField


class Referral(Entry):
    """The patient is referred for CAR T cells."""

    kind: Literal["referral"]
    referring_centre: Text | None = None
    therapy_history: TherapyHistory | None = None
    indication: Indication
    target_date: DateField | None = None


class Diagnosis(Entry):
    """The leukaemia was diagnosed."""

    kind: Literal["diagnosis"]
    disease: Disease
    cd19: Cd19
    down_syndrome: bool | None = None
    ngs_clone: NgsClone | None = None


class Genetics(Entry):
    """A genetic lesion was sought."""

    kind: Literal["genetics"]
    marker: Marker
    result: Finding
    detail: Text | None = None


class Relapse(Entry):
    """The leukaemia came back (at least 5 % blasts, or extramedullary disease)."""

    kind: Literal["relapse"]
    sites: Annotated[tuple[RelapseSite, ...], Field(min_length=1, strict=False)]
    immunophenotype: RelapseImmunophenotype | None = None


class Remission(Entry):
    """The physician's judgement of the response."""

    kind: Literal["remission"]
    response: RemissionResponse


class Comorbidity(Entry):
    """A condition that matters for CAR T cells."""

    kind: Literal["comorbidity"]
    condition: Condition
    active: bool
    detail: Text | None = None


class Approval(Entry):
    """An application to the payer or the manufacturer."""

    kind: Literal["approval"]
    what: ApprovalSubject
    status: ApprovalStatus


class Allergy(Entry):
    """Whether allergies are known, and to what."""

    kind: Literal["allergy"]
    known: bool
    substance: Text | None = None


class Chimerism(Entry):
    """Donor share of haematopoiesis, in %."""

    kind: Literal["chimerism"]
    donor_pct: Percent
