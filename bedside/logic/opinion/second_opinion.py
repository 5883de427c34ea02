"""The second opinion of myers_2023: signs of imminent relapse and the verdict."""

from collections.abc import Iterator
from itertools import pairwise

from bedside.chart.derived.opinion import OpinionVerdict, SecondOpinion, Sign
from bedside.chart.enums import Finding, Indication, Marker, MrdMethod, RemissionResponse
from bedside.chart.formats import date_text, field_quantity_text
from bedside.logic.course import CourseRecord
from bedside.logic.low_words import no_response_words
from bedside.logic.opinion.factors import factors
from bedside.logic.opinion.factors_after import at_day28, course_samples
from bedside.logic.preparation.prior_lines import history_is_complete
from bedside.logic.samples import NEGATIVE, POSITIVE
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_behind
from bedside.logic.wording import cd19_words, ids, marrow_words, when

Decided = tuple[OpinionVerdict, str, tuple[str, ...]]
"""The verdict, what brought it where its words leave that open, and the evidence."""
Noted = tuple[str, tuple[str, ...]]
"""What is noted, and the entries behind it."""

_READ_BEFORE = ("infusion", "hsct", "referral")
_READ = ("relapse", "remission", "marrow", "lymphocyte_subset")


def second_opinion(scene: Scene) -> SecondOpinion:
    """Return the verdict, the first of the framework's order that applies, with all factors (myers_2023).

    A closed course is judged at its end; a relapse after it tells of no remission all the same. What is not recorded
    raises no sign. An HSCT before day 0 is one recorded, or a referral for a relapse after one. NGS is to be repeated
    while its newest result is positive. Contested entries do not count and are named.
    """
    signs, notes = imminent_signs(scene), _notes(scene)
    verdict, datum, evidence = _decided(scene, signs)
    tables = scene.knowledge.second_opinion.verdicts
    text = f"{tables[verdict].text} ({datum})" if datum else tables[verdict].text
    if scene.closed and verdict is not OpinionVerdict.NOT_IN_REMISSION:
        text = f"{text}; as it stood when the course ended, {date_text(scene.judged_on)}: recommends nothing now"
    conflict = conflict_behind(scene, *_READ, before=_READ_BEFORE)
    if conflict is not None:
        text, evidence = f"{text}; {conflict.text}", (*evidence, *conflict.evidence)
    return SecondOpinion(
        verdict=verdict,
        text=text,
        evidence=evidence,
        imminent=signs,
        factors=factors(scene),
        notes=tuple(text for text, _evidence in notes),
        notes_evidence=tuple(evidence for _text, evidence in notes),
        source=tables[verdict].source,
    )


def imminent_signs(scene: Scene) -> tuple[Sign, ...]:
    """Return the signs of imminent relapse, from samples of follow-up (myers_2023).

    Loss of aplasia up to `long_aplasia_months`; NGS positive from `ngs_3_months_first` on, or twice running; FCM or PCR
    positive, not low positive.
    """
    record = scene.record
    if record is None:
        return ()
    facts, day0 = record.facts, record.facts.day0
    signs = []
    lost = facts.aplasia.lost_on
    if lost is not None and lost <= facts.dates.long:
        text = f"aplasia lost: {cd19_words(facts.aplasia.lost_by)}, {when(lost, day0)}"
        signs.append(Sign("bca_loss_within_6_months", text, ids(facts.aplasia.lost_by)))
    late = facts.marrow.ngs_positive
    if late is not None:
        signs.append(Sign("ngs_3_months", f"{marrow_words(late)}, {when(late.day, day0)}", late.ids))
    samples = course_samples(scene)
    by_ngs = [sample for sample in samples if sample.ngs >= NEGATIVE]
    for before, after in pairwise(by_ngs):
        if before.ngs == POSITIVE and after.ngs == POSITIVE:
            text = f"NGS positive twice running, {when(before.day, day0)} and {when(after.day, day0)}"
            signs.append(Sign("ngs_twice", text, (*before.ids, *after.ids)))
            break
    for sample in samples:
        if sample.fcm_or_pcr == POSITIVE:
            text = f"{marrow_words(sample)}, {when(sample.day, day0)}"
            signs.append(Sign("fcm_or_pcr_positive", text, sample.ids))
            break
    return tuple(signs)


def _decided(scene: Scene, signs: tuple[Sign, ...]) -> Decided:
    record = scene.record
    if record is None:
        return OpinionVerdict.NOT_INFUSED, "", ()
    lost = _not_in_remission(scene, record)
    if lost is not None:
        return (OpinionVerdict.NOT_IN_REMISSION, *lost)
    of_signs = tuple(dict.fromkeys(one for sign in signs for one in sign.evidence))
    earlier = _earlier_hsct(scene, record)
    if earlier:
        verdict = OpinionVerdict.SECOND_HSCT_IF_IMMINENT if signs else OpinionVerdict.NO_SECOND_HSCT_ROUTINELY
        return verdict, "", (*earlier, *of_signs)
    if signs:
        return OpinionVerdict.HSCT_SOON, "", of_signs
    if record.facts.is_cd28:
        remission = _remission(scene, record)
        if remission:
            return OpinionVerdict.HSCT_RECOMMENDED, "", (record.facts.before.infusion.id, *remission)
    by_ngs = [sample for sample in course_samples(scene) if sample.ngs >= NEGATIVE]
    if by_ngs and by_ngs[-1].ngs == POSITIVE:
        return OpinionVerdict.REPEAT_NGS, "", by_ngs[-1].ids
    return OpinionVerdict.MONITOR, "", (record.facts.before.infusion.id,)


def _earlier_hsct(scene: Scene, record: CourseRecord) -> tuple[str, ...]:
    """The evidence of an HSCT before day 0: its entries, else a referral for a relapse after it."""
    day0 = record.facts.day0
    held = [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day < day0]
    if held:
        return ids(held)
    referrals = scene.kinds.get("referral", ())
    return ids([e for e in referrals if e.at.day <= day0 and e.indication is Indication.POST_HSCT_RELAPSE])


def _not_in_remission(scene: Scene, record: CourseRecord) -> tuple[str, tuple[str, ...]] | None:
    """No response or relapse in the course, in words and with its evidence; None where neither is recorded."""
    marrow, day0 = record.facts.marrow, record.facts.day0
    if marrow.no_response_on is not None:
        return no_response_words(record.facts)[:2]
    relapses = [entry for entry in scene.kinds.get("relapse", ()) if entry.at.day > day0]
    if relapses:
        return f"relapse of {when(relapses[0].at.day, day0)}", ids(relapses[:1])
    newest = record.facts.newest
    if newest is None or not newest.disease:
        return None
    return f"{marrow_words(newest)}, {when(newest.day, day0)}", newest.ids


def _remission(scene: Scene, record: CourseRecord) -> tuple[str, ...]:
    """The evidence that the patient is in remission after infusion: a marrow below 5 % or the physician's judgement."""
    judged = [
        entry
        for entry in scene.kinds.get("remission", ())
        if entry.at.day > record.facts.day0 and entry.response is not RemissionResponse.NO_RESPONSE
    ]
    if judged:
        return (judged[-1].id,)
    clean = [sample for sample in course_samples(scene) if sample.blasts_pct is not None and not sample.disease]
    return clean[-1].ids if clean else ()


def _notes(scene: Scene) -> list[Noted]:
    notes: list[Noted] = []
    kmt2a = scene.passed.gathered.history.genetics.get(Marker.KMT2A_R)
    if kmt2a is not None and kmt2a.result is Finding.PRESENT:
        words = "KMT2A rearrangement: look for myeloid markers at follow-up (lineage switch)"
        notes.append((words, (kmt2a.id,)))
    record = scene.record
    if record is not None and not _earlier_hsct(scene, record) and not history_is_complete(scene):
        words = "No earlier HSCT is recorded, and no referral says that all earlier therapy is in the chart: not known"
        notes.append((words, ids(scene.kinds.get("referral", ())[-1:])))
    if record is not None and record.facts.reinfusion is not None:
        words = "Reinfusion and PD-1 blockade: published success is small (Myers 2023, Buechner 2022)"
        notes.append((words, (record.facts.reinfusion.id,)))
    sample = at_day28(scene, MrdMethod.NGS)
    if sample is not None and sample.ngs == POSITIVE:
        words = "NGS positive at day 28 can be part of a response still going on: verify it (Myers 2023)"
        notes.append((words, sample.ids))
    return [*notes, *_before_infusion_values(scene)]


def _before_infusion_values(scene: Scene) -> Iterator[Noted]:
    """LDH and platelets before infusion, which wang_2023 shows without a cut-off."""
    day0 = scene.day0
    for kind, field, words in (("chemistry", "ldh", "LDH"), ("blood_count", "plt", "Platelets")):
        entry = None if day0 is None else scene.newest_with(kind, field, day0)
        if entry is not None:
            mark = (entry.censored or {}).get(field)
            value = field_quantity_text(field, getattr(entry, field), mark.value if mark else "")
            yield f"{words} before infusion {value}, {date_text(entry.at.day)} (Wang 2023, no cut-off)", (entry.id,)
