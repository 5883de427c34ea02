"""Product and infusion: dose and viability against the label, identity, infection, neurology (INF-1 to INF-6)."""

from bedside.chart.derived.preparation import Finding, InfusionChecks
from bedside.chart.entries import Infusion
from bedside.chart.enums import Condition, Product
from bedside.chart.formats import cells_text, date_text, label
from bedside.chart.moments import completed_years
from bedside.knowledge.families.preparation import CheckTable, DoseTable
from bedside.logic.course import CourseRecord
from bedside.logic.preparation.blocks import depletion
from bedside.logic.scene import Scene
from bedside.logic.toxicity.icans import propose_icans
from bedside.logic.wording import ids, percent


def infusion(scene: Scene) -> InfusionChecks | None:
    """Return the checks of the newest course's first infusion; None before it (buechner_2022, pasvolsky_2023, labels).

    Without a dose or a weight where it decides, `dose_status` is unknown; without a viability that was not flagged
    either, so is `viability_status`.
    """
    record = scene.record
    if record is None:
        return None
    given = record.facts.before.infusion
    dose_status, dose_text = _dose(scene, record, given)
    viability_status, viability_text, released = _viability(scene, record)
    return InfusionChecks(
        product=given.product.value,
        dose_status=dose_status,
        viability_status=viability_status,
        dose_text=dose_text,
        viability_text=viability_text,
        checks=tuple(_checks(scene, given)),
        evidence=(given.id, *released),
    )


def _dose(scene: Scene, record: CourseRecord, given: Infusion) -> tuple[str, str]:
    tables = [t for t in scene.knowledge.infusion.doses.values() if t.product == given.product.value]
    if not tables:
        return "unknown", f"no dose range known for {label(given.product.value)}"
    weighed = [table for table in tables if _fits(table, given.weight_kg)]
    if not weighed:
        return "unknown", "not known: the weight, which decides the range"
    table = weighed[0]
    splits = [e for e in record.infusions if e.product is given.product and (e is given or e in record.infusions[1:])]
    doses = splits[: table.doses]
    if len(doses) < table.doses:
        return "unknown", f"dose {len(doses)} of {table.doses} given; wanted: {table.text}"
    return _against(table, doses, given.weight_kg)


def _fits(table: DoseTable, weight: float | None) -> bool:
    if table.weight_up_to_kg is None and table.weight_above_kg is None:
        return True
    if weight is None:
        return False
    if table.weight_up_to_kg is not None:
        return weight <= table.weight_up_to_kg
    return table.weight_above_kg is not None and weight > table.weight_above_kg


def _against(table: DoseTable, doses: list[Infusion], weight: float | None) -> tuple[str, str]:
    totals = [_total(dose) for dose in doses]
    total = None if None in totals else sum(one for one in totals if one is not None)
    per_kg = doses[0].dose_car_t_per_kg if len(doses) == 1 else None
    if per_kg is None and total is not None and weight:
        per_kg = total / weight
    by_weight = table.low_per_kg is not None
    value = per_kg if by_weight else total
    if value is None:
        return "unknown", f"not known: the dose{' or the weight' if by_weight else ''}; wanted: {table.text}"
    low, high = (table.low_per_kg, table.high_per_kg) if by_weight else (table.low_total, table.high_total)
    shown = f"{cells_text(value)} CAR⁺ T cells{' per kg' if by_weight else ''}"
    over_total = by_weight and table.high_total is not None and total is not None and total > table.high_total
    if (high is not None and value > high) or over_total:
        status = "above"
    else:
        status = "below" if low is not None and value < low else "within"
    aim = ""
    if table.aim_per_kg is not None and per_kg is not None and per_kg < table.aim_per_kg:
        aim = f"; {cells_text(round(per_kg))} per kg, below {cells_text(table.aim_per_kg)}: aim for the high end"
    return status, f"{shown}; wanted: {table.text}{aim}"


def _total(dose: Infusion) -> float | None:
    if dose.dose_car_t_cells is not None:
        return dose.dose_car_t_cells
    if dose.dose_car_t_per_kg is not None and dose.weight_kg is not None:
        return dose.dose_car_t_per_kg * dose.weight_kg
    return None


def _viability(scene: Scene, record: CourseRecord) -> tuple[str, str, tuple[str, ...]]:
    """INF-3: the release of the infused product against the limit of the jurisdiction."""
    release = record.facts.before.release
    limit = scene.knowledge.viability[scene.jurisdiction].limit_pct
    if release is None:
        return "unknown", "not known: no release of the product recorded", ()
    shown = "viability not recorded" if release.viability_pct is None else f"viability {percent(release.viability_pct)}"
    text = f"{shown}, limit {percent(limit)} ({scene.jurisdiction.upper()}), released {date_text(release.at.day)}"
    if release.out_of_specification or (release.viability_pct is not None and release.viability_pct < limit):
        flagged = "; flagged out of specification" if release.out_of_specification else ""
        return "out_of_specification", text + flagged, (release.id,)
    status = "unknown" if release.viability_pct is None else "in_specification"
    return status, text, (release.id,)


def _checks(scene: Scene, given: Infusion) -> list[Finding]:
    tables = scene.knowledge.infusion
    found = [_identity(given, tables.identity)]
    infected = [
        entry
        for entry in scene.kinds.get("infection", ())
        if not entry.controlled and entry.at.day <= given.at.day and (entry.stop is None or entry.stop >= given.at.day)
    ]
    infected += [
        entry
        for entry in scene.kinds.get("comorbidity", ())
        if entry.condition is Condition.UNCONTROLLED_INFECTION and entry.active and entry.at.day <= given.at.day
    ][-1:]
    if infected:
        words = f"uncontrolled infection at infusion ({date_text(infected[-1].at.day)}): {tables.infection.text}"
        found.append(_finding("INF-5", words, ids(infected), tables.infection))
    found += _neurology(scene, given)
    if given.product is not Product.OTHER:
        found += _without_fludarabine(scene)
    return found


def _finding(rule: str, text: str, evidence: tuple[str, ...], table: CheckTable, status: str = "flagged") -> Finding:
    return Finding(rule, status, text, evidence, table.source, table.level)


def _identity(given: Infusion, table: CheckTable) -> Finding:
    """INF-4: two different people, or a reason."""
    names = {name.strip().casefold() for name in given.identity_checked_by or () if name.strip()}
    if len(names) > 1:
        checked = " and ".join(given.identity_checked_by or ())
        return _finding("INF-4", f"identity checked by {checked}", (given.id,), table, "ok")
    if given.identity_check_reason:
        text = f"identity checked by one person: {given.identity_check_reason}"
        return _finding("INF-4", text, (given.id,), table, "ok")
    return _finding("INF-4", f"not recorded: {table.text}", (given.id,), table)


def _neurology(scene: Scene, given: Infusion) -> list[Finding]:
    """The newest neurological assessment of the week before infusion that grades above 0."""
    tables = scene.knowledge
    days = int(tables.toxicity.baseline_days.value)
    held = [
        e
        for e in scene.kinds.get("neuro", ())
        if 0 <= (given.at.day - e.at.day).days <= days and e.at.day < given.at.day
    ]
    if not held:
        return []
    years = completed_years(scene.patient.birth_date, held[-1].at.day)
    proposal = propose_icans(held[-1], tables.toxicity, years=years)
    if not proposal.grade:
        return []
    text = f"{proposal.text} on {date_text(held[-1].at.day)}: {tables.infusion.neurology.text}"
    return [_finding("INF-5", text, (held[-1].id,), tables.infusion.neurology)]


def _without_fludarabine(scene: Scene) -> list[Finding]:
    """INF-6: lymphodepletion that holds no fludarabine."""
    block = depletion(scene)
    depleted = () if block is None else block.given
    if not depleted or any(therapy.agent == "fludarabine" for therapy in depleted):
        return []
    agents = ", ".join(label(agent) for agent in dict.fromkeys(therapy.agent for therapy in depleted))
    table = scene.knowledge.infusion.fludarabine_free
    return [_finding("INF-6", f"lymphodepletion by {agents}: {table.text}", ids(depleted), table)]
