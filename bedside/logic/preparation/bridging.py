"""Bridging: intensity, cycles and weeks (BRG-1, BRG-2), and what the sources say about what was given."""

from collections.abc import Sequence

from bedside.chart.derived.preparation import Bridging
from bedside.chart.entries import Apheresis, Entry, Therapy
from bedside.chart.enums import Intent, Route
from bedside.chart.formats import label
from bedside.knowledge.families.preparation import BridgingTables
from bedside.logic.preparation.blocks import Bridged, bridged, weeks_text
from bedside.logic.preparation.bridging_findings import findings
from bedside.logic.preparation.regimen import per_m2_a_day
from bedside.logic.preparation.stretch import Stretch, way_now
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_SCALE = ("high", "unknown", "between the definitions", "low")
"""The intensities of chemotherapy, of which the first that an agent has is the regimen's."""
_ORDER = ("high", "between the definitions", "low", "immunotherapy", "targeted", "unknown", "none")
_BEARING = (Intent.BRIDGING, Intent.SALVAGE, Intent.LYMPHODEPLETION)


def bridging(scene: Scene) -> Bridging | None:
    """Return the bridging of the newest way; None before an apheresis, a bridging agent and an infusion.

    Intrathecal drugs and the replacement of steroids never count for the intensity. A dose or route that is missing
    where it decides leaves it `unknown` (feuchtinger_2024 table 2). Weeks run from the first bridging day to the start
    of lymphodepletion, else to the infusion or today. Contested entries leave everything unknown and are named.
    """
    way = way_now(scene)
    contested = _contested(scene, way)
    if contested:
        words = conflict_words(contested)
        return Bridging(("unknown",), None, None, (), (), words.text, words.evidence)
    held = bridged(scene, way)
    if not held.given and held.collected is None and way.until is None:
        return None
    found = findings(scene, way, held)
    return Bridging(
        intensity=_intensities(held, scene.knowledge.bridging),
        cycles=held.cycles,
        weeks=weeks_text(held.days) if held.systemic else None,
        flags=tuple(dict.fromkeys(finding.id for finding in found if finding.status == "flagged")),
        findings=found,
        text=", ".join(dict.fromkeys(label(therapy.agent) for therapy in held.given)) or "no bridging recorded",
        evidence=ids(held.given),
    )


def _contested(scene: Scene, way: Stretch) -> Sequence[Entry]:
    """The contested entries that would be bridging, or would date it."""
    return scene.contested_of(
        "therapy",
        "apheresis",
        bears=lambda entry: (
            way.holds(entry.at.day)
            and (isinstance(entry, Apheresis) or (isinstance(entry, Therapy) and entry.intent in _BEARING))
        ),
    )


def _intensities(held: Bridged, tables: BridgingTables) -> tuple[str, ...]:
    """The intensity of the regimen, which its most intense agent decides, and the labels that stand beside it."""
    labels = {_intensity(therapy, tables) for therapy in held.systemic} or {"none"}
    chemotherapy = next((name for name in _SCALE if name in labels), None)
    return tuple(name for name in _ORDER if name in labels and (name == chemotherapy or name not in _SCALE))


def _intensity(therapy: Therapy, tables: BridgingTables) -> str:
    """The intensity of one agent; methotrexate by its route, cytarabine by its dose."""
    if therapy.agent == "methotrexate":
        return "high" if therapy.route is Route.IV else "low" if therapy.route is Route.PO else "unknown"
    if therapy.agent == "cytarabine":
        return _cytarabine(therapy, tables)
    for name in ("high", "low", "immunotherapy", "targeted"):
        if therapy.agent in getattr(tables.intensity, name):
            return name
    return "unknown"


def _cytarabine(therapy: Therapy, tables: BridgingTables) -> str:
    dose = per_m2_a_day(therapy)
    if dose is None:
        return "unknown"
    if dose >= tables.numbers.cytarabine_high_mg_per_m2.value:
        return "high"
    return "low" if dose <= tables.numbers.cytarabine_low_mg_per_m2.value else "between the definitions"
