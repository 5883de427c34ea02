"""Owns the sentences above the planner: what stands against a date, and what binds the earliest clear one."""

from datetime import date

from bedside.chart.derived.washout import Outlook, WashoutEarliest
from bedside.chart.enums import Milestone
from bedside.chart.formats import NO_BREAK_SPACE, label
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line


def date_lines(
    milestone: Milestone, day: date | None, outlook: Outlook, today: date, *, tried: bool, done: bool
) -> tuple[Line, ...]:
    """The lines under a date: how far away, whether it is only tried, and the agents in conflict; none is as today."""
    agents = outlook.conflicts(milestone)
    when = "type a date to try; as if today:" if day is None else "took place" if done else _distance(day, today)
    first: Line = (Run(f"{when}{', not recorded' if tried else ''}", 12, 600 if tried else 400, "ink2"),)
    if not agents:
        return (first, (Run("no agent in conflict", 12, 400, "ink2"),))
    count = "1 conflict: " if len(agents) == 1 else f"{len(agents)} conflicts: "
    return (first, (Run(count, 12, 600, "high"), Run(", ".join(map(label, agents)), 12, 400, "ink")))


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in{NO_BREAK_SPACE}{days}{NO_BREAK_SPACE}d" if days > 0 else f"{-days}{NO_BREAK_SPACE}d ago"


def earliest_word(found: WashoutEarliest | None, milestone: Milestone) -> str:
    """What stands where there is no earliest date."""
    details = None if found is None else found.details.get(milestone)
    return "Not known" if details is not None and details.open_agents else "No agent binds"


def earliest_lines(found: WashoutEarliest | None, milestone: Milestone) -> tuple[Line, ...]:
    """What binds the earliest date, which agents have no last day, and which no source dates."""
    details = None if found is None else found.details.get(milestone)
    if details is None:
        return ()
    lines: list[Line] = [(Run(f"before {milestone}", 12, 400, "ink2"),)]
    if details.binding:
        lines[0] = (Run(f"before {milestone}; ", 12, 400, "ink2"), *_named(details.binding, "binds", "bind"))
    if details.open_agents:
        lines.append((*_named(details.open_agents, "has no last day", "have no last day"),))
    if details.no_interval:
        lines.append((Run("No source dates ", 12, 400, "ink2"), Run(_listed(details.no_interval), 12, 400, "ink")))
    return tuple(lines)


def _named(agents: tuple[str, ...], one: str, several: str) -> Line:
    said = one if len(agents) == 1 else several
    return (Run(_listed(agents), 12, 600, "ink"), Run(f" {said}", 12, 400, "ink2"))


def _listed(agents: tuple[str, ...]) -> str:
    return ", ".join(map(label, agents))
