"""The apheresis and the infusion that are planned or were done: what wash-out and readiness are held against."""

from dataclasses import dataclass
from datetime import date, datetime

from bedside.chart.enums import Milestone
from bedside.logic.scene import Scene


@dataclass(frozen=True, slots=True)
class Planned:
    """A milestone's date, its moment where a time is known, and the entry it stands in; `done` once it took place."""

    milestone: Milestone
    day: date
    instant: datetime | None
    entry: str | None
    done: bool


def milestones(scene: Scene) -> dict[Milestone, Planned]:
    """Return the apheresis and the infusion of the way now open: a plan later than what was done comes first.

    A referral's target date stands for an infusion that has no plan. Missing where no date is recorded (section 4).
    """
    found = {}
    for milestone, kind in ((Milestone.APHERESIS, "apheresis"), (Milestone.INFUSION, "infusion")):
        held = _planned(scene, milestone, _done(scene, milestone, kind))
        if held is not None:
            found[milestone] = held
    return found


def _done(scene: Scene, milestone: Milestone, kind: str) -> Planned | None:
    """The apheresis before the course's infusions, or the infusion that began the course."""
    if milestone is Milestone.INFUSION:
        record = scene.record
        if record is None or scene.way_since is not None:
            return None
        first = record.facts.before.infusion
        return Planned(milestone, first.at.day, first.at.instant, first.id, done=True)
    entries = [e for e in scene.kinds.get(kind, ()) if scene.way_since is None or e.at.day > scene.way_since]
    return None if not entries else Planned(milestone, entries[-1].at.day, entries[-1].at.instant, entries[-1].id, True)


def _planned(scene: Scene, milestone: Milestone, done: Planned | None) -> Planned | None:
    since = scene.way_since
    plans = [
        plan
        for plan in scene.kinds.get("plan", ())
        if plan.milestone is milestone and (since is None or plan.at.day > since)
    ]
    if plans and (done is None or plans[-1].date > done.day):
        return Planned(milestone, plans[-1].date, None, plans[-1].id, done=False)
    if done is not None or milestone is not Milestone.INFUSION:
        return done
    referral = scene.newest("referral")
    if referral is None or referral.target_date is None or (since is not None and referral.at.day <= since):
        return None
    return Planned(milestone, referral.target_date, None, referral.id, done=False)
