"""The second opinion, where the sources differ, the HSCT panel and kinetics."""

from typing import Literal

from bedside.knowledge.sourced import Sourced, Table, Threshold


class FactorTable(Sourced):
    """A factor before or after the infusion, with its published effect and the cohort."""

    when: Literal["before", "after"]
    title: str
    effect: str


class VerdictTable(Sourced):
    """What a verdict says."""

    text: str


class OpinionNumbers(Table):
    """Limits of the factors."""

    burden_pct: Threshold
    cd19_load_pct: Threshold
    fludarabine_auc: Threshold
    prior_remissions: Threshold
    late_loss_months: Threshold
    block_days: Threshold


class SecondOpinionTables(Table):
    """All factors, limits and verdicts."""

    factors: dict[str, FactorTable]
    numbers: OpinionNumbers
    verdicts: dict[str, VerdictTable]


class Position(Sourced):
    """What one source says about a topic."""

    text: str


class Topic(Table):
    """A topic on which the sources differ; positions by source."""

    title: str
    says: dict[str, Position]


class DifferencesTables(Table):
    """All topics."""

    topics: dict[str, Topic]


class HsctItemTable(Sourced):
    """One line of the HSCT panel, with the published fact beside it."""

    title: str
    text: str = ""


class HsctTables(Table):
    """The lines of the HSCT panel in order."""

    items: dict[str, HsctItemTable]


class KineticsTables(Table):
    """The window of the kinetics."""

    last_day: Threshold
