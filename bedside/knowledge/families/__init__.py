"""The tables of the rule families: one module and one file of resources/knowledge a family."""

from collections.abc import Mapping

from bedside.knowledge.families.toxicity import ToxicityTables
from bedside.knowledge.families.washout import WashoutTables
from bedside.knowledge.tables import Table

FAMILIES: Mapping[str, type[Table]] = {
    "washout": WashoutTables,
    "toxicity": ToxicityTables,
}
"""The shape of each family's file, by the file's name, which is also its field in `Knowledge`."""
