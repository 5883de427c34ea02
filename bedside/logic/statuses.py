"""The status of every criterion for a point in time; the only place where a criterion is decided."""

from datetime import date

from bedside.chart.assessment import BcaStatus, SampleStatus
from bedside.chart.enums import ExpansionAuc, ExpansionPeak, Finding, Marker, Product, TherapyHistory
from bedside.logic.criteria import MET, NOT_DUE, NOT_MET, UNKNOWN, Statuses, any_of, opposite
from bedside.logic.facts import CourseFacts, History, Setting
from bedside.logic.samples import POSITIVE


def at_day0(facts: CourseFacts) -> Statuses:
    """Return L1, L4, L5, A1, A5, A8, A9, A10, which day 0 settles."""
    older = MET if facts.day0 > facts.setting.first_birthday else NOT_MET
    tisagenlecleucel = _tisagenlecleucel(facts.before.infusion.product)
    return (
        older,
        tisagenlecleucel,
        _low_level_disease(facts),
        _many_blasts(facts),
        _out_of_specification(facts),
        opposite(tisagenlecleucel),
        opposite(older),
        _burden_outside(facts),
    )


def _tisagenlecleucel(product: Product) -> int:
    return MET if product is Product.TISAGENLECLEUCEL else NOT_MET


def _low_level_disease(facts: CourseFacts) -> int:
    """L5: in remission, with a burden inside the band of low-level disease."""
    if facts.before.objections:
        return NOT_MET
    return opposite(_burden_outside(facts))


def _burden_outside(facts: CourseFacts) -> int:
    """A10."""
    burden, numbers = facts.before.burden, facts.setting.knowledge.numbers
    if burden is None:
        return UNKNOWN
    return NOT_MET if numbers.low_burden_from_pct <= burden.pct < numbers.low_burden_below_pct else MET


def _many_blasts(facts: CourseFacts) -> int:
    """A1: blasts that show disease in the sample that gives the burden."""
    burden = facts.before.burden
    if burden is None or burden.sample.blasts_pct is None:
        return UNKNOWN
    return MET if burden.sample.disease else NOT_MET


def _out_of_specification(facts: CourseFacts) -> int:
    """A5: flagged, or viability below the limit of the jurisdiction."""
    release = facts.before.release
    if release is None:
        return UNKNOWN
    limit = facts.setting.knowledge.viability[facts.setting.jurisdiction].limit_pct
    below = release.viability_pct is not None and release.viability_pct < limit
    return MET if release.out_of_specification or below else NOT_MET


def by_genetics(history: History) -> Statuses:
    """Return L2, A2, A3; genetics count whatever their date."""
    kmt2a = _present(history, Marker.KMT2A_R)
    return opposite(kmt2a), _present(history, Marker.TP53), any_of(kmt2a, _present(history, Marker.HYPODIPLOID))


def _present(history: History, marker: Marker) -> int:
    entry = history.genetics.get(marker)
    if entry is None or entry.result is Finding.UNKNOWN:
        return UNKNOWN
    return MET if entry.result is Finding.PRESENT else NOT_MET


def by_earlier_therapy(given: bool, therapy_history: TherapyHistory | None) -> Statuses:
    """Return L3, A4: blinatumomab or inotuzumab before infusion; absence counts when the chart holds all therapy."""
    if given:
        return NOT_MET, MET
    return (MET, NOT_MET) if therapy_history is TherapyHistory.COMPLETE else (UNKNOWN, UNKNOWN)


def earlier_therapy(facts: CourseFacts) -> Statuses:
    """Return L3, A4 of a course."""
    referral = facts.referral
    return by_earlier_therapy(bool(facts.before.excluding), None if referral is None else referral.therapy_history)


def by_marrow(facts: CourseFacts, today: date) -> Statuses:
    """Return L6, H1, H2, H3, A12."""
    marrow = facts.marrow
    window_open = today <= facts.dates.day28_last
    without_positive = UNKNOWN if marrow.first_negative is None else NOT_MET
    return (
        _negative_at_day28(facts, window_open),
        _mrd_at_day28(facts, window_open),
        _ngs_at_3_months(facts, today),
        _reappeared(facts, window_open),
        MET if marrow.positives else without_positive,
    )


def _negative_at_day28(facts: CourseFacts, window_open: bool) -> int:
    """L6: by PCR or NGS, with no method's day-28 sample positive."""
    marrow = facts.marrow
    if marrow.no_response_on is not None:
        return NOT_MET
    for sample in (marrow.day28_any, marrow.day28_pcr_ngs):
        if sample is not None and sample.status is SampleStatus.POSITIVE:
            return NOT_MET
    if marrow.day28_pcr_ngs is not None:
        return MET
    if marrow.day28_any is not None:
        return UNKNOWN
    return NOT_DUE if window_open else UNKNOWN


def _mrd_at_day28(facts: CourseFacts, window_open: bool) -> int:
    """H1: by FCM or PCR; after an empty window the first later result, a negative one leaving it unknown."""
    marrow = facts.marrow
    if marrow.no_response_on is not None:
        return MET
    sample = marrow.day28_fcm_pcr
    if sample is not None:
        return MET if sample.fcm_or_pcr == POSITIVE else NOT_MET
    if window_open:
        return NOT_DUE
    late = marrow.late_fcm_pcr
    return MET if late is not None and (late.disease or late.fcm_or_pcr == POSITIVE) else UNKNOWN


def _ngs_at_3_months(facts: CourseFacts, today: date) -> int:
    """H2."""
    if facts.marrow.ngs_positive is not None:
        return MET
    if facts.marrow.ngs_negative is not None:
        return NOT_MET
    return NOT_DUE if today <= facts.dates.ngs_last else UNKNOWN


def _reappeared(facts: CourseFacts, window_open: bool) -> int:
    """H3; not due only while there is no marrow of follow-up of any content."""
    marrow = facts.marrow
    if marrow.reappeared is not None:
        return MET
    if marrow.first_negative is not None:
        return NOT_MET
    return NOT_DUE if window_open and marrow.last is None else UNKNOWN


def by_aplasia(facts: CourseFacts, today: date) -> Statuses:
    """Return L7, H4, A7."""
    return _long_aplasia(facts, today), _early_loss(facts, today), _middle_loss(facts, today)


def _long_aplasia(facts: CourseFacts, today: date) -> int:
    """L7: an aplastic sample after `long_aplasia_months`, with no loss before it."""
    aplasia, long = facts.aplasia, facts.dates.long
    if aplasia.last_aplastic is not None and aplasia.last_aplastic > long:
        return MET
    if aplasia.lost_on is not None and aplasia.lost_on <= long:
        return NOT_MET
    return NOT_DUE if today <= facts.dates.long_due else UNKNOWN


def _early_loss(facts: CourseFacts, today: date) -> int:
    """H4; a loss that cannot be dated and may lie before `early_loss_months` leaves it unknown."""
    aplasia, early = facts.aplasia, facts.dates.early
    if aplasia.lost_on is not None and aplasia.lost_on < early:
        return MET
    if aplasia.last_aplastic is not None and aplasia.last_aplastic >= early:
        return NOT_MET
    if aplasia.lost_on is not None:
        return NOT_MET if aplasia.datable else UNKNOWN
    return NOT_DUE if today <= facts.dates.early_due else UNKNOWN


def _middle_loss(facts: CourseFacts, today: date) -> int:
    """A7: loss dated from `early_loss_months` to `long_aplasia_months`; unknown without a sample that could show it."""
    aplasia, dates = facts.aplasia, facts.dates
    if aplasia.lost_on is not None:
        return MET if dates.early <= aplasia.lost_on <= dates.long else NOT_MET
    if aplasia.status is not BcaStatus.ONGOING:
        return UNKNOWN
    past = aplasia.last_aplastic is not None and aplasia.last_aplastic > dates.long
    return NOT_MET if past or today <= dates.long_due else UNKNOWN


def by_expansion(facts: CourseFacts) -> int:
    """Return A6: peak low or AUC reduced, each as last judged."""
    peak, auc = facts.expansion_peak, facts.expansion_auc
    low = UNKNOWN if peak is None else (MET if peak.peak is ExpansionPeak.LOW else NOT_MET)
    reduced = UNKNOWN if auc is None else (MET if auc.auc is ExpansionAuc.REDUCED else NOT_MET)
    return any_of(low, reduced)


def by_further_therapy(facts: CourseFacts) -> int:
    """Return A11: anti-leukaemic therapy or a reinfusion after day 0."""
    return NOT_MET if facts.further is None and facts.reinfusion is None else MET


def before_infusion(history: History, setting: Setting, today: date) -> Statuses:
    """Return every criterion while there is no day 0: what is known already, else not due, or unknown for A."""
    older = MET if today > setting.first_birthday else NOT_DUE
    expected = expected_product(history)
    l4 = NOT_DUE if expected is None else _tisagenlecleucel(expected)
    l2, a2, a3 = by_genetics(history)
    referral = history.referral
    l3, a4 = by_earlier_therapy(bool(history.excluding), None if referral is None else referral.therapy_history)
    a8 = UNKNOWN if l4 == NOT_DUE else opposite(l4)
    a9 = UNKNOWN if older == NOT_DUE else NOT_MET
    low = (older, l2, l3, l4, NOT_DUE, NOT_DUE, NOT_DUE)
    high = (NOT_DUE, NOT_DUE, NOT_DUE, NOT_DUE)
    return (*low, *high, UNKNOWN, a2, a3, a4, UNKNOWN, UNKNOWN, UNKNOWN, a8, a9, UNKNOWN, UNKNOWN, UNKNOWN)


def expected_product(history: History) -> Product | None:
    """Return the product that is going to be given: of the newest release, else of the manufacture."""
    if history.releases:
        return history.releases[-1].product
    return None if history.manufacturing is None else history.manufacturing.product
