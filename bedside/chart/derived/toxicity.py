"""CRS and ICANS of a course: each entry's grade, the episodes, the curve by day and what was given."""

import datetime

from bedside.chart.derived.plain import plain_value


@plain_value
class Proposal:
    """A grade from raw signs: None when it cannot be told; `at_least` when what is missing may raise it.

    `text` names the rule that fired, `question` what a person should be asked, empty where nothing.
    """

    grade: int | None
    at_least: bool
    missing: tuple[str, ...]
    text: str
    question: str = ""


@plain_value
class GradedEntry:
    """One entry with the grade that counts: a physician's override where there is one, else the proposed grade."""

    entry: str
    at: str
    day: int
    grade: int | None
    at_least: bool
    missing: tuple[str, ...]
    text: str
    question: str
    proposed: int | None
    override: int | None = None
    override_reason: str | None = None
    override_entry: str | None = None

    def moved_from(self, before: "GradedEntry") -> int | None:
        """Return 1 for a rise since an earlier entry, −1 for a fall, 0 for neither; None where it cannot be told.

        A grade that what was not recorded may raise has neither fallen nor stayed.
        """
        if self.grade is None or before.grade is None:
            return None
        if self.grade > before.grade:
            return 1
        if self.at_least or (before.at_least and self.grade == before.grade):
            return None
        return -1 if self.grade < before.grade else 0


@plain_value
class Episode:
    """One episode: first and last graded day, its highest grade, and whether it is still open."""

    onset: datetime.date
    onset_day: int
    last: datetime.date
    last_day: int
    duration_days: int
    peak: int
    open: bool


@plain_value
class DayGrade:
    """The worst grade of one local date."""

    date: datetime.date
    day: int
    grade: int


@plain_value
class Treatment:
    """What was given against toxicity."""

    entry: str
    agent: str
    date: datetime.date
    day: int


@plain_value
class Toxicity:
    """CRS or ICANS of the newest course; `max_grade` None: never assessed. Days relative to day 0, durations in days.

    `baseline` is the score before infusion in words, for ICANS.
    """

    max_grade: int | None
    at_least: bool
    onset_day: int | None
    last_day: int | None
    duration_days: int | None
    by_entry: tuple[GradedEntry, ...]
    episodes: tuple[Episode, ...]
    by_day: tuple[DayGrade, ...]
    treatments: tuple[Treatment, ...]
    last_assessed: str | None
    text: str
    source: str
    baseline: str | None = None
