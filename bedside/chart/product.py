"""Entries of the product: collection, manufacture, release, infusion and the judgement of expansion."""

from typing import Annotated, Literal

from pydantic import Field

from bedside.chart.base import Amount, Entry, Percent, Text, Value
from bedside.chart.enums import (
    CellSource,
    Costimulation,
    ExpansionAuc,
    ExpansionPeak,
    InfusionRole,
    ManufacturingStatus,
    Product,
    ReinfusionReason,
    Target,
)

_REINFUSION_REASONS = frozenset(ReinfusionReason)


class Construct(Value):
    """What a CAR T-cell product is made of, where its name does not say so."""

    product: Product
    product_name: Text | None = None
    target: Target | None = None
    costimulation: Costimulation | None = None
    cell_source: CellSource | None = None


class Apheresis(Entry):
    """Collection of T cells; `cd3_yield` in 10⁹ cells."""

    kind: Literal["apheresis"]
    cd3_yield: Amount | None = None
    volume_ml: Amount | None = None
    complication: Text | None = None
    sufficient: bool | None = None


class Manufacturing(Entry):
    """Where the product stands at the manufacturer."""

    kind: Literal["manufacturing"]
    product: Product
    status: ManufacturingStatus
    batch: Text | None = None


class ProductRelease(Construct, Entry):
    """Release of the product: dose in CAR-positive viable T cells, in total or per kg; viability in %."""

    kind: Literal["product_release"]
    dose_car_t_cells: Amount | None = None
    dose_car_t_per_kg: Amount | None = None
    viability_pct: Percent | None = None
    out_of_specification: bool
    batch: Text | None = None


class Infusion(Construct, Entry):
    """Infusion of CAR T cells. In a correction `reason` says why; `reinfusion_reason` then keeps the other one."""

    kind: Literal["infusion"]
    dose_car_t_cells: Amount | None = None
    dose_car_t_per_kg: Amount | None = None
    weight_kg: Annotated[float, Field(gt=0)] | None = None
    role: InfusionRole | None = None
    reason: Text | None = None
    reinfusion_reason: ReinfusionReason | None = None
    identity_checked_by: Annotated[tuple[Text, ...], Field(min_length=2, max_length=2, strict=False)] | None = None
    identity_check_reason: Text | None = None

    can_contradict = Entry.can_contradict | {"reason"}

    def contradiction(self) -> str | None:
        """Add: the reason of a reinfusion is one of its closed list."""
        if self.supersedes is None and self.reason is not None and self.reason not in _REINFUSION_REASONS:
            expected = ", ".join(sorted(_REINFUSION_REASONS))
            return f"reason of a reinfusion is one of {expected}"
        return super().contradiction()


class Expansion(Entry):
    """The physician's judgement of CAR-T expansion."""

    kind: Literal["expansion"]
    peak: ExpansionPeak | None = None
    auc: ExpansionAuc | None = None
