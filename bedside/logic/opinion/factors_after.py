"""The factors of the second opinion that the course after the infusion shows (MYE-*)."""

from collections.abc import Callable

from bedside.chart.assessment import BcaStatus
from bedside.chart.enums import MrdMethod
from bedside.chart.formats import date_text, label
from bedside.chart.moments import add_months
from bedside.logic.opinion.found import Found, told, unknown
from bedside.logic.samples import NEGATIVE, POSITIVE, Sample
from bedside.logic.scene import Scene, once
from bedside.logic.wording import cd19_words, ids, marrow_words, when


def loss_within(months_of: Callable[[Scene], int]) -> Callable[[Scene], Found]:
    """Return the rule of a loss of aplasia up to a number of months.

    A later loss that no aplastic sample dates may lie within them: unknown.
    """

    def found(scene: Scene) -> Found:
        record = scene.record
        if record is None:
            return unknown("not infused yet")
        aplasia, day0 = record.facts.aplasia, record.facts.day0
        limit, last = add_months(day0, months_of(scene)), aplasia.last_aplastic
        seen_later = last is not None and last > limit
        if aplasia.lost_on is not None:
            text = f"lost: {cd19_words(aplasia.lost_by)}, {when(aplasia.lost_on, day0)}"
            if aplasia.lost_on > limit and not aplasia.datable and not seen_later:
                between = "" if last is None else f", last aplastic {when(last, day0)}"
                return unknown(f"when aplasia was lost; {text}{between}", ids(aplasia.lost_by))
            return told(aplasia.lost_on <= limit, text, ids(aplasia.lost_by))
        if aplasia.status is BcaStatus.ONGOING and last is not None and seen_later:
            return told(False, f"aplastic {when(last, day0)}", ids(aplasia.last_aplastic_by))
        return unknown(f"aplasia up to {date_text(limit)}", ids(aplasia.last_aplastic_by))

    return found


@once
def course_samples(scene: Scene) -> list[Sample]:
    """Return the samples of the newest course from `day28_first` on that count, in order."""
    record = scene.record
    if record is None:
        return []
    first, until = scene.knowledge.numbers.day28_first, record.counts_until(scene.today)
    return [
        sample
        for sample in record.facts.history.samples
        if (sample.day - record.facts.day0).days >= first and sample.day <= until
    ]


@once
def at_day28(scene: Scene, method: MrdMethod) -> Sample | None:
    """Return the sample of the day-28 window with a result of a method, or disease, next to `day28_target`.

    On a tie the later.
    """
    day0, numbers = scene.day0, scene.knowledge.numbers
    if day0 is None:
        return None
    held = [
        sample
        for sample in course_samples(scene)
        if (sample.day - day0).days <= numbers.day28_last and (sample.disease or sample.state_of(method) >= NEGATIVE)
    ]
    return min(held, key=lambda s: (abs((s.day - day0).days - numbers.day28_target), -s.day.toordinal()), default=None)


def day28(method: MrdMethod) -> Callable[[Scene], Found]:
    """Return the rule of the day-28 result of one method: any detection by NGS, by PCR what lies above the cut-off."""

    def found(scene: Scene) -> Found:
        sample = at_day28(scene, method)
        if sample is None or scene.day0 is None:
            return unknown(f"{label(method.value)} at day 28" if scene.day0 else "not infused yet")
        text = f"{marrow_words(sample)}, {when(sample.day, scene.day0)}"
        if sample.state_of(method) < NEGATIVE:
            return unknown(f"{label(method.value)} at day 28; {text}", sample.ids)
        value, cut_off = sample.worst[method].result.value, scene.knowledge.numbers.mrd_cut_off
        at_cut_off = method is MrdMethod.PCR and value == cut_off
        return told(sample.state_of(method) == POSITIVE and not at_cut_off, text, sample.ids)

    return found


def ngs_3_months(scene: Scene) -> Found:
    """Return whether NGS was positive in any sample from `ngs_3_months_first` on."""
    record = scene.record
    if record is None:
        return unknown("not infused yet")
    marrow = record.facts.marrow
    sample = marrow.ngs_positive or marrow.ngs_negative
    if sample is None:
        return unknown("NGS at 3 months or later")
    text = f"{marrow_words(sample)}, {when(sample.day, record.facts.day0)}"
    return told(marrow.ngs_positive is not None, text, sample.ids)
