"""Which entries tell of one relapse: those of a few weeks between which nothing ended it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.entries import Relapse
from bedside.chart.enums import RelapseSite, RemissionResponse
from bedside.logic.scene import Scene, once


class OneRelapse(NamedTuple):
    """One relapse: its first day, all its sites, its entries in order."""

    day: date
    sites: tuple[RelapseSite, ...]
    entries: tuple[Relapse, ...]


@once
def relapses(scene: Scene) -> tuple[OneRelapse, ...]:
    """Return the relapses in order, of all entries up to the point in time.

    What is found at another site, or told again, within `one_relapse_days` of the first entry belongs to the same
    relapse (a policy); after a remission as judged, an HSCT or an infusion in between it is the next one.
    """
    longest = timedelta(days=int(scene.knowledge.outcome.numbers.one_relapse_days.value))
    remitted = _remissions(scene)
    given = [entry.at.day for kind in ("hsct", "infusion") for entry in scene.kinds.get(kind, ())]
    groups: list[list[Relapse]] = []
    for entry in scene.kinds.get("relapse", ()):
        held = groups[-1] if groups else []
        goes_on = bool(held) and entry.at.day - held[0].at.day <= longest
        if goes_on and not _ended(held[-1].at.day, entry.at.day, given, remitted):
            held.append(entry)
        else:
            groups.append([entry])
    return tuple([_together(group) for group in groups])


def _remissions(scene: Scene) -> list[date]:
    """The days on which a physician judged that there was remission."""
    judged = scene.kinds.get("remission", ())
    return [entry.at.day for entry in judged if entry.response is not RemissionResponse.NO_RESPONSE]


def _ended(first: date, then: date, given: Iterable[date], remitted: Iterable[date]) -> bool:
    """Tell whether a relapse was over between two days; what is told on the day of an infusion lies before it."""
    return any(first <= day < then for day in given) or any(first < day < then for day in remitted)


def _together(group: list[Relapse]) -> OneRelapse:
    sites = dict.fromkeys(site for entry in group for site in entry.sites)
    return OneRelapse(group[0].at.day, tuple(sites), tuple(group))
