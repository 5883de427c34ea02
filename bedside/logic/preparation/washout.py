"""Wash-out (WSH-1): every agent's last dose against the planned or actual apheresis and infusion."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bedside.chart.derived.washout import Washout, WashoutStatus
from bedside.chart.entries import Therapy
from bedside.chart.enums import Milestone
from bedside.chart.formats import date_text, label
from bedside.chart.moments import add_months
from bedside.knowledge.families.washout import WashoutInterval
from bedside.knowledge.tables import Knowledge
from bedside.logic.preparation.milestones import Planned, milestones
from bedside.logic.preparation.washout_classes import Given, exempt, given
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words

_HOUR = timedelta(hours=1)
_GRAVEST = (
    WashoutStatus.CONFLICT,
    WashoutStatus.UNKNOWN,
    WashoutStatus.CAUTION,
    WashoutStatus.NO_INTERVAL,
    WashoutStatus.CLEAR,
)


def washout(scene: Scene, what_if: Mapping[Milestone, date] | None = None) -> tuple[Washout, ...]:
    """Return each agent with a wash-out class against each milestone that has a date, the gravest first.

    Of several administrations of an agent the gravest stands for it. `what_if` puts other dates in the place of the
    recorded ones. Without a last day: conflict while it is given, unknown when the stop is not known. An agent that the
    catalogue does not hold has no known interval and is never clear (feuchtinger_2024, myers_2023).
    """
    planned = milestones(scene)
    for milestone, day in (what_if or {}).items():
        planned[milestone] = Planned(milestone, day, None, None, done=False)
    administered = administrations(scene)
    rows = [row for held in planned.values() for row in _against(administered, held, scene)]
    return tuple(sorted(rows, key=lambda row: (row.milestone, _GRAVEST.index(row.status), row.agent)))


def administrations(scene: Scene) -> list[Given]:
    """Return every administration on which a wash-out bears, in order."""
    entries = (*scene.kinds.get("therapy", ()), *scene.kinds.get("radiotherapy", ()))
    return [held for entry in entries if (held := given(entry, scene.knowledge)) is not None]


def _against(administered: Iterable[Given], planned: Planned, scene: Scene) -> list[Washout]:
    newest: dict[tuple[str, str], Washout] = {}
    for held in administered:
        if not _counts(held, planned):
            continue
        row = _row(held, planned, scene)
        key = (held.agent, held.name)
        if row is not None and (key not in newest or _rank(row) <= _rank(newest[key])):
            newest[key] = row
    return [*newest.values(), *_contested(planned, scene)]


def _rank(row: Washout) -> tuple[int, int]:
    return _GRAVEST.index(row.status), 0 if row.interval_days is None else row.interval_days


def _counts(held: Given, planned: Planned) -> bool:
    """Whether an administration lies before a milestone: begun on or before the apheresis, before the infusion."""
    if exempt(held, planned.milestone):
        return False
    begun = held.entry.at.day
    return begun <= planned.day if planned.milestone is Milestone.APHERESIS else begun < planned.day


def interval_of(held: Given, milestone: Milestone) -> WashoutInterval | None:
    """Return the interval of an administration before a milestone, None where none bears or none is known."""
    if held.table is None:
        return None
    return held.table.apheresis if milestone is Milestone.APHERESIS else held.table.infusion


def _row(held: Given, planned: Planned, scene: Scene) -> Washout | None:
    interval = interval_of(held, planned.milestone)
    if interval is None and held.table is not None:
        return None
    entry, knowledge = held.entry, scene.knowledge
    stop_unknown = isinstance(entry, Therapy) and bool(entry.stop_unknown)
    last = None if entry.stop is None else min(entry.stop, planned.day)
    days = None if last is None else (planned.day - last).days
    has_interval = interval is not None and (interval.minimum_days or interval.minimum_hours)
    if not has_interval:
        status = WashoutStatus.NO_INTERVAL
    elif stop_unknown:
        status = WashoutStatus.UNKNOWN
    elif last is None or interval is None:
        status = WashoutStatus.CONFLICT
    else:
        status = _judged(held, interval, planned, last, knowledge)
    ahead = entry.stop is not None and entry.stop > scene.as_of.day
    minimum = minimum_days(interval)
    return Washout(
        agent=held.agent,
        washout_class=held.name,
        milestone=planned.milestone.value,
        date=planned.day,
        last_day=last,
        interval_days=days,
        minimum_days=minimum,
        preferred_days=_preferred_days(interval, last),
        status=status,
        planned_stop=ahead,
        text=_text(held, interval, planned, last, stop_unknown=stop_unknown, ahead=ahead)
        + ("; time of day not recorded" if held.is_steroid and status is WashoutStatus.CAUTION else ""),
        source="bedside" if interval is None else interval.source,
        level="none" if interval is None else interval.level,
        policy=interval is not None and interval.policy,
        evidence=tuple(one for one in (entry.id, planned.entry) if one is not None),
        differences=_differences(held, planned.milestone, knowledge),
    )


def minimum_days(interval: WashoutInterval | None) -> int | None:
    """Return the minimum in days; hours as whole days."""
    if interval is None:
        return None
    return interval.minimum_days if interval.minimum_hours is None else interval.minimum_hours // 24


def _preferred_days(interval: WashoutInterval | None, last: date | None) -> int | None:
    if interval is None or interval.preferred_months is None or last is None:
        return None if interval is None else interval.preferred_days
    return (add_months(last, interval.preferred_months) - last).days


def _judged(
    held: Given, interval: WashoutInterval, planned: Planned, last: date, knowledge: Knowledge
) -> WashoutStatus:
    if interval.minimum_hours is not None:
        return _by_hours(held, interval, planned, last, knowledge)
    days = (planned.day - last).days
    if interval.minimum_days is not None and days < interval.minimum_days:
        return WashoutStatus.CONFLICT
    preferred = _preferred_days(interval, last)
    return WashoutStatus.CAUTION if preferred is not None and days < preferred else WashoutStatus.CLEAR


def _by_hours(
    held: Given, interval: WashoutInterval, planned: Planned, last: date, knowledge: Knowledge
) -> WashoutStatus:
    """Hours decide where both times are known: a last dose on the entry's own day, a milestone with a time."""
    given_at = held.entry.at
    if given_at.instant is not None and given_at.day == last and planned.instant is not None:
        hours = (planned.instant - given_at.instant) / _HOUR
        limit = interval.minimum_hours or 0
        reached = hours >= limit if interval.hours_included else hours > limit
        return WashoutStatus.CLEAR if reached else WashoutStatus.CONFLICT
    days = (planned.day - last).days
    clear = int(knowledge.washout.steroid_clear_days.value)
    if days >= clear:
        return WashoutStatus.CLEAR
    return WashoutStatus.CAUTION if days == clear - 1 else WashoutStatus.CONFLICT


def _text(
    held: Given,
    interval: WashoutInterval | None,
    planned: Planned,
    last: date | None,
    *,
    stop_unknown: bool,
    ahead: bool,
) -> str:
    milestone = f"{label(planned.milestone.value)} {date_text(planned.day)}"
    agent = label(held.agent)
    if stop_unknown:
        said = f"not known: the last day of {agent}, begun {date_text(held.entry.at.day)}"
    elif last is None:
        said = f"{agent} since {date_text(held.entry.at.day)}, no stop recorded: given through {milestone}"
    else:
        stop = "planned to end" if ahead else "last given"
        said = f"{agent} {stop} {date_text(last)}, {(planned.day - last).days} d before {milestone}"
    return f"{said}; {_wanted(held, interval)}"


def _wanted(held: Given, interval: WashoutInterval | None) -> str:
    if interval is None:
        return "no interval known for this agent"
    note = f" ({held.table.note})" if held.table is not None and held.table.note else ""
    return f"{interval.text}{note}"


def _differences(held: Given, milestone: Milestone, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(
        difference.text
        for difference in knowledge.washout.differences.values()
        if held.name in difference.classes and difference.milestone == milestone.value
    )


def _contested(planned: Planned, scene: Scene) -> list[Washout]:
    """One row for the agents whose entries contest each other: neither counts until a person has chosen."""
    entries = [entry for entry in scene.contested_of("therapy") if isinstance(entry, Therapy)]
    return [_contested_row(agent, entries, planned) for agent in sorted({entry.agent for entry in entries})]


def _contested_row(agent: str, entries: list[Therapy], planned: Planned) -> Washout:
    words = conflict_words(entries)
    return Washout(
        agent=agent, washout_class="", milestone=planned.milestone.value, date=planned.day, last_day=None,
        interval_days=None, minimum_days=None, preferred_days=None, status=WashoutStatus.UNKNOWN,
        planned_stop=False, text=words.text, source="bedside", level="none", policy=False, evidence=words.evidence,
    )  # fmt: skip
