"""Typed, immutable tables of clinical knowledge; every value carries its source, level, jurisdiction, date, policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, dataclass_transform

from pydantic import ConfigDict, Field, model_validator

from bedside.chart.derived.centre import CentreValues

if TYPE_CHECKING:
    from bedside.knowledge.families.follow_up import OutcomeTables, ScheduleTables
    from bedside.knowledge.families.haematotoxicity import HaematotoxicityTables
    from bedside.knowledge.families.preparation import (
        ApheresisTables,
        BridgingTables,
        IndicationTables,
        InfusionTables,
        LymphodepletionTables,
    )
    from bedside.knowledge.families.second_opinion import (
        DifferencesTables,
        HsctTables,
        KineticsTables,
        SecondOpinionTables,
    )
    from bedside.knowledge.families.toxicity import ToxicityTables
    from bedside.knowledge.families.washout import WashoutTables


@dataclass_transform(frozen_default=True, kw_only_default=True)
@dataclass(frozen=True)
class Table:
    """An immutable table that refuses unknown fields; only the loader makes one, and pydantic validates it.

    A plain dataclass and no model of pydantic: to read a field of a model takes five times as long. What a dataclass
    adds beside its fields is left out, as every start would wait until it is compiled.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False)

    def __init_subclass__(cls) -> None:
        """Make every kind of table a dataclass of its own fields and the inherited ones."""
        dataclass(init=False, repr=False, eq=False, frozen=True, kw_only=True)(cls)


class Sourced(Table):
    """A value with where it comes from; `policy` marks what no paper gives and a centre may change."""

    source: Annotated[str, Field(min_length=1)]
    level: Annotated[str, Field(min_length=1)]
    jurisdiction: Annotated[str, Field(min_length=1)]
    date: Annotated[str, Field(min_length=4)]
    policy: bool


class Reference(Table):
    """A source: title, the words that name it in the program, how it is cited."""

    title: str
    short: str
    cited_as: str
    doi: str | None = None


class Threshold(Sourced):
    """One number of the rulebook with its unit and what it is."""

    value: float
    unit: str
    text: str


class Thresholds(Table):
    """All windows and cut-offs of rulebook sections 0, 1, 9 and 10."""

    disease_blasts_pct: Threshold
    mrd_cut_off: Threshold
    day28_target: Threshold
    day28_first: Threshold
    day28_last: Threshold
    ngs_3_months_first: Threshold
    ngs_3_months_last: Threshold
    burden_days_before: Threshold
    low_burden_from_pct: Threshold
    low_burden_below_pct: Threshold
    older_than_years: Threshold
    split_days: Threshold
    conditioning_days: Threshold
    early_monitoring_last: Threshold
    new_block_days: Threshold
    aplasia_from: Threshold
    never_established_first: Threshold
    never_established_last: Threshold
    datable_days: Threshold
    early_loss_months: Threshold
    early_loss_grace_days: Threshold
    long_aplasia_months: Threshold
    long_aplasia_grace_days: Threshold
    igg_replacement: Threshold
    igg_trough_days: Threshold
    cns3_leukocytes_per_ul: Threshold
    csf_days_before: Threshold
    differential_tolerance: Threshold

    @model_validator(mode="after")
    def _is_ordered(self) -> "Thresholds":
        for chain in _ORDERED:
            values = [getattr(self, name).value for name in chain]
            if values != sorted(values):
                raise ValueError(f"{' ≤ '.join(chain)} does not hold")
        return self


_ORDERED = (
    ("day28_first", "day28_target", "day28_last", "ngs_3_months_first", "ngs_3_months_last"),
    ("low_burden_from_pct", "low_burden_below_pct"),
    ("aplasia_from", "never_established_first", "never_established_last"),
    ("early_loss_months", "long_aplasia_months"),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The bare values of `Thresholds` under the same names: days and months as int, the rest as float."""

    disease_blasts_pct: float
    mrd_cut_off: float
    day28_target: int
    day28_first: int
    day28_last: int
    ngs_3_months_first: int
    ngs_3_months_last: int
    burden_days_before: int
    low_burden_from_pct: float
    low_burden_below_pct: float
    older_than_years: int
    split_days: int
    conditioning_days: int
    early_monitoring_last: int
    new_block_days: int
    aplasia_from: int
    never_established_first: int
    never_established_last: int
    datable_days: int
    early_loss_months: int
    early_loss_grace_days: int
    long_aplasia_months: int
    long_aplasia_grace_days: int
    igg_replacement: float
    igg_trough_days: int
    cns3_leukocytes_per_ul: float
    csf_days_before: int
    differential_tolerance: float


class RecoveryDefinition(Sourced):
    """From which CD19 count (per µL) or share of lymphocytes (%) on a sample shows recovery of B cells."""

    name: str
    label: str
    cd19_per_ul: float
    cd19_per_ul_included: bool
    cd19_pct: float
    cd19_pct_included: bool
    confirmed_by_next_sample: bool


class RecoveryTables(Table):
    """The definitions of B-cell recovery by name, and the name of the one in force."""

    chosen: str
    definitions: dict[str, RecoveryDefinition]


class ProductTable(Sourced):
    """One CAR T-cell product; `split_days`: how long after the first dose its label lets another one belong to it."""

    label: str
    target: str
    costimulation: str
    atc: str
    split_days: int | None = None


class ViabilityLimit(Sourced):
    """The lower limit of viability of a jurisdiction, in %."""

    limit_pct: float


class ProductTables(Table):
    """All products, and the lower limit of viability by jurisdiction."""

    products: dict[str, ProductTable]
    viability: dict[str, ViabilityLimit]


AgentFlag = Literal[
    "anti_leukaemic", "b_cell_directed", "excludes_low_risk", "cd19_directed", "cd22_directed", "t_cell_toxic",
    "antipyretic", "immunoglobulin",
]  # fmt: skip


class Agent(Sourced):
    """One agent: its words, its class on the timeline, its ATC code (empty when not known) and what rules ask of it."""

    label: str
    display: Literal[
        "chemotherapy", "steroid", "immunotherapy", "targeted", "immunosuppression", "toxicity", "immunoglobulin",
        "supportive",
    ]  # fmt: skip
    atc: str
    washout: str | None = None
    flags: frozenset[AgentFlag]


class CriterionTable(Sourced):
    """One criterion of the risk class: its panel and title, what settles it, and further papers that name it.

    `met`, `not_met` and `otherwise` are its rule in words, for people; code decides.
    """

    panel: Literal["low", "high", "ambiguous"]
    title: str
    settled_by: str
    met: str
    not_met: str
    otherwise: str
    also: tuple[str, ...]


class ReferenceRange(Table):
    """A reference range for display: bounds included, for a sex and an age in completed months."""

    low: float | None = None
    high: float | None = None
    sex: Literal["any", "female", "male"] = "any"
    from_months: int = 0
    below_months: int | None = None
    tag: Literal["SEEN", "RECALLED"]
    policy: bool


class Limit(Sourced):
    """What a field can hold: refused outside hard, asked about outside soft, reference ranges for display."""

    kinds: tuple[str, ...]
    unit: str
    hard_low: float
    hard_high: float
    soft_low: float | None = None
    soft_high: float | None = None
    hint: str | None = None
    references: tuple[ReferenceRange, ...] = ()

    @cached_property
    def usual_low(self) -> float:
        """The lowest value that raises no question."""
        return self.hard_low if self.soft_low is None else self.soft_low

    @cached_property
    def usual_high(self) -> float:
        """The highest value that raises no question."""
        return self.hard_high if self.soft_high is None else self.soft_high

    @model_validator(mode="after")
    def _is_ordered(self) -> "Limit":
        if not self.hard_low <= self.usual_low <= self.usual_high <= self.hard_high:
            raise ValueError("soft limits lie outside the hard limits, or low above high")
        return self


Usual = tuple[tuple[str, float, float], ...]
"""The limited fields of a kind, each with the lowest and the highest value that raise no question."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All tables and the hash over their files; ranges also by kind (`limited`, `usual`), agents by flag."""

    sha256: str
    references: Mapping[str, Reference]
    thresholds: Thresholds
    numbers: Numbers
    criteria: Mapping[str, CriterionTable]
    recovery: RecoveryDefinition
    recoveries: Mapping[str, RecoveryDefinition]
    products: Mapping[str, ProductTable]
    viability: Mapping[str, ViabilityLimit]
    agents: Mapping[str, Agent]
    agents_with: Mapping[str, frozenset[str]]
    ranges: Mapping[str, Limit]
    limited: Mapping[str, tuple[tuple[str, Limit], ...]]
    usual: Mapping[str, Usual]
    indication: "IndicationTables"
    apheresis: "ApheresisTables"
    washout: "WashoutTables"
    bridging: "BridgingTables"
    lymphodepletion: "LymphodepletionTables"
    infusion: "InfusionTables"
    toxicity: "ToxicityTables"
    haematotoxicity: "HaematotoxicityTables"
    second_opinion: "SecondOpinionTables"
    differences: "DifferencesTables"
    hsct: "HsctTables"
    kinetics: "KineticsTables"
    schedule: "ScheduleTables"
    outcome: "OutcomeTables"
    centre: CentreValues | None = field(default=None, kw_only=True)
