"""Neutropenia after the infusion, and the checklist of IEC-HS."""

from bedside.chart.derived.plain import plain_value


@plain_value
class EarlyIcaht:
    """Early ICAHT: grade (None: not known), longest runs and all days at or below each limit, known days of the window.

    `complete`: every day of the window so far has a value, given or interpolated.
    """

    grade: int | None
    longest_days_severe: int
    longest_days_profound: int
    days_severe: int
    days_profound: int
    days_known: int
    complete: bool
    text: str
    evidence: tuple[str, ...]


@plain_value
class LateIcaht:
    """Late ICAHT: grade (None: not known) and the lowest neutrophils in 10⁹/L."""

    grade: int | None
    nadir: float | None
    text: str
    evidence: tuple[str, ...]


@plain_value
class Icaht:
    """Early and late neutropenia of the newest course."""

    early: EarlyIcaht
    late: LateIcaht
    source: str


@plain_value
class IecHsSign:
    """A sign with its newest value and the one before infusion; a person judges it."""

    id: str
    title: str
    text: str
    evidence: tuple[str, ...]


@plain_value
class IecHs:
    """The checklist: it prompts and never diagnoses; no limit fires without a verified source."""

    signs: tuple[IecHsSign, ...]
    text: str
    source: str
