"""The tables by family of rules, each in the shape of its file in resources/knowledge."""

from collections.abc import Mapping

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
from bedside.knowledge.sourced import Table

FAMILIES: Mapping[str, type[Table]] = {
    "indication": IndicationTables,
    "apheresis": ApheresisTables,
    "washout": WashoutTables,
    "bridging": BridgingTables,
    "lymphodepletion": LymphodepletionTables,
    "infusion": InfusionTables,
    "toxicity": ToxicityTables,
    "haematotoxicity": HaematotoxicityTables,
    "second_opinion": SecondOpinionTables,
    "differences": DifferencesTables,
    "hsct": HsctTables,
    "kinetics": KineticsTables,
    "schedule": ScheduleTables,
    "outcome": OutcomeTables,
}
"""The shape of each family's file, by the file's name, which is also its field in `Knowledge`."""
