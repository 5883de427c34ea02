"""CAR T-cell products with the limits of viability, and every other agent that can be given."""

from typing import Literal

from bedside.knowledge.sourced import Sourced, Table


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
