"""The numbers of the risk class, its criteria, and what shows recovery of B cells."""

from dataclasses import dataclass
from typing import Literal

from pydantic import model_validator

from bedside.knowledge.sourced import Sourced, Table, Threshold


class Thresholds(Table):
    """All windows and cut-offs of the risk class, and of what it rests on."""

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
    cns_remission_dates: Threshold
    csf_days_before: Threshold
    differential_tolerance: Threshold
    planned_ahead_days: Threshold
    year_ago_days: Threshold

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
    cns_remission_dates: int
    csf_days_before: int
    differential_tolerance: float
    planned_ahead_days: int
    year_ago_days: int


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
