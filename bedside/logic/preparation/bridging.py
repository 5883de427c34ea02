"""Bridging: intensity, cycles and weeks (BRG-1, BRG-2), and what the sources say about what was given."""

from collections.abc import Sequence
from datetime import timedelta

from bedside.chart.derived.preparation import Bridging
from bedside.chart.entries import Therapy
from bedside.chart.enums import Route
from bedside.chart.formats import label
from bedside.knowledge.families.preparation import BridgingTables
from bedside.logic.preparation.blocks import bridging_given, collected_on, depletion
from bedside.logic.preparation.bridging_findings import findings
from bedside.logic.preparation.regimen import per_m2_a_day
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_ORDER = ("high", "between the definitions", "low", "immunotherapy", "targeted", "unknown", "none")
_DAYS_A_WEEK = 7


def bridging(scene: Scene) -> Bridging | None:
    """Return the bridging of the newest way; None before an apheresis, a bridging agent and an infusion.

    Intrathecal drugs never count for the intensity. A dose or route that is missing where it decides leaves it
    `unknown` (feuchtinger_2024 table 2). Weeks run to the start of lymphodepletion, else to today.
    """
    given = bridging_given(scene)
    contested = scene.contested_of("therapy", "apheresis")
    if contested:
        words = conflict_words(contested)
        return Bridging(("unknown",), 0, None, (), (), words.text, words.evidence)
    if not given and collected_on(scene) is None and scene.day0 is None:
        return None
    systemic = [therapy for therapy in given if therapy.route is not Route.IT]
    tables = scene.knowledge.bridging
    labels = {_intensity(therapy, tables) for therapy in systemic} - {None} or {"none"}
    found = findings(scene, given)
    return Bridging(
        intensity=tuple(name for name in _ORDER if name in labels),
        cycles=_cycles(systemic, tables),
        weeks=_weeks(scene, systemic),
        flags=tuple(dict.fromkeys(finding.id for finding in found)),
        findings=found,
        text=", ".join(dict.fromkeys(label(therapy.agent) for therapy in given)) or "no bridging recorded",
        evidence=ids(given),
    )


def _intensity(therapy: Therapy, tables: BridgingTables) -> str | None:
    """The intensity of one agent; methotrexate by its route, cytarabine by its dose."""
    table = tables.intensity
    if therapy.agent == "methotrexate":
        return {Route.IV: "high", Route.PO: "low"}.get(therapy.route) if therapy.route is not None else "unknown"
    if therapy.agent == "cytarabine":
        return _cytarabine(therapy, tables)
    for name in ("high", "low", "immunotherapy", "targeted"):
        if therapy.agent in getattr(table, name):
            return name
    return "unknown"


def _cytarabine(therapy: Therapy, tables: BridgingTables) -> str:
    dose = per_m2_a_day(therapy)
    if dose is None:
        return "unknown"
    if dose >= tables.numbers.cytarabine_high_mg_per_m2.value:
        return "high"
    return "low" if dose <= tables.numbers.cytarabine_low_mg_per_m2.value else "between the definitions"


def _cycles(given: Sequence[Therapy], tables: BridgingTables) -> int:
    """Distinct numbers of cycles, else blocks whose starts lie the gap apart."""
    numbered = {therapy.cycle for therapy in given if therapy.cycle is not None}
    if numbered:
        return len(numbered)
    gap = timedelta(days=int(tables.numbers.cycle_gap_days.value))
    starts = [therapy.at.day for therapy in given]
    return sum(place == 0 or day - starts[place - 1] >= gap for place, day in enumerate(starts))


def _weeks(scene: Scene, given: Sequence[Therapy]) -> float | None:
    if not given:
        return None
    block = depletion(scene)
    until = block.start if block is not None else min(scene.today, scene.day0 or scene.today)
    return round((until - given[0].at.day).days / _DAYS_A_WEEK, 1)
