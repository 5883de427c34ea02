"""Wash-out intervals by class of agent, before apheresis and before infusion (section 4)."""

from typing import Literal

from bedside.knowledge.tables import Sourced, Table, Threshold


class WashoutInterval(Sourced):
    """How long before a milestone the last dose has to lie; neither minimum: the source gives no interval.

    `hours_included`: whether exactly `minimum_hours` suffices.
    """

    minimum_days: int | None = None
    minimum_hours: int | None = None
    hours_included: bool = True
    preferred_days: int | None = None
    preferred_months: int | None = None
    text: str


class WashoutClass(Table):
    """One class of agents; a milestone that it does not bear on has no interval."""

    label: str
    note: str = ""
    apheresis: WashoutInterval | None = None
    infusion: WashoutInterval | None = None


class WashoutDifference(Sourced):
    """Another published interval, shown beside and never fired."""

    classes: tuple[str, ...]
    milestone: Literal["apheresis", "infusion"]
    text: str


class WashoutTables(Table):
    """All classes, the rule for steroids without times, and what other sources say."""

    classes: dict[str, WashoutClass]
    steroid_clear_days: Threshold
    differences: dict[str, WashoutDifference]
