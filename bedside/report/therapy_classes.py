"""Owns the lanes that therapies are drawn on: by intent where the intent says it, else by the agent's class."""

from collections.abc import Mapping

from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent
from bedside.knowledge.tables import Knowledge

THERAPY_LANES = (
    "Steroid", "Chemotherapy", "Immunotherapy", "Targeted therapy", "Lymphodepletion", "Conditioning",
    "Immunosuppression", "Against toxicity", "Supportive", "Other agents",
)  # fmt: skip

_BY_INTENT = {
    Intent.LYMPHODEPLETION: "Lymphodepletion",
    Intent.CONDITIONING: "Conditioning",
    Intent.TOXICITY: "Against toxicity",
    Intent.IMMUNOSUPPRESSION: "Immunosuppression",
    Intent.SUPPORTIVE: "Supportive",
}


def therapy_lane(therapy: Therapy, agent_classes: Mapping[str, str]) -> str:
    """Return the name of the lane of a therapy; an agent that knowledge does not class lies among the other agents."""
    return _BY_INTENT.get(therapy.intent) or agent_classes.get(therapy.agent, "Other agents")


_AGENT_LANES = {
    "steroid": "Steroid", "chemotherapy": "Chemotherapy", "immunotherapy": "Immunotherapy",
    "targeted": "Targeted therapy", "toxicity": "Against toxicity", "immunosuppression": "Immunosuppression",
    "supportive": "Supportive", "immunoglobulin": "Supportive",
}  # fmt: skip


def lanes_of_agents(knowledge: Knowledge) -> dict[str, str]:
    """Return the lane of each agent that knowledge classes."""
    return {code: _AGENT_LANES[agent.display] for code, agent in knowledge.agents.items()}
