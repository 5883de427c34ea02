"""Product and infusion: dose and viability against the label, identity, infection, neurology (INF-1 to INF-6)."""

from collections.abc import Iterator, Sequence
from typing import Any

from bedside.chart.derived.preparation import Finding, InfusionChecks
from bedside.chart.entries import Infusion, ProductRelease
from bedside.chart.enums import Product
from bedside.chart.formats import date_text, label
from bedside.chart.moments import completed_years
from bedside.knowledge.families.preparation import CheckTable
from bedside.logic.cns import cns_class
from bedside.logic.course import CourseRecord
from bedside.logic.facts import same_product
from bedside.logic.preparation.blocks import depletion
from bedside.logic.preparation.dose import dose_status, split_by_blasts
from bedside.logic.preparation.infections import tells_of_infection, uncontrolled_infections
from bedside.logic.preparation.stretch import course_way
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.toxicity.icans import propose_icans
from bedside.logic.wording import ids, percent


def infusion(scene: Scene) -> InfusionChecks | None:
    """Return the checks of the newest course's infusions; None before it (buechner_2022, pasvolsky_2023, labels).

    Without a dose or a weight where it decides, `dose_status` is unknown; without a viability that was not flagged
    either, so is `viability_status`. A contested release leaves it unknown and is named.
    """
    record = scene.record
    day0 = scene.day0
    contested = scene.contested_of("infusion", bears=lambda entry: day0 is None or entry.at.day >= day0)
    if record is None:
        return _contested(contested) if contested else None
    given = record.facts.before.infusion
    status, text, doses = dose_status(scene, record)
    if contested:
        words = conflict_words(contested)
        status, text, doses = "unknown", words.text, (given.id, *words.evidence)
    viability_status, viability_text, released = _viability(scene, record)
    csf = [entry for entry in scene.csf if entry.at.day <= given.at.day]
    block = depletion(scene, course_way(scene))
    return InfusionChecks(
        product=given.product.value,
        dose_status=status,
        viability_status=viability_status,
        dose_text=text,
        viability_text=viability_text,
        checks=tuple(_checks(scene, record)),
        evidence=(*doses, *released),
        cns_class=cns_class(csf, scene.knowledge.numbers.cns3_leukocytes_per_ul),
        cns_on=csf[-1].at.day if csf else None,
        depleted_from=None if block is None else block.start,
        depleted_until=None if block is None else block.end,
    )


def _contested(infusions: Sequence[Any]) -> InfusionChecks:
    """The checks of an infusion whose corrections contest each other: nothing is known until one is chosen."""
    words = conflict_words(infusions)
    products = {infusion.product.value for infusion in infusions}
    product = products.pop() if len(products) == 1 else "unknown"
    return InfusionChecks(product, "unknown", "unknown", words.text, words.text, (), words.evidence)


def _viability(scene: Scene, record: CourseRecord) -> tuple[str, str, tuple[str, ...]]:
    """INF-3: the release of the infused product against the limit of the jurisdiction."""
    given, release = record.facts.before.infusion, record.facts.before.release
    limit = scene.knowledge.viability[scene.jurisdiction].limit_pct

    def bears(entry: Any) -> bool:
        if not isinstance(entry, ProductRelease) or not same_product(entry, given) or entry.at.day > given.at.day:
            return False
        return release is None or entry.at.day >= release.at.day

    contested = scene.contested_of("product_release", bears=bears)
    if contested:
        words = conflict_words(contested)
        return "unknown", words.text, words.evidence
    if release is None:
        return "unknown", "not known: no release of the product recorded", ()
    shown = "viability not recorded" if release.viability_pct is None else f"viability {percent(release.viability_pct)}"
    text = f"{shown}, limit {percent(limit)} ({scene.jurisdiction.upper()}), released {date_text(release.at.day)}"
    if release.out_of_specification or (release.viability_pct is not None and release.viability_pct < limit):
        flagged = "; flagged out of specification" if release.out_of_specification else ""
        return "out_of_specification", text + flagged, (release.id,)
    status = "unknown" if release.viability_pct is None else "in_specification"
    return status, text, (release.id,)


def _checks(scene: Scene, record: CourseRecord) -> list[Finding]:
    tables, given = scene.knowledge.infusion, record.facts.before.infusion
    found = [_identity(infused, tables.identity, shown=len(record.infusions) > 1) for infused in record.infusions]
    found += _infection(scene, given)
    found += _neurology(scene, given)
    found += split_by_blasts(scene, record)
    if given.product is not Product.OTHER:
        found += _without_fludarabine(scene)
    return found


def _finding(rule: str, text: str, evidence: tuple[str, ...], table: CheckTable, status: str = "flagged") -> Finding:
    return Finding(rule, status, text, evidence, table.source, table.level)


def _identity(given: Infusion, table: CheckTable, *, shown: bool) -> Finding:
    """INF-4: two different people, or a reason; with its date where a course holds several infusions."""
    names = {name.strip().casefold() for name in given.identity_checked_by or () if name.strip()}
    which = f"infusion {date_text(given.at.day)}, " if shown else ""
    if len(names) > 1:
        text = f"{which}identity checked by {' and '.join(given.identity_checked_by or ())}"
        return _finding("INF-4", text, (given.id,), table, "ok")
    if given.identity_check_reason:
        text = f"{which}identity checked by one person: {given.identity_check_reason}"
        return _finding("INF-4", text, (given.id,), table, "ok")
    missing = "the same person is named twice" if given.identity_checked_by else "not recorded"
    return _finding("INF-4", f"{which}{missing}: {table.text}", (given.id,), table)


def _infection(scene: Scene, given: Infusion) -> Iterator[Finding]:
    """The infections that are not controlled at infusion; contested ones leave it unknown."""
    table, day = scene.knowledge.infusion.infection, given.at.day
    infected = uncontrolled_infections(scene, day)
    if infected:
        words = f"uncontrolled infection at infusion ({date_text(infected[-1].at.day)})"
        yield _finding("INF-5", f"{words}: {table.text}", ids(infected), table)
    contested = scene.contested_of("infection", "comorbidity", bears=lambda entry: tells_of_infection(entry, day))
    if contested:
        yield _in_conflict(contested, table)


def _neurology(scene: Scene, given: Infusion) -> Iterator[Finding]:
    """The newest assessment of the week before infusion that can be graded, where it grades above 0.

    Whatever its cause: before the infusion that is never the cells. Contested ones leave it unknown.
    """
    tables, table = scene.knowledge.toxicity, scene.knowledge.infusion.neurology
    contested = scene.contested_of("neuro", bears=lambda entry: _shortly_before(scene, entry, given))
    if contested:
        yield _in_conflict(contested, table)
    for entry in reversed(scene.kinds.get("neuro", ())):
        if not _shortly_before(scene, entry, given):
            continue
        years = completed_years(scene.patient.birth_date, entry.at.day)
        proposal = propose_icans(entry.model_copy(update={"cause": None}), tables, years=years)
        if proposal.grade is None:
            continue
        if proposal.grade:
            untimed = ", time of day not recorded" if _order_is_open(entry, given) else ""
            text = f"{proposal.text} on {date_text(entry.at.day)}{untimed}: {table.text}"
            yield _finding("INF-5", text, (entry.id,), table)
        return


def _in_conflict(contested: Sequence[Any], table: CheckTable) -> Finding:
    words = conflict_words(contested)
    return _finding("INF-5", f"{words.text}: {table.text}", words.evidence, table, "unknown")


def _shortly_before(scene: Scene, entry: Any, given: Infusion) -> bool:
    """Whether it was made in the week before the infusion, or on its day and not shown to be later."""
    days = (given.at.day - entry.at.day).days
    if days == 0:
        return _order_is_open(entry, given) or entry.at.instant < given.at.instant
    return bool(0 < days <= scene.knowledge.toxicity.baseline_days.value)


def _order_is_open(entry: Any, given: Infusion) -> bool:
    """Whether it lies on the day of infusion and no times tell which came first."""
    return entry.at.day == given.at.day and (entry.at.instant is None or given.at.instant is None)


def _without_fludarabine(scene: Scene) -> Iterator[Finding]:
    """INF-6: lymphodepletion that holds no fludarabine."""
    block = depletion(scene, course_way(scene))
    if block is None or any(therapy.agent == "fludarabine" for therapy in block.given):
        return
    agents = ", ".join(label(agent) for agent in dict.fromkeys(therapy.agent for therapy in block.given))
    table = scene.knowledge.infusion.fludarabine_free
    yield _finding("INF-6", f"lymphodepletion by {agents}: {table.text}", ids(block.given), table)
