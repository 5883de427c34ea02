"""The way to the infusion: indication, apheresis, bridging, lymphodepletion, infusion."""

from typing import Literal

from bedside.knowledge.sourced import Sourced, Table, Threshold

Need = Literal["refractory", "any_relapse", "second_relapse", "post_hsct_relapse"]


class LabelTable(Sourced):
    """What a product's label in one jurisdiction asks of age and disease; one of `needs` suffices."""

    product: str
    text: str
    from_years: int
    below_years: int | None = None
    needs: tuple[Need, ...]


class NoteTable(Sourced):
    """A situation that is shown with its data."""

    rule: str
    text: str


class IndicationTables(Table):
    """Labels and notes."""

    labels: dict[str, LabelTable]
    notes: dict[str, NoteTable]
    infant_years: Threshold


class ApheresisProfile(Sourced):
    """From which CD3 (per µL) or lymphocytes (10⁹/L) collection is accepted: `above` excludes the bound, `from` not."""

    label: str
    text: str
    cd3_above_per_ul: float | None = None
    cd3_from_per_ul: float | None = None
    cd3_caution_above_per_ul: float | None = None
    cd3_band_to: float | None = None
    alc_above: float | None = None
    alc_from: float | None = None
    alc_caution_from: float | None = None
    alc_band_to: float | None = None


class ApheresisNumbers(Table):
    """The other limits of readiness."""

    fresh_days: Threshold
    wbc_above: Threshold
    blasts_above_pct: Threshold
    hsct_met_days: Threshold
    hsct_caution_days: Threshold
    immunosuppression_free_days: Threshold
    cd3_yield: Threshold
    collection_gap_days: Threshold


class ApheresisTables(Table):
    """Profiles, the default first, and limits."""

    profiles: dict[str, ApheresisProfile]
    numbers: ApheresisNumbers


class DoseTable(Sourced):
    """The dose range of a product for a weight: per kg, in total, or both.

    With both, a total above `high_total` is too much whatever it is per kg, and one from `low_total` on is enough.
    """

    product: str
    text: str
    weight_up_to_kg: float | None = None
    weight_above_kg: float | None = None
    low_per_kg: float | None = None
    high_per_kg: float | None = None
    low_total: float | None = None
    high_total: float | None = None
    aim_per_kg: float | None = None
    doses: int = 1


class SplitTable(Sourced):
    """The first of two doses by the marrow blasts of the days before lymphodepletion; `tolerance` is a share of it."""

    product: str
    text: str
    within_days: int
    blasts_up_to_pct: float
    tolerance: float
    first_low_burden: float
    first_high_burden: float


class CheckTable(Sourced):
    """A check at infusion."""

    text: str


class InfusionTables(Table):
    """Doses and checks."""

    doses: dict[str, DoseTable]
    split_by_blasts: SplitTable
    fludarabine_free: CheckTable
    infection: CheckTable
    neurology: CheckTable
    identity: CheckTable


class IntensityTable(Sourced):
    """Agents by intensity of bridging."""

    text: str
    high: frozenset[str]
    low: frozenset[str]
    immunotherapy: frozenset[str]
    targeted: frozenset[str]


class BridgingNumbers(Table):
    """Limits of bridging."""

    cytarabine_high_mg_per_m2: Threshold
    cytarabine_low_mg_per_m2: Threshold
    cycles_most: Threshold
    weeks_most: Threshold
    cycle_gap_days: Threshold
    blasts_below_pct: Threshold
    relapse_after_hsct_days: Threshold
    intrathecal_days: Threshold
    cd19_load_pct: Threshold


class BlockDrug(Table):
    """A drug of a block: dose a day, days counted from 1 and route, each as far as the source gives it."""

    dose: float | None = None
    unit: str | None = None
    days: tuple[int, ...] = ()
    route: str | None = None


class BlockTable(Sourced):
    """A common block of chemotherapy, a template for recording."""

    label: str
    text: str
    drugs: dict[str, BlockDrug]


class BridgingTables(Table):
    """Intensity, limits, findings by rule, and blocks by name."""

    intensity: IntensityTable
    numbers: BridgingNumbers
    findings: dict[str, CheckTable]
    blocks: dict[str, BlockTable]


class RegimenDrug(Table):
    """A drug of a regimen: dose a day and the days on which it is given, counted from 1."""

    dose: float
    unit: Literal["mg/m²", "mg/kg"]
    days: tuple[int, ...]


class RegimenTable(Sourced):
    """A regimen of lymphodepletion."""

    label: str
    text: str
    products: tuple[str, ...]
    drugs: dict[str, RegimenDrug]


class WindowTable(Sourced):
    """Days from the end of lymphodepletion to the infusion, both included."""

    product: str
    text: str
    first_days: int
    last_days: int


class OmissionTable(Sourced):
    """The product whose label, in its jurisdiction, tells when lymphodepletion may be omitted or is repeated."""

    product: str
    text: str


class LymphodepletionNumbers(Table):
    """Exposure, omission and repetition."""

    auc_adequate: Threshold
    auc_suboptimal: Threshold
    omit_wbc: Threshold
    omit_days: Threshold
    repeat_after_days: Threshold
    weight_days: Threshold
    height_days: Threshold


class LymphodepletionTables(Table):
    """Regimens, windows, the label with omission, limits."""

    regimens: dict[str, RegimenTable]
    windows: dict[str, WindowTable]
    omission: OmissionTable
    numbers: LymphodepletionNumbers
