"""All tables of clinical knowledge together, as the rules and the window ask them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bedside.chart.derived.centre import CentreValues
from bedside.knowledge.families.follow_up import OutcomeTables, ScheduleTables
from bedside.knowledge.families.haematotoxicity import HaematotoxicityTables
from bedside.knowledge.families.medicines import Agent, ProductTable, ViabilityLimit
from bedside.knowledge.families.preparation import (
    ApheresisTables,
    BridgingTables,
    IndicationTables,
    InfusionTables,
    LymphodepletionTables,
)
from bedside.knowledge.families.ranges import Limit, Usual
from bedside.knowledge.families.risk_class import CriterionTable, Numbers, RecoveryDefinition, Thresholds
from bedside.knowledge.families.second_opinion import (
    DifferencesTables,
    HsctTables,
    KineticsTables,
    SecondOpinionTables,
)
from bedside.knowledge.families.toxicity import ToxicityTables
from bedside.knowledge.families.washout import WashoutTables
from bedside.knowledge.sourced import Reference


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
    indication: IndicationTables
    apheresis: ApheresisTables
    washout: WashoutTables
    bridging: BridgingTables
    lymphodepletion: LymphodepletionTables
    infusion: InfusionTables
    toxicity: ToxicityTables
    haematotoxicity: HaematotoxicityTables
    second_opinion: SecondOpinionTables
    differences: DifferencesTables
    hsct: HsctTables
    kinetics: KineticsTables
    schedule: ScheduleTables
    outcome: OutcomeTables
    centre: CentreValues | None = field(default=None, kw_only=True)
