"""The factors of the second opinion (MYE-*): each present, absent or unknown, with the patient's datum."""

from collections.abc import Callable
from typing import NamedTuple

from bedside.chart.assessment import BcaStatus
from bedside.chart.derived.opinion import Factor, FactorStatus
from bedside.chart.entries import Therapy
from bedside.chart.enums import Cd19, ExtramedullarySite, Finding, Intent, Marker, TherapyResponse
from bedside.chart.formats import date_text, label, number_text
from bedside.chart.moments import add_months
from bedside.logic.preparation.prior_lines import history_is_complete, prior_lines, prior_remissions
from bedside.logic.samples import NEGATIVE, POSITIVE, Sample
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import cd19_words, given_by, ids, marrow_words, percent, therapy_words, when

_CNS = (ExtramedullarySite.CNS_PARENCHYMA, ExtramedullarySite.OPTIC)


class Found(NamedTuple):
    """Status, datum in words, evidence."""

    status: FactorStatus
    text: str
    evidence: tuple[str, ...] = ()


def _unknown(text: str, evidence: tuple[str, ...] = ()) -> Found:
    return Found(FactorStatus.UNKNOWN, f"not known: {text}", evidence)


def _told(present: bool, text: str, evidence: tuple[str, ...]) -> Found:
    return Found(FactorStatus.PRESENT if present else FactorStatus.ABSENT, text, evidence)


def factors(scene: Scene) -> tuple[Factor, ...]:
    """Return every factor with its published effect (myers_2023); what is not recorded is unknown, never absent."""
    tables = scene.knowledge.second_opinion.factors
    found = []
    for name, table in tables.items():
        held, kinds = _FACTORS[name]
        contested = scene.contested_of(*kinds)
        if contested:
            words = conflict_words(contested)
            told = Found(FactorStatus.UNKNOWN, words.text, words.evidence)
        else:
            told = held(scene)
        found.append(
            Factor(name, told.status, table.title, told.text, table.effect, table.when, told.evidence, table.source)
        )
    return tuple(found)


def _blinatumomab_nonresponse(scene: Scene) -> Found:
    given = _before_infusion(scene, "blinatumomab")
    failed = [one for one in given if one.response is TherapyResponse.NO_CR]
    if failed:
        return _told(True, f"{therapy_words(failed[-1])}, no remission", ids(failed))
    if any(one.response is not TherapyResponse.CR for one in given):
        return _unknown("the response to blinatumomab", ids(given))
    if given:
        return _told(False, f"{therapy_words(given[-1])}, remission", ids(given))
    return _never_given(scene)


def _never_given(scene: Scene) -> Found:
    referral = scene.newest("referral")
    if referral is not None and history_is_complete(scene):
        return _told(False, "no blinatumomab; history of therapy complete", (referral.id,))
    return _unknown("whether blinatumomab was given; no referral says that all earlier therapy is recorded")


def _before_infusion(scene: Scene, agent: str) -> list[Therapy]:
    day0 = scene.day0
    return [t for t in scene.kinds.get("therapy", ()) if t.agent == agent and (day0 is None or t.at.day < day0)]


def _burden(scene: Scene) -> Found:
    record = scene.record
    burden = None if record is None else record.facts.before.burden
    if burden is None or record is None:
        return _unknown("the burden at infusion")
    present = burden.pct >= scene.knowledge.second_opinion.numbers.burden_pct.value
    text = f"{percent(burden.pct)} {given_by(burden)}, {when(burden.sample.day, record.facts.day0)}"
    return _told(present, text, burden.sample.ids)


def _extramedullary(scene: Scene) -> Found:
    newest = {
        entry.site: entry
        for entry in scene.kinds.get("extramedullary", ())
        if entry.site not in _CNS and (scene.day0 is None or entry.at.day <= scene.day0)
    }
    active = [entry for entry in newest.values() if entry.active]
    if active:
        return _told(True, ", ".join(f"{label(e.site.value)} {date_text(e.at.day)}" for e in active), ids(active))
    if newest:
        return _told(False, "no active site in its newest entry", ids(tuple(newest.values())))
    return _unknown("no extramedullary site recorded up to infusion")


def _cd19_load(scene: Scene) -> Found:
    starts = [t.at.day for t in scene.kinds.get("therapy", ()) if t.intent is Intent.LYMPHODEPLETION]
    until = starts[-1] if starts else scene.day0
    loads = [
        entry
        for entry in scene.kinds.get("marrow", ())
        if entry.cd19_load_pct is not None and (until is None or entry.at.day <= until)
    ]
    if not loads:
        return _unknown("CD19⁺ load of the marrow before lymphodepletion")
    newest = loads[-1]
    present = newest.cd19_load_pct < scene.knowledge.second_opinion.numbers.cd19_load_pct.value
    return _told(present, f"{percent(newest.cd19_load_pct)}, {date_text(newest.at.day)}", (newest.id,))


def _fludarabine(scene: Scene) -> Found:
    entry = scene.newest("fludarabine_exposure")
    if entry is None:
        return _unknown("exposure to fludarabine")
    present = entry.auc < scene.knowledge.second_opinion.numbers.fludarabine_auc.value
    return _told(present, f"{number_text(entry.auc)} mg·h/L, {label(entry.basis.value)}", (entry.id,))


def _cd19_dim(scene: Scene) -> Found:
    given = _before_infusion(scene, "blinatumomab")
    if not given:
        return _never_given(scene)
    after = [
        entry
        for entry in scene.kinds.get("marrow", ())
        if entry.cd19 not in {None, Cd19.UNKNOWN}
        and entry.at.day > given[-1].at.day
        and (scene.day0 is None or entry.at.day <= scene.day0)
    ]
    if not after:
        return _unknown("CD19 after blinatumomab", ids(given))
    newest = after[-1]
    text = f"CD19 {label(newest.cd19.value)}, {date_text(newest.at.day)}"
    return _told(newest.cd19 is not Cd19.POSITIVE, text, (newest.id, given[-1].id))


def _marker(marker: Marker) -> Callable[[Scene], Found]:
    def told(scene: Scene) -> Found:
        entry = scene.passed.gathered.history.genetics.get(marker)
        if entry is None or entry.result is Finding.UNKNOWN:
            return _unknown(f"{label(marker.value)}", () if entry is None else (entry.id,))
        text = f"{label(marker.value)} {entry.result.value}, {date_text(entry.at.day)}"
        return _told(entry.result is Finding.PRESENT, text, (entry.id,))

    return told


def _lines(scene: Scene) -> Found:
    found = prior_lines(scene)
    if found.number and found.complete:
        return _told(True, f"{found.number} earlier lines", found.evidence)
    if found.complete:
        return _told(False, "no earlier line", ())
    return _unknown(f"whether more than the {found.number} recorded lines were given", found.evidence)


def _remissions(scene: Scene) -> Found:
    found = prior_remissions(scene)
    wanted = int(scene.knowledge.second_opinion.numbers.prior_remissions.value)
    if found.number >= wanted:
        return _told(True, f"{found.number} earlier remissions", found.evidence)
    if found.complete:
        return _told(False, f"{found.number} earlier remissions", found.evidence)
    return _unknown(f"whether more than the {found.number} recorded remissions were reached", found.evidence)


def _loss(months_of: Callable[[Scene], int]) -> Callable[[Scene], Found]:
    def told(scene: Scene) -> Found:
        record = scene.record
        if record is None:
            return _unknown("not infused yet")
        aplasia, limit = record.facts.aplasia, add_months(record.facts.day0, months_of(scene))
        if aplasia.lost_on is not None:
            text = f"{cd19_words(aplasia.lost_by)}, {when(aplasia.lost_on, record.facts.day0)}"
            return _told(aplasia.lost_on <= limit, f"lost: {text}", ids(aplasia.lost_by))
        last = aplasia.last_aplastic
        if aplasia.status is BcaStatus.ONGOING and last is not None and last > limit:
            return _told(False, f"aplastic {when(last, record.facts.day0)}", ids(aplasia.last_aplastic_by))
        return _unknown(f"aplasia up to {date_text(limit)}", ids(aplasia.last_aplastic_by))

    return told


def course_samples(scene: Scene) -> list[Sample]:
    """Return the samples of the newest course from D+21 on that count, in order."""
    record = scene.record
    if record is None:
        return []
    first, until = scene.knowledge.numbers.day28_first, record.counts_until(scene.today)
    return [
        sample
        for sample in record.facts.history.samples
        if (sample.day - record.facts.day0).days >= first and sample.day <= until
    ]


def at_day28(scene: Scene, method: str) -> list[Sample]:
    """Return the samples of the day-28 window that carry a result of a method: "ngs" or "pcr"."""
    if scene.day0 is None:
        return []
    last, day0 = scene.knowledge.numbers.day28_last, scene.day0
    held = [sample for sample in course_samples(scene) if (sample.day - day0).days <= last]
    return [sample for sample in held if getattr(sample, method) >= NEGATIVE]


def _day28(method: str) -> Callable[[Scene], Found]:
    def told(scene: Scene) -> Found:
        held = at_day28(scene, method)
        if not held or scene.day0 is None:
            return _unknown(f"{method.upper()} at day 28")
        positive = [sample for sample in held if getattr(sample, method) == POSITIVE]
        shown = (positive or held)[-1]
        return _told(bool(positive), f"{marrow_words(shown)}, {when(shown.day, scene.day0)}", shown.ids)

    return told


def _ngs_3_months(scene: Scene) -> Found:
    record = scene.record
    marrow = None if record is None else record.facts.marrow
    sample = None if marrow is None else marrow.ngs_positive or marrow.ngs_negative
    if sample is None or record is None or marrow is None:
        return _unknown("NGS at 3 months or later")
    text = f"{marrow_words(sample)}, {when(sample.day, record.facts.day0)}"
    return _told(marrow.ngs_positive is not None, text, sample.ids)


_FACTORS: dict[str, tuple[Callable[[Scene], Found], tuple[str, ...]]] = {
    "blinatumomab_nonresponse": (_blinatumomab_nonresponse, ("therapy", "referral")),
    "burden_5_pct": (_burden, ("marrow",)),
    "non_cns_extramedullary": (_extramedullary, ("extramedullary",)),
    "cd19_load_below_15_pct": (_cd19_load, ("marrow", "therapy")),
    "fludarabine_auc_below_13_8": (_fludarabine, ("fludarabine_exposure",)),
    "cd19_dim_after_blinatumomab": (_cd19_dim, ("marrow", "therapy", "referral")),
    "kmt2a_r": (_marker(Marker.KMT2A_R), ("genetics",)),
    "tp53": (_marker(Marker.TP53), ("genetics",)),
    "hypodiploid": (_marker(Marker.HYPODIPLOID), ("genetics",)),
    "prior_lines": (_lines, ("therapy", "relapse", "referral")),
    "two_prior_remissions": (_remissions, ("therapy", "remission", "relapse", "referral")),
    "bca_loss_within_6_months": (
        _loss(lambda scene: scene.knowledge.numbers.long_aplasia_months), ("lymphocyte_subset", "infusion")
    ),
    "bca_loss_within_12_months": (
        _loss(lambda scene: int(scene.knowledge.second_opinion.numbers.late_loss_months.value)),
        ("lymphocyte_subset", "infusion"),
    ),
    "ngs_day28": (_day28("ngs"), ("marrow", "infusion")),
    "ngs_3_months": (_ngs_3_months, ("marrow", "infusion")),
    "pcr_day28": (_day28("pcr"), ("marrow", "infusion")),
}  # fmt: skip
