"""Owns the names of the criteria as the window says them, the panels they stand in, and their signs."""

from dataclasses import dataclass

from bedside.chart.assessment import Criterion, CriterionStatus
from bedside.knowledge.tables import Knowledge
from bedside.ui.signs import MET_SIGNS, Sign

CRITERIA = (
    *(f"L{number}" for number in range(1, 8)),
    *(f"A{number}" for number in range(1, 13)),
    *(f"H{number}" for number in range(1, 5)),
)
STATUS_WORDS = {
    CriterionStatus.MET: "Met",
    CriterionStatus.NOT_MET: "Not met",
    CriterionStatus.UNKNOWN: "Not known",
    CriterionStatus.NOT_DUE: "Not due",
}
PANELS = {"L": "low", "A": "ambiguous", "H": "high"}


@dataclass(frozen=True)
class Panel:
    """One of the three panels: its class, word, rule and source in words."""

    risk: str
    word: str
    rule: str


PANEL_WORDS = (
    Panel("low", "Low", "All needed"),
    Panel("ambiguous", "Ambiguous", "Any one excludes low"),
    Panel("high", "High", "Any one makes it high"),
)


def panel_of(criterion_id: str) -> str:
    """The class whose panel a criterion stands in: L1 is "low", A3 "ambiguous", H4 "high"."""
    return PANELS[criterion_id[0]]


def sign_of(criterion: Criterion) -> Sign:
    """The sign of a criterion's status; met takes the colour of its panel."""
    if criterion.status is CriterionStatus.MET:
        return MET_SIGNS[panel_of(criterion.id)]
    if criterion.status is CriterionStatus.NOT_MET:
        return Sign.NOT_MET
    return Sign.NOT_DUE if criterion.status is CriterionStatus.NOT_DUE else Sign.NOT_KNOWN


@dataclass(frozen=True)
class CriteriaWords:
    """What knowledge calls the criteria and the sources."""

    knowledge: Knowledge

    def title(self, criterion_id: str) -> str:
        """The name of a criterion in a few words; an unknown id stands for itself."""
        known = self.knowledge.criteria.get(criterion_id)
        return known.title if known is not None else criterion_id

    def source(self, key: str) -> str:
        """A source as it is named in a sentence: `buechner_2022` is "Buechner 2022"."""
        known = self.knowledge.references.get(key)
        return known.short if known is not None else key.replace("_", " ").capitalize()

    def origin(self, criterion_id: str) -> str:
        """Where a criterion comes from, in one line: its source, other papers that name it, and what is policy."""
        known = self.knowledge.criteria.get(criterion_id)
        if known is None:
            return ""
        also = f", also {' and '.join(map(self.source, known.also))}" if known.also else ""
        policy = "; its window, bound or definition is a policy of this program" if known.policy else ""
        return f"Source: {self.source(known.source)}{also}{policy}."

    def definition(self, name: str) -> str:
        """A definition of B-cell recovery as it is printed beside a result."""
        known = self.knowledge.recoveries.get(name)
        if known is None:
            return name
        return f"recovery is {known.label}{' (policy)' if known.policy else ''}"

    def spoken(self, criterion: Criterion) -> str:
        """A criterion as one sentence: "H4, Early loss of B-cell aplasia, met, CD19 75/µL, 31-Jul-2020"."""
        status = STATUS_WORDS[criterion.status].lower()
        return f"{criterion.id}, {self.title(criterion.id)}, {status}, {criterion.text}".rstrip(", ")
