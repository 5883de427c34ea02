"""Neutropenia after the infusion (ICAHT) and the checklist of IEC-HS."""

from typing import Literal

from bedside.knowledge.sourced import Sourced, Table, Threshold


class IcahtNumbers(Table):
    """Limits and windows."""

    severe_anc: Threshold
    profound_anc: Threshold
    early_last_day: Threshold
    late_last_day: Threshold
    longest_gap_days: Threshold
    stable_days: Threshold
    begins_by_day: Threshold


class DurationGrades(Sourced):
    """Grades by the days of a run; each holds from its lowest number of days on."""

    lowest_days: tuple[int, ...]
    grades: tuple[int, ...]
    text: str

    def grade(self, days: int) -> int:
        """Return the grade of a run, 0 below the first."""
        pairs = zip(self.lowest_days, self.grades, strict=True)
        return next((grade for lowest, grade in pairs if days >= lowest), 0)


class NadirGrades(Sourced):
    """Grades by the lowest count, in 10⁹/L; each holds up to its highest count."""

    highest_anc: tuple[float, ...]
    grades: tuple[int, ...]
    text: str

    def grade(self, anc: float) -> int:
        """Return the grade of a nadir, 0 above the last."""
        pairs = zip(self.highest_anc, self.grades, strict=True)
        return next((grade for highest, grade in pairs if anc <= highest), 0)


class SignTable(Sourced):
    """A sign of IEC-HS, and the values of one kind that are shown beside it; without fields a person judges it."""

    title: str
    kind: Literal["chemistry", "blood_count", "vitals"] | None = None
    fields: tuple[str, ...] = ()


class HaematotoxicityTables(Table):
    """ICAHT and the signs of IEC-HS."""

    numbers: IcahtNumbers
    early_severe: DurationGrades
    early_profound: DurationGrades
    late: NadirGrades
    signs: dict[str, SignTable]
    baseline_days: Threshold
