"""The dose infused against the range of the product's label (INF-1, INF-2, INF-6)."""

from datetime import timedelta
from typing import NamedTuple

from bedside.chart.derived.preparation import Finding
from bedside.chart.entries import Infusion
from bedside.chart.enums import InfusionRole
from bedside.chart.formats import cells_text, date_text, label, number_text
from bedside.knowledge.families.preparation import DoseTable, SplitTable
from bedside.logic.course import CourseRecord, is_split
from bedside.logic.preparation.blocks import depletion
from bedside.logic.preparation.stretch import course_way
from bedside.logic.samples import Sample
from bedside.logic.scene import Scene
from bedside.logic.wording import ids, percent


class _Given(NamedTuple):
    """What was given in all, per kg in all (None where not known), the weight, and whether per kg was worked out."""

    total: float | None
    per_kg: float | None
    weight: float | None
    worked_out: bool


def doses_of(scene: Scene, record: CourseRecord) -> tuple[Infusion, ...]:
    """Return the first infusion of a course with its split doses of the same product."""
    first = record.facts.before.infusion
    split = [
        dose
        for dose in record.infusions[1:]
        if dose.product is first.product
        and (dose.role is InfusionRole.SPLIT or (dose.role is None and is_split(dose, first, scene.knowledge)))
    ]
    return (first, *split)


def dose_status(scene: Scene, record: CourseRecord) -> tuple[str, str, tuple[str, ...]]:
    """Return below, within, above or unknown, in words, with the infusions (buechner_2022, pasvolsky_2023, labels).

    Split doses are added up. Without a dose, or a weight where it decides, it is unknown.
    """
    given = doses_of(scene, record)
    first = given[0]
    tables = [t for t in scene.knowledge.infusion.doses.values() if t.product == first.product.value]
    if not tables:
        name = first.product_name or f"{label(first.product.value)} product"
        return "unknown", f"not known: a dose range for {name}", ids(given)
    weight = next((dose.weight_kg for dose in given if dose.weight_kg is not None), None)
    table = next((table for table in tables if _fits(table, weight)), None)
    if table is None:
        wanted = "; ".join(table.text for table in tables)
        return "unknown", f"not known: the weight at infusion, which decides the range; wanted: {wanted}", ids(given)
    summed = _summed(given, weight)
    if len(given) < table.doses and not _is_above(table.high_total, summed.total):
        return "unknown", f"dose {len(given)} of {table.doses} given; wanted: {table.text}", ids(given)
    return (*_against(table, summed), ids(given))


def _fits(table: DoseTable, weight: float | None) -> bool:
    if table.weight_up_to_kg is None and table.weight_above_kg is None:
        return True
    if weight is None:
        return False
    if table.weight_up_to_kg is not None:
        return weight <= table.weight_up_to_kg
    return table.weight_above_kg is not None and weight > table.weight_above_kg


def _summed(doses: tuple[Infusion, ...], weight: float | None) -> _Given:
    """The total and the cells per kg of all doses, in whole cells."""
    totals = [_total(dose, weight) for dose in doses]
    total = None if None in totals else round(sum(one for one in totals if one is not None))
    rates = [dose.dose_car_t_per_kg for dose in doses]
    if None not in rates:
        return _Given(total, round(sum(rate for rate in rates if rate is not None)), weight, worked_out=False)
    return _Given(total, None if total is None or weight is None else round(total / weight), weight, worked_out=True)


def _total(dose: Infusion, weight: float | None) -> float | None:
    if dose.dose_car_t_cells is not None:
        return dose.dose_car_t_cells
    if dose.dose_car_t_per_kg is not None and weight is not None:
        return dose.dose_car_t_per_kg * weight
    return None


def _against(table: DoseTable, given: _Given) -> tuple[str, str]:
    status = _by_weight(table, given) if table.low_per_kg is not None else _in_total(table, given)
    if status == "unknown":
        weight = "" if given.weight is not None or table.low_per_kg is None else " or the weight at infusion"
        return status, f"not known: the dose{weight}; wanted: {table.text}"
    shown = []
    if given.total is not None:
        shown.append(f"{cells_text(given.total)} CAR⁺ T cells")
    if given.per_kg is not None:
        per_kg = _in_few_digits(given.per_kg, table) if given.worked_out else given.per_kg
        shown.append(f"{cells_text(per_kg)} per kg")
    if given.weight is not None:
        shown.append(f"{number_text(given.weight)} kg")
    aim = ""
    if table.aim_per_kg is not None and given.per_kg is not None and given.per_kg < table.aim_per_kg:
        aim = f"; below {cells_text(table.aim_per_kg)} per kg: aim for the high end"
    return status, f"{', '.join(shown)}; wanted: {table.text}{aim}"


def _in_few_digits(per_kg: float, table: DoseTable) -> float:
    """What a division gave in three digits, or in as many as leave it on its side of every limit."""
    limits = [limit for limit in (table.low_per_kg, table.high_per_kg, table.aim_per_kg) if limit is not None]
    for digits in range(3, 16):
        shown = float(f"{per_kg:.{digits}g}")
        if all((shown > limit, shown < limit) == (per_kg > limit, per_kg < limit) for limit in limits):
            return shown
    return per_kg


def _in_total(table: DoseTable, given: _Given) -> str:
    if given.total is None:
        return "unknown"
    if _is_above(table.high_total, given.total):
        return "above"
    return "below" if table.low_total is not None and given.total < table.low_total else "within"


def _is_above(limit: float | None, total: float | None) -> bool:
    return limit is not None and total is not None and total > limit


def _by_weight(table: DoseTable, given: _Given) -> str:
    """A range per kg with a highest total, where there is one: who is heavier gets that, whatever it is per kg."""
    capped, total, per_kg = table.high_total, given.total, given.per_kg
    if _is_above(capped, total):
        return "above"
    if per_kg is None:
        return "unknown"
    if table.high_per_kg is not None and per_kg > table.high_per_kg:
        return "above"
    if capped is not None and total is None:
        return "unknown"
    enough = total is not None and table.low_total is not None and total >= table.low_total
    return "below" if table.low_per_kg is not None and per_kg < table.low_per_kg and not enough else "within"


def split_by_blasts(scene: Scene, record: CourseRecord) -> list[Finding]:
    """Return the check of the first of two doses against the marrow blasts before lymphodepletion (INF-6, labels)."""
    table, first = scene.knowledge.infusion.split_by_blasts, record.facts.before.infusion
    if first.product.value != table.product:
        return []
    if first.dose_car_t_cells is None:
        return [_split(table, "unknown", "not known: the first dose", (first.id,))]
    sample = _before_depletion(scene, record, table.within_days)
    shown = f"first dose {cells_text(first.dose_car_t_cells)} CAR⁺ T cells"
    if sample is None or sample.blasts_pct is None:
        missing = f"not known: marrow blasts within {table.within_days} days before lymphodepletion"
        most = max(table.first_low_burden, table.first_high_burden)
        too_much = first.dose_car_t_cells - most > round(most * table.tolerance)
        above = f", above {cells_text(most)} whatever the blasts" if too_much else ""
        return [_split(table, "flagged" if too_much else "unknown", f"{shown}{above}, {missing}", (first.id,))]
    wanted = table.first_low_burden if sample.blasts_pct <= table.blasts_up_to_pct else table.first_high_burden
    fits = abs(first.dose_car_t_cells - wanted) <= round(wanted * table.tolerance)
    text = f"{shown}, {percent(sample.blasts_pct)} blasts {date_text(sample.day)}, wanted {cells_text(wanted)}"
    return [_split(table, "ok" if fits else "flagged", text, (first.id, *sample.ids))]


def _split(table: SplitTable, status: str, text: str, evidence: tuple[str, ...]) -> Finding:
    return Finding("INF-6", status, f"{text}; {table.text}", evidence, table.source, table.level)


def _before_depletion(scene: Scene, record: CourseRecord, days: int) -> Sample | None:
    """The newest sample with blasts of the days before lymphodepletion, none where its start is not known."""
    block = depletion(scene, course_way(scene))
    if block is None:
        return None
    first = block.start - timedelta(days=days)
    samples = record.facts.history.samples
    held = [sample for sample in samples if sample.blasts_pct is not None and first <= sample.day <= block.start]
    return held[-1] if held else None
