"""Marrow samples: all entries of one local date together, the state of each MRD method, the status (section 0)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bedside.chart.assessment import SampleStatus
from bedside.chart.entries import Marrow, Mrd
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.knowledge.tables import Numbers

# The states of one method; on one date the highest counts.
NOTHING, NOT_EVALUABLE, INADEQUATE, NEGATIVE, LOW_POSITIVE, POSITIVE = range(6)

STATE_WORDS = ("not done", "not evaluable", "negative, not sensitive enough", "negative", "low positive", "positive")


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
    cut_off: float
    said: dict[object, str]  # phrases made so far: one sample decides many criteria

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its entries."""
        return tuple([entry.id for entry in self.entries])

    def state_of(self, method: MrdMethod) -> int:
        """The state of one method."""
        if method is MrdMethod.FCM:
            return self.fcm
        return self.pcr if method is MrdMethod.PCR else self.ngs

    @property
    def fcm_or_pcr(self) -> int:
        """The higher state of FCM and PCR."""
        return max(self.fcm, self.pcr)


def sample_of(day: date, entries: Sequence[Marrow], numbers: Numbers) -> Sample:
    """Return the sample that the marrow entries of one date make (feuchtinger_2024, wang_2023, myers_2023)."""
    blasts: float | None = None
    fcm = pcr = ngs = NOTHING
    for entry in entries:
        if entry.blasts_pct is not None and (blasts is None or entry.blasts_pct > blasts):
            blasts = entry.blasts_pct
        for result in entry.mrd or ():
            state = mrd_state(result, numbers.mrd_cut_off)
            if result.method is MrdMethod.FCM:
                fcm = max(fcm, state)
            elif result.method is MrdMethod.PCR:
                pcr = max(pcr, state)
            else:
                ngs = max(ngs, state)
    disease = blasts is not None and blasts >= numbers.disease_blasts_pct
    highest = max(fcm, pcr, ngs)
    if disease or highest >= LOW_POSITIVE:
        status = SampleStatus.POSITIVE
    else:
        status = SampleStatus.NEGATIVE if highest == NEGATIVE else SampleStatus.UNKNOWN
    return Sample(day, tuple(entries), blasts, fcm, pcr, ngs, disease, status, numbers.mrd_cut_off, {})


def mrd_state(result: Mrd, cut_off: float) -> int:
    """Return the state of one reported result; any detection by NGS is positive."""
    if result.result is MrdOutcome.NEGATIVE:
        return INADEQUATE if result.lod is not None and result.lod > cut_off else NEGATIVE
    if result.result is MrdOutcome.NOT_EVALUABLE:
        return NOT_EVALUABLE
    if result.method is MrdMethod.NGS:
        return POSITIVE
    if result.value is None:
        return LOW_POSITIVE if result.below_loq else POSITIVE
    return LOW_POSITIVE if result.value < cut_off else POSITIVE
