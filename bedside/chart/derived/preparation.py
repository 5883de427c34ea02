"""Indication, readiness for apheresis, bridging, lymphodepletion and the checks at infusion."""

import datetime
from collections.abc import Mapping

from bedside.chart.derived.plain import Term, plain_value


class IndicationStatus(Term):
    """How a product's label fits."""

    IN_LABEL = "in_label"
    OFF_LABEL = "off_label"
    INSUFFICIENT_DATA = "insufficient_data"


@plain_value
class Indication:
    """A product's label held against the patient."""

    product: str
    status: IndicationStatus
    reasons: tuple[str, ...]
    label: str
    evidence: tuple[str, ...]
    source: str


@plain_value
class Finding:
    """A rule that something in the chart raises: its datum in words, what the source says, its level."""

    id: str
    status: str
    text: str
    evidence: tuple[str, ...]
    source: str
    level: str


class Readiness(Term):
    """Readiness for apheresis."""

    READY = "ready"
    CAUTION = "caution"
    NOT_READY = "not_ready"
    UNKNOWN = "unknown"


READINESS_PARTS: Mapping[str, str] = {
    "APH-1": "Lymphocytes",
    "APH-2": "Blasts in the blood",
    "APH-3": "Wash-out",
    "APH-4": "HSCT before",
    "APH-5": "Yield",
}
"""The parts of the readiness in words."""


@plain_value
class ReadinessPart:
    """One part of the readiness, or one published profile."""

    id: str
    status: Readiness
    text: str
    evidence: tuple[str, ...]
    source: str


@plain_value
class ApheresisReadiness:
    """Readiness for a date; the overall status is the worst of the parts."""

    date: datetime.date
    status: Readiness
    parts: tuple[ReadinessPart, ...]
    profiles: tuple[ReadinessPart, ...]


@plain_value
class Bridging:
    """therapy between apheresis and lymphodepletion: intensity labels, cycles, weeks, and findings by rule."""

    intensity: tuple[str, ...]
    cycles: int | None
    weeks: float | None
    flags: tuple[str, ...]
    findings: tuple[Finding, ...]
    text: str
    evidence: tuple[str, ...]


@plain_value
class DrugDose:
    """A calculated dose: a day and in total, None while a measure is missing."""

    agent: str
    mg_per_day: float | None
    days: int
    mg_total: float | None
    formula: str


@plain_value
class Calculated:
    """A regimen calculated for the patient's size; `missing` names what would settle it."""

    regimen: str
    label: str
    bsa_m2: float | None
    drugs: tuple[DrugDose, ...]
    inputs: str
    missing: tuple[str, ...]
    evidence: tuple[str, ...]
    source: str


@plain_value
class Lymphodepletion:
    """Lymphodepletion as given, exposure to fludarabine, the gap to the infusion, and calculated regimens."""

    agents: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    days_to_infusion: int | None
    auc_status: str | None
    auc_text: str
    findings: tuple[Finding, ...]
    calculator: tuple[Calculated, ...]
    evidence: tuple[str, ...]


@plain_value
class InfusionChecks:
    """The newest course's first infusion: dose and viability against the label, and what is checked at the bedside.

    Beside it what was before it: CNS class by the newest CSF up to it with that day, first and last day of the
    lymphodepletion (the last None while it is not known).
    """

    product: str
    dose_status: str
    viability_status: str
    dose_text: str
    viability_text: str
    checks: tuple[Finding, ...]
    evidence: tuple[str, ...]
    cns_class: str | None = None
    cns_on: datetime.date | None = None
    depleted_from: datetime.date | None = None
    depleted_until: datetime.date | None = None
