"""What was given on the way to the infusion: the bridging, and the newest block of lymphodepletion."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.entries import Apheresis, Therapy
from bedside.chart.enums import Intent, Route
from bedside.logic.preparation.stretch import Stretch
from bedside.logic.scene import Scene, once

_DAYS_A_WEEK = 7
_FOR_THE_LEUKAEMIA = frozenset(("chemotherapy", "steroid", "immunotherapy", "targeted"))


class Depletion(NamedTuple):
    """One block of lymphodepletion: its administrations, first and last day (None while the stop is not known)."""

    given: tuple[Therapy, ...]
    start: date
    end: date | None


class Bridged(NamedTuple):
    """The therapy between apheresis and lymphodepletion; `systemic` without intrathecal drugs, `until` its last day."""

    given: tuple[Therapy, ...]
    systemic: tuple[Therapy, ...]
    collected: date | None
    until: date
    cycles: int
    days: int


def newest_block(given: Sequence[Therapy], longest_gap: int) -> tuple[Therapy, ...]:
    """Return the newest block of administrations in order; more days without any than the gap begin a block (BRG-2)."""
    block: list[Therapy] = []
    last = date.min
    for therapy in given:
        if block and (therapy.at.day - last).days > longest_gap:
            block = []
        block.append(therapy)
        last = max(last, therapy.stop or therapy.at.day)
    return tuple(block)


@once
def depletion(scene: Scene, way: Stretch) -> Depletion | None:
    """Return the newest block of lymphodepletion on a way; None without one (BRG-2)."""
    given = [therapy for therapy in way.of(scene, "therapy") if therapy.intent is Intent.LYMPHODEPLETION]
    block = newest_block(given, scene.knowledge.numbers.new_block_days)
    if not block:
        return None
    stops = [therapy.stop for therapy in block if therapy.stop is not None]
    return Depletion(block, block[0].at.day, max(stops) if len(stops) == len(block) else None)


def collected_on(scene: Scene, way: Stretch) -> Apheresis | None:
    """Return the newest apheresis of a way, None where none is recorded."""
    return next(reversed(way.of(scene, "apheresis")), None)


def bridged(scene: Scene, way: Stretch) -> Bridged:
    """Return what was given between apheresis and lymphodepletion, with its cycles and days (BRG-1, BRG-2).

    It counts when its intent is bridging or, once the cells are collected, salvage; also what was begun before and goes
    on. Treatment before the apheresis is not bridging (feuchtinger_2024); without an apheresis the intent alone tells.
    """
    apheresis, block = collected_on(scene, way), depletion(scene, way)
    until = way.last_day(scene) if block is None else block.start
    intents = (Intent.BRIDGING,) if apheresis is None else (Intent.BRIDGING, Intent.SALVAGE)
    given = tuple(
        therapy
        for therapy in way.of(scene, "therapy")
        if therapy.intent in intents
        and (apheresis is None or goes_past(therapy, apheresis))
        and (therapy.at.day < until or (block is None and way.until is None))
    )
    systemic = tuple(therapy for therapy in given if is_systemic(therapy, scene))
    collected = None if apheresis is None else apheresis.at.day
    days = 0
    if systemic:
        first = systemic[0].at.day
        days = (until - (first if collected is None else max(first, collected))).days
    return Bridged(given, systemic, collected, until, _cycles(systemic, scene), days)


def weeks_text(days: int) -> float:
    """Return days in weeks, to one decimal."""
    return round(days / _DAYS_A_WEEK, 1)


def goes_past(therapy: Therapy, apheresis: Apheresis) -> bool:
    """Tell whether a therapy was begun from the apheresis on, or begun before and given on after it."""
    begun, collected = therapy.at, apheresis.at
    if begun.day == collected.day and begun.instant is not None and collected.instant is not None:
        if begun.instant >= collected.instant:
            return True
    elif begun.day >= collected.day:
        return True
    return not therapy.stop_unknown and (therapy.stop is None or therapy.stop > collected.day)


def is_systemic(therapy: Therapy, scene: Scene) -> bool:
    """Tell whether it treats the whole body for the leukaemia; an agent that the catalogue does not hold may."""
    agent = scene.knowledge.agents.get(therapy.agent)
    treats = agent is None or agent.display in _FOR_THE_LEUKAEMIA
    return treats and therapy.route is not Route.IT and not therapy.physiological


def _cycles(given: Sequence[Therapy], scene: Scene) -> int:
    """Distinct numbers of cycles, else blocks whose starts lie the gap apart."""
    numbered = {therapy.cycle for therapy in given if therapy.cycle is not None}
    if numbered:
        return len(numbered)
    gap = timedelta(days=int(scene.knowledge.bridging.numbers.cycle_gap_days.value))
    starts = [therapy.at.day for therapy in given]
    return sum(place == 0 or day - starts[place - 1] >= gap for place, day in enumerate(starts))
