"""Marrow samples: all entries of one local date together, the state of each MRD method, the status."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bedside.chart.assessment import SampleStatus
from bedside.chart.entries import Marrow, Mrd
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.sensitivity import NOT_SENSITIVE_ENOUGH, sensitive_enough
from bedside.knowledge.families.risk_class import Numbers

# The states of one method; on one date the highest counts.
NOTHING, NOT_EVALUABLE, INADEQUATE, NEGATIVE, LOW_POSITIVE, POSITIVE = range(6)

_METHODS = (MrdMethod.FCM, MrdMethod.PCR, MrdMethod.NGS)
STATE_WORDS = ("not done", "not evaluable", NOT_SENSITIVE_ENOUGH, "negative", "low positive", "positive")


class Worst(NamedTuple):
    """The result of one method that counts on a date: the one of the highest state, of these the highest value."""

    state: int
    value: float
    result: Mrd


class Sample(NamedTuple):
    """The marrow of one date: highest blasts in %, state of each method, whether it shows disease, its status."""

    day: date
    entries: tuple[Marrow, ...]
    blasts_pct: float | None
    fcm: int
    pcr: int
    ngs: int
    disease: bool
    status: SampleStatus
    worst: dict[MrdMethod, Worst]
    said: dict[object, str]  # phrases made so far: one sample decides many criteria

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its entries."""
        return tuple([entry.id for entry in self.entries])

    def state_of(self, method: MrdMethod) -> int:
        """The state of one method."""
        return self.worst[method].state if method in self.worst else NOTHING

    @property
    def fcm_or_pcr(self) -> int:
        """The higher state of FCM and PCR."""
        return max(self.fcm, self.pcr)


def sample_of(day: date, entries: Sequence[Marrow], numbers: Numbers) -> Sample:
    """Return the sample that the marrow entries of one date make (feuchtinger_2024, wang_2023, myers_2023)."""
    blasts: float | None = None
    worst: dict[MrdMethod, Worst] = {}
    for entry in entries:
        if entry.blasts_pct is not None and (blasts is None or entry.blasts_pct > blasts):
            blasts = entry.blasts_pct
        for result in entry.mrd or ():
            found = Worst(mrd_state(result, numbers.mrd_cut_off), result.value or 0, result)
            held = worst.get(result.method)
            if held is None or found[:2] > held[:2]:
                worst[result.method] = found
    fcm, pcr, ngs = [worst[method].state if method in worst else NOTHING for method in _METHODS]
    disease = blasts is not None and blasts >= numbers.disease_blasts_pct
    highest = max(fcm, pcr, ngs)
    if disease or highest >= LOW_POSITIVE:
        status = SampleStatus.POSITIVE
    else:
        status = SampleStatus.NEGATIVE if highest == NEGATIVE else SampleStatus.UNKNOWN
    return Sample(day, tuple(entries), blasts, fcm, pcr, ngs, disease, status, worst, {})


def mrd_state(result: Mrd, cut_off: float) -> int:
    """Return the state of one reported result; any detection by NGS is positive."""
    if result.result is MrdOutcome.NEGATIVE:
        return NEGATIVE if sensitive_enough(result.lod, cut_off) else INADEQUATE
    if result.result is MrdOutcome.NOT_EVALUABLE:
        return NOT_EVALUABLE
    if result.method is MrdMethod.NGS:
        return POSITIVE
    if result.value is None:
        return LOW_POSITIVE if result.below_loq else POSITIVE
    return LOW_POSITIVE if result.value < cut_off else POSITIVE
