"""Numbers of CRS and ICANS (ASTCT 2019)."""

from functools import cached_property

from bedside.knowledge.sourced import Sourced, Table, Threshold


class ScoreGrades(Sourced):
    """Grades of a score: each grade holds from its lowest score on; bands stand from the highest score down."""

    lowest: tuple[int, ...]
    grades: tuple[int, ...]
    text: str

    def grade(self, score: int) -> int:
        """Return the grade of a score."""
        return next(grade for lowest, grade in zip(self.lowest, self.grades, strict=True) if score >= lowest)


class SystolicHint(Sourced):
    """Systolic pressure below which the question is asked, in mmHg by completed years."""

    older_than_years: int
    older_below_mmhg: int
    from_years: int
    base_mmhg: int
    per_year_mmhg: int
    text: str

    def below_mmhg(self, years: int) -> int | None:
        """Return the pressure below which to ask, None where no verified source gives one."""
        if years < self.from_years:
            return None
        return self.older_below_mmhg if years > self.older_than_years else self.base_mmhg + self.per_year_mmhg * years


class VasopressorNames(Sourced):
    """Names of one vasopressor in other lands: each in `written` is the one at its place in `means`."""

    written: tuple[str, ...]
    means: tuple[str, ...]
    text: str

    @cached_property
    def _means(self) -> dict[str, str]:
        return dict(zip(self.written, self.means, strict=True))

    def one_name(self, typed: str) -> str:
        """Return the name that a drug is counted by, in lower case."""
        name = typed.strip().casefold()
        return self._means.get(name, name)


class ToxicityTables(Table):
    """All numbers of the grading."""

    astct: Threshold
    fever_c: Threshold
    low_flow_l_per_min: Threshold
    window_days: Threshold
    episode_gap_hours: Threshold
    alert_grade: Threshold
    ice_from_years: Threshold
    baseline_days: Threshold
    ice_grades: ScoreGrades
    capd_grades: ScoreGrades
    systolic_hint: SystolicHint
    vasopressor_names: VasopressorNames

    @cached_property
    def window(self) -> int:
        """The window after an infusion in whole days."""
        return int(self.window_days.value)
