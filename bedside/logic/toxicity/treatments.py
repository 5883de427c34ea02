"""What was given against toxicity, and what spares the fever in grading CRS (TOX-1, TOX-4)."""

from datetime import date

from bedside.chart.derived.toxicity import Treatment
from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent
from bedside.knowledge.tables import Knowledge
from bedside.logic.scene import Scene


def dampens(therapy: Therapy, knowledge: Knowledge) -> bool:
    """Tell whether fever is no longer needed after a therapy: given against toxicity, or an antipyretic."""
    return therapy.intent is Intent.TOXICITY or therapy.agent in knowledge.agents_with["antipyretic"]


def dampening_days(scene: Scene) -> list[date]:
    """Return the days on which a treatment of toxicity or an antipyretic was begun."""
    return [therapy.at.day for therapy in scene.kinds.get("therapy", ()) if dampens(therapy, scene.knowledge)]


def treatments(scene: Scene, day0: date) -> tuple[Treatment, ...]:
    """Return what was given against toxicity since day 0."""
    return tuple(
        Treatment(therapy.id, therapy.agent, therapy.at.day, (therapy.at.day - day0).days)
        for therapy in scene.kinds.get("therapy", ())
        if therapy.intent is Intent.TOXICITY and therapy.at.day >= day0
    )
