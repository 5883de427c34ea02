"""ICANS of one neurological assessment by ASTCT 2019 (TOX-2, TOX-3)."""

from bedside.chart.derived.toxicity import Proposal
from bedside.chart.entries import Neuro
from bedside.chart.enums import Consciousness, Motor, NeuroCause, RaisedIcp, Seizure
from bedside.chart.formats import label
from bedside.knowledge.families.toxicity import ToxicityTables

_CONSCIOUSNESS = {
    Consciousness.AWAKE: 0,
    Consciousness.VOICE: 2,
    Consciousness.TACTILE: 3,
    Consciousness.UNAROUSABLE: 4,
}
_SEIZURE = {Seizure.BRIEF: 3, Seizure.PROLONGED: 4}
_GRADE_4 = 4
_HIGHEST_BY_SCORE = 3


def ice_score(neuro: Neuro) -> int | None:
    """Return the points of ICE, 0 to 10; None when it was not done."""
    ice = neuro.ice
    return None if ice is None else ice.orientation + ice.naming + ice.commands + ice.writing + ice.attention


def takes_ice(neuro: Neuro, tables: ToxicityTables, years: int) -> bool:
    """Tell whether ICE grades the patient: old enough, and without developmental delay."""
    return years >= tables.ice_from_years.value and not neuro.developmental_delay


def propose_icans(neuro: Neuro, tables: ToxicityTables, *, years: int) -> Proposal:
    """Return the grade of an assessment at an age in completed years: the worst domain decides (astct_2019).

    Without the score of the age and with every recorded domain normal the grade is None, never 0; with an abnormal
    one it is at least that, as long as the score could raise it. Signs of another cause are grade 0.
    """
    if neuro.cause is NeuroCause.OTHER:
        return Proposal(0, False, (), "cause judged to be another than ICANS")
    with_ice = takes_ice(neuro, tables, years)
    score = ice_score(neuro) if with_ice else neuro.capd
    domains = _domains(neuro)
    if score is not None:
        bands = tables.ice_grades if with_ice else tables.capd_grades
        domains.append((bands.grade(score), f"{'ICE' if with_ice else 'CAPD'} {score}"))
    worst = max(grade for grade, _ in domains)
    words = ", ".join(text for grade, text in domains if grade == worst and (grade or not text.startswith("awake")))
    question = _question(neuro, with_ice, worst)
    unscored = _unscored(neuro, with_ice)
    missing = () if score is not None else ("ice" if with_ice else "capd",)
    if missing and not worst:
        needed = "ICE" if with_ice else "CAPD"
        return Proposal(None, False, missing, f"not assessed: no {needed}{unscored}", question)
    at_least = bool(missing) and worst < _HIGHEST_BY_SCORE
    return Proposal(worst, at_least, missing, f"{words}{unscored}", question)


def _unscored(neuro: Neuro, with_ice: bool) -> str:
    """A score that was taken but does not grade this patient."""
    if with_ice:
        return "" if neuro.capd is None else f"; CAPD {neuro.capd} shown, not graded: ICE grades this patient"
    return "" if neuro.ice is None else f"; ICE {ice_score(neuro)} shown, not graded: CAPD grades this patient"


def _domains(neuro: Neuro) -> list[tuple[int, str]]:
    """Grade and words of each recorded domain beside the score."""
    words = "awake" if neuro.consciousness is Consciousness.AWAKE else f"wakes {label(neuro.consciousness.value)}"
    if neuro.consciousness is Consciousness.UNAROUSABLE:
        words = "unarousable"
    found = [(_CONSCIOUSNESS[neuro.consciousness], words)]
    if neuro.seizure in _SEIZURE:
        found.append((_SEIZURE[neuro.seizure], f"{label(neuro.seizure.value)} seizure"))
    if neuro.motor is Motor.DEEP_FOCAL_WEAKNESS:
        found.append((_GRADE_4, "deep focal weakness"))
    if neuro.raised_icp not in {None, RaisedIcp.NONE}:
        focal = neuro.raised_icp is RaisedIcp.FOCAL_OEDEMA
        found.append((3 if focal else _GRADE_4, label(str(neuro.raised_icp))))
    return found


def _question(neuro: Neuro, with_ice: bool, worst: int) -> str:
    """Ask what could raise the grade of the worst domain; who wakes to voice or touch is known to be roused."""
    awake = neuro.consciousness is Consciousness.AWAKE
    if with_ice and ice_score(neuro) == 0 and awake and worst < _GRADE_4:
        return "ICE 0: can the patient be roused?"
    untold_delay = neuro.ice is None and neuro.capd is not None and neuro.developmental_delay is None
    if with_ice and untold_delay and worst < _HIGHEST_BY_SCORE:
        return "CAPD without ICE: is there developmental delay, so that CAPD grades?"
    return ""
