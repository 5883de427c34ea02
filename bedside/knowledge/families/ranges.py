"""What each field of an entry can hold, and which values are usual."""

from functools import cached_property
from typing import Literal

from pydantic import model_validator

from bedside.knowledge.sourced import Sourced, Table


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
