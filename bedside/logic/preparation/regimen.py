"""Body size and doses: Mosteller's surface, doses given per m² a day, and regimens calculated for the patient."""

from math import sqrt
from typing import Any

from bedside.chart.derived.preparation import Calculated, DrugDose
from bedside.chart.entries import BodySize, Therapy
from bedside.chart.formats import date_text, number_text
from bedside.knowledge.families.preparation import RegimenDrug
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words

_MG_OF = {"mg": 1, "g": 1000}
_CM2_KG_PER_M4 = 3600


def bsa_m2(weight_kg: float, height_cm: float) -> float:
    """Return the body surface by Mosteller, √(height × weight / 3600), never rounded before it is multiplied."""
    return sqrt(height_cm * weight_kg / _CM2_KG_PER_M4)


def per_m2_a_day(therapy: Therapy) -> float | None:
    """Return the dose in mg/m² a day as recorded in mg/m² or g/m²; None when there is none, or in another unit."""
    unit = (therapy.dose_unit or "").replace(" ", "").replace("²", "2").removesuffix("ay")
    mass, _, rest = unit.partition("/")
    if therapy.dose is None or mass not in _MG_OF or rest not in {"m2", "m2/d"}:
        return None
    return therapy.dose * _MG_OF[mass]


def calculated(scene: Scene) -> tuple[Calculated, ...]:
    """Return every regimen calculated for the newest weight and height, with formula, inputs and what is missing.

    Doses are exact: nothing is rounded, nothing is adjusted for the kidneys. `missing` names what would settle them;
    a contested size that is newer than what counts leaves them open and is named. An old weight or height is
    calculated with and said to be old (a policy).
    """
    size, height = scene.newest("body_size"), _newest_height(scene)
    contested = scene.contested_of("body_size", bears=lambda entry: size is None or entry.at.day >= size.at.day)
    if contested:
        size = height = None
    weight = None if size is None else size.weight_kg
    surface = None if weight is None or height is None else bsa_m2(weight, height.height_cm or 0.0)
    missing = tuple(name for name, value in (("weight_kg", weight), ("height_cm", height)) if value is None)
    inputs = conflict_words(contested).text if contested else ", ".join(_inputs(scene, size, height))
    evidence = tuple(dict.fromkeys(entry.id for entry in (size, height, *contested) if entry is not None))
    return tuple(
        Calculated(
            regimen=name,
            label=table.label,
            bsa_m2=surface,
            drugs=tuple(_dose(agent, drug, weight, surface) for agent, drug in table.drugs.items()),
            inputs=inputs,
            missing=missing,
            evidence=evidence,
            source=table.source,
        )
        for name, table in scene.knowledge.lymphodepletion.regimens.items()
    )


def _newest_height(scene: Scene) -> Any | None:
    held = [entry for entry in scene.kinds.get("body_size", ()) if entry.height_cm]
    return held[-1] if held else None


def _inputs(scene: Scene, size: BodySize | None, height: BodySize | None) -> list[str]:
    """Weight and height with their dates; one that is old is said to be so."""
    numbers = scene.knowledge.lymphodepletion.numbers
    found = []
    if size is not None:
        age = _age(scene, size, int(numbers.weight_days.value), "weigh")
        found.append(f"{number_text(size.weight_kg)} kg ({date_text(size.at.day)}{age})")
    if height is not None and height.height_cm is not None:
        age = _age(scene, height, int(numbers.height_days.value), "measure")
        found.append(f"{number_text(height.height_cm)} cm ({date_text(height.at.day)}{age})")
    return found


def _age(scene: Scene, size: BodySize, fresh_days: int, do: str) -> str:
    """Words for a size that is older than it may be; children grow."""
    days = (scene.today - size.at.day).days
    return f", {days} d old: {do} again" if days > fresh_days else ""


def _dose(agent: str, drug: RegimenDrug, weight: float | None, surface: float | None) -> DrugDose:
    measure, unit = (surface, "m²") if drug.unit == "mg/m²" else (weight, "kg")
    days = len(drug.days)
    formula = f"{number_text(drug.dose)} {drug.unit}"
    if measure is None:
        return DrugDose(agent, None, days, None, f"{formula} × {unit} on {days} days")
    a_day = drug.dose * measure
    shown = (
        f"√(height × weight / {_CM2_KG_PER_M4}) = {measure:.4f} m²" if unit == "m²" else f"{number_text(measure)} kg"
    )
    return DrugDose(agent, a_day, days, a_day * days, f"{formula} × {shown} on {days} days")
