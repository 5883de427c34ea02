"""What is said about each criterion of low risk, L1 to L7, in one line with its evidence."""

from datetime import timedelta

from bedside.chart.entries import Csf, Extramedullary, Manufacturing
from bedside.chart.enums import Finding, Marker, TherapyHistory
from bedside.chart.formats import age_text, counted_text, date_text, label
from bedside.logic.criteria import MET, NOT_DUE, UNKNOWN, Words
from bedside.logic.facts import CourseFacts
from bedside.logic.uncounted import awaited_at_day28, uncounted_cd19
from bedside.logic.wording import (
    NOT_INFUSED,
    PCR_NGS,
    Case,
    cd19_words,
    given_by,
    ids,
    marrow_words,
    percent,
    therapy_words,
    when,
)


def l1(case: Case, status: int) -> Words:
    """Age at infusion."""
    birth = case.setting.birth_date
    if case.facts is not None:
        infusion = case.facts.before.infusion
        age = age_text(birth, infusion.at.day)
        words = f"{age} on {date_text(infusion.at.day)}"
        if not age.endswith("y"):
            words += f"; {_passes(case)}"
        return Words(words, (infusion.id,))
    if status == NOT_DUE:
        return Words(f"{_passes(case)}; judged at infusion")
    return Words(f"{age_text(birth, case.day)}, {case.as_of}")


def _passes(case: Case) -> str:
    """When the patient is as old as low risk asks."""
    years = counted_text(case.setting.knowledge.numbers.older_than_years, "year")
    return f"{years} old on {date_text(case.setting.first_birthday)}"


def l2(case: Case, _status: int) -> Words:
    """KMT2A."""
    return marker_words(case, Marker.KMT2A_R)


def marker_words(case: Case, marker: Marker) -> Words:
    """Return what was found about one lesion."""
    entry = case.history.genetics.get(marker)
    if entry is None:
        return Words("not recorded")
    if entry.result is Finding.UNKNOWN:
        return Words(f"asked {date_text(entry.at.day)}, no result", (entry.id,))
    return Words(f"{entry.result.value}, {date_text(entry.at.day)}", (entry.id,))


def l3(case: Case, status: int) -> Words:
    """Blinatumomab and inotuzumab before infusion."""
    given = case.history.excluding if case.facts is None else case.facts.before.excluding
    if given:
        return Words("; ".join(therapy_words(therapy) for therapy in given), ids(given))
    referral = case.history.referral if case.facts is None else case.facts.referral
    if referral is None:
        return Words("none recorded; no referral says whether all earlier therapy is in the chart")
    on = date_text(referral.at.day)
    if status == MET:
        return Words(f"none; history of therapy complete (referral {on})", (referral.id,))
    held = referral.therapy_history
    stated = "not stated" if held is None or held is TherapyHistory.UNKNOWN else held.value
    return Words(f"none recorded; history of therapy {stated} (referral {on})", (referral.id,))


def l4(case: Case, status: int) -> Words:
    """The product."""
    if case.facts is not None:
        infusion = case.facts.before.infusion
        return Words(f"{product_words(infusion)}, infused {date_text(infusion.at.day)}", (infusion.id,))
    if status == NOT_DUE:
        return Words("no product recorded yet")
    releases = case.history.releases
    entry = releases[-1] if releases else case.history.manufacturing
    if entry is None:
        return Words("no product recorded yet")
    source = f"manufacture ({label(entry.status.value)})" if isinstance(entry, Manufacturing) else "release"
    return Words(f"{label(entry.product.value)}, {source} of {date_text(entry.at.day)}", (entry.id,))


def product_words(infusion: object) -> str:
    """Return the name of an infused product."""
    name = getattr(infusion, "product_name", None)
    return str(name) if name else label(str(getattr(infusion, "product", "")))


def l5(case: Case, _status: int) -> Words:
    """Remission with low-level disease at infusion."""
    if case.facts is None:
        return NOT_INFUSED
    start, numbers = case.facts.before, case.setting.knowledge.numbers
    wanted = f"wanted: {percent(numbers.low_burden_from_pct)} to below {percent(numbers.low_burden_below_pct)}"
    burden = burden_words(case.facts)
    if start.objections:
        what = ", ".join(_objection(entry, case.facts) for entry in start.objections)
        inside = start.burden is None or numbers.low_burden_from_pct <= start.burden.pct < numbers.low_burden_below_pct
        evidence = (*ids(start.objections), *(() if inside else burden.evidence))
        return Words(f"not in remission: {what}; {burden.text}", evidence)
    return Words(burden.text if start.burden is None else f"{burden.text}; {wanted}", burden.evidence)


def _objection(entry: Csf | Extramedullary, facts: CourseFacts) -> str:
    """What speaks against remission at infusion, with its date."""
    what = f"{label(entry.site.value)} active" if isinstance(entry, Extramedullary) else "blasts in CSF"
    return f"{what} {when(entry.at.day, facts.day0)}"


def burden_words(facts: CourseFacts) -> Words:
    """Return the pre-infusion burden in words."""
    burden, days = facts.before.burden, facts.setting.knowledge.numbers.burden_days_before
    if burden is None:
        return Words(f"no marrow of D−{days} to D0 gives a burden")
    sample = burden.sample
    what = f"{percent(burden.pct)} {given_by(burden)}"
    later = ", before later therapy" if facts.before.treated_since else ""
    return Words(f"{what}, {when(sample.day, facts.day0)}{later}", sample.ids)


def l6(case: Case, status: int) -> Words:
    """MRD at day 28 by PCR or NGS."""
    if case.facts is None:
        return NOT_INFUSED
    marrow, day0 = case.facts.marrow, case.facts.day0
    if marrow.no_response_on is not None:
        return no_response_words(case.facts)
    for sample in (marrow.day28_pcr_ngs, marrow.day28_any):
        if sample is not None and (status == MET or sample.status == "positive"):
            words = marrow_words(sample, PCR_NGS) if status == MET else marrow_words(sample)
            return Words(f"{words}, {when(sample.day, day0)}", sample.ids)
    if marrow.day28_any is not None:
        sample = marrow.day28_any
        return Words(f"PCR or NGS needed; {marrow_words(sample)}, {when(sample.day, day0)}", sample.ids, awaits=True)
    return awaited_at_day28(case, status, PCR_NGS)


def no_response_words(facts: CourseFacts) -> Words:
    """Return what shows that there is no response at day 28: a marrow, or the physician's judgement."""
    marrow = facts.marrow
    if marrow.no_response_on is None:
        return Words("")
    sample = marrow.no_response_sample
    what = "no response as judged" if sample is None else f"no response: {marrow_words(sample)}"
    return Words(f"{what}, {when(marrow.no_response_on, facts.day0)}", marrow.no_response_by)


def l7(case: Case, status: int) -> Words:
    """Length of aplasia."""
    if case.facts is None:
        return NOT_INFUSED
    facts, aplasia = case.facts, case.facts.aplasia
    months = counted_text(case.setting.knowledge.numbers.long_aplasia_months, "month")
    long = f"{date_text(facts.dates.long)} ({months})"
    last = "no aplastic sample so far"
    if aplasia.last_aplastic is not None:
        last = f"last aplastic {when(aplasia.last_aplastic, facts.day0)}"
    evidence = ids(aplasia.last_aplastic_by)
    if status == MET and aplasia.last_aplastic is not None:
        shown = f"{cd19_words(aplasia.last_aplastic_by)}, {when(aplasia.last_aplastic, facts.day0)}"
        return Words(f"aplastic after {long}: {shown}", evidence)
    if aplasia.lost_on is not None:
        shown = f"{cd19_words(aplasia.lost_by)}, {when(aplasia.lost_on, facts.day0)}"
        if aplasia.lost_on > facts.dates.long:
            words = f"lost after {long}: {shown}; {last}, whether longer than {months} is not known"
            return Words(words, (*ids(aplasia.lost_by), *evidence))
        return Words(f"{'never established' if aplasia.never else 'lost'}: {shown}", ids(aplasia.lost_by))
    if status == UNKNOWN:
        other = uncounted_cd19(facts, facts.dates.long + timedelta(days=1))
        words = f"no aplastic sample after {long}{other.text}{f'; {last}' if evidence else ''}"
        return Words(words, (*evidence, *other.evidence), awaits=True)
    if case.closed:
        return Words(f"the course ended first; {last}", evidence)
    return Words(f"judged after {long} until {date_text(facts.dates.long_due)}; {last}", evidence)
