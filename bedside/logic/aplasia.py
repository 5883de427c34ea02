"""B-cell aplasia: what a day's lymphocyte subsets show, and the interval from establishment to loss (BCA-1…4)."""

from collections.abc import Sequence
from datetime import date

from bedside.chart.assessment import BcaStatus
from bedside.chart.entries import LymphocyteSubset
from bedside.chart.enums import Censor
from bedside.knowledge.families.risk_class import Numbers, RecoveryDefinition

# What the subsets of one date show; where they differ, the highest counts.
NO_VALUE, UNDECIDED, APLASTIC, RECOVERED = range(4)


def gives_cd19(entry: LymphocyteSubset) -> bool:
    """Tell whether subsets hold a CD19 count, or its share of lymphocytes."""
    return entry.cd19 is not None or entry.cd19_pct is not None


def shown_by(entries: Sequence[LymphocyteSubset], definition: RecoveryDefinition) -> int:
    """Return what the subsets of one date show: recovered when one value does, aplastic when every value does.

    A value beyond what the laboratory measures (`<`, `>`) that could lie on either side leaves the date undecided.
    """
    shown: set[int] = set()
    for entry in entries:
        marks = entry.censored or {}
        if entry.cd19 is not None:
            included = definition.cd19_per_ul_included
            shown.add(_value_shows(entry.cd19, marks.get("cd19"), definition.cd19_per_ul, included))
        if entry.cd19_pct is not None:
            shown.add(
                _value_shows(entry.cd19_pct, marks.get("cd19_pct"), definition.cd19_pct, definition.cd19_pct_included)
            )
    if RECOVERED in shown:
        return RECOVERED
    if UNDECIDED in shown:
        return UNDECIDED
    return APLASTIC if shown else NO_VALUE


def _value_shows(value: float, mark: Censor | None, limit: float, included: bool) -> int:
    reached = value >= limit if included else value > limit
    if mark is Censor.BELOW:
        # Below a value that does not itself exceed the limit nothing can reach it.
        return APLASTIC if value <= limit else UNDECIDED
    if mark is Censor.ABOVE:
        return RECOVERED if value >= limit else UNDECIDED
    return RECOVERED if reached else APLASTIC


class AplasiaTrack:
    """Follows the samples from an infusion on, in order of their dates; samples after the loss only confirm it."""

    __slots__ = (
        "_confirms", "confirmed", "confirmed_by", "confirmed_on", "day0", "established_by",
        "established_on", "last_aplastic", "last_aplastic_by", "lost_by", "lost_on", "never", "not_counted",
        "numbers", "suspected_by", "suspected_on", "undecided_by", "values",
    )  # fmt: skip

    def __init__(self, day0: date, numbers: Numbers, definition: RecoveryDefinition) -> None:
        self.day0 = day0
        self.numbers = numbers
        self._confirms = definition.confirmed_by_next_sample
        self.values = 0
        self.established_on: date | None = None
        self.established_by: tuple[LymphocyteSubset, ...] = ()
        self.last_aplastic: date | None = None
        self.last_aplastic_by: tuple[LymphocyteSubset, ...] = ()
        self.lost_on: date | None = None
        self.lost_by: tuple[LymphocyteSubset, ...] = ()
        self.never = False
        self.confirmed = False
        self.confirmed_on: date | None = None
        self.confirmed_by: tuple[LymphocyteSubset, ...] = ()
        self.not_counted: tuple[LymphocyteSubset, ...] = ()
        self.undecided_by: tuple[LymphocyteSubset, ...] = ()
        self.suspected_on: date | None = None
        self.suspected_by: tuple[LymphocyteSubset, ...] = ()

    def take(self, day: date, shown: int, by: tuple[LymphocyteSubset, ...], counts: bool) -> None:
        """Add one date's finding; `counts` is False once an agent that empties B cells by itself was given (BCA-2a)."""
        after = (day - self.day0).days
        if after <= 0 or shown == NO_VALUE:
            return
        self.values += 1
        if shown == APLASTIC and not counts:
            self.not_counted = (*self.not_counted, *by)
        elif shown == APLASTIC:
            self._aplastic(day, after, by)
        elif shown == RECOVERED:
            self._recovered(day, after, by)
        else:
            self.undecided_by = by

    def _aplastic(self, day: date, after: int, by: tuple[LymphocyteSubset, ...]) -> None:
        self.suspected_on, self.suspected_by = None, ()
        if self.lost_on is not None or after < self.numbers.aplasia_from:
            return
        if self.established_on is None:
            self.established_on, self.established_by = day, by
        self.last_aplastic, self.last_aplastic_by = day, by

    def _recovered(self, day: date, after: int, by: tuple[LymphocyteSubset, ...]) -> None:
        if self.lost_on is not None:
            if not self.confirmed:
                self.confirmed, self.confirmed_on, self.confirmed_by = True, day, by
        elif self.established_on is None and after < self.numbers.never_established_first:
            return
        elif self._confirms and self.suspected_on is None:
            self.suspected_on, self.suspected_by = day, by
        else:
            self._lose(day, by)

    def _lose(self, day: date, by: tuple[LymphocyteSubset, ...]) -> None:
        """Date the loss to the first recovered sample, which a definition may want confirmed by the next one."""
        if self.suspected_on is not None:
            self.lost_on, self.lost_by = self.suspected_on, self.suspected_by
            self.confirmed, self.confirmed_on, self.confirmed_by = True, day, by
        else:
            self.lost_on, self.lost_by = day, by
        after = (self.lost_on - self.day0).days
        self.never = self.established_on is None and after <= self.numbers.never_established_last

    @property
    def datable(self) -> bool:
        """Whether the loss lies close enough after the last aplastic sample; never established is dated as it is."""
        if self.lost_on is None or self.last_aplastic is None:
            return self.never
        return (self.lost_on - self.last_aplastic).days <= self.numbers.datable_days

    @property
    def rests_on_one_sample(self) -> bool:
        """Whether established aplasia was lost in a single sample that none has confirmed (BCA-3)."""
        return self.lost_on is not None and self.established_on is not None and not self.confirmed

    @property
    def status(self) -> BcaStatus:
        """Where aplasia stands."""
        if not self.values:
            return BcaStatus.UNKNOWN
        if self.lost_on is not None:
            return BcaStatus.NEVER_ESTABLISHED if self.never else BcaStatus.LOST
        return BcaStatus.NOT_ESTABLISHED if self.established_on is None else BcaStatus.ONGOING
