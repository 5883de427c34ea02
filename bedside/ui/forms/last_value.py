"""Owns the value that stands beside a box: what was measured last, and when."""

from dataclasses import dataclass

from bedside.chart.moments import At


@dataclass(frozen=True)
class LastValue:
    """The newest value of a field that counts, with its sign (`<`, `>` or "") and when it was taken."""

    value: float
    at: At
    sign: str = ""
