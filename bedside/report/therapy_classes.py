"""Owns the lanes that therapies are drawn on: by intent where the intent says it, else by the agent's class."""

from collections.abc import Mapping

from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent

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
