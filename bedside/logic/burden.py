"""Pre-infusion burden and remission at infusion: marrow, CSF and extramedullary sites up to day 0."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.entries import Csf, Extramedullary
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.knowledge.families.risk_class import Numbers
from bedside.logic.samples import NEGATIVE, NOTHING, Sample


class Burden(NamedTuple):
    """The burden in % and the sample that gives it."""

    pct: float
    sample: Sample


def burden_before(day0: date, samples: Sequence[Sample], numbers: Numbers) -> Burden | None:
    """Return the burden of the newest sample up to day 0 that gives one; `burden_days_before` tells how far back."""
    earliest = day0 - timedelta(days=numbers.burden_days_before)
    for sample in reversed(samples):
        if sample.day < earliest:
            break
        if sample.day <= day0:
            pct = burden_of(sample)
            if pct is not None:
                return Burden(pct, sample)
    return None


def burden_of(sample: Sample) -> float | None:
    """Return the burden in % that one sample gives, or None."""
    values = [
        round(result.value * 100, 9)  # 0.07 is 7 %, not 7.000000000000001 %
        for entry in sample.entries
        for result in entry.mrd or ()
        if result.result is MrdOutcome.POSITIVE and result.value is not None and result.method is not MrdMethod.NGS
    ]
    if sample.disease and sample.blasts_pct is not None:
        return max(sample.blasts_pct, *values) if values else sample.blasts_pct
    if values:
        return max(values)
    state = sample.fcm_or_pcr
    if state > NEGATIVE:
        return None
    if state == NEGATIVE:
        return 0.0
    return sample.blasts_pct if state == NOTHING else None


def objections(
    day0: date, csf: Sequence[Csf], sites: Sequence[Extramedullary], numbers: Numbers
) -> tuple[Csf | Extramedullary, ...]:
    """Return what recorded up to day 0 speaks against remission: active sites, blasts on the last CSF date.

    `sites` holds the newest entry of each site; `csf` all, in order.
    """
    earliest = day0 - timedelta(days=numbers.csf_days_before)
    recent = [entry for entry in csf if earliest <= entry.at.day <= day0]
    last = [entry for entry in recent if entry.at.day == recent[-1].at.day and entry.blasts]
    return (*(site for site in sites if site.active), *last)
