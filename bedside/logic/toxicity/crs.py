"""CRS of one set of vital signs by ASTCT 2019 (TOX-1)."""

from collections.abc import Sequence

from bedside.chart.derived.toxicity import Proposal
from bedside.chart.entries import Vitals
from bedside.chart.enums import Oxygen, VitalsCause
from bedside.chart.formats import number_text
from bedside.knowledge.families.toxicity import ToxicityTables

VASOPRESSIN = "vasopressin"

_HIGHEST_BY_SIGNS = 4
_OXYGEN = {Oxygen.NONE: 0, Oxygen.LOW_FLOW: 2, Oxygen.HIGH_FLOW: 3, Oxygen.MASK: 3, Oxygen.POSITIVE_PRESSURE: 4}
_OXYGEN_WORDS = {
    Oxygen.LOW_FLOW: "low-flow oxygen",
    Oxygen.HIGH_FLOW: "high-flow oxygen",
    Oxygen.MASK: "oxygen by mask",
    Oxygen.POSITIVE_PRESSURE: "positive pressure",
}

_POSITIVE_PRESSURE_QUESTION = (
    "Is the positive pressure for hypoxia? "
    "CPAP as at home, or intubation only to protect the airway in a seizure, is not grade 4."
)

Arm = tuple[int | None, str]
"""What one arm gives: its grade (None: not recorded) and the sign in words."""


def propose_crs(vitals: Vitals, tables: ToxicityTables, *, years: int, fever_needed: bool = True) -> Proposal:
    """Return the grade of vital signs at an age in completed years (astct_2019, wang_2023).

    `fever_needed` is False while an episode is open in which an anticytokine, a steroid or an antipyretic was given.
    Signs of another cause are grade 0. Without a temperature, or without fever and arms once fever is not needed, the
    grade is None and `missing` says what would settle it. With neither arm recorded beside fever, with one of them not
    recorded without fever, and with oxygen of an unknown device it is at least the grade of what was recorded.
    """
    if vitals.cause is VitalsCause.OTHER:
        return Proposal(0, False, (), "cause judged to be another than CRS")
    pressure, oxygen = _pressure(vitals, tables), _oxygen(vitals, tables)
    known = {"hypotension": pressure[0] is not None, "oxygen": vitals.oxygen is not None}
    missing = tuple(name for name, recorded in known.items() if not recorded)
    fever = None if vitals.temp_c is None else vitals.temp_c >= tables.fever_c.value
    oxygen_decides = pressure[0] != _HIGHEST_BY_SIGNS and not (fever_needed and fever is False)
    question = _question(vitals, tables, years, oxygen_decides=oxygen_decides)
    worst = max(pressure[0] or 0, oxygen[0] or 0)
    signs = _signs((pressure, oxygen))
    unknown_device = oxygen[0] is not None and vitals.oxygen is None
    untold = len(missing) == len(known) if fever else bool(missing)
    at_least = worst < _HIGHEST_BY_SIGNS and (unknown_device or untold)
    if fever:
        shown = f"fever {number_text(vitals.temp_c or 0)} °C"
        return Proposal(max(1, worst), at_least, missing, f"{shown}{f', {signs}' if signs else ''}", question)
    if fever_needed and fever is None:
        return Proposal(None, False, ("temp_c", *missing), "not known: no temperature", question)
    if fever_needed:
        return Proposal(0, False, (), f"no fever ({number_text(vitals.temp_c or 0)} °C)", question)
    if worst:
        return Proposal(worst, at_least, missing, f"{signs}; fever no longer needed after treatment", question)
    if missing:
        return Proposal(None, False, missing, f"not known: {' and '.join(missing)} not recorded", question)
    if fever is None:
        return Proposal(0, False, ("temp_c",), "no hypotension, no oxygen; temperature not recorded", question)
    return Proposal(0, False, (), "no fever, no hypotension, no oxygen", question)


def _pressure(vitals: Vitals, tables: ToxicityTables) -> Arm:
    """The arm of hypotension; vasopressin counts only when it stands alone, a drug of two names once, as recorded."""
    written = [name.strip().casefold() for name in reversed(vitals.vasopressors or ())]
    named = {drug: name for name in written if (drug := tables.vasopressor_names.one_name(name))}
    counted = [name for drug, name in named.items() if drug != VASOPRESSIN]
    if len(counted) > 1:
        return 4, f"{len(counted)} vasopressors ({', '.join(sorted(counted))})"
    if named:
        return 3, f"one vasopressor ({', '.join(sorted(named.values()))})"
    if vitals.hypotension is None:
        return None, ""
    without = "no vasopressor recorded" if vitals.vasopressors is None else "no vasopressor"
    return (2, f"hypotension, {without}") if vitals.hypotension else (0, "")


def _oxygen(vitals: Vitals, tables: ToxicityTables) -> Arm:
    """The arm of hypoxia; low flow above its limit counts as high flow, a flow of an unknown device as low flow."""
    if vitals.oxygen is None and not vitals.o2_flow:
        return None, ""
    device = vitals.oxygen or Oxygen.LOW_FLOW
    words = "oxygen, device not recorded" if vitals.oxygen is None else _OXYGEN_WORDS.get(device, "")
    limit = tables.low_flow_l_per_min.value
    if device is Oxygen.LOW_FLOW and vitals.o2_flow is not None and vitals.o2_flow > limit:
        return 3, f"{words}, above {number_text(limit)} L/min"
    return _OXYGEN[device], words


def _signs(arms: Sequence[Arm]) -> str:
    """Every sign that is there in words, the worst first."""
    return ", ".join(words for _grade, words in sorted(arms, key=lambda arm: -(arm[0] or 0)) if words)


def _question(vitals: Vitals, tables: ToxicityTables, years: int, *, oxygen_decides: bool) -> str:
    """Ask about a low systolic pressure that nobody has judged, and what positive pressure is for where it decides."""
    asked = []
    below = tables.systolic_hint.below_mmhg(years)
    unjudged = vitals.hypotension is None and not vitals.vasopressors
    if unjudged and below is not None and vitals.sbp is not None and vitals.sbp < below:
        asked.append(f"systolic {number_text(vitals.sbp)} mmHg, below {below} for {years} y: is it hypotension?")
    if vitals.oxygen is Oxygen.POSITIVE_PRESSURE and oxygen_decides:
        asked.append(_POSITIVE_PRESSURE_QUESTION)
    return " ".join(asked)
