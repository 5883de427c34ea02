"""What the marrow of follow-up shows: the day-28 results, later NGS, re-appearance; one running state per course."""

from datetime import date

from bedside.chart.assessment import SampleStatus
from bedside.knowledge.families.risk_class import Numbers
from bedside.logic.samples import NEGATIVE, POSITIVE, Sample


class MarrowTrack:
    """Follows the samples of a course in order of their dates; every field is what a criterion asks for."""

    __slots__ = (
        "_nearest", "_numbers", "day0", "day28_any", "day28_fcm_pcr", "day28_pcr_ngs", "first_negative",
        "first_ngs_negative", "last", "last_positive", "late_fcm_pcr", "ngs_negative", "ngs_positive", "no_response_by",
        "no_response_on", "no_response_sample", "positives", "reappeared", "reappeared_after",
    )  # fmt: skip

    def __init__(self, day0: date, numbers: Numbers) -> None:
        self.day0 = day0
        self._numbers = numbers
        self._nearest = [9999, 9999, 9999]
        self.day28_any: Sample | None = None
        self.day28_fcm_pcr: Sample | None = None
        self.day28_pcr_ngs: Sample | None = None
        self.no_response_on: date | None = None
        self.no_response_by: tuple[str, ...] = ()
        self.no_response_sample: Sample | None = None
        self.late_fcm_pcr: Sample | None = None
        self.ngs_positive: Sample | None = None
        self.ngs_negative: Sample | None = None
        self.first_negative: Sample | None = None
        self.first_ngs_negative: Sample | None = None
        self.reappeared: Sample | None = None
        self.reappeared_after: tuple[Sample, ...] = ()
        self.positives = 0
        self.last_positive: Sample | None = None
        self.last: Sample | None = None

    def take(self, sample: Sample) -> None:
        """Add the sample of the next date."""
        after = (sample.day - self.day0).days
        if after < self._numbers.day28_first:
            return
        if after <= self._numbers.day28_last:
            self._day28(sample, abs(after - self._numbers.day28_target))
        elif self.late_fcm_pcr is None and (sample.disease or sample.fcm_or_pcr >= NEGATIVE):
            self.late_fcm_pcr = sample
        if after >= self._numbers.ngs_3_months_first:
            self._ngs(sample)
        self._reappearance(sample)
        self.last = sample

    def judge_no_response(self, day: date, entry: str) -> None:
        """Add the physician's judgement that there is no response; it counts within the day-28 window."""
        after = (day - self.day0).days
        if self._numbers.day28_first <= after <= self._numbers.day28_last:
            self._no_response(day, (entry,), None)

    def _no_response(self, day: date, ids: tuple[str, ...], sample: Sample | None) -> None:
        if self.no_response_on is None:
            self.no_response_on, self.no_response_by, self.no_response_sample = day, ids, sample

    def _day28(self, sample: Sample, distance: int) -> None:
        """Keep the sample nearest to the target day for each set of methods; the later one on a tie."""
        if sample.disease:
            self._no_response(sample.day, sample.ids, sample)
        nearest = self._nearest
        if distance <= nearest[0] and (sample.disease or max(sample.fcm, sample.pcr, sample.ngs) >= NEGATIVE):
            nearest[0], self.day28_any = distance, sample
        if distance <= nearest[1] and (sample.disease or sample.fcm_or_pcr >= NEGATIVE):
            nearest[1], self.day28_fcm_pcr = distance, sample
        if distance <= nearest[2] and (sample.disease or max(sample.pcr, sample.ngs) >= NEGATIVE):
            nearest[2], self.day28_pcr_ngs = distance, sample

    def _ngs(self, sample: Sample) -> None:
        if sample.ngs == POSITIVE and self.ngs_positive is None:
            self.ngs_positive = sample
        elif sample.ngs == NEGATIVE:
            self.ngs_negative = sample

    def _reappearance(self, sample: Sample) -> None:
        """Compare with the samples before, then count this one among them."""
        if self.first_negative is not None and self.reappeared is None:
            if sample.disease or sample.fcm_or_pcr == POSITIVE:
                self.reappeared, self.reappeared_after = sample, (self.first_negative,)
            elif sample.ngs == POSITIVE and self.first_ngs_negative is not None:
                both = {held.day: held for held in (self.first_negative, self.first_ngs_negative)}
                self.reappeared, self.reappeared_after = sample, tuple(both.values())
        if sample.status is SampleStatus.POSITIVE:
            self.positives += 1
            self.last_positive = sample
        elif sample.status is SampleStatus.NEGATIVE and self.first_negative is None:
            self.first_negative = sample
        if sample.ngs == NEGATIVE and self.first_ngs_negative is None:
            self.first_ngs_negative = sample
