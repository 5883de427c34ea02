"""What is derived from a chart for one point in time; its JSON form is the public output of `bedside assess --json`."""

import datetime
from collections.abc import Mapping
from dataclasses import KW_ONLY
from functools import cache
from itertools import takewhile
from typing import Annotated, Any, get_type_hints

from pydantic import Field, TypeAdapter
from pydantic_core import SchemaSerializer

from bedside.chart.derived.centre import CentreValues
from bedside.chart.derived.follow_up import Due, Outcome, RelapseTold
from bedside.chart.derived.haematotoxicity import Icaht, IecHs
from bedside.chart.derived.opinion import Difference, Hsct, Kinetics, SecondOpinion
from bedside.chart.derived.plain import Term, plain_value
from bedside.chart.derived.preparation import (
    ApheresisReadiness,
    Bridging,
    Finding,
    Indication,
    InfusionChecks,
    Lymphodepletion,
)
from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.derived.washout import Washout, WashoutEarliest


class Phase(Term):
    """Where the patient stands on the way."""

    REFERRAL = "referral"
    APHERESIS = "apheresis"
    BRIDGING = "bridging"
    LYMPHODEPLETION = "lymphodepletion"
    INFUSION = "infusion"
    EARLY_MONITORING = "early_monitoring"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class ClosedBy(Term):
    """What ended a course."""

    RELAPSE = "relapse"
    DEATH = "death"
    HSCT = "hsct"
    NEXT_INFUSION = "next_infusion"


class RiskClass(Term):
    """Risk of needing a transplant."""

    LOW = "low"
    AMBIGUOUS = "ambiguous"
    HIGH = "high"
    PENDING = "pending"


class CriterionStatus(Term):
    """Whether a criterion holds; `unknown` could be known by now, `not_due` could not."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_DUE = "not_due"


class BcaStatus(Term):
    """B-cell aplasia."""

    UNKNOWN = "unknown"
    NOT_ESTABLISHED = "not_established"
    NEVER_ESTABLISHED = "never_established"
    ONGOING = "ongoing"
    LOST = "lost"


class SampleStatus(Term):
    """MRD status of a marrow sample."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNKNOWN = "unknown"


class AlertLevel(Term):
    """Weight of an alert."""

    INFO = "info"
    CAUTION = "caution"
    WARNING = "warning"


@plain_value
class Criterion:
    """One criterion of the risk class: status, the entries that decided it, when it falls due, in words."""

    id: str
    status: CriterionStatus
    evidence: tuple[str, ...]
    due: datetime.date | None
    text: str
    source: str
    policy: bool = False


@plain_value
class Change:
    """What one open criterion, alone, would make of the class."""

    criterion: str
    if_: Annotated[CriterionStatus, Field(alias="if")]
    class_: Annotated[RiskClass, Field(alias="class")]


@plain_value
class ClassOnDate:
    """The class at the end of a local date, and the entry that moved it (None: time alone, or not moved)."""

    date: datetime.date
    class_: Annotated[RiskClass, Field(alias="class")]
    provisional: bool
    moved: bool
    entry: str | None
    criteria: tuple[str, ...] = ()


@plain_value
class Risk:
    """The risk class with everything that decided it."""

    class_: Annotated[RiskClass, Field(alias="class")]
    provisional: bool
    low_reachable: bool
    headline: str
    meaning: str
    decided_by: tuple[str, ...]
    missing: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    what_would_change: tuple[Change, ...]
    low_needs: tuple[str, ...]
    history: tuple[ClassOnDate, ...]


@plain_value
class Aplasia:
    """B-cell aplasia (BCA-1 to BCA-5); durations in days."""

    _: KW_ONLY
    status: BcaStatus
    established_on: datetime.date | None = None
    lost_on: datetime.date | None = None
    datable: bool | None = None
    confirmed: bool | None = None
    duration_days: int | None = None
    definition: str
    evidence: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    text: str = ""


@plain_value
class MrdSample:
    """MRD status of one marrow entry; `day` relative to day 0."""

    entry: str
    date: datetime.date
    day: int | None
    status: SampleStatus
    text: str


@plain_value
class Response:
    """Response at day 28 (RSP-1)."""

    response: str | None
    evidence: tuple[str, ...]
    text: str


@plain_value
class Alert:
    """Something a person should look at."""

    level: AlertLevel
    rule: str
    text: str
    evidence: tuple[str, ...] = ()


@plain_value
class PhaseSpan:
    """A stretch of the pathway; `end` is its last day, None while it goes on."""

    phase: Phase
    start: datetime.date
    end: datetime.date | None


@plain_value
class Course:
    """One course of CAR T cells: day 0, its product, and how it ended."""

    day0: datetime.date
    infusion: str
    product: str
    costimulation: str | None
    infusions: tuple[str, ...]
    closed_by: ClosedBy | None = None
    closed_on: datetime.date | None = None


@plain_value
class Assessment:
    """Everything derived from a chart as of one point; None stands for what is not derived or not known."""

    _: KW_ONLY
    mrn: str
    as_of: str
    knowledge: str
    app_version: str
    phase: Phase
    day: int | None
    day0: datetime.date | None
    closed_by: ClosedBy | None
    closed_on: datetime.date | None
    headline: str
    conflicts: tuple[str, ...]
    courses: tuple[Course, ...]
    phases: tuple[PhaseSpan, ...]
    risk: Risk
    second_opinion: SecondOpinion
    differences: tuple[Difference, ...] = ()
    hsct: Hsct
    indication: tuple[Indication, ...] = ()
    situations: tuple[Finding, ...] = ()
    apheresis: ApheresisReadiness
    washout: tuple[Washout, ...] = ()
    washout_earliest: WashoutEarliest | None = None
    bridging: Bridging | None = None
    lymphodepletion: Lymphodepletion
    infusion: InfusionChecks | None = None
    cns_class: str | None
    cns_remission: bool | None
    crs: Toxicity
    icans: Toxicity
    icaht: Icaht | None = None
    iec_hs: IecHs | None = None
    bca: Aplasia
    second_interval: Aplasia | None = None
    response: Response | None = None
    kinetics: tuple[Kinetics, ...] = ()
    mrd: tuple[MrdSample, ...]
    relapse: RelapseTold
    outcome: Outcome | None = None
    due: tuple[Due, ...] = ()
    alerts: tuple[Alert, ...]
    centre: CentreValues | None = None

    @property
    def course_history(self) -> tuple[ClassOnDate, ...]:
        """The class at each date of the newest course, from its day 0 on; nothing before an infusion."""
        return tuple(step for step in self.risk.history if self.day0 is not None and step.date >= self.day0)

    @property
    def class_since(self) -> datetime.date | None:
        """From which date of the newest course on its class has stood; None before an infusion."""
        held = takewhile(lambda step: step.class_ is self.risk.class_, reversed(self.course_history))
        return min((step.date for step in held), default=None)

    def json_bytes(self) -> bytes:
        """Return the one JSON document of `bedside assess --json` as UTF-8."""
        return _writer(None).to_json(self, by_alias=True)


def json_of_parts(parts: Mapping[str, Any]) -> bytes:
    """Return some fields of an assessment as UTF-8, in the order given, each as the whole document writes it."""
    written = (b'"%s":%s' % (name.encode(), _writer(name).to_json(part, by_alias=True)) for name, part in parts.items())
    return b"{%s}" % b",".join(written)


@cache
def _writer(field: str | None) -> SchemaSerializer:
    """What writes a field, or the whole; made when first needed, as it takes longer than writing many charts."""
    shape = Assessment if field is None else get_type_hints(Assessment, include_extras=True)[field]
    return TypeAdapter(shape).serializer
