"""Where the sources differ on something that the patient's own data raise; never averaged."""

from collections.abc import Callable
from datetime import date, timedelta

from bedside.chart.derived.opinion import Difference, Position
from bedside.chart.entries import Therapy
from bedside.chart.enums import Finding, Intent, Marker, MrdMethod, RelapseSite
from bedside.chart.formats import date_text, label, number_text
from bedside.chart.moments import add_months
from bedside.logic.follow_up.outcome import relapse_before_infusion
from bedside.logic.low_words import product_words
from bedside.logic.opinion.factors_after import at_day28, course_samples
from bedside.logic.preparation.prior_lines import prior_lines
from bedside.logic.samples import LOW_POSITIVE, POSITIVE
from bedside.logic.scene import Scene
from bedside.logic.wording import cd19_words, given_by, ids, marrow_words, percent, therapy_words, when

Raised = tuple[str, tuple[str, ...]] | None
"""The patient's datum in words with its evidence, None where nothing raises the topic."""


def differences(scene: Scene) -> tuple[Difference, ...]:
    """Return the topics that the chart raises, each with what every source says; what is not recorded raises none."""
    found = []
    for name, topic in scene.knowledge.differences.topics.items():
        raised = _RAISED[name](scene)
        if raised is not None:
            says = tuple(Position(source, position.text) for source, position in topic.says.items())
            found.append(Difference(name, topic.title, tuple(topic.says), says, *raised))
    return tuple(found)


def _loss_between(scene: Scene, first: date, after_first: bool, last: date) -> Raised:
    record = scene.record
    lost = None if record is None else record.facts.aplasia.lost_on
    if record is None or lost is None or lost > last or lost < first or (after_first and lost == first):
        return None
    by = record.facts.aplasia.lost_by
    return f"{cd19_words(by)}, {when(lost, record.facts.day0)}", ids(by)


def _loss_3_to_6(scene: Scene) -> Raised:
    record = scene.record
    if record is None:
        return None
    return _loss_between(scene, record.facts.dates.early, False, record.facts.dates.long)


def _loss_6_to_12(scene: Scene) -> Raised:
    record = scene.record
    if record is None:
        return None
    months = int(scene.knowledge.second_opinion.numbers.late_loss_months.value)
    return _loss_between(scene, record.facts.dates.long, True, add_months(record.facts.day0, months))


def _ngs_day28(scene: Scene) -> Raised:
    sample = at_day28(scene, MrdMethod.NGS)
    if sample is None or sample.ngs != POSITIVE or scene.day0 is None:
        return None
    return f"{marrow_words(sample)}, {when(sample.day, scene.day0)}", sample.ids


def _product(scene: Scene) -> Raised:
    record = scene.record
    if record is None or record.facts.before.costimulation is None:
        return None
    infusion = record.facts.before.infusion
    return f"{product_words(infusion)}, {label(record.facts.before.costimulation)}", (infusion.id,)


def _given(scene: Scene, agent: str, accept: Callable[[Therapy], bool]) -> Raised:
    day0 = scene.day0
    held = [
        therapy
        for therapy in scene.kinds.get("therapy", ())
        if therapy.agent == agent and (day0 is None or therapy.at.day < day0) and accept(therapy)
    ]
    return ("; ".join(therapy_words(therapy) for therapy in held), ids(held)) if held else None


def _kmt2a(scene: Scene) -> Raised:
    entry = scene.passed.gathered.history.genetics.get(Marker.KMT2A_R)
    if entry is None or entry.result is not Finding.PRESENT:
        return None
    return f"present, {date_text(entry.at.day)}", (entry.id,)


def _burden(scene: Scene) -> Raised:
    record = scene.record
    burden = None if record is None else record.facts.before.burden
    if record is None or burden is None or burden.pct < scene.knowledge.numbers.low_burden_from_pct:
        return None
    text = f"{percent(burden.pct)} {given_by(burden)}, {when(burden.sample.day, record.facts.day0)}"
    return text, burden.sample.ids


def _bridged(scene: Scene) -> Raised:
    held = [therapy for therapy in scene.kinds.get("therapy", ()) if therapy.intent is Intent.BRIDGING]
    return ("; ".join(therapy_words(therapy) for therapy in held), ids(held)) if held else None


def _prior_lines(scene: Scene) -> Raised:
    found = prior_lines(scene)
    return (f"{found.number} lines recorded", found.evidence) if found.number > 1 else None


def _blasts_at_apheresis(scene: Scene) -> Raised:
    collected = scene.newest("apheresis")
    if collected is None:
        return None
    oldest = collected.at.day - timedelta(days=int(scene.knowledge.apheresis.numbers.fresh_days.value))
    count = scene.newest_with("blood_count", "pb_blasts_pct", collected.at.day)
    if count is None or count.at.day < oldest or not count.pb_blasts_pct:
        return None
    text = f"{percent(count.pb_blasts_pct)} blasts in blood, {date_text(count.at.day)}"
    return text, (count.id, collected.id)


def _dose(scene: Scene) -> Raised:
    record = scene.record
    if record is None:
        return None
    infusion = record.facts.before.infusion
    table = scene.knowledge.infusion.doses["tisagenlecleucel_above_50_kg"]
    weight, limit = infusion.weight_kg, table.weight_above_kg
    if infusion.product.value != table.product or weight is None or limit is None or weight <= limit:
        return None
    return f"{number_text(weight)} kg at infusion", (infusion.id,)


def _low_pcr(scene: Scene) -> Raised:
    held = [sample for sample in course_samples(scene) if sample.pcr == LOW_POSITIVE]
    if not held or scene.day0 is None:
        return None
    return f"{marrow_words(held[-1])}, {when(held[-1].day, scene.day0)}", held[-1].ids


def _relapse_timing(scene: Scene) -> Raised:
    """A marrow relapse before the infusion that some source calls early."""
    diagnoses, relapse = scene.kinds.get("diagnosis", ()), relapse_before_infusion(scene)
    if not diagnoses or relapse is None or RelapseSite.MARROW not in relapse.sites:
        return None
    diagnosed, months = diagnoses[0], int(scene.knowledge.outcome.numbers.early_relapse_months.value)
    if not diagnosed.at.day <= relapse.day <= add_months(diagnosed.at.day, months):
        return None
    evidence = (*ids(relapse.entries), diagnosed.id)
    return f"relapse {date_text(relapse.day)}, diagnosis {date_text(diagnosed.at.day)}", evidence


def _reinfused(scene: Scene) -> Raised:
    record = scene.record
    if record is None or record.facts.reinfusion is None:
        return None
    return f"reinfusion {when(record.facts.reinfusion.at.day, record.facts.day0)}", (record.facts.reinfusion.id,)


_RAISED: dict[str, Callable[[Scene], Raised]] = {
    "bca_loss_3_to_6_months": _loss_3_to_6,
    "bca_loss_6_to_12_months": _loss_6_to_12,
    "ngs_day28": _ngs_day28,
    "consolidation_by_product": _product,
    "blinatumomab_as_bridge": lambda scene: _given(scene, "blinatumomab", lambda t: t.intent is Intent.BRIDGING),
    "blinatumomab_exposure": lambda scene: _given(scene, "blinatumomab", lambda _: True),
    "inotuzumab": lambda scene: _given(scene, "inotuzumab_ozogamicin", lambda _: True),
    "kmt2a_r": _kmt2a,
    "burden_cut_offs": _burden,
    "bridging_intensity": _bridged,
    "prior_lines": _prior_lines,
    "blasts_at_apheresis": _blasts_at_apheresis,
    "dose_and_response": _dose,
    "pcr_below_cut_off": _low_pcr,
    "relapse_timing": _relapse_timing,
    "reinfusion": _reinfused,
}
