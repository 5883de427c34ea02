"""Wash-out intervals by class of agent, before apheresis and before infusion."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from bedside.knowledge.sourced import Sourced, Table, Threshold


class WashoutInterval(Sourced):
    """How long before a milestone the last dose has to lie; neither minimum: the source gives no interval.

    `hours_included`: whether exactly `minimum_hours` suffices. `must_be_stopped`: without an interval, being given on
    the day itself is a conflict. `text` goes on from the numbers.
    """

    minimum_days: int | None = None
    minimum_hours: int | None = None
    hours_included: bool = True
    preferred_days: int | None = None
    preferred_months: int | None = None
    must_be_stopped: bool = False
    text: str

    @model_validator(mode="after")
    def _is_ordered(self) -> "WashoutInterval":
        if self.preferred_days is not None and self.preferred_days < (self.minimum_days or 0):
            raise ValueError("minimum_days ≤ preferred_days does not hold")
        return self

    @cached_property
    def is_known(self) -> bool:
        """Whether the source gives an interval."""
        return self.minimum_days is not None or self.minimum_hours is not None

    @cached_property
    def unit(self) -> Literal["days", "hours"] | None:
        """The unit of the minimum."""
        if not self.is_known:
            return None
        return "days" if self.minimum_hours is None else "hours"

    @cached_property
    def least_days(self) -> int | None:
        """The minimum in days; hours as whole days."""
        return self.minimum_days if self.minimum_hours is None else -(-self.minimum_hours // 24)

    @cached_property
    def words(self) -> str:
        """What the source wants, in words: at least 28 d, better 42 d after it."""
        if not self.is_known:
            return self.text
        if self.minimum_hours is not None:
            least = f"{'at least' if self.hours_included else 'more than'} {self.minimum_hours} h"
        else:
            least = f"at least {self.minimum_days} d"
        if self.preferred_months is not None:
            least += f", better {self.preferred_months} months"
        elif self.preferred_days is not None:
            least += f", better {self.preferred_days} d"
        return f"{least} {self.text}"


class WashoutClass(Table):
    """One class of agents; a milestone that it does not bear on has no interval.

    `published_for`: the agents that the source names, all where empty; for others the interval is assumed.
    `cytotoxic_in_lymphodepletion`: the agents that belong to another class when given as lymphodepletion.
    """

    label: str
    published_for: tuple[str, ...] = ()
    cytotoxic_in_lymphodepletion: tuple[str, ...] = ()
    apheresis: WashoutInterval | None = None
    infusion: WashoutInterval | None = None


class WashoutDifference(Sourced):
    """Another published interval for these agents, or for all of these classes; shown beside and never fired."""

    classes: tuple[str, ...]
    agents: tuple[str, ...]
    milestone: Literal["apheresis", "infusion"]
    text: str


class WashoutTables(Table):
    """All classes, the rule for steroids without times, and what other sources say."""

    classes: dict[str, WashoutClass]
    steroid_clear_days: Threshold
    differences: dict[str, WashoutDifference]

    @cached_property
    def _beside(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The texts of the differences by milestone and by agent or class."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for difference in self.differences.values():
            for name in {*difference.agents, *difference.classes}:
                key = (difference.milestone, name)
                found[key] = (*found.get(key, ()), difference.text)
        return found

    def beside(self, milestone: str, agent: str, name: str) -> tuple[str, ...]:
        """Return the other published intervals before a milestone for an agent or its class, each once."""
        by_agent, by_class = self._beside.get((milestone, agent), ()), self._beside.get((milestone, name), ())
        return by_agent if agent == name else (*by_agent, *(text for text in by_class if text not in by_agent))
