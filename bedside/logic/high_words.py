"""What is said about each criterion of high risk, H1 to H4, in one line with its evidence."""

from datetime import date

from bedside.chart.enums import MrdMethod, NgsClone
from bedside.chart.formats import counted_text, date_text, day_text
from bedside.logic.criteria import MET, NOT_DUE, UNKNOWN, Words
from bedside.logic.facts import CourseFacts
from bedside.logic.low_words import no_response_words
from bedside.logic.samples import NEGATIVE, Sample
from bedside.logic.uncounted import awaited_at_day28, uncounted_cd19, without_result
from bedside.logic.wording import FCM_PCR, NOT_INFUSED, Case, cd19_words, ids, marrow_words, until, when


def h1(case: Case, status: int) -> Words:
    """MRD at day 28 by FCM or PCR."""
    if case.facts is None:
        return NOT_INFUSED
    marrow, day0 = case.facts.marrow, case.facts.day0
    if marrow.no_response_on is not None:
        return no_response_words(case.facts)
    sample = marrow.day28_fcm_pcr
    if sample is not None:
        return Words(f"{marrow_words(sample, FCM_PCR)}, {when(sample.day, day0)}", sample.ids)
    late = marrow.late_fcm_pcr
    if late is not None and status in {MET, UNKNOWN}:
        words = f"no FCM or PCR at day 28; late {marrow_words(late, FCM_PCR)}, {when(late.day, day0)}"
        return Words(words if status == MET else f"{words} (does not settle it)", late.ids)
    return awaited_at_day28(case, status, FCM_PCR)


def h2(case: Case, status: int) -> Words:
    """NGS at 3 months or later."""
    if case.facts is None:
        return NOT_INFUSED
    facts = case.facts
    sample = facts.marrow.ngs_positive or facts.marrow.ngs_negative
    if sample is not None:
        return Words(f"{marrow_words(sample, (MrdMethod.NGS,))}, {when(sample.day, facts.day0)}", sample.ids)
    first, last = facts.dates.ngs_first, facts.dates.ngs_last
    if status == NOT_DUE:
        if case.closed:
            return Words("the course ended first")
        return Words(f"judged from {when(first, facts.day0)} until {date_text(last)}")
    missing = f"no NGS result from {when(first, facts.day0)} on"
    return _without_clone(case, facts) or without_result(case, missing, (MrdMethod.NGS,), (first, date.max))


def _without_clone(case: Case, facts: CourseFacts) -> Words | None:
    """What FCM and PCR show instead when no clone can be followed by NGS."""
    diagnosis = case.history.diagnosis
    if diagnosis is None or diagnosis.ngs_clone is not NgsClone.NOT_INFORMATIVE:
        return None
    late = [sample for sample in case.history.samples if facts.dates.ngs_first <= sample.day <= case.counted_until]
    shown = [sample for sample in late if sample.fcm_or_pcr]
    if not shown:
        first = day_text(case.setting.knowledge.numbers.ngs_3_months_first)
        return Words(f"no informative clone; no FCM or PCR from {first} on", (diagnosis.id,))
    words = f"{marrow_words(shown[-1], FCM_PCR)}, {when(shown[-1].day, facts.day0)}"
    return Words(f"no informative clone; instead {words}", (diagnosis.id, *shown[-1].ids))


def h3(case: Case, status: int) -> Words:
    """Re-appearance in the marrow."""
    if case.facts is None:
        return NOT_INFUSED
    marrow, day0 = case.facts.marrow, case.facts.day0
    if marrow.reappeared is not None:
        again, before = marrow.reappeared, marrow.reappeared_after
        negative = " and ".join(f"{_negative(held)}, {when(held.day, day0)}" for held in before)
        words = f"{marrow_words(again)}, {when(again.day, day0)}, after {negative}"
        return Words(words, (*again.ids, *(one for held in before for one in held.ids)))
    if marrow.first_negative is not None and marrow.last is not None:
        last = marrow.last
        evidence = dict.fromkeys((*marrow.first_negative.ids, *last.ids))
        return Words(f"none as of {when(last.day, day0)}: {marrow_words(last)}", tuple(evidence))
    if marrow.last is not None:
        return Words(f"no negative sample so far, {case.as_of}", marrow.last.ids)
    if status == NOT_DUE:
        return Words("the course ended first" if case.closed else f"awaited {until(case.facts.dates.day28_last)}")
    first = day_text(case.setting.knowledge.numbers.day28_first)
    return Words(f"no marrow from {first} on, {case.as_of}")


def _negative(sample: Sample) -> str:
    """The negative results of a sample."""
    return marrow_words(sample, tuple(method for method in MrdMethod if sample.state_of(method) == NEGATIVE))


def h4(case: Case, status: int) -> Words:
    """Early loss of aplasia."""
    if case.facts is None:
        return NOT_INFUSED
    facts, aplasia, numbers = case.facts, case.facts.aplasia, case.setting.knowledge.numbers
    early = f"{date_text(facts.dates.early)} ({counted_text(numbers.early_loss_months, 'month')})"
    if aplasia.lost_on is not None:
        return _loss_words(facts, status, early)
    last = f"no aplastic sample from {day_text(numbers.aplasia_from)} on"
    if aplasia.last_aplastic is not None:
        last = f"last aplastic {cd19_words(aplasia.last_aplastic_by)}, {when(aplasia.last_aplastic, facts.day0)}"
    evidence = ids(aplasia.last_aplastic_by)
    if status == NOT_DUE:
        if case.closed:
            return Words(f"the course ended first; {last}", evidence)
        return Words(f"judged from {early} until {date_text(facts.dates.early_due)}; {last}", evidence)
    if status == UNKNOWN:
        other = uncounted_cd19(facts, facts.dates.early)
        words = f"no aplastic sample from {early} on{other.text}{f'; {last}' if evidence else ''}"
        return Words(words, (*evidence, *other.evidence), awaits=True)
    return Words(f"aplastic at or after {early}: {last}", evidence)


def _loss_words(facts: CourseFacts, status: int, early: str) -> Words:
    aplasia, definition = facts.aplasia, facts.setting.knowledge.recovery
    if aplasia.lost_on is None:
        return Words("")
    shown = f"{cd19_words(aplasia.lost_by)}, {when(aplasia.lost_on, facts.day0)}"
    evidence = ids((*aplasia.lost_by, *aplasia.last_aplastic_by))
    parts = [f"never established: {shown}" if aplasia.never else shown]
    if aplasia.last_aplastic is not None:
        parts[0] += f" after {cd19_words(aplasia.last_aplastic_by)}, {when(aplasia.last_aplastic, facts.day0)}"
        gap = (aplasia.lost_on - aplasia.last_aplastic).days
        parts.append(f"{'datable' if aplasia.datable else 'not datable'}, {gap} d apart")
    elif not aplasia.never:
        parts.append("not datable, no aplastic sample before")
    side = {MET: "before", UNKNOWN: "may have been lost before"}.get(status, "not before")
    parts.append(f"{side} {early}")
    if aplasia.rests_on_one_sample:
        parts.append("seen in one sample")
    elif aplasia.confirmed_on is not None:
        parts.append(f"confirmed {date_text(aplasia.confirmed_on)}")
        evidence = (*evidence, *ids(aplasia.confirmed_by))
    if status == MET and facts.is_cd28:
        parts.append("alone no high risk after a CD28 product")
    mark = " (policy)" if definition.policy else ""
    return Words(f"{'; '.join(parts)}; recovery is {definition.label}{mark}", evidence)
