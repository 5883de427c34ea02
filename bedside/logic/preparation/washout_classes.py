"""Which wash-out class an administration belongs to: its agent's, unless route or intent put it in another."""

from typing import NamedTuple

from bedside.chart.entries import Radiotherapy, Therapy
from bedside.chart.enums import Intent, Milestone, RadiotherapySite, Route
from bedside.knowledge.families.washout import WashoutClass
from bedside.knowledge.tables import Knowledge

INTRATHECAL = "intrathecal"
STEROID = "systemic_steroid"
GVHD = "gvhd_immunosuppression"
RADIOTHERAPY = "cranial_radiotherapy"
UNKNOWN_AGENT = "unknown_agent"

_HEAD = (RadiotherapySite.CRANIAL, RadiotherapySite.CRANIOSPINAL)


class Given(NamedTuple):
    """One administration with its class; `table` is None for an agent that the catalogue does not know."""

    entry: Therapy | Radiotherapy
    agent: str
    name: str
    table: WashoutClass | None

    @property
    def is_steroid(self) -> bool:
        """Whether its interval counts in hours."""
        return self.name == STEROID


def class_of(therapy: Therapy, knowledge: Knowledge) -> str | None:
    """Return the wash-out class of an administration, None when it has none and never conflicts (section 4).

    An agent that the catalogue does not know is UNKNOWN_AGENT: no interval known.
    """
    agent = knowledge.agents.get(therapy.agent)
    if agent is None:
        return UNKNOWN_AGENT
    name = agent.washout
    if name is None or (name == STEROID and therapy.physiological):
        return None
    if therapy.route is Route.IT:
        return INTRATHECAL
    if name == STEROID and therapy.intent is Intent.IMMUNOSUPPRESSION:
        return GVHD
    if therapy.intent is Intent.LYMPHODEPLETION:
        return "cytotoxic"
    return name


def given(entry: Therapy | Radiotherapy, knowledge: Knowledge) -> Given | None:
    """Return an administration with its class, None when no wash-out bears on it."""
    classes = knowledge.washout.classes
    if isinstance(entry, Radiotherapy):
        if entry.site not in _HEAD:
            return None
        return Given(entry, f"{entry.site.value}_radiotherapy", RADIOTHERAPY, classes[RADIOTHERAPY])
    name = class_of(entry, knowledge)
    return None if name is None else Given(entry, entry.agent, name, classes.get(name))


def exempt(held: Given, milestone: Milestone) -> bool:
    """Tell whether an administration does not count before a milestone: lymphodepletion before the infusion."""
    return (
        milestone is Milestone.INFUSION
        and isinstance(held.entry, Therapy)
        and held.entry.intent is Intent.LYMPHODEPLETION
    )
