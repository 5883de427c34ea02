"""CNS class and CNS remission from the CSF of each date (wang_2023, feuchtinger_2024)."""

from collections.abc import Sequence
from itertools import groupby

from bedside.chart.entries import Csf


def cns_class(csf: Sequence[Csf], leukocytes_per_ul: float) -> str | None:
    """Return CNS1, CNS2 or CNS3 of the newest CSF date, None without CSF; `csf` in order of its dates."""
    if not csf:
        return None
    newest = [entry for entry in csf if entry.at.day == csf[-1].at.day]
    if any(entry.neurological_signs for entry in newest):
        return "CNS3"
    if not any(entry.blasts for entry in newest):
        return "CNS1"
    return "CNS3" if max(entry.wbc_per_ul for entry in newest) >= leukocytes_per_ul else "CNS2"


def cns_remission(csf: Sequence[Csf], dates: int) -> bool | None:
    """Return whether the last `dates` of CSF are free of blasts; None while that is not known either way.

    Fewer clean dates without earlier blasts say neither; fewer clean dates after blasts are not yet remission.
    """
    blasts = [any(entry.blasts for entry in day) for _, day in groupby(csf, key=lambda entry: entry.at.day)]
    if not any(blasts[-dates:]) and len(blasts) >= dates:
        return True
    return False if any(blasts) else None
