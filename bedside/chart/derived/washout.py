"""Wash-out of each agent against apheresis and infusion, and the earliest dates that are clear."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from bedside.chart.derived.plain import Term, plain_value
from bedside.chart.derived.preparation import ApheresisReadiness
from bedside.chart.enums import Milestone


class WashoutStatus(Term):
    """How the last dose lies to a milestone; `no_interval`: no source gives one, which is never clear."""

    CONFLICT = "conflict"
    CAUTION = "caution"
    CLEAR = "clear"
    NO_INTERVAL = "no_interval"
    UNKNOWN = "unknown"


@plain_value
class Washout:
    """One agent against one milestone; `last_day` is None while it is still given or not known, intervals in days.

    `date` is None where corrections of the milestone contest each other. `unit` is that in which the source gives the
    minimum; hours are there where both times are known. `clear_from` and `preferred_from`: the first dates that keep
    the minimum and what is preferred. `planned_stop`: the last day lies ahead of the point in time. `policy`: the
    interval is the program's assumption for this agent. `differences`: other published intervals.
    """

    agent: str
    washout_class: str
    milestone: str
    date: datetime.date | None
    planned: bool
    last_day: datetime.date | None
    interval_days: int | None
    interval_hours: float | None
    unit: str | None
    minimum_days: int | None
    preferred_days: int | None
    clear_from: datetime.date | None
    preferred_from: datetime.date | None
    status: WashoutStatus
    planned_stop: bool
    text: str
    source: str
    level: str
    policy: bool
    evidence: tuple[str, ...]
    differences: tuple[str, ...] = ()


@plain_value
class Earliest:
    """The earliest clear date of a milestone, and of what is preferred, with the agents that bind them (ties: all).

    None while an agent has no known last day: `open_agents` names these. `no_interval` names the agents that no source
    dates.
    """

    clear: datetime.date | None
    binding: tuple[str, ...]
    preferred: datetime.date | None
    preferred_binding: tuple[str, ...]
    open_agents: tuple[str, ...]
    no_interval: tuple[str, ...]


@plain_value
class WashoutEarliest:
    """The earliest clear dates; None where nothing was given, or while something is still given.

    `without_class`: the agents on which no wash-out bears; `physiological`: those given as replacement.
    """

    apheresis: datetime.date | None
    infusion: datetime.date | None
    details: dict[str, Earliest] = field(default_factory=dict)
    without_class: tuple[str, ...] = ()
    physiological: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """Wash-out and readiness for chosen dates; `stop_by` is the last day on which an agent still given may be given."""

    dates: Mapping[Milestone, datetime.date]
    washout: tuple[Washout, ...]
    readiness: ApheresisReadiness
    stop_by: Mapping[tuple[str, Milestone], datetime.date]

    def conflicts(self, milestone: Milestone) -> tuple[str, ...]:
        """Return the agents in conflict with a milestone, or of which it is not known."""
        grave = (WashoutStatus.CONFLICT, WashoutStatus.UNKNOWN)
        return tuple(row.agent for row in self.washout if row.milestone == milestone and row.status in grave)
