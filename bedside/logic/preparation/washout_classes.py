"""Which wash-out class an administration belongs to: its agent's, unless route or intent put it in another."""

from typing import NamedTuple

from bedside.chart.entries import Radiotherapy, Therapy
from bedside.chart.enums import Intent, Milestone, RadiotherapySite, Route
from bedside.knowledge.families.washout import WashoutClass, WashoutInterval
from bedside.knowledge.tables import Knowledge

INTRATHECAL = "intrathecal"
STEROID = "systemic_steroid"
GVHD = "gvhd_immunosuppression"
CYTOTOXIC = "cytotoxic"
RADIOTHERAPY = "cranial_radiotherapy"
UNKNOWN_AGENT = "unknown_agent"

_HEAD = (RadiotherapySite.CRANIAL, RadiotherapySite.CRANIOSPINAL)
# Also given for GVHD; with that intent the end of immunosuppression is what counts.
_ALSO_FOR_GVHD = (STEROID, "tyrosine_kinase_inhibitor", "no_published_interval")
# Also given into the spinal canal: without a route they are taken as systemic, which is the longer interval.
_ALSO_INTRATHECAL = ("cytarabine", "methotrexate")


class Given(NamedTuple):
    """One administration with its class; `table` is None for an agent that the catalogue does not know.

    `own`: the agent's class by its usual use, where it is given for GVHD. Before the infusion that one holds: a steroid
    harms the infused cells whatever it is given for.
    """

    entry: Therapy | Radiotherapy
    agent: str
    name: str
    table: WashoutClass | None
    own: WashoutClass | None = None

    @property
    def stop_unknown(self) -> bool:
        """Whether it is over, on a day that nobody knows."""
        return isinstance(self.entry, Therapy) and bool(self.entry.stop_unknown)

    @property
    def is_assumed(self) -> bool:
        """Whether the source names other agents of the class, not this one."""
        return self.table is not None and bool(self.table.published_for) and self.agent not in self.table.published_for

    @property
    def lacks_route(self) -> bool:
        """Whether the route would decide the class and is not recorded."""
        return isinstance(self.entry, Therapy) and self.entry.route is None and self.agent in _ALSO_INTRATHECAL

    def interval(self, milestone: Milestone) -> WashoutInterval | None:
        """Return the interval before a milestone, None where the class does not bear on it or is not known."""
        if self.table is None:
            return None
        return self.table.apheresis if milestone is Milestone.APHERESIS else (self.own or self.table).infusion

    def bears_on(self, milestone: Milestone) -> bool:
        """Tell whether it counts before a milestone; lymphodepletion does not before the infusion."""
        depleting = isinstance(self.entry, Therapy) and self.entry.intent is Intent.LYMPHODEPLETION
        if depleting and milestone is Milestone.INFUSION:
            return False
        return self.table is None or self.interval(milestone) is not None


def agent_class(therapy: Therapy, knowledge: Knowledge) -> str | None:
    """Return the wash-out class of an administration, None when it has none and never conflicts (WSH-1).

    An agent that the catalogue does not know is UNKNOWN_AGENT: no interval known. Intrathecal drugs, steroids and
    others given as immunosuppression, and fludarabine in lymphodepletion have classes of their own; a steroid as
    physiological replacement has none. What is given as immunosuppression has the interval of its usual class before
    the infusion (feuchtinger_2024, myers_2023).
    """
    agent = knowledge.agents.get(therapy.agent)
    if agent is None:
        return UNKNOWN_AGENT
    name = agent.washout
    if name is None or (name == STEROID and therapy.physiological):
        return None
    if therapy.route is Route.IT:
        return INTRATHECAL
    if therapy.intent is Intent.IMMUNOSUPPRESSION and name in _ALSO_FOR_GVHD:
        return GVHD
    if therapy.intent is Intent.LYMPHODEPLETION:
        return CYTOTOXIC if therapy.agent in knowledge.washout.classes[name].cytotoxic_in_lymphodepletion else name
    return name


def given(entry: Therapy | Radiotherapy, knowledge: Knowledge) -> Given | None:
    """Return an administration with its class, None when no wash-out bears on it."""
    classes = knowledge.washout.classes
    if isinstance(entry, Radiotherapy):
        if entry.site not in _HEAD:
            return None
        return Given(entry, f"{entry.site.value}_radiotherapy", RADIOTHERAPY, classes[RADIOTHERAPY])
    name = agent_class(entry, knowledge)
    if name is None:
        return None
    own = classes.get(knowledge.agents[entry.agent].washout or "") if name == GVHD else None
    return Given(entry, entry.agent, name, classes.get(name), own)
