"""The stretch between apheresis and infusion: what was given as bridging, and the newest block of lymphodepletion."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent
from bedside.logic.scene import Scene


class Depletion(NamedTuple):
    """One block of lymphodepletion: its administrations, first and last day (None while the stop is not known)."""

    given: tuple[Therapy, ...]
    start: date
    end: date | None


def depletion(scene: Scene) -> Depletion | None:
    """Return the newest block of lymphodepletion before the infusion, or so far; None without one (BRG-2).

    A gap of more than 7 days starts a new block.
    """
    until = scene.day0
    given = [
        therapy
        for therapy in on_this_way(scene)
        if therapy.intent is Intent.LYMPHODEPLETION and (until is None or therapy.at.day <= until)
    ]
    if not given:
        return None
    gap = timedelta(days=scene.knowledge.numbers.new_block_days)
    block = [given[-1]]
    for therapy in reversed(given[:-1]):
        if block[0].at.day - (therapy.stop or therapy.at.day) > gap:
            break
        block.insert(0, therapy)
    stops = [therapy.stop for therapy in block]
    end = None if any(stop is None for stop in stops) else max(stop for stop in stops if stop is not None)
    return Depletion(tuple(block), block[0].at.day, end)


def on_this_way(scene: Scene) -> Sequence[Therapy]:
    """Return the therapies of the way to the newest infusion, or of the way now open."""
    since = scene.way_since
    before = [record for record in scene.courses[:-1] if since is None]
    start = before[-1].facts.day0 if before else since
    return [therapy for therapy in scene.kinds.get("therapy", ()) if start is None or therapy.at.day > start]


def collected_on(scene: Scene) -> date | None:
    """Return the day of the newest apheresis before the infusion, None where none is recorded."""
    until = scene.day0 if scene.way_since is None else None
    days: list[date] = [
        entry.at.day for entry in scene.kinds.get("apheresis", ()) if until is None or entry.at.day <= until
    ]
    since = scene.way_since
    days = [day for day in days if since is None or day > since]
    return days[-1] if days else None


def bridging_given(scene: Scene) -> list[Therapy]:
    """Return what was given between apheresis and lymphodepletion: begun with that intent, or for the leukaemia.

    Treatment before the apheresis is not bridging (feuchtinger_2024); without an apheresis the intent alone tells.
    """
    collected, block = collected_on(scene), depletion(scene)
    until = block.start if block is not None else scene.day0
    intents = (Intent.BRIDGING, Intent.SALVAGE) if collected is not None else (Intent.BRIDGING,)
    return [
        therapy
        for therapy in on_this_way(scene)
        if therapy.intent in intents
        and (collected is None or therapy.at.day >= collected)
        and (until is None or therapy.at.day < until)
    ]
