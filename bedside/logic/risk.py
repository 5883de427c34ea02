"""The risk class from the statuses of the criteria: class, whether it is provisional, and what would change it."""

from functools import lru_cache
from typing import NamedTuple

from bedside.chart.assessment import RiskClass
from bedside.logic.criteria import AMBIGUOUS, HIGH, LOW, MET, NOT_DUE, NOT_MET, PLACE, UNKNOWN, Statuses

_LOW = slice(0, len(LOW))
_HIGH = slice(len(LOW), len(LOW) + len(HIGH))
_AMBIGUOUS = slice(len(LOW) + len(HIGH), None)
_OPEN = frozenset((UNKNOWN, NOT_DUE))


class Verdict(NamedTuple):
    """A class with the criteria that decided it; `low_reachable` for a course that is open."""

    risk_class: RiskClass
    provisional: bool
    low_reachable: bool
    decided_by: tuple[str, ...]


BEFORE_INFUSION = Verdict(RiskClass.PENDING, True, False, ())


@lru_cache(maxsize=8192)
def judge(statuses: Statuses, cd28: bool, on_one_sample: bool) -> Verdict:
    """Return the class from day 0 on (buechner_2022, Discussion).

    `cd28`: early loss alone makes no high risk (pasvolsky_2023). `on_one_sample`: aplasia had been established and
    its loss was seen in one sample only, so that a class resting on H4 alone is provisional (BCA-3).
    """
    low, high, ambiguous = statuses[_LOW], statuses[_HIGH], statuses[_AMBIGUOUS]
    risk_class = class_of(statuses, cd28)
    met = tuple(name for name, status in zip(HIGH, high, strict=True) if status == MET)
    reachable = low_reachable(statuses)
    if risk_class is RiskClass.HIGH:
        return Verdict(risk_class, met == ("H4",) and on_one_sample, reachable, met)
    if risk_class is RiskClass.PENDING:
        return Verdict(risk_class, True, reachable, ())
    open_high = not _OPEN.isdisjoint(high)
    if risk_class is RiskClass.LOW:
        genetics_unknown = UNKNOWN in (statuses[PLACE["A2"]], statuses[PLACE["A3"]])
        return Verdict(risk_class, open_high or genetics_unknown, reachable, LOW)
    may_be_low = NOT_MET not in low and UNKNOWN in low
    not_met = tuple(name for name, status in zip(LOW, low, strict=True) if status == NOT_MET)
    factors = tuple(name for name, status in zip(AMBIGUOUS, ambiguous, strict=True) if status == MET)
    return Verdict(risk_class, open_high or may_be_low, reachable, not_met + factors)


def low_reachable(statuses: Statuses) -> bool:
    """Tell whether low risk can still come about in a course that is open."""
    return NOT_MET not in statuses[_LOW] and MET not in statuses[_HIGH] and MET not in statuses[_AMBIGUOUS]


def class_of(statuses: Statuses, cd28: bool) -> RiskClass:
    """Return the class alone."""
    low, high, ambiguous = statuses[_LOW], statuses[_HIGH], statuses[_AMBIGUOUS]
    counted = high[:-1] if cd28 else high
    if MET in counted:
        return RiskClass.HIGH
    if MET not in ambiguous and low.count(MET) == len(LOW):
        return RiskClass.LOW
    if NOT_MET in low or MET in ambiguous:
        return RiskClass.AMBIGUOUS
    return RiskClass.PENDING if NOT_DUE in low or NOT_DUE in high else RiskClass.AMBIGUOUS


@lru_cache(maxsize=8192)
def changes(statuses: Statuses, cd28: bool, *, closed: bool) -> tuple[tuple[str, int, RiskClass], ...]:
    """Return each open criterion alone, with each outcome that gives another class: (criterion, outcome, class).

    In a closed course nothing more falls due, but what is unknown can still be learned.
    """
    now = class_of(statuses, cd28)
    found = []
    for name, place in PLACE.items():
        if statuses[place] == UNKNOWN or (statuses[place] == NOT_DUE and not closed):
            for outcome in (MET, NOT_MET):
                then = class_of((*statuses[:place], outcome, *statuses[place + 1 :]), cd28)
                if then is not now:
                    found.append((name, outcome, then))
    return tuple(found)
