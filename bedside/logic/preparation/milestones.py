"""The apheresis and the infusion that are planned or were done: what wash-out and readiness are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bedside.chart.base import Entry
from bedside.chart.entries import Plan, Referral
from bedside.chart.enums import Milestone
from bedside.chart.moments import At
from bedside.logic.preparation.stretch import way_now
from bedside.logic.scene import Scene, once


@dataclass(frozen=True, slots=True)
class Planned:
    """A milestone's date, its moment where a time is known, and the entry it stands in; `done` once it took place.

    `day` is None where corrections contest each other, which `contested` then holds.
    """

    milestone: Milestone
    day: date | None
    instant: datetime | None
    entry: str | None
    done: bool
    contested: tuple[Entry, ...] = ()

    def counts(self, begun: At) -> bool:
        """Tell whether something begun then lies before it: on or before the apheresis, before the infusion.

        On one day the times decide where both are known; what has no time comes before what has one.
        """
        if self.day is None or begun.day != self.day:
            return self.day is None or begun.day < self.day
        if begun.instant is not None and self.instant is not None:
            return begun.instant < self.instant
        return self.milestone is Milestone.APHERESIS or (begun.instant is None and self.instant is not None)


@once
def milestones(scene: Scene) -> Mapping[Milestone, Planned]:
    """Return the apheresis and the infusion of the way now open: a plan made since the last one was done comes first.

    A referral's target date stands for an infusion that has no plan. Missing where no date is recorded (WSH-1).
    """
    found = {}
    opened = scene.way_since
    since = way_now(scene).since
    for milestone in (Milestone.APHERESIS, Milestone.INFUSION):
        done = _collected(scene, since) if milestone is Milestone.APHERESIS else _infused(scene, opened)
        contested = _contested(scene, milestone, done, since) if scene.conflicts else None
        held = contested or _planned(scene, milestone, done, since)
        if held is not None:
            found[milestone] = held
    return found


def _infused(scene: Scene, opened: date | None) -> Planned | None:
    """The infusion that began the course, none once the next way is open."""
    record = scene.record
    if record is None or opened is not None:
        return None
    first = record.facts.before.infusion
    return Planned(Milestone.INFUSION, first.at.day, first.at.instant, first.id, done=True)


def _collected(scene: Scene, since: date | None) -> Planned | None:
    """The newest apheresis of the way."""
    newest = scene.newest("apheresis")
    if newest is None or (since is not None and newest.at.day <= since):
        return None
    return Planned(Milestone.APHERESIS, newest.at.day, newest.at.instant, newest.id, done=True)


def _planned(scene: Scene, milestone: Milestone, done: Planned | None, since: date | None) -> Planned | None:
    """The newest plan unless it was carried out; a plan older than what was done is stale whatever its date."""
    plans = [
        plan
        for plan in scene.kinds.get("plan", ())
        if plan.milestone is milestone and (since is None or plan.at.day > since)
    ]
    if plans and _is_ahead_of(plans[-1], done):
        return Planned(milestone, plans[-1].date, None, plans[-1].id, done=False)
    if done is not None or milestone is not Milestone.INFUSION:
        return done
    referral = scene.newest("referral")
    if referral is None or referral.target_date is None or (since is not None and referral.at.day <= since):
        return None
    return Planned(milestone, referral.target_date, None, referral.id, done=False)


def _is_ahead_of(plan: Plan, done: Planned | None) -> bool:
    return done is None or done.day is None or (plan.at.day >= done.day and plan.date > done.day)


def _contested(scene: Scene, milestone: Milestone, done: Planned | None, since: date | None) -> Planned | None:
    """The milestone without a date while corrections of what would date it contest each other."""
    entries = tuple(
        entry
        for entry in scene.contested_of("plan", "referral", milestone.value)
        if (since is None or entry.at.day > since) and _would_date(entry, milestone, done)
    )
    return Planned(milestone, None, None, None, done=False, contested=entries) if entries else None


def _would_date(entry: Entry, milestone: Milestone, done: Planned | None) -> bool:
    if isinstance(entry, Plan):
        return entry.milestone is milestone and _is_ahead_of(entry, done)
    if isinstance(entry, Referral):
        return milestone is Milestone.INFUSION and done is None and entry.target_date is not None
    if done is None or done.day is None:
        return True
    return entry.at.day <= done.day if milestone is Milestone.INFUSION else entry.at.day >= done.day
