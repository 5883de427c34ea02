"""Owns the sentences above the planner: what stands against a date, and what binds the earliest clear one."""

from collections.abc import Mapping
from datetime import date

from bedside.chart.derived.preparation import Readiness
from bedside.chart.derived.washout import Outlook, WashoutEarliest, WashoutStatus
from bedside.chart.enums import Milestone
from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN, date_text, label
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.signs import Sign
from bedside.ui.washout.facts import is_long_clear

UNCOLLECTED: Line = (Run("infused without a recorded apheresis; type a date to try", 12, 400, "ink2"),)


def date_status(milestone: Milestone, outlook: Outlook) -> tuple[Sign, str]:
    """How many agents stand against a date, or else what keeps it from being clear."""
    rows = [row for row in outlook.washout if row.milestone == milestone]
    against = [row for row in rows if row.status is WashoutStatus.CONFLICT]
    unknown = len([row for row in rows if row.status is WashoutStatus.UNKNOWN])
    open_words = f"{unknown} not known" if unknown else ""
    if against:
        count = "1 conflict" if len(against) == 1 else f"{len(against)} conflicts"
        return Sign.CONFLICT, ", ".join(part for part in (count, open_words) if part)
    if unknown or (not rows and _nothing_recorded(outlook)):
        return Sign.NOT_KNOWN, open_words or "no such therapy recorded"
    cautions = len(_cautions(milestone, outlook))
    if cautions:
        return Sign.CAUTION, "1 caution" if cautions == 1 else f"{cautions} cautions"
    undated = len(not_judged(milestone, outlook))
    return (Sign.NO_INTERVAL, f"{undated} not judged") if undated else (Sign.CLEAR, "no agent in conflict")


def not_judged(milestone: Milestone, outlook: Outlook) -> tuple[str, ...]:
    """Return the agents for which no source gives an interval, so that no date is known to be clear of them."""
    rows = [row for row in outlook.washout if row.milestone == milestone and not is_long_clear(row)]
    return tuple(dict.fromkeys(row.agent for row in rows if row.status is WashoutStatus.NO_INTERVAL))


def _cautions(milestone: Milestone, outlook: Outlook) -> tuple[str, ...]:
    """The agents whose interval is kept, but not by as much as is preferred, or not surely."""
    rows = [row for row in outlook.washout if row.milestone == milestone]
    return tuple(row.agent for row in rows if row.status is WashoutStatus.CAUTION)


def _nothing_recorded(outlook: Outlook) -> bool:
    """Whether the chart says nothing of therapies, which is not the same as that none was given."""
    return any(part.id == "APH-3" and part.status is Readiness.UNKNOWN for part in outlook.readiness.parts)


def out_of_order(dates: Mapping[Milestone, date], done: frozenset[Milestone]) -> bool:
    """Whether an apheresis that is ahead would come on the day of the infusion or after it."""
    first, last = dates.get(Milestone.APHERESIS), dates.get(Milestone.INFUSION)
    return Milestone.APHERESIS not in done and first is not None and last is not None and first >= last


def date_lines(
    milestone: Milestone, day: date | None, outlook: Outlook, today: date, *, tried: bool, done: bool
) -> tuple[Line, ...]:
    """The lines under a date: how far away, whether it is only tried, and the agents against it; none is as today."""
    when = "as if today; type a date to try" if day is None else "took place" if done else _distance(day, today)
    first: Line = (Run(f"{when}{', tried, not recorded' if tried else ''}", 12, 600 if tried else 400, "ink2"),)
    agents = outlook.conflicts(milestone) or _cautions(milestone, outlook)
    if agents:
        return first, (Run(_listed(agents), 12, 600),)
    undated = not_judged(milestone, outlook)
    return (first, *_undated_line("Clear where an interval is known; none given for ", undated))


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in{NO_BREAK_SPACE}{days}{NO_BREAK_SPACE}d" if days > 0 else f"{-days}{NO_BREAK_SPACE}d ago"


def earliest_status(
    found: WashoutEarliest | None, milestone: Milestone, outlook: Outlook
) -> tuple[str, tuple[Sign, str]]:
    """What stands where there is no earliest date, and why."""
    details = None if found is None else found.details.get(milestone)
    if _nothing_recorded(outlook) and not outlook.washout:
        return "Not known", (Sign.NOT_KNOWN, "no such therapy recorded")
    if details is None or not details.open_agents:
        return "No agent binds", (Sign.CLEAR, "")
    count = len(details.open_agents)
    return "Not known", (Sign.NOT_KNOWN, f"{count} agent{'' if count == 1 else 's'} without a last day")


def others_clear(milestone: Milestone, outlook: Outlook) -> tuple[date, tuple[str, ...]] | None:
    """From when the agents with a known last day are clear, and which of them bind; None without such an agent."""
    rows = [row for row in outlook.washout if row.milestone == milestone]
    days = [(row.clear_from, row.agent) for row in rows if row.clear_from is not None]
    last = max((day for day, _agent in days), default=None)
    return None if last is None else (last, tuple(dict.fromkeys(agent for day, agent in days if day == last)))


def earliest_lines(
    found: WashoutEarliest | None, milestone: Milestone, others: tuple[date, tuple[str, ...]] | None
) -> tuple[Line, ...]:
    """What binds the earliest date, which agents have no last day and when the others are clear, which none dates."""
    details = None if found is None else found.details.get(milestone)
    if details is None:
        return ()
    lines: list[Line] = [(Run(f"before {milestone}", 12, 400, "ink2"),)]
    if details.binding:
        lines[0] = (Run(f"before {milestone}; ", 12, 400, "ink2"), *_named(details.binding, "binds", "bind"))
    elif details.open_agents:
        without = _named(details.open_agents, "has no last day", "have no last day")
        lines[0] = (Run(f"before {milestone}; ", 12, 400, "ink2"), *without)
    if details.open_agents and not details.binding and others is not None:
        day = Run(date_text(others[0]).replace("-", NON_BREAKING_HYPHEN), 12, 600, "ink")
        binds = _named(others[1], "binds", "bind")
        lines.append((Run("The others: ", 12, 400, "ink2"), day, Run(", ", 12, 400, "ink2"), *binds))
    return (*lines, *_undated_line("No interval given for ", details.no_interval))


def _undated_line(said: str, agents: tuple[str, ...]) -> tuple[Line, ...]:
    return ((Run(said, 12, 400, "ink2"), Run(_listed(agents), 12, 400, "ink")),) if agents else ()


def _named(agents: tuple[str, ...], one: str, several: str) -> Line:
    said = one if len(agents) == 1 else several
    return (Run(_listed(agents), 12, 600, "ink"), Run(f" {said}", 12, 400, "ink2"))


def _listed(agents: tuple[str, ...]) -> str:
    return ", ".join(map(label, agents))
